/** The laws of binary files: IDX in all its types, and gzip that is whole or refused. */
import * as fc from 'fast-check';
import { gzipSync } from 'fflate';
import * as E from 'fp-ts/lib/Either.js';
import { gunzip, parseIdx } from '../../src/data/index.ts';
import { show } from '../../src/tensor/failure.ts';
import { all, holds, type LawSet, law, lawOf, lawSet, same } from '../law.ts';
import { said } from '../reach/said.ts';
import { right, sameJson } from './helpers.ts';

/** The bytes of a whole number in two's complement, most significant first. */
const bigEndian = (value: number, bytes: number): readonly number[] =>
  Array.from({ length: bytes }, (_, i) => {
    const unit = 256 ** (bytes - 1 - i);
    return ((Math.floor(value / unit) % 256) + 256) % 256;
  });
/** The bytes of a floating-point number, most significant first. */
const reversed = (array: Float32Array | Float64Array): readonly number[] => [...new Uint8Array(array.buffer)].reverse();

interface Kind {
  readonly code: number;
  readonly dtype: 'f32' | 'f64';
  readonly values: fc.Arbitrary<number>;
  readonly bytes: (value: number) => readonly number[];
}
const whole = (code: number, bytes: number, min: number, max: number): Kind => ({
  code,
  dtype: bytes < 4 ? 'f32' : 'f64',
  values: fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max, 0)),
  bytes: (value) => bigEndian(value, bytes),
});
const kinds: readonly Kind[] = [
  whole(0x08, 1, 0, 255),
  whole(0x09, 1, -128, 127),
  whole(0x0b, 2, -32768, 32767),
  whole(0x0c, 4, -(2 ** 31), 2 ** 31 - 1),
  {
    code: 0x0d,
    dtype: 'f32',
    values: fc.float({ noNaN: true, noDefaultInfinity: true }),
    bytes: (value) => reversed(Float32Array.of(value)),
  },
  {
    code: 0x0e,
    dtype: 'f64',
    values: fc.double({ noNaN: true, noDefaultInfinity: true }),
    bytes: (value) => reversed(Float64Array.of(value)),
  },
];

const idx = fc
  .tuple(fc.constantFrom(...kinds), fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }))
  .chain(([kind, shape]) => {
    const length = shape.reduce((product, n) => product * n, 1);
    return fc.array(kind.values, { minLength: length, maxLength: length }).map((values) => ({
      dtype: kind.dtype,
      shape,
      values,
      bytes: Uint8Array.from([
        0,
        0,
        kind.code,
        shape.length,
        ...shape.flatMap((n) => bigEndian(n, 4)),
        ...values.flatMap(kind.bytes),
      ]),
    }));
  });

const bytes = fc.uint8Array({ maxLength: 300 });

const HEADER = 'expected IDX: 00 00, a type of 08 09 0b 0c 0d 0e, a number of axes';

