/** The tensor algebra with running error analysis: every tensor carries a bound on how far f32 can be from it. */
import type { Ops } from '../../src/ops/ops.ts';
import type { Random } from '../../src/ops/random.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import type { Expr } from '../../src/scalar/expr.ts';
import { size } from '../../src/tensor/shape.ts';
import { generate, type Tensor, zeros } from '../../src/tensor/tensor.ts';
import { evaluateBounded, U32 } from './error-expr.ts';

/** A tensor in f64, and for each number how far the f32 computation can be from it. */
export interface WithError {
  readonly value: Tensor;
  readonly error: Tensor;
}

const plain = reference('f64');
const each = (shape: readonly number[], f: (i: number) => number): Tensor => generate('f64', shape, f);
const get = ({ data }: Tensor, i: number): number => data[i] ?? NaN;
const size0 = ({ value, error }: WithError): Tensor =>
  each(value.shape, (i) => Math.abs(get(value, i)) + get(error, i));
const plus = (a: Tensor, b: Tensor): Tensor => each(a.shape, (i) => get(a, i) + get(b, i));
const scaled = (by: number, a: Tensor): Tensor => each(a.shape, (i) => by * get(a, i));

/** A tensor that is the same in both formats. */
export const exact = (value: Tensor): WithError => ({ value, error: zeros('f64', value.shape) });
const both = (f: (x: Tensor) => Tensor, { value, error }: WithError): WithError => ({
  value: f(value),
  error: f(error),
});

export const errors: Ops<WithError> = {
  dtype: 'f64',
  shape: ({ value }) => value.shape,
  scalar: (value) => ({
    value: plain.scalar(value),
    error: plain.scalar(Math.fround(value) === value ? 0 : U32 * Math.abs(value)),
  }),
  iota: (length) => exact(plain.iota(length)),
  map: <N extends string>(expr: Expr<N>, inputs: Readonly<Record<N, WithError>>): WithError => {
    const given = new Map<string, WithError>(Object.entries(inputs));
    const shape = [...given.values()].find(({ value }) => value.shape.length > 0)?.value.shape ?? [];
    const at = evaluateBounded<string>(expr);
    const results = Array.from({ length: size(shape) }, (_, i) =>
      at((name) => {
        const tensor = given.get(name);
        const place = tensor?.value.shape.length === 0 ? 0 : i;
        return { v: tensor?.value.data[place] ?? NaN, e: tensor?.error.data[place] ?? NaN };
      }),
    );
    return { value: each(shape, (i) => results[i]?.v ?? NaN), error: each(shape, (i) => results[i]?.e ?? NaN) };
  },
  reshape: (shape, x) => both((t) => plain.reshape(shape, t), x),
  transpose: (permutation, x) => both((t) => plain.transpose(permutation, t), x),
  broadcast: (shape, x) => both((t) => plain.broadcast(shape, t), x),
  // n additions, each of at most the sum of sizes: Higham, section 4.2, with (1 + u)ⁿ − 1 ≤ 1.01·n·u.
  sum: (axes, x) => {
    const n = axes.reduce((product, axis) => product * (x.value.shape[axis] ?? 1), 1);
    return {
      value: plain.sum(axes, x.value),
      error: plus(plain.sum(axes, x.error), scaled(1.01 * n * U32, plain.sum(axes, size0(x)))),
    };
  },
  max: (axes, x) => both((t) => plain.max(axes, t), x),
  slice: (axis, start, end, x) => both((t) => plain.slice(axis, start, end, t), x),
  pad: (axis, before, after, x) => both((t) => plain.pad(axis, before, after, t), x),
  concatenate: (axis, xs) => ({
    value: plain.concatenate(
      axis,
      xs.map(({ value }) => value),
    ),
    error: plain.concatenate(
      axis,
      xs.map(({ error }) => error),
    ),
  }),
  // |a||Δb| + |Δa|(|b| + |Δb|), and k products and sums: Higham, section 3.1.
  matmul: (a, b) => {
    const k = a.value.shape[a.value.shape.length - 1] ?? 0;
    const [sizeA, sizeB] = [size0(a), size0(b)];
    const magnitude = each(a.value.shape, (i) => Math.abs(get(a.value, i)));
    return {
      value: plain.matmul(a.value, b.value),
      error: plus(
        plus(plain.matmul(magnitude, b.error), plain.matmul(a.error, sizeB)),
        scaled(1.01 * (k + 1) * U32, plain.matmul(sizeA, sizeB)),
      ),
    };
  },
};

/** Draws of whole numbers, the same in both formats. */
export const exactRandom = (random: Random<Tensor>): Random<WithError> => ({
  skip: (sites) => exactRandom(random.skip(sites)),
  bernoulli: (shape, p) => exact(random.bernoulli(shape, p)),
  normal: (shape) => {
    const value = random.normal(shape);
    return { value, error: each(shape, (i) => U32 * Math.abs(get(value, i))) };
  },
});
