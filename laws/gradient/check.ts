/** A claimed derivative of a function of numbers against a judge: every number of it, or along random directions. */
import * as Key from '../../src/tensor/key.ts';
import type { Verdict } from '../law/verdict.ts';
import { type Differentiable, dot, norm } from './differentiable.ts';
import { byRidders, type Derivative, type Judge } from './judge.ts';

/** A derivative that was not compared, and why. */
export interface Exclusion {
  readonly where: string;
  readonly why: string;
}

/** How a claimed derivative compares with a judge's. */
export interface DerivativeCheck {
  readonly judge: string;
  /** How many derivatives were compared. */
  readonly checked: number;
  /** Those that could not be: a kink within reach, or differences that do not settle. */
  readonly excluded: readonly Exclusion[];
  /** ‖judge’s − claimed‖₂ over what was compared, relative to the greater of ‖judge’s‖₂ and ‖claimed‖₂. */
  readonly relativeError: number;
  /** What rounding alone may have made of it, by the steps that the judge took: no claim can do better. */
  readonly noise: number;
  /** What the judge thinks its own error is, `noise` included. */
  readonly uncertainty: number;
  /** Where the two differ most. */
  readonly worst?: { readonly where: string; readonly expected: number; readonly received: number };
}

/** What a derivative is held against, and where. */
export interface CheckOptions {
  /** Ridders's extrapolation unless given. */
  readonly judge?: Judge;
}

/** A derivative that the judge gave, and what is claimed. */
export interface Pair {
  readonly where: string;
  readonly expected: Derivative;
  readonly received: number;
}

/** A difference that is uncertain by more than this part of the whole derivative says nothing. */
const UNSETTLED = 1e-5;

const over = (error: number, to: number): number => (error === 0 ? 0 : error / to);

/** Compares pairs. `size` is what errors are relative to; the greater of ‖judge's‖₂ and ‖claimed‖₂ unless given. */
export const compared = (judge: Judge, pairs: readonly Pair[], size?: number): DerivativeCheck => {
  const found = pairs.flatMap(({ where, expected, received }) =>
    expected.tag === 'found' ? [{ where, received, estimate: expected.estimate }] : [],
  );
  const all = norm(found.map(({ estimate }) => estimate.derivative));
  const whole = Math.max(size ?? all, all);
  const isSettled = ({ estimate }: (typeof found)[number]): boolean =>
    estimate.error <= UNSETTLED * Math.max(whole, Math.abs(estimate.derivative)) ||
    estimate.error <= 2 * estimate.noise;
  const settled = found.filter(isSettled);
  const to =
    size ??
    Math.max(norm(settled.map(({ estimate }) => estimate.derivative)), norm(settled.map(({ received }) => received)));
  const off = settled.map(({ estimate, received }) => Math.abs(estimate.derivative - received));
  // NaN is further off than any number.
  const distance = (i: number): number => (Number.isNaN(off[i]) ? Number.POSITIVE_INFINITY : (off[i] ?? 0));
  const worst = settled.reduce((most, _, i) => (distance(i) > distance(most) ? i : most), 0);
  const { where, estimate, received } = settled[worst] ?? {};
  return {
    judge: judge.name,
    checked: settled.length,
    excluded: [
      ...pairs.flatMap((pair) =>
        pair.expected.tag === 'excluded' ? [{ where: pair.where, why: pair.expected.why }] : [],
      ),
      ...found
        .filter((pair) => !isSettled(pair))
        .map((pair) => ({ where: pair.where, why: `unsettled: ${pair.estimate.derivative} ± ${pair.estimate.error}` })),
    ],
    relativeError: over(norm(off), to),
    noise: over(norm(settled.map((pair) => pair.estimate.noise)), to),
    uncertainty: over(norm(settled.map((pair) => pair.estimate.error)), to),
    ...(where === undefined || estimate === undefined || received === undefined
      ? {}
      : { worst: { where, expected: estimate.derivative, received } }),
  };
};

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

/**
 * A check in words: how many derivatives were compared and how they differ, and every one that could not be.
 *
 * @example
 * ```ts
 * import { checkJacobian, plainFunction, showCheck } from 'nabla-ts/laws';
 * const f = plainFunction(([x = 0, y = 0]: number[], { abs }) => abs(x) + 2 * y, [0, 1]);
 * showCheck(checkJacobian(f, [[1, 2]])).split('\n')[1] // => '  excluded x[0]: a kink: abs takes another side'
 * ```
 */
export const showCheck = ({ judge, checked, excluded, relativeError, noise, worst }: DerivativeCheck): string =>
  [
    `${checked} of ${checked + excluded.length} derivatives compared with ${judge}: relative error ${relativeError}, noise ${noise}`,
    ...excluded.map(({ where, why }) => `  excluded ${where}: ${why}`),
    ...(worst === undefined ? [] : [`  worst at ${worst.where}: ${worst.expected}, claimed ${worst.received}`]),
  ].join('\n');

/** A judge that is uncertain of a thousandth of the whole derivative cannot acquit it. */
const BLIND = 1e-3;

/**
 * What a check says of a law: that the claim holds within a tolerance and the judge's own uncertainty; what disagrees; or,
 * where nothing could be compared or rounding hides the derivative from the judge, why.
 *
 * @example
 * ```ts
 * import { checkJacobian, plainFunction, verdictOf } from 'nabla-ts/laws';
 * const f = plainFunction(([x = 0]: number[], { abs }) => abs(x), [0]);
 * verdictOf(checkJacobian(f, [[0]]), 1e-9) // => { excluded: 'x[0]: a kink: abs takes another side' }
 * ```
 */
export const verdictOf = (
  { checked, excluded, relativeError, uncertainty, worst, judge }: DerivativeCheck,
  tolerance: number,
): Verdict => {
  const [first] = excluded;
  if (checked === 0) return { excluded: first === undefined ? 'nothing to compare' : `${first.where}: ${first.why}` };
  if (relativeError <= tolerance) return undefined;
  if (relativeError <= tolerance + uncertainty)
    return uncertainty > BLIND
      ? { excluded: `by ${judge} the derivative is uncertain by ${uncertainty} of itself` }
      : undefined;
  return {
    expected: `${worst?.expected} by ${judge}`,
    received: `${worst?.received}, a relative error of ${relativeError} over all ${checked}`,
    where: worst?.where ?? 'the whole gradient',
    tolerance: `${tolerance} + ${uncertainty} for what is uncertain by ${judge}`,
  };
};
