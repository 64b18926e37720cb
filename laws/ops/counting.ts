/** Shapes and costs without the numbers: what is counted, and what does not fit. */
import * as Ops from '../../src/ops/index.ts';
import { add, input, multiply } from '../../src/scalar/expr.ts';
import { all, type Law, type LawSet, lawOf, lawSet, same } from '../law.ts';
import { saying } from '../reach/said.ts';

const cube = multiply(input('x'), multiply(input('x'), add(input('x'), input('y'))));
const shaped = (ops: Ops.Ops<Ops.Sized>, ...shape: readonly number[]): Ops.Sized =>
  ops.broadcast(
    shape,
    ops.reshape(
      shape.map(() => 1),
      ops.scalar(1),
    ),
  );

interface Counted {
  readonly name: string;
  readonly computation: (ops: Ops.Ops<Ops.Sized>) => Ops.Sized;
  readonly shape: readonly number[];
  readonly flops: number;
  /** Numbers computed; moving data computes none. */
  readonly numbers: number;
}

const counted: readonly Counted[] = [
  { name: 'scalar', computation: (ops) => ops.scalar(1), shape: [], flops: 0, numbers: 0 },
  { name: 'iota', computation: (ops) => ops.iota(5), shape: [5], flops: 0, numbers: 0 },
  {
    name: 'map',
    computation: (ops) => ops.map(cube, { x: shaped(ops, 2, 3), y: ops.scalar(1) }),
    shape: [2, 3],
    flops: 18,
    numbers: 6,
  },
  {
    name: 'map of a scalar before the others',
    computation: (ops) => ops.map(cube, { x: ops.scalar(1), y: shaped(ops, 2, 3) }),
    shape: [2, 3],
    flops: 18,
    numbers: 6,
  },
  {
    name: 'map of scalars',
    computation: (ops) => ops.map(cube, { x: ops.scalar(2), y: ops.scalar(1) }),
    shape: [],
    flops: 3,
    numbers: 1,
  },
  { name: 'reshape', computation: (ops) => ops.reshape([6], shaped(ops, 2, 3)), shape: [6], flops: 0, numbers: 0 },
  {
    name: 'transpose',
    computation: (ops) => ops.transpose([2, 0, 1], shaped(ops, 2, 3, 4)),
    shape: [4, 2, 3],
    flops: 0,
    numbers: 0,
  },
  { name: 'sum', computation: (ops) => ops.sum([1], shaped(ops, 2, 3)), shape: [2, 1], flops: 6, numbers: 2 },
  { name: 'max', computation: (ops) => ops.max([0, 1], shaped(ops, 2, 3)), shape: [1, 1], flops: 6, numbers: 1 },
  { name: 'slice', computation: (ops) => ops.slice(1, 1, 3, shaped(ops, 2, 4)), shape: [2, 2], flops: 0, numbers: 0 },
  { name: 'pad', computation: (ops) => ops.pad(0, 1, 5, shaped(ops, 2, 3)), shape: [8, 3], flops: 0, numbers: 0 },
  {
    name: 'concatenate',
    computation: (ops) => ops.concatenate(1, [shaped(ops, 2, 3), shaped(ops, 2, 4)]),
    shape: [2, 7],
    flops: 0,
    numbers: 0,
  },
  {
    name: 'matmul',
    computation: (ops) => ops.matmul(shaped(ops, 5, 2, 3), shaped(ops, 5, 3, 4)),
    shape: [5, 2, 4],
    flops: 240,
    numbers: 40,
  },
];

const counts: Law = lawOf(
  'costs',
  'an operation on numbers is one FLOP, a product of [m, k] and [k, n] 2mkn, and each number that is computed is written once',
  counted,
  ({ name, computation, shape, flops, numbers }) =>
    all(
      ...(['f32', 'f64'] as const).map((dtype) => {
        const { result, ...cost } = Ops.count(dtype)(computation);
        return all(
          same(`${shape}`, `${result.shape}`, `${name}: shape`),
          same(flops, cost.flops, `${name}: FLOPs`),
          same(numbers * (dtype === 'f32' ? 4 : 8), cost.bytes, `${name}: bytes in ${dtype}`),
        );
      }),
    ),
);

const counting = (computation: (ops: Ops.Ops<Ops.Sized>) => Ops.Sized) => () => Ops.count('f32')(computation);
const sum = add(input('x'), input('y'));

const refused: Law = saying('shapes that do not fit', 'are refused without the numbers as with them', [
  [counting((ops) => ops.map(sum, { x: shaped(ops, 2), y: shaped(ops, 3) })), 'map: [3] beside [2]'],
  [counting((ops) => ops.matmul(shaped(ops, 2, 3), shaped(ops, 2, 3))), 'matmul: [2,3] times [2,3]'],
  [counting((ops) => ops.matmul(shaped(ops, 4, 2, 3), shaped(ops, 5, 3, 2))), 'matmul: [4,2,3] times [5,3,2]'],
  [counting((ops) => ops.reshape([5], shaped(ops, 2, 3))), 'reshape: [2,3] to [5]'],
  [counting((ops) => ops.concatenate(0, [])), 'concatenate: nothing to join'],
]);

export const countingLaws: LawSet = lawSet('shapes and costs', [counts, refused]);
