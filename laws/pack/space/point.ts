/** What the points of dimensions are: which values each has, which of them are there, and which point is the simplest. */
import type { Dimension, Dimensions, Simple } from '../../../src/search/space/dimension.ts';

/** Something with fields, each of which may be anything. */
export type Fields = Readonly<Record<string, unknown>>;

export const isRecord = (u: unknown): u is Fields => typeof u === 'object' && u !== null && !Array.isArray(u);

/** What a dimension is where it is there. */
export const simpleOf = (dimension: Dimension): Simple =>
  dimension.kind === 'conditional' ? dimension.dimension : dimension;

export const text = (u: unknown): string => JSON.stringify(u) ?? 'undefined';

/** Whether something is a value of a dimension. */
export const inside = (dimension: Simple, value: unknown): boolean => {
  if (dimension.kind === 'fixed') return text(value) === text(dimension.value);
  if (dimension.kind === 'choice') return dimension.options.some((option) => text(option) === text(value));
  const whole = dimension.kind !== 'integer' || Number.isInteger(value);
  return typeof value === 'number' && whole && value >= dimension.low && value <= dimension.high;
};

/** Whether a dimension is to be there, its choice and that one's own condition holding. */
export const expectedThere = (dimensions: Dimensions, name: string, point: Fields): boolean => {
  const dimension = dimensions[name];
  if (dimension === undefined || dimension.kind !== 'conditional') return dimension !== undefined;
  return (
    expectedThere(dimensions, dimension.on, point) &&
    dimension.values.some((value) => text(value) === text(point[dimension.on]))
  );
};

/** The dimensions on which it hangs whether one is there. */
export const ancestors = (dimensions: Dimensions, name: string): readonly string[] => {
  const dimension = dimensions[name];
  return dimension === undefined || dimension.kind !== 'conditional'
    ? []
    : [dimension.on, ...ancestors(dimensions, dimension.on)];
};

/** The lower bound, the first option, or the one value that there is. */
export const simplest = (dimension: Simple): unknown => {
  switch (dimension.kind) {
    case 'fixed':
      return dimension.value;
    case 'choice':
      return dimension.options[0];
    default:
      return dimension.low;
  }
};
