/** Tensors as JSON and bytes as base64: what is written is read, bit for bit, and nothing else is. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as Base64 from '../../src/tensor/base64.ts';
import * as Failure from '../../src/tensor/failure.ts';
import * as Tensor from '../../src/tensor/tensor.ts';
import { codec } from '../../src/tensor/tensor-codec.ts';
import { anyNumber, dtypes, tensorsOf } from '../arbitrary/tensors.ts';
import { all, holds, type Law, type LawSet, law, lawOf, lawSet, same } from '../law.ts';
import { shapes } from '../ops/samples.ts';

const bytes = fc.uint8Array({ maxLength: 20 });

/** Node's own, which is lenient when it reads. */
const theirs = (of: Uint8Array): string => Buffer.from(of).toString('base64');

const written: Law = law(
  'base64',
  'is what RFC 4648 makes of bytes, and is read back',
  bytes,
  (of) => all(same(theirs(of), Base64.encode(of)), same(`${of}`, `${Base64.decode(Base64.encode(of))}`)),
  { runs: 300 },
);

/** Texts that nearly are base64: one letter of it changed, dropped or doubled. */
const nearly = fc
  .tuple(bytes, fc.nat(99), fc.constantFrom('=', 'A', 'B', '/', '+', '-', '_', ' ', '\n', 'é', ''), fc.nat(2))
  .map(([of, place, letter, cut]) => {
    const text = theirs(of);
    const at = place % (text.length + 1);
    return text.slice(0, at) + letter + text.slice(at + cut);
  });

const canonical: Law = law(
  'one text a value',
  'text that is not exactly what some bytes are written as is refused',
  fc.oneof(nearly, fc.string({ maxLength: 12 })),
  (text) => {
    const read = Base64.decode(text);
    const bytesOf = Buffer.from(text, 'base64');
    return theirs(bytesOf) === text ? same(`${new Uint8Array(bytesOf)}`, `${read}`) : same(undefined, read);
  },
  { runs: 1000 },
);

const tensors = fc.tuple(dtypes, shapes).chain(([dtype, shape]) => tensorsOf(dtype, shape, anyNumber(dtype)));

/** The elements' bytes, little end first, as `DataView` writes them. */
const littleEndian = ({ data, dtype }: Tensor.Tensor): Uint8Array => {
  const width = dtype === 'f32' ? 4 : 8;
  const view = new DataView(new ArrayBuffer(width * data.length));
  Array.from(data).forEach((x, i) => {
    if (dtype === 'f32') view.setFloat32(4 * i, x, true);
    else view.setFloat64(8 * i, x, true);
  });
  return new Uint8Array(view.buffer);
};

const roundTrip: Law = law(
  'tensors as JSON',
  'shape, format and little-endian bytes, through JSON and back with every bit',
  tensors,
  (x) => {
    const encoded = codec.encode(x);
    const decoded = codec.decode(JSON.parse(JSON.stringify(encoded)));
    return all(
      same(JSON.stringify({ shape: x.shape, dtype: x.dtype, data: theirs(littleEndian(x)) }), JSON.stringify(encoded)),
      E.isRight(decoded) && Tensor.equals(x, decoded.right)
        ? undefined
        : { expected: Tensor.show(x), received: E.isRight(decoded) ? Tensor.show(decoded.right) : 'a failure' },
      same(true, codec.is(x)),
    );
  },
  { runs: 200 },
);

const one = { shape: [1], dtype: 'f32', data: 'AACAPw==' };

const malformed: ReadonlyArray<readonly [given: unknown, says: string]> = [
  [null, 'tensor: expected Tensor, received null'],
  [{ ...one, shape: [-1] }, 'tensor.shape: expected lengths that are whole and not negative, received [-1]'],
  [{ ...one, shape: [0.5] }, 'tensor.shape: expected lengths that are whole and not negative'],
  [{ ...one, shape: '1' }, 'tensor.shape: '],
  [{ ...one, dtype: 'f16' }, 'tensor.dtype'],
  [{ ...one, data: 'AACAPw=' }, 'tensor.data: expected base64, received "AACAPw="'],
  [{ ...one, data: 'AACA' }, 'tensor.data: expected 4 bytes for f32[1], received "3 bytes"'],
  [{ ...one, dtype: 'f64' }, 'tensor.data: expected 8 bytes for f64[1], received "4 bytes"'],
  [{ ...one, shape: [2] }, 'tensor.data: expected 8 bytes for f32[2], received "4 bytes"'],
  [
    { ...one, more: 1 },
    'tensor.more: expected no such field, the fields of Tensor being shape, dtype, data, received 1',
  ],
];

const refused: Law = lawOf('malformed tensors', 'fail, saying where and what', malformed, ([given, says]) => {
  const read = codec.decode(given);
  if (E.isRight(read)) return { expected: 'a failure', received: Tensor.show(read.right) };
  const message = Failure.show(Failure.fromErrors('tensor')(read.left));
  return holds(message.includes(says), `a message with ${says}`, message);
});

const { data: numbers, ...rest } = Tensor.zeros('f32', [2]);
const strangers: readonly unknown[] = [
  null,
  undefined,
  7,
  'tensor',
  rest,
  { ...rest, data: 7 },
  { data: numbers, dtype: 'f32' },
  { data: numbers, dtype: 'f32', shape: 'two' },
  { data: numbers, dtype: 'f16', shape: [2] },
  { data: numbers, shape: [2] },
];

const told: Law = lawOf('strangers', 'what is no tensor is told from one', strangers, (value) =>
  same(false, codec.is(value)),
);

const named: Law = lawOf('name', 'is what io-ts calls the codec by', [codec.name], (name) => same('Tensor', name));

const likes: Law = lawOf(
  'any array of numbers',
  'may hold the elements: of either kind',
  [
    { shape: [2], dtype: 'f64', data: [1, 2] },
    { shape: [2], dtype: 'f32', data: new Float32Array(2) },
  ],
  (value) => same(true, codec.is(value)),
);

export const codecLaws: LawSet = lawSet('tensors as text', [
  written,
  canonical,
  roundTrip,
  refused,
  told,
  named,
  likes,
]);
