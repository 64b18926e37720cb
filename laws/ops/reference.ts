/** What the reference promises beyond the algebra: the words of its refusals, tensors made by hand, arrays without elements. */
import * as Ops from '../../src/ops/index.ts';
import { type Dtype, round } from '../../src/scalar/dtype.ts';
import { add, input } from '../../src/scalar/expr.ts';
import * as Key from '../../src/tensor/key.ts';
import type { Shape } from '../../src/tensor/shape.ts';
import * as Tensor from '../../src/tensor/tensor.ts';
import { all, type Law, type LawSet, lawOf, lawSet, same, sameTensor } from '../law.ts';
import { type Sayings, saying } from '../reach/said.ts';

const f32 = Ops.reference('f32');
const f64 = Ops.reference('f64');
const x = Tensor.zeros('f32', [2, 3]);
const of = (...shape: Shape): Tensor.Tensor => Tensor.zeros('f32', shape);
const foreign = Tensor.zeros('f64', [2, 3]);
const sum = add(input('a'), input('b'));

/** Every operation on a tensor of another format. */
const formats: Sayings = Object.entries<() => unknown>({
  map: () => f32.map(sum, { a: x, b: foreign }),
  reshape: () => f32.reshape([6], foreign),
  transpose: () => f32.transpose([1, 0], foreign),
  broadcast: () => f32.broadcast([2, 3], foreign),
  sum: () => f32.sum([0], foreign),
  max: () => f32.max([0], foreign),
  slice: () => f32.slice(0, 0, 1, foreign),
  pad: () => f32.pad(0, 0, 1, foreign),
  concatenate: () => f32.concatenate(0, [x, foreign]),
  matmul: () => f32.matmul(foreign, of(3, 2)),
}).map(([op, attempt]) => [attempt, `${op}: a tensor in f64 where the algebra computes in f32`]);

const words: Sayings = [
  [() => f64.scalar(1), 'a result'],
  [() => f32.matmul(of(3, 2), foreign), 'matmul: a tensor in f64 where the algebra computes in f32'],
  [() => f32.map(sum, { a: x, b: of(4, 3) }), 'map: input "b" is [4,3], another [2,3]'],
  // The type says that no input is missing; an expression that was read from a file is only known to be one.
  [() => f32.map<string>(sum, { b: x, c: x, d: x }), 'map: no input "a", only b, c, d'],
  [() => f32.reshape([5], x), 'reshape: [2,3] does not have the size of [5]'],
  [() => f32.reshape([1.5, 4], x), 'reshape: [2,3] does not have the size of [1.5,4]'],
  [() => f32.transpose([0, 0], x), 'transpose: no axes [0,0] in [2,3]'],
  [() => f32.transpose([0, 2], x), 'transpose: no axes [0,2] in [2,3]'],
  [() => f32.transpose([0.5, 1], x), 'transpose: no axes [0.5,1] in [2,3]'],
  [() => f32.transpose([1], x), 'transpose: [1] is not an order of the axes of [2,3]'],
  [() => f32.broadcast([4, 3], x), 'broadcast: [2,3] does not repeat to [4,3]'],
  [() => f32.broadcast([2], x), 'broadcast: [2,3] does not repeat to [2]'],
  [() => f32.broadcast([2, 3, 1], x), 'broadcast: [2,3] does not repeat to [2,3,1]'],
  [() => f32.broadcast([2.5], of(1)), 'broadcast: [1] does not repeat to [2.5]'],
  [() => f32.sum([2], x), 'sum: no axes [2] in [2,3]'],
  [() => f32.sum([1, 1], x), 'sum: no axes [1,1] in [2,3]'],
  [() => f32.max([-1], x), 'max: no axes [-1] in [2,3]'],
  [() => f32.slice(2, 0, 1, x), 'slice: no axis 2 in [2,3]'],
  [() => f32.slice(1, 0.5, 1, x), 'slice: no range 0.5–1 along axis 1 of [2,3]'],
  [() => f32.slice(1, 0, 0.5, x), 'slice: no range 0–0.5 along axis 1 of [2,3]'],
  [() => f32.slice(1, -1, 1, x), 'slice: no range -1–1 along axis 1 of [2,3]'],
  [() => f32.slice(1, 2, 1, x), 'slice: no range 2–1 along axis 1 of [2,3]'],
  [() => f32.slice(1, 1, 4, x), 'slice: no range 1–4 along axis 1 of [2,3]'],
  [() => f32.slice(1, 3, 3, x), 'a result'],
  [() => f32.pad(2, 0, 1, x), 'pad: no axis 2 in [2,3]'],
  [() => f32.pad(1, 0.5, 0, x), 'pad: no 0.5 and 0 zeros along axis 1 of [2,3]'],
  [() => f32.pad(1, 0, 0.5, x), 'pad: no 0 and 0.5 zeros along axis 1 of [2,3]'],
  [() => f32.pad(1, -1, 2, x), 'pad: no -1 and 2 zeros along axis 1 of [2,3]'],
  [() => f32.pad(1, 2, -1, x), 'pad: no 2 and -1 zeros along axis 1 of [2,3]'],
  [() => f32.concatenate(1, []), 'concatenate: nothing to join along axis 1'],
  [() => f32.concatenate(2, [x]), 'concatenate: no axis 2 in [2,3]'],
  [() => f32.concatenate(1, [x, of(4, 3)]), 'concatenate: [4,3] does not continue [2,3] along axis 1'],
  [() => f32.concatenate(1, [x, of(2)]), 'concatenate: [2] does not continue [2,3] along axis 1'],
  [() => f32.concatenate(0, [of(3), x]), 'concatenate: [2,3] does not continue [3] along axis 0'],
  [() => f32.matmul(x, x), 'matmul: [2,3] times [2,3]'],
  [() => f32.matmul(of(3), of(3, 2)), 'matmul: [3] times [3,2]'],
  [() => f32.matmul(x, of(3)), 'matmul: [2,3] times [3]'],
  [() => f32.matmul(of(), of()), 'matmul: [] times []'],
  [() => f32.matmul(of(2, 1, 1), of(3, 1, 1)), 'matmul: [2,1,1] times [3,1,1]'],
  [() => f32.iota(-1), 'Tensor: [-1] is not a shape'],
];

