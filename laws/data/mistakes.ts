/** What data refuse, word for word, and what they do at the ends of their ranges. */
import { gzipSync } from 'fflate';
import * as E from 'fp-ts/lib/Either.js';
import * as Data from '../../src/data/index.ts';
import * as Tensor from '../../src/tensor/tensor.ts';
import { all, type Law, type LawSet, lawOf, lawSet, same } from '../law.ts';
import { saying } from '../reach/said.ts';
import { right, sameJson, tensorOf } from './helpers.ts';
import { choices, decoding, names, told } from './mistakes-codecs.ts';
import { generators, lattices } from './mistakes-generators.ts';
import { tableLaws } from './mistakes-tables.ts';

const zeros = (...shape: readonly number[]): Tensor.Tensor => Tensor.zeros('f64', shape);
const inf = Number.POSITIVE_INFINITY;

const labels: Law = saying('labels', 'are whole numbers below a number of classes', [
  [() => Data.oneHot(0), 'Data.oneHot: 0 is not a number of classes'],
  [() => Data.oneHot(1.5), 'Data.oneHot: 1.5 is not a number of classes'],
  [() => Data.oneHot(1)([0]), 'a result'],
  [() => Data.oneHot(2)([0, 2]), 'oneHot, row 1: expected a label from 0 to 1, received 2'],
  [() => Data.classNames(['a', 'b'])([1, 2]), 'classNames, row 1: expected a label from 0 to 1, received 2'],
  [() => Data.Parts.takeFrom({ train: [0], validation: [], test: [1] })(['a']), 'Parts.takeFrom: no row 1 of 1'],
  [() => Data.Parts.takeFrom({ train: [-1], validation: [], test: [] })(['a']), 'Parts.takeFrom: no row -1 of 1'],
]);

const scalers: Law = saying('scalers', 'are fitted on rows of finite numbers, and take as many features as they have', [
  [() => Data.standardise()(zeros(2)), 'Scaler: expected shape [rows ≥ 1, features], received [2]'],
  [() => Data.standardise()(zeros(0, 2)), 'Scaler: expected shape [rows ≥ 1, features], received [0,2]'],
  [() => Data.standardise(['a'])(zeros(1, 2)), 'Scaler: expected 2 feature names, received 1'],
  [
    () =>
      Data.standardise()(
        tensorOf([
          [1, 2],
          [3, NaN],
        ]),
      ),
    'feature 2, row 1: expected a finite number, received NaN',
  ],
  [() => Data.standardise(['a'])(tensorOf([[inf]])), 'a, row 0: expected a finite number, received Infinity'],
  [
    () => Data.standardise(['a'])(tensorOf([[-1e308, 0, 1e308]])),
    'a: expected values whose range f64 can hold, received -1e+308 to 1e+308',
  ],
  [() => Data.minMax(undefined, { low: 1, high: 1 }), 'Data.minMax: 1 to 1 is not a range'],
  [() => Data.minMax(undefined, { low: -1e308, high: 1e308 }), 'Data.minMax: -1e+308 to 1e+308 is not a range'],
  [() => Data.minMax(undefined, { low: 0, high: 1e-300 }), 'a result'],
  [
    () => Data.Scaler.apply({ kind: 'standardise', features: [] })(zeros(1, 1)),
    'Scaler: expected shape [rows, 0], received [1,1]',
  ],
  [
    () => Data.Scaler.invert({ kind: 'standardise', features: [{ name: 'a', shift: 0, scale: 1 }] })(zeros(1)),
    'Scaler: expected shape [rows, 1], received [1]',
  ],
  [
    () => Data.Scaler.apply({ kind: 'standardise', features: [{ name: 'a', shift: 0, scale: 1 }] })(zeros(1, 1, 1)),
    'Scaler: expected shape [rows, 1], received [1,1,1]',
  ],
]);

const subnormal: Law = lawOf(
  'least numbers',
  'a feature that varies by the least number there is still scales to numbers that differ: its scale is not 0',
  [5e-324, -5e-324],
  (least) => {
    const fitted = Data.standardise(['a'])(tensorOf([[least, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]]));
    if (E.isLeft(fitted)) return { expected: 'a scaler', received: 'a failure' };
    return all(
      same(0, fitted.right.warnings.length),
      ...fitted.right.scaler.features.map(({ scale }) => same(Math.abs(least), scale)),
    );
  },
);

const gzip = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0);
/** A member of which only the header is there, before a whole one. */
const early = Uint8Array.from([...gzip.slice(0, 10), ...gzip]);

/** A member whose one block is stored as it is: of 30 bytes, then a checksum and a length. */
const stored = gzipSync(new Uint8Array(30), { level: 0, mtime: 0 });

const archives: Law = saying('gzip', 'is refused where it is cut short, or its checksum or length are others', [
  [() => Data.gunzip('x')(stored), 'a result'],
  // Whatever is put behind the bytes to find their end is not taken for the bytes that are missing.
  [() => Data.gunzip('x')(stored.slice(0, -18)), 'x: expected a whole gzip file, received one that is cut short'],
  [() => Data.gunzip('x')(stored.slice(0, -38)), 'x: expected a whole gzip file, received unexpected EOF'],
  [() => Data.gunzip('x')(gzip), 'a result'],
  [() => Data.gunzip('x')(gzip.slice(0, 19)), 'x: expected a whole gzip file, received invalid gzip data'],
  [() => Data.gunzip('x')(gzip.with(12, 1)), 'x: expected a whole gzip file, received a checksum that does not match'],
  [() => Data.gunzip('x')(gzip.with(16, 1)), 'x: expected a whole gzip file, received a checksum that does not match'],
  [() => Data.gunzip('x')(early), 'x: expected a whole gzip file, received invalid block type'],
]);

const magic: Law = lawOf<readonly [bytes: readonly number[], is: boolean]>(
  'magic bytes',
  'gzip begins with 1f 8b, and bytes that do not are themselves',
  [
    [[], false],
    [[0x1f], false],
    [[0x1f, 0x8c], false],
    [[0x1e, 0x8b], false],
    [[0x1f, 0x8b], true],
    [[0x8b, 0x1f], false],
    [[0, 0x1f, 0x8b], false],
  ],
  ([bytes, is]) =>
    all(
      same(is, Data.isGzip(Uint8Array.from(bytes))),
      is ? undefined : right(Data.gunzip('x')(Uint8Array.from(bytes)), (plain) => sameJson(bytes, [...plain], 'bytes')),
    ),
);

export const mistakeLaws: LawSet = lawSet('what data refuse', [
  generators,
  lattices,
  labels,
  scalers,
  subnormal,
  ...tableLaws,
  decoding,
  told,
  choices,
  names,
  archives,
  magic,
]);
