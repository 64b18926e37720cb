/** A claimed derivative of a function of numbers against a judge: every number of it, or along random directions. */
import * as Key from '../../src/tensor/key.ts';
import { compared, type DerivativeCheck } from './compared.ts';
import { type Differentiable, dot, norm } from './differentiable.ts';
import { byRidders, type Judge } from './judge.ts';

/** What a derivative is held against, and where. */
export interface CheckOptions {
  /** Ridders's extrapolation unless given. */
  readonly judge?: Judge;
}

/** The smallest part of ‖derivative‖ that the judge is asked to be certain of. */
const ENOUGH = 1e-13;

const output = (i: number, count: number): string => (count === 1 ? '' : `y[${i}] by `);

/**
 * Holds every number of a claimed Jacobian (a row for each value, a column for each number of the point; one row, the
 * gradient, of a function to one number) against a judge.
 *
 * @example
 * ```ts
 * import { checkJacobian, plainFunction } from 'nabla-ts/laws';
 * const f = plainFunction(([x = 0, y = 0]: number[]) => x * x * y, [3, 5]);
 * checkJacobian(f, [[30, 9]]).relativeError < 1e-12 // => true
 * checkJacobian(f, [[30, 8]]).worst?.where // => 'x[1]'
 * ```
 */
export const checkJacobian = (
  of: Differentiable,
  claimed: readonly (readonly number[])[],
  { judge = byRidders }: CheckOptions = {},
): DerivativeCheck => {
  const enough = ENOUGH * norm(claimed.flat());
  const pairs = of.point.flatMap((_, column) => {
    const direction = of.point.map((_number, i) => (i === column ? 1 : 0));
    return judge.along(of, direction, enough).map((expected, row) => ({
      where: `${output(row, claimed.length)}${of.names[column]}`,
      expected,
      received: claimed[row]?.[column] ?? NaN,
    }));
  });
  return compared(judge, pairs);
};

/** Along which directions a derivative is held against a judge. */
export interface DirectionOptions extends CheckOptions {
  /** 3 unless given. */
  readonly directions?: number;
  /** Draws the directions. */
  readonly key?: Key.Key;
}

/** Standard normal numbers. */
export const directionOf = (n: number, key: Key.Key): readonly number[] => Array.from(Key.normal([n], 'f64')(key).data);

/**
 * Holds a claimed Jacobian against a judge along random directions v: J·v, with an error relative to ‖J‖₂·‖v‖₂ (‖·‖₂ over
 * all numbers). It costs as much for a million numbers as for one, and sees an error in any of them.
 *
 * @example
 * ```ts
 * import { checkDirections, plainFunction } from 'nabla-ts/laws';
 * const f = plainFunction(([x = 0, y = 0]: number[]) => x * x * y, [3, 5]);
 * checkDirections(f, [[30, 9]]).relativeError < 1e-12 // => true
 * checkDirections(f, [[30, 8]]).relativeError > 1e-3 // => true
 * ```
 */
export const checkDirections = (
  of: Differentiable,
  claimed: readonly (readonly number[])[],
  options: DirectionOptions = {},
): DerivativeCheck => alongDirections(of, (v) => claimed.map((row) => dot(row, v)), norm(claimed.flat()), options);

/** `size` is that of the Jacobian, where it is known. */
const alongDirections = (
  of: Differentiable,
  product: (v: readonly number[]) => readonly number[],
  size: number | undefined,
  { judge = byRidders, directions = 3, key = Key.fromSeed(0) }: DirectionOptions,
): DerivativeCheck => {
  const drawn = Array.from({ length: directions }, (_, i) => directionOf(of.point.length, Key.foldIn(i)(key)));
  const pairs = drawn.flatMap((v, i) => {
    const claimed = product(v);
    const enough = ENOUGH * (size === undefined ? norm(claimed) : size * norm(v));
    return judge.along(of, v, enough).map((expected, row) => ({
      where: `${output(row, claimed.length)}direction ${i}`,
      expected,
      received: claimed[row] ?? NaN,
    }));
  });
  return compared(judge, pairs, size === undefined ? undefined : size * norm(drawn.flat()));
};

/**
 * Holds a claimed product of the Jacobian with a direction, v ↦ J·v, against a judge along random directions: a
 * forward-mode derivative of a function, or a product with the Hessian of one whose gradient `of` is. The error is
 * relative to ‖J·v‖₂.
 *
 * @example
 * ```ts
 * import { checkProducts, plainFunction } from 'nabla-ts/laws';
 * // The gradient of x²y and the product of its Hessian [[2y, 2x], [2x, 0]] with v.
 * const gradient = plainFunction(([x = 0, y = 0]: number[]) => [2 * x * y, x * x], [3, 5]);
 * checkProducts(gradient, ([v = 0, w = 0]) => [10 * v + 6 * w, 6 * v]).relativeError < 1e-12 // => true
 * ```
 */
export const checkProducts = (
  of: Differentiable,
  product: (v: readonly number[]) => readonly number[],
  options: DirectionOptions = {},
): DerivativeCheck => alongDirections(of, product, undefined, options);