/** The laws of binary files. */
export const fileLaws: LawSet = lawSet('files', [
  law('idx-round-trip', 'shape and every number come back exactly, from bytes and from gzip of them', idx, (file) =>
    all(
      ...[file.bytes, gzipSync(file.bytes, { mtime: 0 })].map((input) => {
        const tensor = parseIdx('x.idx')(input);
        return E.isLeft(tensor)
          ? holds(false, 'a tensor', show(tensor.left))
          : all(
              same(JSON.stringify(file.shape), JSON.stringify(tensor.right.shape), 'shape'),
              same(file.dtype, tensor.right.dtype, 'dtype'),
              ...file.values.map((value, i) => same(value, tensor.right.data[i], `element ${i}`)),
            );
      }),
    ),
  ),
  law('idx-length', 'a byte more or fewer is refused', fc.tuple(idx, fc.nat()), ([file, seed]) =>
    all(
      ...[file.bytes.subarray(0, seed % file.bytes.length), Uint8Array.from([...file.bytes, 0])].map((input) =>
        holds(E.isLeft(parseIdx('x.idx')(input)), 'a failure', 'a tensor'),
      ),
    ),
  ),
  lawOf<readonly [bytes: readonly number[], said: string]>(
    'idx-refusals',
    'another header, another length, and numbers that are not finite, are failures that quote them',
    [
      [[], `x.idx: ${HEADER}, received no byte`],
      [[0, 0, 8], `x.idx: ${HEADER}, received 00 00 08`],
      [[1, 0, 8, 0, 5], `x.idx: ${HEADER}, received 01 00 08 00`],
      [[0, 200, 8, 0, 5], `x.idx: ${HEADER}, received 00 c8 08 00`],
      [[0, 0, 10, 0, 5], `x.idx: ${HEADER}, received 00 00 0a 00`],
      [[0, 0, 8, 2, 0, 0, 0, 1], 'x.idx: expected 12 bytes of header for 2 axes, received 8 bytes'],
      [[0, 0, 8, 0], 'x.idx: expected 5 bytes for [], received 4'],
      [[0, 0, 11, 1, 0, 0, 0, 3, 0, 0, 0], 'x.idx: expected 14 bytes for [3], received 11'],
      [[0, 0, 8, 0, 5, 6], 'x.idx: expected 5 bytes for [], received 6'],
      [
        [0, 0, 8, 2, 255, 255, 255, 255, 0, 0, 1, 0],
        'x.idx: expected a shape of fewer than 2^31 elements, received [4294967295,256]',
      ],
      [[0, 0, 13, 0, 0x7f, 0xc0, 0, 0], 'x.idx, element 0: expected a finite number, received NaN'],
      [
        [0, 0, 14, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xf0, 0, 0, 0, 0, 0, 0],
        'x.idx, element 1: expected a finite number, received -Infinity',
      ],
    ],
    ([input, text]) =>
      same(
        text,
        said(() => parseIdx('x.idx')(Uint8Array.from(input))),
      ),
  ),
  lawOf(
    'idx-types',
    'each of the six types of element is read, most significant byte first, into the format that holds it',
    [
      [8, 'f32', [0xfe], 254],
      [9, 'f32', [0xfe], -2],
      [11, 'f32', [0xff, 0x02], -254],
      [12, 'f64', [0x80, 0, 0, 1], 1 - 2 ** 31],
      [13, 'f32', [0xbf, 0xc0, 0, 0], -1.5],
      [14, 'f64', [0x3f, 0xf0, 0, 0, 0, 0, 0, 1], 1 + 2 ** -52],
    ] as const,
    ([type, dtype, element, value]) =>
      right(parseIdx('x.idx')(Uint8Array.from([0, 0, type, 1, 0, 0, 0, 2, ...element.map(() => 0), ...element])), (x) =>
        sameJson([dtype, [2], [0, value]], [x.dtype, x.shape, Array.from(x.data)], 'tensor'),
      ),
  ),
  lawOf(
    'idx-within',
    'bytes that are a part of others are read from where they begin',
    [Uint8Array.from([9, 9, 0, 0, 8, 0, 5, 9]).subarray(2, 7)],
    (part) => right(parseIdx('x.idx')(part), (x) => sameJson([5], Array.from(x.data), 'elements')),
  ),
  law(
    'gunzip',
    'what was compressed comes back, in one member or more; other bytes are themselves',
    fc.array(bytes, { minLength: 1, maxLength: 3 }),
    (members) => {
      const plain = members.flatMap((member) => [...member]);
      const packed = Uint8Array.from(members.flatMap((m) => [...gzipSync(m, { mtime: 0, filename: 'name' })]));
      const result = gunzip('x.gz')(packed);
      const through = gunzip('x')(Uint8Array.from([0, ...plain]));
      return all(
        same(plain.join(), E.isRight(result) ? result.right.join() : show(result.left)),
        same([0, ...plain].join(), E.isRight(through) ? through.right.join() : show(through.left)),
      );
    },
  ),
  law(
    'gunzip-damage',
    'a gzip file that is cut short or has a bit flipped past its header is refused',
    fc.tuple(bytes, fc.nat(), fc.nat(7)),
    ([plain, seed, bit]) => {
      const packed = gzipSync(plain, { mtime: 0 });
      const cut = gunzip('x.gz')(packed.subarray(0, 2 + (seed % (packed.length - 2))));
      const at = 10 + (seed % (packed.length - 10));
      const flipped = gunzip('x.gz')(packed.map((byte, i) => (i === at ? byte ^ (1 << bit) : byte)));
      // Padding bits of the last deflate block carry nothing: flipping one may leave the content as it was.
      return all(
        holds(E.isLeft(cut), 'a failure where it is cut', 'bytes'),
        holds(
          E.isLeft(flipped) || flipped.right.join() === plain.join(),
          `a failure at bit ${bit} of byte ${at}`,
          'bytes',
        ),
      );
    },
  ),
]);
