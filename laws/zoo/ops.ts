/** Wrong interpreters of the tensor algebra: the reference with one operation done as others do it. */
import type { Ops } from '../../src/ops/ops.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { type Dtype, round } from '../../src/scalar/dtype.ts';
import { size } from '../../src/tensor/shape.ts';
import { generate, type Tensor } from '../../src/tensor/tensor.ts';
import type { LawSet } from '../law.ts';
import { ops } from '../pack/ops.ts';
import type { PackOptions } from '../pack/options.ts';
import type { Broken } from './broken.ts';
import { transposesLazily } from './ops-lazy.ts';
import { everyFourthLane, fused, lazy, mapBy, ternary } from './ops-maps.ts';

/** The laws of the reference with some operations of one's own. */
const instead = (own: (dtype: Dtype, right: Ops<Tensor>) => Partial<Ops<Tensor>>, options: PackOptions = {}): LawSet =>
  ops(
    {
      ops: (dtype) => ({ ...reference(dtype), ...own(dtype, reference(dtype)) }),
      write: (x) => x,
      read: (x) => x,
    },
    options,
  );

/** A sum along the last axis, told what to do with a row; other axes as they should be. */
const rowSum =
  (add: (row: readonly number[], rounded: (x: number) => number) => number) =>
  (dtype: Dtype, right: Ops<Tensor>): Partial<Ops<Tensor>> => ({
    sum: (axes, x) => {
      const last = x.shape.length - 1;
      const n = x.shape[last] ?? 1;
      if (axes.length !== 1 || axes[0] !== last) return right.sum(axes, x);
      return generate(dtype, x.shape.with(last, 1), (i) =>
        add(Array.from(x.data).slice(i * n, (i + 1) * n), round(dtype)),
      );
    },
  });

const pairwise = (row: readonly number[], rounded: (x: number) => number): number => {
  const half = Math.ceil(row.length / 2);
  return row.length <= 1
    ? 0 + (row[0] ?? 0)
    : rounded(pairwise(row.slice(0, half), rounded) + pairwise(row.slice(half), rounded));
};

/** A product of matrices, told what an element is. */
const product =
  (
    element: (
      at: { readonly row: number; readonly column: number; readonly columns: number },
      terms: ReadonlyArray<readonly [number, number]>,
      rounded: (x: number) => number,
    ) => number,
  ) =>
  (dtype: Dtype, right: Ops<Tensor>): Partial<Ops<Tensor>> => ({
    matmul: (a, b) => {
      const { shape } = right.matmul(a, b);
      const [rows = 1, columns = 1] = shape.slice(-2);
      const k = a.shape.at(-1) ?? 0;
      return generate(dtype, shape, (i) => {
        const matrix = Math.floor(i / (rows * columns));
        const [row, column] = [Math.floor(i / columns) % rows, i % columns];
        const terms = Array.from({ length: k }, (_, p): readonly [number, number] => [
          a.data[(matrix * rows + row) * k + p] ?? NaN,
          b.data[(matrix * k + p) * columns + column] ?? NaN,
        ]);
        return element({ row, column, columns }, terms, round(dtype));
      });
    },
  });

const sumOf = (terms: ReadonlyArray<readonly [number, number]>, rounded: (x: number) => number): number =>
  terms.reduce((sum, [x, y]) => rounded(sum + rounded(x * y)), 0);

const shifted = (terms: ReadonlyArray<readonly [number, number]>): ReadonlyArray<readonly [number, number]> =>
  terms.map(([x], i) => [x, terms[(i + 1) % terms.length]?.[1] ?? 0]);

