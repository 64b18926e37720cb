/** Judges of a gradient: ways to the derivative of a function along a direction that do not use its gradient. */
import { parting } from './branches.ts';
import { centralDifference, fivePoint } from './differences.ts';
import type { Differentiable, Reading } from './differentiable.ts';
import { better, type Estimate, type Method, U, UNKNOWN } from './estimate.ts';
import { extrapolated, ridders } from './ridders.ts';

/** The derivative of one value along a direction, or why it cannot be told. */
export type Derivative =
  | { readonly tag: 'found'; readonly estimate: Estimate }
  | { readonly tag: 'excluded'; readonly why: string };

/** A way to the derivatives of a function's values along a direction. */
export interface Judge {
  readonly name: string;
  /** `enough` is an error that is small enough to look no further; a ten-billionth of the derivative unless given. */
  readonly along: (of: Differentiable, direction: readonly number[], enough?: number) => readonly Derivative[];
}

const greatest = (xs: readonly number[]): number => xs.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** The first steps that are tried, where the direction's greatest component is 1: a smaller one where a kink lies within a
 * larger one's reach, or where the function bends too much for it. */
const STEPS = [3, 6, 9, 12, 15, 18, 21, 24].map((n) => 2 ** -n);
/** A relative error with which no other step is tried. */
const GOOD = 1e-10;
/** After this many steps that bring nothing better, none will. */
const IN_VAIN = 2;

/** Each place on a line is asked for once. */
const remembered = (line: (t: number) => Reading): ((t: number) => Reading) => {
  const known = new Map<number, Reading>();
  return (t) => {
    const reading = known.get(t) ?? line(t);
    known.set(t, reading);
    return reading;
  };
};

/** The jump of the derivative at the point itself: (F(h) − 2F(0) + F(−h))/h, whose error has odd powers of h, at step 0. */
const jump = (line: (t: number) => Reading, output: number, h: number): Estimate =>
  extrapolated(
    (step) => {
      const [before, at, after] = [-step, 0, step].map((t) => line(t));
      const value = (reading: Reading | undefined): number => reading?.values[output] ?? NaN;
      const magnitude = Math.max(...[before, at, after].map((reading) => reading?.magnitudes[output] ?? NaN));
      return { derivative: (value(after) - 2 * value(at) + value(before)) / step, noise: (4 * U * magnitude) / step };
    },
    h,
    { ratio: 2, levels: 5, first: 1 },
  );

/** A jump that is surely one: far beyond its error, and more than a ten-millionth of the derivative. */
const isJump = (found: Estimate, { derivative }: Estimate): boolean =>
  Math.abs(found.derivative) > 100 * found.error && Math.abs(found.derivative) > 1e-7 * Math.abs(derivative);

/**
 * Differences by a method, over the widest stencil in which the function takes the same branches everywhere. Where the
 * smallest stencil has a kink too, or the derivatives from either side differ, nothing is said.
 *
 * @example
 * ```ts
 * import { differences, fivePoint, plainFunction } from 'nabla-ts/laws';
 * const relu = plainFunction(([x = 0], { max }) => max(x, 0), [0]);
 * differences('five points', fivePoint).along(relu, [1])
 * // => [{ tag: 'excluded', why: 'a kink: max takes another side' }]
 * ```
 */
export const differences = (name: string, method: Method): Judge => ({
  name,
  along: (of, direction, enough) => {
    const longest = greatest(direction);
    const size = greatest(of.point);
    const line = remembered((t) => of.read(of.point.map((x, i) => x + t * (direction[i] ?? NaN))));
    const centre = line(0);
    if (longest === 0)
      return centre.values.map(() => ({ tag: 'found', estimate: { derivative: 0, error: 0, noise: 0 } }));
    // Of large numbers a step of an eighth would be lost in rounding.
    const unit = size > 8 ? 2 ** Math.floor(Math.log2(size)) : 1;
    const best = centre.values.map(() => UNKNOWN);
    let kink: string | undefined;
    let inVain = 0;
    for (const step of STEPS) {
      const h = (step * unit) / longest;
      let crossed: string | undefined;
      const at = (t: number): Reading => {
        const reading = line(t);
        crossed ??= parting(centre.trace, reading.trace);
        return reading;
      };
      // The widest points first: most kinks show there.
      for (const t of [h, -h]) at(t);
      const found =
        crossed === undefined
          ? best.map((_, output) =>
              method((t) => {
                const { values, magnitudes } = at(t);
                const [value, from] = [values[output] ?? NaN, centre.values[output] ?? NaN];
                // x + t·v is rounded too, by u·|x|, which the function passes on with its slope.
                const passed = (Math.abs(value - from) / Math.abs(t)) * (size / longest);
                return { value, magnitude: (magnitudes[output] ?? NaN) + passed };
              }, h),
            )
          : [];
      if (crossed !== undefined) {
        kink = crossed;
        continue;
      }
      const closer = found.map((estimate, output) => estimate.error < (best[output] ?? UNKNOWN).error);
      for (const [output, estimate] of found.entries()) best[output] = better(best[output] ?? UNKNOWN, estimate);
      // Outside a function's domain nothing is found at all, and a smaller step may be inside.
      inVain =
        closer.some((is) => is) || best.every(({ error }) => error === Number.POSITIVE_INFINITY) ? 0 : inVain + 1;
      if (inVain === IN_VAIN || best.every((b) => b.error <= (enough ?? GOOD * Math.abs(b.derivative)))) break;
    }
    return best.map((estimate, output): Derivative => {
      if (!Number.isFinite(estimate.error))
        return { tag: 'excluded', why: kink === undefined ? 'not finite around the point' : `a kink: ${kink}` };
      if (of.notes) return { tag: 'found', estimate };
      const found = jump(line, output, (2 ** -9 * unit) / longest);
      return isJump(found, estimate)
        ? { tag: 'excluded', why: `a kink: the derivatives from either side differ by ${found.derivative}` }
        : { tag: 'found', estimate };
    });
  },
});

