/** Scalers in plain numbers, and the tables that they are tried on. */
import * as fc from 'fast-check';
import { all, same, type Verdict } from '../../law.ts';

export type Rows = ReadonlyArray<readonly number[]>;

/** What scaled training rows are meant to be: of mean 0 and deviation 1 (the squares divided by n − `ddof`), within a
 * range, or neither. */
export type Scaled =
  | { readonly kind: 'standardise'; readonly ddof: 0 | 1 }
  | { readonly kind: 'minMax'; readonly low: number; readonly high: number }
  | { readonly kind: 'any' };

/** A scaler of columns, in plain numbers. */
export interface Scaler<S> {
  readonly to: Scaled;
  /** What is learnt from the training rows. */
  readonly fit: (training: Rows) => S;
  readonly apply: (fitted: S) => (rows: Rows) => Rows;
  readonly invert?: (fitted: S) => (rows: Rows) => Rows;
  /** How a program fits that has all rows at hand, and which of them are for training. */
  readonly fitAmong?: (rows: Rows, training: readonly number[]) => S;
  /** What is learnt as text and back, where it can be saved. */
  readonly text?: { readonly write: (fitted: S) => string; readonly read: (text: string) => S };
}

export const u = 2 ** -53;

/** Columns of very different sizes and places, some of them constant. */
export const columns: fc.Arbitrary<Rows> = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 12 }))
  .chain(([width, height]) =>
    fc.array(
      fc
        .tuple(
          fc.constantFrom(0, 2 ** -10, 1, 2 ** 20),
          fc.constantFrom(0, 1, -1000),
          fc.array(fc.integer({ min: -64, max: 64 }), { minLength: height, maxLength: height }),
        )
        .map(([scale, shift, values]) => values.map((x) => (x / 8) * scale + shift)),
      { minLength: width, maxLength: width },
    ),
  );

export const transposed = (rows: Rows): Rows => (rows[0] ?? []).map((_, j) => rows.map((row) => row[j] ?? NaN));
export const tables: fc.Arbitrary<Rows> = columns.map(transposed);
export const varies = (values: readonly number[]): boolean => values.some((x) => x !== values[0]);

export const bits = (expected: Rows, received: Rows, where = ''): Verdict =>
  all(
    same(expected.length, received.length, `${where}rows`),
    ...expected.flatMap((row, i) => row.map((x, j) => same(x, received[i]?.[j], `${where}[${i}][${j}]`))),
  );

export const within = (
  expected: number,
  received: number | undefined,
  bound: number,
  reason: string,
  where: string,
): Verdict =>
  received !== undefined && Math.abs(received - expected) <= bound
    ? undefined
    : { expected: `${expected}`, received: `${received}`, where, tolerance: `${bound}: ${reason}` };

/** The largest |x| of a column, and how far it reaches. */
export const sizeOf = (values: readonly number[]): number => Math.max(...values.map(Math.abs));
export const rangeOf = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
