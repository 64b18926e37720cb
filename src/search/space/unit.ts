/**
 * A dimension as the interval [0, 1]: its values stand along it in proportion to their probability, so that uniform
 * numbers become samples, and a sequence that fills a cube evenly fills the space evenly.
 */
import type { Json } from '../../tensor/json.ts';
import type { Simple } from './dimension.ts';
import { exp, log } from './elementary.ts';
import { sameJson } from './same.ts';

/** How many values a dimension has; infinitely many between the bounds of a number that need not be whole. */
export const countOf = (dimension: Simple): number => {
  switch (dimension.kind) {
    case 'fixed':
      return 1;
    case 'choice':
      return dimension.options.length;
    case 'integer':
      return dimension.high - dimension.low + 1;
    default:
      return Number.POSITIVE_INFINITY;
  }
};

/** The value at a number of its order, from 0: of dimensions with finitely many. */
export const nth = (dimension: Simple, i: number): Json =>
  dimension.kind === 'choice'
    ? (dimension.options[i] ?? null) // never null for an i below the count
    : dimension.kind === 'fixed'
      ? dimension.value
      : dimension.low + i;

/** Rounding may carry a number across its bounds by a unit of its last place; adding 0 makes −0 a 0. */
const between = (low: number, high: number, x: number): number => Math.min(high, Math.max(low, x)) + 0;

/** The value at a place u in [0, 1] of a dimension. */
export const valueAt = (dimension: Simple, u: number): Json => {
  switch (dimension.kind) {
    case 'uniform':
      return between(dimension.low, dimension.high, dimension.low + u * (dimension.high - dimension.low));
    case 'logUniform': {
      const [low, high] = [log(dimension.low), log(dimension.high)];
      // The ends are themselves, whatever the rounding of exp and log.
      const x = u === 0 ? dimension.low : u === 1 ? dimension.high : exp(low + u * (high - low));
      return between(dimension.low, dimension.high, x);
    }
    default: {
      const count = countOf(dimension);
      return nth(dimension, Math.min(count - 1, Math.floor(u * count)));
    }
  }
};

/** Which value of a dimension with finitely many this is, from 0; −1 for none. */
export const indexOf = (dimension: Simple, value: unknown): number =>
  dimension.kind === 'choice'
    ? dimension.options.findIndex((option) => sameJson(option, value))
    : dimension.kind === 'integer' && typeof value === 'number'
      ? value - dimension.low
      : 0;

/** The place of a value in [0, 1]: the middle of its share where there are finitely many. */
export const placeOf = (dimension: Simple, value: unknown): number => {
  switch (dimension.kind) {
    case 'uniform':
      return (Number(value) - dimension.low) / (dimension.high - dimension.low);
    case 'logUniform': {
      const [low, high] = [log(dimension.low), log(dimension.high)];
      return between(0, 1, (log(Number(value)) - low) / (high - low));
    }
    default:
      return (indexOf(dimension, value) + 0.5) / countOf(dimension);
  }
};