/**
 * Ridders's extrapolated differences: of those here the best, some 10⁻¹³ of a smooth function's gradient.
 *
 * @example
 * ```ts
 * import { byRidders, plainFunction } from 'nabla-ts/laws';
 * const [found] = byRidders.along(plainFunction(([x = 0]) => Math.exp(x), [1]), [1]);
 * found?.tag === 'found' && Math.abs(found.estimate.derivative - Math.E) < 1e-12 // => true
 * ```
 */
export const byRidders: Judge = differences('Ridders’s extrapolation', ridders);

/**
 * Adaptive five-point differences: some 10⁻¹² of a smooth function's gradient.
 *
 * @example
 * ```ts
 * import { byFivePoints, plainFunction } from 'nabla-ts/laws';
 * const [found] = byFivePoints.along(plainFunction(([x = 0]) => Math.exp(x), [1]), [1]);
 * found?.tag === 'found' && Math.abs(found.estimate.derivative - Math.E) < 1e-11 // => true
 * ```
 */
export const byFivePoints: Judge = differences('adaptive five-point differences', fivePoint);

/**
 * Central differences, over the best of several steps: some 10⁻¹⁰ of a smooth function's gradient.
 *
 * @example
 * ```ts
 * import { byCentralDifferences, plainFunction } from 'nabla-ts/laws';
 * const [found] = byCentralDifferences.along(plainFunction(([x = 0]) => Math.exp(x), [1]), [1]);
 * found?.tag === 'found' && Math.abs(found.estimate.derivative - Math.E) < 1e-8 // => true
 * ```
 */
export const byCentralDifferences: Judge = differences('central differences', centralDifference);

/** How near to the point another side of a kink is too near: its derivative there is a choice, not a fact. */
const NEAR = 2 ** -40;

/**
 * Dual numbers, exact but for rounding. A direction along which another branch begins at the point itself is excluded.
 * Throws where the function cannot be computed with them: those of plain numbers.
 *
 * @example
 * ```ts
 * import { Expr, Tensor } from 'nabla-ts';
 * import { byDualNumbers, computationAt } from 'nabla-ts/laws';
 * const f = computationAt(({ ops }, [x = ops.iota(0)]) => [ops.map(Expr.exp(Expr.input('x')), { x })], [Tensor.scalar('f64', 0)]);
 * byDualNumbers.along(f, [2]) // => [{ tag: 'found', estimate: { derivative: 2, error: 0, noise: 0 } }]
 * ```
 */
export const byDualNumbers: Judge = {
  name: 'dual numbers',
  along: (of, direction) => {
    if (of.dual === undefined) throw new Error('byDualNumbers: a function of plain numbers cannot take dual ones');
    const h = NEAR / Math.max(greatest(direction), Number.MIN_VALUE);
    const [before, at, after] = [-h, 0, h].map((t) => of.read(of.point.map((x, i) => x + t * (direction[i] ?? NaN))));
    const trace = at?.trace ?? [];
    const kink = parting(trace, before?.trace ?? []) ?? parting(trace, after?.trace ?? []);
    return of.dual(direction).map((derivative): Derivative => {
      if (kink !== undefined) return { tag: 'excluded', why: `a kink: ${kink}` };
      return Number.isFinite(derivative)
        ? { tag: 'found', estimate: { derivative, error: 0, noise: 0 } }
        : { tag: 'excluded', why: 'not finite at the point' };
    });
  },
};
