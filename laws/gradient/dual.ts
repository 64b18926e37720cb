/**
 * The tensor algebra over dual numbers, over any other interpreter of it: every operation carries the derivative along one
 * direction with the value. What a layer's `forward` gives in it is the layer's derivative, found without its pullback;
 * what its pullback gives in it is a product with the Hessian; and over itself it gives second derivatives of `forward`.
 */
import { add, fill } from '../../src/ops/derived.ts';
import type { Ops } from '../../src/ops/ops.ts';
import type { Random } from '../../src/ops/random.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import type { Expr } from '../../src/scalar/expr.ts';
import { ifEqual, input } from '../../src/scalar/expr.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { tangent } from './tangent.ts';

/** A value and its derivative along the direction; `undefined` where it does not move. */
export interface Dual<T> {
  readonly value: T;
  readonly tangent: T | undefined;
}

/**
 * A value that does not move.
 *
 * @example
 * ```ts
 * import { still } from 'nabla-ts/laws';
 * still(3) // => { value: 3, tangent: undefined }
 * ```
 */
export const still = <T>(value: T): Dual<T> => ({ value, tangent: undefined });

const both = <T>(f: (x: T) => T, x: Dual<T>): Dual<T> => ({
  value: f(x.value),
  tangent: x.tangent === undefined ? undefined : f(x.tangent),
});

/** Names for how fast inputs move that none of the inputs has: those of dual numbers of dual numbers have such already. */
const ratesOf = (moving: readonly string[], names: readonly string[]): Readonly<Record<string, string>> => {
  let mark = '∂';
  while (names.some((name) => name.startsWith(mark))) mark += '∂';
  return Object.fromEntries(moving.map((name) => [name, `${mark}${name}`]));
};

/** The derivatives of an expression that were asked for, by the names of the inputs that move. */
const known = new WeakMap<Expr, Map<string, { readonly slope: Expr | undefined }>>();
const slopeOf = (expr: Expr, rates: Readonly<Record<string, string>>): Expr | undefined => {
  const found = known.get(expr) ?? new Map<string, { readonly slope: Expr | undefined }>();
  const names = JSON.stringify(rates);
  const entry = found.get(names) ?? { slope: tangent(rates)(expr) };
  known.set(expr, found.set(names, entry));
  return entry.slope;
};

/** Of the elements that are the greatest, the rate; of the others, less than any. */
const leading = ifEqual(input('x'), input('greatest'), input('rate'), Number.NEGATIVE_INFINITY);

/**
 * Dual numbers over an interpreter of the algebra.
 *
 * @example
 * ```ts
 * import { Expr, Ops, Tensor } from 'nabla-ts';
 * import { dualsOver } from 'nabla-ts/laws';
 * const square = Expr.multiply(Expr.input('x'), Expr.input('x'));
 * const x = { value: Tensor.scalar('f64', 3), tangent: Tensor.scalar('f64', 1) };
 * const { tangent } = dualsOver(Ops.reference('f64')).map(square, { x });
 * tangent && Tensor.toArray(tangent) // => [6]
 * ```
 */
export const dualsOver = <T>(ops: Ops<T>): Ops<Dual<T>> => ({
  dtype: ops.dtype,
  shape: ({ value }) => ops.shape(value),
  scalar: (value) => still(ops.scalar(value)),
  iota: (length) => still(ops.iota(length)),
  map: <N extends string>(expr: Expr<N>, inputs: Readonly<Record<N, Dual<T>>>): Dual<T> => {
    const given = Object.entries<Dual<T>>(inputs);
    const moving = given.flatMap(([name, { tangent: rate }]) => (rate === undefined ? [] : [{ name, rate }]));
    const rates = ratesOf(
      moving.map(({ name }) => name),
      given.map(([name]) => name),
    );
    const values = Object.fromEntries(given.map(([name, { value }]) => [name, value]));
    const slope = slopeOf(expr, rates);
    const moved = moving.map(({ name, rate }) => [rates[name] ?? name, rate] as const);
    return {
      value: ops.map<string>(expr, values),
      tangent: slope && ops.map<string>(slope, { ...values, ...Object.fromEntries(moved) }),
    };
  },
  reshape: (shape, x) => both((t) => ops.reshape(shape, t), x),
  transpose: (permutation, x) => both((t) => ops.transpose(permutation, t), x),
  broadcast: (shape, x) => both((t) => ops.broadcast(shape, t), x),
  sum: (axes, x) => both((t) => ops.sum(axes, t), x),
  // Where several are the greatest, the derivative from the side that the direction points to.
  max: (axes, { value: x, tangent: rate }) => {
    const value = ops.max(axes, x);
    const greatest = ops.broadcast(ops.shape(x), value);
    return { value, tangent: rate && ops.max(axes, ops.map(leading, { x, greatest, rate })) };
  },
  slice: (axis, start, end, x) => both((t) => ops.slice(axis, start, end, t), x),
  pad: (axis, before, after, x) => both((t) => ops.pad(axis, before, after, t), x),
  concatenate: (axis, xs) => ({
    value: ops.concatenate(
      axis,
      xs.map(({ value }) => value),
    ),
    tangent: xs.every(({ tangent: rate }) => rate === undefined)
      ? undefined
      : ops.concatenate(
          axis,
          xs.map(({ value, tangent: rate }) => rate ?? fill(ops, ops.shape(value), 0)),
        ),
  }),
  matmul: (a, b) => {
    const left = a.tangent && ops.matmul(a.tangent, b.value);
    const right = b.tangent && ops.matmul(a.value, b.tangent);
    return { value: ops.matmul(a.value, b.value), tangent: left && right ? add(ops, left, right) : (left ?? right) };
  },
});

/**
 * Dual numbers of tensors in f64.
 *
 * @example
 * ```ts
 * import { Ops, Tensor } from 'nabla-ts';
 * import { duals } from 'nabla-ts/laws';
 * const x = { value: Tensor.full('f64', [2], 3), tangent: Tensor.full('f64', [2], 0.5) };
 * const { tangent } = duals.sum([0], x);
 * tangent && Tensor.toArray(tangent) // => [1]
 * ```
 */
export const duals: Ops<Dual<Tensor>> = dualsOver(reference('f64'));

/**
 * Draws that do not move.
 *
 * @example
 * ```ts
 * import { Key, Ops } from 'nabla-ts';
 * import { stillRandom } from 'nabla-ts/laws';
 * stillRandom(Ops.random('f64', Key.fromSeed(1))).normal([2]).tangent // => undefined
 * ```
 */
export const stillRandom = <T>(random: Random<T>): Random<Dual<T>> => ({
  skip: (sites) => stillRandom(random.skip(sites)),
  bernoulli: (shape, p) => still(random.bernoulli(shape, p)),
  normal: (shape) => still(random.normal(shape)),
});
