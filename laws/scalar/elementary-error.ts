/** How far an f32 result is from a real number that f64 holds to much better than an ulp of f32. */
import { round } from '../../src/scalar/dtype.ts';

const greatest = 2 ** 128 - 2 ** 104;

/**
 * The distance in units in the last place of the real number; 0 where both are NaN, ∞ where one of them is, or where one
 * is infinite and the other does not round to that, or where they round to zeros of different signs.
 */
export const f32Error = (received: number, real: number): number => {
  if (Number.isNaN(real) || Number.isNaN(received)) return Number.isNaN(real) && Number.isNaN(received) ? 0 : Infinity;
  const rounded = round('f32')(real);
  if (Math.abs(rounded) > greatest || Math.abs(received) > greatest) return rounded === received ? 0 : Infinity;
  if (received === 0 && rounded === 0) return Object.is(received, rounded) ? 0 : Infinity;
  const size = Math.abs(real);
  const exponent = size < 2 ** -126 ? -126 : Math.floor(Math.log2(size));
  // Math.log2 may be one off beside a power of two.
  const floor = exponent > -126 && 2 ** exponent > size ? exponent - 1 : exponent;
  return Math.abs(received - real) / 2 ** (floor - 23);
};
