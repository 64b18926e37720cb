/** What a check needs to know of a function of numbers: its value anywhere, the way it went there, where it is checked. */
import type { Trace } from './branches.ts';

/** What a function gives at a point. */
export interface Reading {
  readonly values: readonly number[];
  /** For each value the size of the terms that were added up to it: rounding is relative to that. */
  readonly magnitudes: readonly number[];
  readonly trace: Trace;
}

/** A function of n numbers to m numbers, at a point. */
export interface Differentiable {
  readonly point: readonly number[];
  /** What each number of the point is called in a report. */
  readonly names: readonly string[];
  readonly read: (x: readonly number[]) => Reading;
  /** Whether `read` notes every branch that is taken, so that the same way means that no kink is between. */
  readonly notes: boolean;
  /** J·direction by dual numbers, where the function can be computed with them. */
  readonly dual?: (direction: readonly number[]) => readonly number[];
}

/** √Σx². */
export const norm = (xs: readonly number[]): number => Math.sqrt(xs.reduce((sum, x) => sum + x * x, 0));

/** Σ aᵢbᵢ. */
export const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => sum + x * (b[i] ?? NaN), 0);
