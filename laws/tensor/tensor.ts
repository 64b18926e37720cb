/** Tensors: constructors and readers are inverse to each other, and refuse what does not fit. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as Failure from '../../src/tensor/failure.ts';
import { isShape, type Shape, equals as sameShape, size, strides } from '../../src/tensor/shape.ts';
import * as Tensor from '../../src/tensor/tensor.ts';
import { anyNumber, dtypes, tensorsOf } from '../arbitrary/tensors.ts';
import { all, holds, type Law, type LawSet, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { element, indices, shapes } from '../ops/samples.ts';

const tensors = fc.tuple(dtypes, shapes).chain(([dtype, shape]) => tensorsOf(dtype, shape, anyNumber(dtype)));

const agree = (expected: Tensor.Tensor, received: Tensor.Tensor, where: string): Verdict =>
  Tensor.equals(expected, received)
    ? undefined
    : { expected: Tensor.show(expected), received: Tensor.show(received), where };

const right = <A>(result: E.Either<Failure.Failure, A>, then: (value: A) => Verdict): Verdict =>
  E.isRight(result) ? then(result.right) : { expected: 'a value', received: Failure.show(result.left) };

const roundTrips: Law = law(
  'arrays and rows',
  'a tensor is the one made from its array, and from its rows, and has its elements where strides say',
  tensors,
  (x) => {
    const position = (index: readonly number[]): number =>
      strides(x.shape).reduce((sum, stride, axis) => sum + stride * (index[axis] ?? 0), 0);
    return all(
      right(Tensor.fromArray(x.dtype, x.shape, Tensor.toArray(x)), (y) => agree(x, y, 'fromArray')),
      x.shape.length === 2 && (x.shape[0] ?? 0) > 0
        ? right(Tensor.fromRows(x.dtype)(Tensor.toRows(x)), (y) => agree(x, y, 'fromRows'))
        : undefined,
      ...indices(x.shape).map((index) =>
        all(
          same(element(x, index), Tensor.at(...index)(x), `at(${index})`),
          same(x.data[position(index)], Tensor.at(...index)(x), `strides at ${index}`),
        ),
      ),
    );
  },
  { runs: 100, show: Tensor.show },
);

const rows: Law = law(
  'takeRows',
  'row i of the result is row indices[i]; taking all rows in order is the identity, and taking twice is taking once',
  tensors
    .filter(({ shape }) => (shape[0] ?? 0) > 0)
    .chain((x) => {
      const row = fc.nat((x.shape[0] ?? 1) - 1);
      return fc.record({
        x: fc.constant(x),
        first: fc.array(row, { minLength: 1, maxLength: 6 }),
        picks: fc.array(fc.nat(99)),
      });
    }),
  ({ x, first, picks }) => {
    const second = picks.map((pick) => pick % first.length);
    const [taken, all_] = [Tensor.takeRows(first)(x), Array.from({ length: x.shape[0] ?? 0 }, (_, i) => i)];
    const width = size(x.shape.slice(1));
    return all(
      agree(x, Tensor.takeRows(all_)(x), 'all rows'),
      agree(Tensor.takeRows(second.map((i) => first[i] ?? -1))(x), Tensor.takeRows(second)(taken), 'rows of rows'),
      ...first.flatMap((row, i) =>
        Array.from({ length: width }, (_, j) => same(x.data[row * width + j], taken.data[i * width + j], `row ${i}`)),
      ),
    );
  },
  { runs: 100 },
);

const rounding: Law = law(
  'formats',
  'every element is rounded once to the format: f32 is Math.fround, f64 keeps all bits; cast there and back is the identity on f32',
  fc.array(fc.double()),
  (numbers) => {
    const [single, double] = [
      Tensor.generate('f32', [numbers.length], (i) => numbers[i] ?? NaN),
      Tensor.generate('f64', [numbers.length], (i) => numbers[i] ?? NaN),
    ];
    return all(
      agree(single, Tensor.cast('f32')(double), 'cast to f32'),
      agree(single, Tensor.cast('f32')(Tensor.cast('f64')(single)), 'there and back'),
      ...numbers.flatMap((x, i) => [same(Math.fround(x), single.data[i]), same(x, double.data[i])]),
    );
  },
  { runs: 100 },
);

const equality: Law = law(
  'equals',
  'tells apart any two tensors that differ in shape, format, one element or one sign of zero, and no others',
  fc.tuple(tensors, fc.nat(), fc.double()),
  ([x, at, other]) => {
    const n = x.data.length;
    const value = Math.fround(other);
    const changed = Tensor.generate(x.dtype, x.shape, (i) => (i === at % n ? value : (x.data[i] ?? NaN)));
    const differ = n > 0 && !Object.is(x.data[at % n], value);
    return all(
      same(
        true,
        Tensor.equals(
          x,
          Tensor.generate(x.dtype, x.shape, (i) => x.data[i] ?? NaN),
        ),
        'a copy',
      ),
      same(!differ, Tensor.equals(x, changed), 'one element'),
      same(
        false,
        Tensor.equals(
          x,
          Tensor.generate(x.dtype, [...x.shape, 1], (i) => x.data[i] ?? NaN),
        ),
        'an axis more',
      ),
      same(false, Tensor.equals(x, { ...x, dtype: x.dtype === 'f32' ? 'f64' : 'f32' }), 'another format'),
    );
  },
  { runs: 100 },
);

const frozen: Law = law(
  'immutable',
  'a tensor and its shape cannot be written to, nor do they change with the array they were made from',
  tensors,
  (x) => {
    const [lengths, numbers] = [[...x.shape], Array.from(x.data)];
    const made = Tensor.fromArray(x.dtype, lengths, numbers);
    lengths.fill(7);
    numbers.fill(7);
    return all(
      same(true, Object.isFrozen(x) && Object.isFrozen(x.shape)),
      right(made, (y) => agree(x, y, 'after the arrays changed')),
    );
  },
  { runs: 50 },
);

interface Refusal {
  readonly name: string;
  readonly attempt: () => E.Either<Failure.Failure, unknown> | unknown;
  readonly says: readonly string[];
}

const two = Tensor.generate('f32', [2, 3], (i) => i);
const noShape: readonly Shape[] = [[-1], [1.5], [NaN], [2 ** 16, 2 ** 16], [Number.POSITIVE_INFINITY]];

const refusals: readonly Refusal[] = [
  ...noShape.map((shape) => ({
    name: `zeros of [${shape}]`,
    attempt: () => Tensor.zeros('f32', shape),
    says: [`[${shape}]`],
  })),
  {
    name: 'too few',
    attempt: () => Tensor.fromArray('f32', [2, 2], [1, 2, 3]),
    says: ['Tensor.fromArray', '4 elements', '[2,2]', 'received 3'],
  },
  {
    name: 'no shape',
    attempt: () => Tensor.fromArray('f32', [-1], []),
    says: ['Tensor.fromArray', 'lengths that are whole and not negative', '[-1]'],
  },
  { name: 'ragged', attempt: () => Tensor.fromRows('f32')([[1, 2], [3]]), says: ['row 1', '2 numbers', 'received 1'] },
  {
    name: 'text',
    // What a JavaScript caller may pass; the types do not let it.
    attempt: () => Tensor.fromRows('f32')([JSON.parse('[1, "x"]')]),
    says: ['row 0, column 1', 'a number', '"x"'],
  },
  {
    name: 'text in the first column',
    attempt: () => Tensor.fromRows('f32')([JSON.parse('["x", 1]')]),
    says: ['row 0, column 0', 'a number', '"x"'],
  },
  { name: 'at outside', attempt: () => Tensor.at(2, 0)(two), says: ['[2,0]', '[2,3]'] },
  { name: 'at below', attempt: () => Tensor.at(0, -1)(two), says: ['[0,-1]', '[2,3]'] },
  { name: 'at below, within the data', attempt: () => Tensor.at(1, -1)(two), says: ['[1,-1]', '[2,3]'] },
  { name: 'at above, within the data', attempt: () => Tensor.at(0, 3)(two), says: ['[0,3]', '[2,3]'] },
  { name: 'at between', attempt: () => Tensor.at(0.5, 0.5)(two), says: ['[0.5,0.5]', '[2,3]'] },
  { name: 'at too little', attempt: () => Tensor.at(1)(two), says: ['[1]', '[2,3]'] },
  { name: 'no such row', attempt: () => Tensor.takeRows([0, 2])(two), says: ['row 2', '[2,3]'] },
  { name: 'a row below', attempt: () => Tensor.takeRows([-1])(two), says: ['row -1', '[2,3]'] },
  { name: 'half a row', attempt: () => Tensor.takeRows([0.5])(two), says: ['row 0.5', '[2,3]'] },
];

const refused: Law = lawOf(
  'refusals',
  'what does not fit fails or throws, saying what',
  refusals,
  ({ name, attempt, says }): Verdict => {
    const message = ((): string => {
      try {
        const result = attempt();
        const failed = typeof result === 'object' && result !== null && 'left' in result ? result.left : undefined;
        // Only a Failure stands on the left here.
        return failed === undefined ? 'a result' : Failure.show(failed as Failure.Failure);
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    })();
    return holds(
      says.every((part) => message.includes(part)),
      `${name} to be refused with ${says.join(', ')}`,
      message,
    );
  },
);

const shapeLaws: Law = law(
  'shapes',
  'size is the product of the lengths, strides are the sizes of what follows, equality is that of lists',
  fc.tuple(shapes, shapes),
  ([a, b]) =>
    all(
      same(indices(a).length, size(a), 'size'),
      same(size(a) * size(b), size([...a, ...b]), 'size of both'),
      ...strides(a).map((stride, axis) => same(size(a.slice(axis + 1)), stride, `stride ${axis}`)),
      same(JSON.stringify(a) === JSON.stringify(b), sameShape(a, b), 'equals'),
      same(true, isShape(a), 'isShape'),
    ),
  { runs: 100 },
);

const sizes: Law = lawOf(
  'sizes',
  'an array of nearly 2³¹ elements is the largest: its shape is one, that of 2³¹ is none',
  [
    { shape: [2 ** 31 - 1], answer: true },
    { shape: [2 ** 31], answer: false },
    { shape: [2 ** 16, 2 ** 15], answer: false },
  ],
  ({ shape, answer }) => same(answer, isShape(shape), `[${shape}]`),
);

const asked: Law = law(
  'generate',
  'asks for every element once, in order, and for no other',
  shapes,
  (shape) => {
    const indexes: number[] = [];
    const made = Tensor.generate('f64', shape, (i) => indexes.push(i));
    return all(
      same(Array.from({ length: size(shape) }, (_, i) => i).join(), indexes.join()),
      same(indexes.map((i) => i + 1).join(), Tensor.toArray(made).join()),
    );
  },
  { runs: 50 },
);

export const tensorLaws: LawSet = lawSet('tensors', [
  roundTrips,
  rows,
  rounding,
  equality,
  frozen,
  refused,
  shapeLaws,
  sizes,
  asked,
]);
