/**
 * Ridders's extrapolated differences of a function of which the error of each value is bounded: a difference over ±h
 * cannot be better than that error over h.
 */
import { extrapolated } from '../gradient/ridders.ts';

/** A number and a bound on its error. */
export interface Estimate {
  readonly value: number;
  readonly error: number;
}

/** Twice the unit roundoff of f64. */
const EPSILON = 2 ** -52;

/** The derivative of a function at a point from differences over ±h and smaller steps. */
export const ridders = (f: (x: number) => Estimate, x: number, h: number): Estimate => {
  const { derivative, error } = extrapolated(
    (step) => {
      // Divided by the distance of the two numbers that f was given, which differs from 2·step by rounding.
      const [above, below] = [x + step, x - step];
      const [a, b] = [f(above), f(below)];
      const slope = (a.value - b.value) / (above - below);
      return { derivative: slope, noise: (a.error + b.error) / (above - below) + 2 * EPSILON * Math.abs(slope) };
    },
    h,
    { ratio: 1.4, levels: 10 },
  );
  return { value: derivative, error };
};