const wide = Tensor.zeros('f64', [2 ** 16, 0]);
/** A tensor that says it has more elements than it has: what is too large must be seen before one is read. */
const claiming: Tensor.Tensor = { shape: [2 ** 30], dtype: 'f64', data: [] };

const overflowing: Sayings = [
  [() => f64.matmul(wide, Tensor.zeros('f64', [0, 2 ** 16])), 'matmul: [65536,65536] is not a shape'],
  [() => f64.pad(1, 2 ** 30, 2 ** 30, Tensor.zeros('f64', [2, 0])), 'pad: [2,2147483648] is not a shape'],
  [() => f64.concatenate(0, [claiming, claiming]), 'concatenate: [2147483648] is not a shape'],
];

/** 40 bits: more indices than any array has, of arrays without elements. */
const MANY = 2 ** 40;

const withoutElements: Law = lawOf(
  'arrays without elements',
  'may have axes of any length, and are moved and reduced at no cost',
  [
    { result: () => f64.transpose([1, 0], Tensor.zeros('f64', [0, MANY])), shape: [MANY, 0] },
    { result: () => f64.broadcast([MANY, 0], Tensor.zeros('f64', [1, 0])), shape: [MANY, 0] },
    { result: () => f64.slice(0, 1, MANY, Tensor.zeros('f64', [MANY, 0])), shape: [MANY - 1, 0] },
    { result: () => f64.sum([0], Tensor.zeros('f64', [MANY, 0])), shape: [1, 0] },
    { result: () => f64.max([0], Tensor.zeros('f64', [MANY, 0])), shape: [1, 0] },
    { result: () => f64.pad(0, 0, 1, Tensor.zeros('f64', [MANY, 0])), shape: [MANY + 1, 0] },
  ],
  ({ result, shape }) => sameTensor(Tensor.zeros('f64', shape), result(), 'result'),
  { show: ({ shape }) => `a result of shape [${shape}]` },
);

/** Numbers of either sign and size, such that f32 rounds some, loses some and overflows at one. */
const numbers = [0.1, -0, 2 ** -1074, 1e300, -1 / 3, Number.NaN, Number.NEGATIVE_INFINITY, 5];

interface Handmade {
  readonly dtype: Dtype;
  readonly data: ArrayLike<number>;
  readonly array: string;
}

const handmade: readonly Handmade[] = (['f32', 'f64'] as const).flatMap((dtype) => [
  { dtype, data: numbers, array: 'Array' },
  { dtype, data: Float32Array.from(numbers), array: 'Float32Array' },
  { dtype, data: Float64Array.from(numbers), array: 'Float64Array' },
]);

