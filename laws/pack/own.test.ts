/** This project's own codecs, equalities and monoids, asked as anybody's. */
import * as fc from 'fast-check';
import { pipe } from 'fp-ts/lib/function.js';
import * as Data from '../../src/data/index.ts';
import * as Penalty from '../../src/loss/penalty.ts';
import * as Tensor from '../../src/tensor/index.ts';
import { shapes } from '../arbitrary/shapes.ts';
import { anyNumber, dtypes, tensorsOf } from '../arbitrary/tensors.ts';
import { lawSet } from '../law.ts';
import { runLaws } from '../run.ts';
import { codec } from './codec.ts';
import { eq } from './eq.ts';
import { monoid } from './monoid.ts';
import { ownKindLaws } from './own-kinds.ts';

const tensors = fc.tuple(dtypes, shapes).chain(([dtype, shape]) => tensorsOf(dtype, shape, anyNumber(dtype)));

/** Tensors that are often equal, or nearly: of one shape, or as many elements in another, with zeros of either sign. */
const alike = fc
  .tuple(dtypes, fc.constantFrom([2], [1, 2], [2, 1]))
  .chain(([dtype, shape]) => tensorsOf(dtype, shape, fc.constantFrom(0, -0, 1, Number.NaN)));

const written = ({ shape, dtype, data }: Tensor.Tensor): string =>
  `${dtype} [${shape}] ${Array.from(data, (x) => (Object.is(x, -0) ? '-0' : `${x}`))}`;

const strength = fc.integer({ min: 0, max: 8 }).map((n) => n / 8);
const penalties = fc.oneof(
  fc.constant(Penalty.none),
  strength.map(Penalty.l1),
  strength.map(Penalty.l2),
  fc.tuple(strength, strength).map(([a, b]) => Penalty.concat(Penalty.l1(a), Penalty.l2(b))),
);

/** Numbers that JSON has. */
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
const features = fc.array(fc.record({ name: fc.string(), shift: finite, scale: finite.map(Math.abs) }), {
  maxLength: 3,
});
const scalers: fc.Arbitrary<Data.Scaler.Scaler> = fc.oneof(
  features.map((of) => ({ kind: 'standardise' as const, features: of })),
  fc
    .tuple(features, fc.integer({ min: -9, max: 0 }), fc.integer({ min: 1, max: 9 }))
    .map(([of, low, high]) => ({ kind: 'minMax' as const, low, high, features: of })),
);

runLaws(
  lawSet(
    'values of this project',
    [],
    [
      ownKindLaws,
      codec(Tensor.codec, tensors, { name: 'codec of tensors' }),
      codec({ encode: (scaler) => scaler, decode: Data.Scaler.decode }, scalers, { name: 'codec of scalers' }),
      eq({ equals: Tensor.equals }, alike, {
        name: 'equality of tensors',
        expected: (a, b) => written(a) === written(b),
      }),
      monoid(Penalty.monoid, penalties, {
        name: 'monoid of penalties',
        equals: (a, b) =>
          pipe(
            [a, b].map((one) => JSON.stringify(Penalty.describe(one))),
            ([x, y]) => x === y,
          ),
      }),
    ],
  ),
);