export const broken: readonly Broken[] = [
  {
    name: 'a pairwise sum',
    fault: 'halves are summed and joined, where 16 partial sums are stated',
    law: 'sum: 16 partial sums',
    laws: instead(rowSum(pairwise)),
  },
  {
    name: 'a sum that forgets the last',
    fault: 'where a row does not fill the 16 partial sums, its last number is left out',
    law: 'sum: 16 partial sums',
    laws: instead((dtype, right) => ({
      sum: (axes, x) => {
        const n = x.shape.at(-1) ?? 1;
        return axes.length === 1 && axes[0] === x.shape.length - 1 && n % 16 !== 0
          ? right.sum(axes, right.slice(x.shape.length - 1, 0, n - 1, x))
          : { ...right.sum(axes, x), dtype };
      },
    })),
  },
  {
    name: 'a sum by arrival',
    fault: 'what is added to the sum first depends on how many sums were made before',
    law: 'sum: 16 partial sums',
    laws: (() => {
      let calls = 0;
      return instead(
        rowSum((row, rounded) => {
          calls += 1;
          return (calls % 2 === 0 ? row : row.toReversed()).reduce((sum, x) => rounded(sum + x), 0);
        }),
      );
    })(),
  },
  {
    name: 'a sum that is its own buffer',
    fault: 'partial sums are kept in the place of the first numbers of the input',
    law: 'writes to nothing',
    laws: instead((_, right) => ({
      sum: (axes, x) => {
        const y = right.sum(axes, x);
        if (x.data instanceof Float32Array || x.data instanceof Float64Array) x.data.set(y.data);
        return y;
      },
    })),
  },
  {
    name: 'a greatest of at least 0',
    fault: 'the maximum begins at 0 and not at −∞',
    law: 'max: as Math.max',
    laws: instead((_, right) => ({
      max: (axes, x) => {
        const y = right.max(axes, x);
        return generate(y.dtype, y.shape, (i) => Math.max(0, y.data[i] ?? NaN));
      },
    })),
  },
  {
    name: 'a product in double',
    fault: 'f32 products are summed in f64 and rounded at the end',
    law: 'matmul: k ascending',
    laws: instead(product((_, terms, rounded) => rounded(sumOf(terms, (x) => x)))),
  },
  {
    name: 'a product with fused multiply-add',
    fault: 'the product is not rounded before it is added',
    law: 'matmul: k ascending',
    laws: instead(product((_, terms, rounded) => terms.reduce((sum, [x, y]) => rounded(sum + x * y), 0))),
  },
  {
    name: 'a product that goes back',
    fault: 'the sum over k descends',
    law: 'matmul: k ascending',
    laws: instead(product((_, terms, rounded) => sumOf(terms.toReversed(), rounded))),
  },
  {
    name: 'an edge tile wrong in one column',
    fault: 'where columns leave a tile of 8, the last one pairs each k with the next row of the right side',
    law: 'matmul: at the edges of blocks',
    laws: instead(
      product(({ column, columns }, terms, rounded) =>
        sumOf(columns % 8 !== 0 && column === columns - 1 ? shifted(terms) : terms, rounded),
      ),
    ),
  },
  {
    name: 'a formula with fused multiply-add',
    fault: 'a product that is added to is not rounded first',
    law: 'map: rounded after each operation',
    laws: instead((dtype) => ({ map: mapBy(dtype, fused(dtype)) })),
  },
  {
    name: 'rounding missed in one lane',
    fault: 'in f32, every fourth element is computed in f64 and rounded at the end',
    law: 'map: rounded after each operation',
    laws: instead((dtype) => ({ map: mapBy(dtype, everyFourthLane(dtype)) })),
  },
  {
    name: 'min and max by comparison',
    fault: 'min is a < b ? a : b, which loses NaN and the sign of zero',
    law: 'map: min and max as Math.min and Math.max',
    laws: instead((dtype) => ({ map: mapBy(dtype, ternary(dtype)) })),
  },
  {
    name: 'broadcasting as in NumPy',
    fault: 'a shape with more axes is accepted, the new ones in front',
    law: 'what does not fit is refused',
    laws: instead((_, right) => ({
      broadcast: (shape, x) =>
        right.broadcast(
          shape,
          right.reshape(
            [...Array.from({ length: Math.max(0, shape.length - x.shape.length) }, () => 1), ...x.shape],
            x,
          ),
        ),
    })),
  },
  {
    name: 'zeros on the wrong side',
    fault: 'pad exchanges the zeros before with those after',
    law: 'pad',
    laws: instead((_, right) => ({ pad: (axis, before, after, x) => right.pad(axis, after, before, x) })),
  },
  {
    name: 'the inverse order of axes',
    fault: 'axis permutation[i] of the result is axis i of x',
    law: 'transpose',
    laws: instead((_, right) => ({
      transpose: (order, x) =>
        size(x.shape) === 0
          ? right.transpose(order, x)
          : right.transpose(
              order.map((_, axis) => order.indexOf(axis)),
              x,
            ),
    })),
  },
  {
    name: 'a lazy transpose that is forgotten',
    fault: 'a transposed value is a view, and reshape reads what is under it',
    law: 'one operation after another',
    laws: ops(transposesLazily(true)),
  },
];

/** The pieces that the broken ones are made of, and one whose values are not tensors; the reference has its own suite. */
export const correct: readonly LawSet[] = [
  instead(() => ({}), { runs: 20 }),
  instead(
    product((_, terms, rounded) => sumOf(terms, rounded)),
    { runs: 20 },
  ),
  instead((dtype) => ({ map: mapBy(dtype, lazy(dtype)) }), { runs: 4 }),
  ops(transposesLazily(false), { runs: 20 }),
];
