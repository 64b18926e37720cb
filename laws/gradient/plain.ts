/** Functions of plain numbers, written without this library, as what can be checked. */
import type { Decision } from './branches.ts';
import type { Differentiable } from './differentiable.ts';

/** Functions with kinks that note the side they take: a function that uses them tells a check where its kinks are. */
export interface Branching {
  readonly max: (a: number, b: number) => number;
  readonly min: (a: number, b: number) => number;
  readonly abs: (x: number) => number;
  readonly sign: (x: number) => number;
  readonly floor: (x: number) => number;
  /** Whether a < b. */
  readonly less: (a: number, b: number) => boolean;
}

/** A function of a list of numbers. It may take its kinks from the second argument, and need not. */
export type PlainFunction<Y> = (x: number[], branching: Branching) => Y;

const branching = (note: (what: string, side: number) => void): Branching => ({
  max: (a, b) => {
    note('max', Math.sign(a - b));
    return Math.max(a, b);
  },
  min: (a, b) => {
    note('min', Math.sign(a - b));
    return Math.min(a, b);
  },
  abs: (x) => {
    note('abs', Math.sign(x));
    return Math.abs(x);
  },
  sign: (x) => {
    note('sign', Math.sign(x));
    return Math.sign(x);
  },
  floor: (x) => {
    note('floor', Math.floor(x));
    return Math.floor(x);
  },
  less: (a, b) => {
    note('less', a < b ? 1 : 0);
    return a < b;
  },
});

/**
 * A function of plain numbers at a point, to one number or to several. Kinks are found where the function takes `max`,
 * `min`, `abs`, `sign`, `floor` and comparisons from its second argument, `branching`; others only where its derivatives
 * from either side differ at the point itself. Each value is taken to be rounded once, unless `magnitude` says how large
 * the terms are that are added up to it.
 *
 * @example
 * ```ts
 * import { checkJacobian, plainFunction } from 'nabla-ts/laws';
 * const f = ([x = 0, y = 0]: number[]) => [x * y, Math.sin(x)];
 * const { relativeError } = checkJacobian(plainFunction(f, [1, 2]), [[2, 1], [Math.cos(1), 0]]);
 * relativeError < 1e-12 // => true
 * ```
 */
export const plainFunction = (
  f: PlainFunction<number | readonly number[]>,
  point: readonly number[],
  { magnitude }: { readonly magnitude?: (x: number[]) => number } = {},
): Differentiable => ({
  point,
  names: point.map((_, i) => `x[${i}]`),
  notes: false,
  read: (x) => {
    const trace: Decision[] = [];
    // A copy each: the function may be one that writes into what it is given.
    const result = f(
      [...x],
      branching((what, side) => void trace.push({ what, sides: [side] })),
    );
    const values = typeof result === 'number' ? [result] : [...result];
    const size = magnitude?.([...x]);
    return { values, magnitudes: values.map((value) => size ?? Math.abs(value)), trace };
  },
});
