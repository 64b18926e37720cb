/** The order in which numbers are added: an independent transcription of what `Ops` states, held to it bit for bit. */
import * as fc from 'fast-check';
import { total } from '../../../src/ops/derived.ts';
import { type Dtype, round } from '../../../src/scalar/dtype.ts';
import type { Shape } from '../../../src/tensor/shape.ts';
import { generate, type Tensor } from '../../../src/tensor/tensor.ts';
import { all, code, type Law, type LawSet, law, lawOf, lawSet } from '../../law.ts';
import { element, indices, is, someOf, wild } from '../../ops/samples.ts';
import { dtypesOf, runsOf } from '../options.ts';
import type { Under } from './algebra.ts';

/** 16 partial sums from +0, number r into the one of r mod 16; then i with i + 8, i + 4, i + 2, i + 1. */
const sixteen = (dtype: Dtype, numbers: readonly number[]): number => {
  const rounded = round(dtype);
  const lanes = Array.from({ length: 16 }, (_, lane) =>
    numbers.filter((_, r) => r % 16 === lane).reduce((sum, x) => rounded(sum + x), 0),
  );
  const halved = (some: readonly number[], half: number): readonly number[] =>
    Array.from({ length: half }, (_, i) => rounded((some[i] ?? NaN) + (some[i + half] ?? NaN)));
  return [8, 4, 2, 1].reduce(halved, lanes)[0] ?? NaN;
};

/** The elements of x at an index of the axes that stay, those that are reduced row-major. */
const gathered = (x: Tensor, axes: readonly number[], index: readonly number[]): readonly number[] =>
  indices(x.shape)
    .filter((at) => at.every((i, axis) => axes.includes(axis) || i === index[axis]))
    .map((at) => element(x, at));

interface Reduction {
  readonly x: Tensor;
  readonly axes: readonly number[];
}

const reductions = ({ options }: Under): fc.Arbitrary<Reduction> =>
  fc
    .tuple(
      fc.constantFrom(...dtypesOf(options)),
      fc.oneof(
        fc.tuple(fc.integer({ min: 0, max: 70 })),
        fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 5 })),
        fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 40 })),
        fc.tuple(fc.nat(6), fc.nat(4), fc.nat(6)),
        fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }),
      ),
    )
    .chain(([dtype, shape]) => fc.record({ x: wild(dtype, shape), axes: someOf(shape.length) }));

const kept = (shape: Shape, axes: readonly number[]): Shape => shape.map((n, axis) => (axes.includes(axis) ? 1 : n));

const sums = (under: Under): Law =>
  law(
    'sum: 16 partial sums',
    'adds in 16 partial sums from +0, joined by the stated tree, bit for bit',
    reductions(under),
    ({ x, axes }) =>
      all(
        is(
          { dtype: x.dtype, shape: kept(x.shape, axes) },
          (index) => sixteen(x.dtype, gathered(x, axes, index)),
          under.of(x.dtype).sum(axes, x),
          'sum',
        ),
        is(
          { dtype: x.dtype, shape: [] },
          () => sixteen(x.dtype, Array.from(x.data)),
          total(under.of(x.dtype), x),
          'the sum of all',
        ),
      ),
    {
      runs: runsOf(under.options, 300),
      formula: 's_l = Σ_{r ≡ l mod 16} x_r from +0; then s_l + s_{l+8}, s_l + s_{l+4}, s_l + s_{l+2}, s_0 + s_1',
    },
  );

const maxima = (under: Under): Law =>
  law(
    'max: as Math.max',
    'is the greatest as `Math.max` has it: NaN where there is one, +0 over −0, −∞ of none',
    reductions(under),
    ({ x, axes }) =>
      is(
        { dtype: x.dtype, shape: kept(x.shape, axes) },
        (index) => Math.max(...gathered(x, axes, index)),
        under.of(x.dtype).max(axes, x),
        'max',
      ),
    { runs: runsOf(under.options, 200), formula: 'max(x) = Math.max(…x); max() = −∞' },
  );

/** Every choice of the axes of a shape, in every order. */
const choices = (axes: readonly number[]): ReadonlyArray<readonly number[]> => [
  [],
  ...axes.flatMap((axis) => choices(axes.filter((other) => other !== axis)).map((rest) => [axis, ...rest])),
];