const byHand: Law = lawOf(
  'tensors made by hand',
  'are of the format that they say, each number rounded to it, whatever array holds them',
  handmade,
  ({ dtype, data }) => {
    const expected = Tensor.generate(dtype, [2, 4], (i) => data[i] ?? 0);
    const ops = Ops.reference(dtype);
    const y = ops.reshape([2, 4], { shape: [8], dtype, data });
    return all(
      sameTensor(expected, y, 'reshaped'),
      ...Array.from({ length: 8 }, (_, i) => same(round(dtype)(data[i] ?? 0), y.data[i], `element ${i}`)),
      sameTensor(expected, ops.transpose([0, 1], { shape: [2, 4], dtype, data }), 'in the same order'),
    );
  },
  { show: ({ dtype, array }) => `${dtype} in a ${array}` },
);

const moveless: Law = lawOf(
  'reshape moves nothing',
  'the result has the array of what was reshaped',
  ['f32', 'f64'] as const,
  (dtype) => {
    const given = Tensor.zeros(dtype, [2, 3]);
    return same(true, Ops.reference(dtype).reshape([3, 2], given).data === given.data);
  },
);

const sides = { a: [1, -2, 0, 7, 0.5, -0], b: [3, 5, -4, 0, 0.1, -8] };
const operations: ReadonlyArray<{
  readonly name: string;
  readonly op: <T>(ops: Ops.Ops<T>, x: T, y: T) => T;
  readonly at: (a: number, b: number) => number;
}> = [
  { name: 'add', op: Ops.add, at: (a, b) => a + b },
  { name: 'subtract', op: Ops.subtract, at: (a, b) => a - b },
  { name: 'multiply', op: Ops.multiply, at: (a, b) => a * b },
  { name: 'divide', op: Ops.divide, at: (a, b) => a / b },
];

const arithmetic: Law = lawOf(
  'arithmetic of two tensors',
  'is JavaScript’s at each element, and a side of shape [] serves all elements',
  operations.flatMap((operation) => (['f32', 'f64'] as const).map((dtype) => ({ ...operation, dtype }))),
  ({ op, at, dtype }) => {
    const ops = Ops.reference(dtype);
    const a = Tensor.generate(dtype, [2, 3], (i) => sides.a[i] ?? NaN);
    const b = Tensor.generate(dtype, [2, 3], (i) => sides.b[i] ?? NaN);
    const expected = (element: (i: number) => number): Tensor.Tensor => Tensor.generate(dtype, [2, 3], element);
    const [p, q] = [(i: number): number => a.data[i] ?? NaN, (i: number): number => b.data[i] ?? NaN];
    return all(
      sameTensor(
        expected((i) => at(p(i), q(i))),
        op(ops, a, b),
        'both',
      ),
      sameTensor(
        expected((i) => at(p(i), 3)),
        op(ops, a, ops.scalar(3)),
        'a scalar on the right',
      ),
      sameTensor(
        expected((i) => at(3, q(i))),
        op(ops, ops.scalar(3), b),
        'a scalar on the left',
      ),
    );
  },
  { show: ({ name, dtype }) => `${name} in ${dtype}` },
);

const sites: Law = lawOf(
  'sites are skipped by their number',
  'after a and b sites the next draws from the key folded with their number, as if the a + b were skipped at once',
  [
    [0, 0],
    [0, 1],
    [2, 0],
    [3, 4],
  ],
  ([a = 0, b = 0]) => {
    const key = Key.fromSeed(11);
    const there = Ops.random('f64', key).skip(a).skip(b);
    return all(
      sameTensor(Key.normal([3], 'f64')(Key.foldIn(a + b)(key)), there.normal([3]), 'normal'),
      sameTensor(Key.bernoulli([9], 0.5, 'f64')(Key.foldIn(a + b)(key)), there.bernoulli([9], 0.5), 'bernoulli'),
    );
  },
);

export const referenceLaws: LawSet = lawSet('the reference', [
  saying('tensors of another format', 'are refused by every operation', formats),
  saying('what does not fit', 'is refused in these words', words),
  saying('results that no array can hold', 'are refused, naming the operation and the shape', overflowing),
  withoutElements,
  byHand,
  moveless,
  arithmetic,
  sites,
]);
