/** What laws of the tensor algebra are tried on, and elements found without it. */
import * as fc from 'fast-check';
import type { Dtype } from '../../src/scalar/dtype.ts';
import { type Shape, size } from '../../src/tensor/shape.ts';
import { generate, type Tensor } from '../../src/tensor/tensor.ts';
import { smallIntegers, tensorsOf } from '../arbitrary/tensors.ts';
import { all, same, sameTensor, type Verdict } from '../law.ts';
import { corners } from '../scalar/arbitrary.ts';

/** Shapes of up to four axes, some without elements. */
export const shapes: fc.Arbitrary<Shape> = fc.oneof(
  { weight: 9, arbitrary: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }) },
);

/** Whole numbers that are exact in either format, in sums and products of these sizes too. */
export const wholes = (dtype: Dtype, shape: Shape): fc.Arbitrary<Tensor> => tensorsOf(dtype, shape, smallIntegers);

/** Numbers of like size, so that every order of adding them shows in the last bits. */
const like: fc.Arbitrary<number> = fc.integer({ min: -(2 ** 30), max: 2 ** 30 }).map((n) => n / 1e6);

/** A pool of numbers, walked so that large tensors are cheap. */
const POOL = 23;

/** Any numbers of a format: half the time numbers of like size, else with corners and all magnitudes among them. */
export const wild = (dtype: Dtype, shape: Shape): fc.Arbitrary<Tensor> =>
  fc
    .tuple(
      fc.oneof(
        fc.array(like, { minLength: POOL, maxLength: POOL }),
        fc.array(
          fc.oneof(
            { weight: 1, arbitrary: fc.constantFrom(...corners(dtype)) },
            { weight: 6, arbitrary: like },
            { weight: 1, arbitrary: dtype === 'f32' ? fc.float() : fc.double() },
          ),
          { minLength: POOL, maxLength: POOL },
        ),
      ),
      fc.integer({ min: 1, max: POOL - 1 }),
      fc.nat(POOL - 1),
    )
    .map(([pool, step, start]) =>
      generate(dtype, shape, (i) => pool[(start + i * step + Math.floor(i / POOL)) % POOL] ?? NaN),
    );

/** Every index of a shape, row-major. */
export const indices = (shape: Shape): ReadonlyArray<readonly number[]> =>
  shape.reduce<ReadonlyArray<readonly number[]>>(
    (all, n) => all.flatMap((index) => Array.from({ length: n }, (_, i) => [...index, i])),
    [[]],
  );

/** The element at an index; NaN where there is none. */
export const element = ({ shape, data }: Tensor, index: readonly number[]): number =>
  data[index.reduce((flat, i, axis) => flat * (shape[axis] ?? NaN) + i, 0)] ?? NaN;

/** Holds when a tensor has a shape and, at every index, the element that a function gives. */
export const is = (
  { dtype, shape }: Pick<Tensor, 'dtype' | 'shape'>,
  expected: (index: readonly number[]) => number,
  received: Tensor,
  where = 'result',
): Verdict => {
  const numbers = indices(shape).map(expected);
  return all(
    sameTensor(
      generate(dtype, shape, (i) => numbers[i] ?? NaN),
      received,
      where,
    ),
    same(size(shape), received.data.length, `${where}: how many numbers`),
  );
};

/** The sum of the products of corresponding elements, exact on whole numbers. */
export const inner = (a: Tensor, b: Tensor): number =>
  Array.from(a.data).reduce((sum, x, i) => sum + x * (b.data[i] ?? NaN), 0);

/** Some of the numbers below n, in any order. */
export const someOf = (n: number): fc.Arbitrary<readonly number[]> =>
  fc.shuffledSubarray(Array.from({ length: n }, (_, i) => i));

/** All numbers below n, in some order. */
export const orderOf = (n: number): fc.Arbitrary<readonly number[]> =>
  fc.shuffledSubarray(
    Array.from({ length: n }, (_, i) => i),
    { minLength: n, maxLength: n },
  );