/** The shape that is reduced in every way. */
const SHAPE = [2, 3, 19];

const anyAxes = ({ of, options }: Under): Law =>
  lawOf(
    'sum and max over any axes',
    'the outermost, those in the middle, the innermost, several and none, in whatever order they are named',
    dtypesOf(options).flatMap((dtype) => choices([0, 1, 2]).map((axes) => ({ dtype, axes }))),
    ({ dtype, axes }) => {
      // Thirds and sevenths round differently in every order of adding them.
      const x = generate(dtype, SHAPE, (i) => ((i * 37) % 114) / 21 - 2);
      const to = { dtype, shape: kept(x.shape, axes) };
      return all(
        is(to, (index) => sixteen(dtype, gathered(x, axes, index)), of(dtype).sum(axes, x), 'sum'),
        is(to, (index) => Math.max(...gathered(x, axes, index)), of(dtype).max(axes, x), 'max'),
      );
    },
    {
      show: (sample) => code({ ...sample, shape: SHAPE }),
      formula: 'sum(A, x) and max(A, x) as above, for every A ⊆ {0, 1, 2} in every order',
    },
  );

interface Factors {
  readonly a: Tensor;
  readonly b: Tensor;
}

const factors = ({ options }: Under): fc.Arbitrary<Factors> =>
  fc
    .tuple(
      fc.constantFrom(...dtypesOf(options)),
      fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 2 }),
      fc.nat(9),
      fc.nat(24),
      fc.nat(9),
    )
    .chain(([dtype, lead, m, k, n]) => fc.record({ a: wild(dtype, [...lead, m, k]), b: wild(dtype, [...lead, k, n]) }));

const products = (under: Under): Law =>
  law(
    'matmul: k ascending',
    'each element sums its products over k in ascending order from +0, every product and sum rounded, bit for bit',
    factors(under),
    ({ a, b }) => {
      const rounded = round(a.dtype);
      const k = a.shape.at(-1) ?? 0;
      const shape = [...a.shape.slice(0, -1), b.shape.at(-1) ?? 0];
      return is(
        { dtype: a.dtype, shape },
        (index) => {
          const [lead, i = 0, j = 0] = [index.slice(0, -2), index.at(-2), index.at(-1)];
          return Array.from({ length: k }, (_, p) => p).reduce(
            (sum, p) => rounded(sum + rounded(element(a, [...lead, i, p]) * element(b, [...lead, p, j]))),
            0,
          );
        },
        under.of(a.dtype).matmul(a, b),
      );
    },
    {
      runs: runsOf(under.options, 300),
      formula: 'c_ij ← round(c_ij + round(a_ik·b_kj)) for k = 0, 1, …',
    },
  );

/** Wide enough that every way through the product's blocks is taken. */
const large = (under: Under): Law =>
  law(
    'matmul: at the edges of blocks',
    'the same where rows, columns and k leave the blocks by any remainder',
    fc
      .tuple(
        fc.constantFrom(...dtypesOf(under.options)),
        fc.integer({ min: 1, max: 19 }),
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 19 }),
      )
      .chain(([dtype, m, k, n]) => fc.record({ a: wild(dtype, [m, k]), b: wild(dtype, [k, n]) })),
    (given) => {
      const { a, b } = given;
      const rounded = round(a.dtype);
      const [, k = 0] = a.shape;
      return is(
        { dtype: a.dtype, shape: [a.shape[0] ?? 0, b.shape[1] ?? 0] },
        ([i = 0, j = 0]) => {
          let sum = 0;
          for (let p = 0; p < k; p++) sum = rounded(sum + rounded(element(a, [i, p]) * element(b, [p, j])));
          return sum;
        },
        under.of(a.dtype).matmul(a, b),
      );
    },
    {
      runs: runsOf(under.options, 40),
      formula: 'c_ij ← round(c_ij + round(a_ik·b_kj)) for k = 0, 1, …',
    },
  );

/** The laws of how numbers are added and compared. */
export const orderLaws = (under: Under): LawSet =>
  lawSet('order of additions', [sums(under), maxima(under), anyAxes(under), products(under), large(under)]);
