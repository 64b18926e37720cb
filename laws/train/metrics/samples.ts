/** What the laws of metrics are tried on, and how they compare. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import type { Failure } from '../../../src/tensor/failure.ts';
import { generate, type Tensor } from '../../../src/tensor/tensor.ts';
import type { Verdict } from '../../law.ts';

export const u = 2 ** -53;

/** What an Either holds, or a number that no metric gives. */
export const value = (result: E.Either<Failure, number>): number => (E.isRight(result) ? result.right : -12345);
export const close = (expected: number, received: number, tolerance: number, reason: string): Verdict =>
  Math.abs(expected - received) <= tolerance
    ? undefined
    : { expected: String(expected), received: String(received), tolerance: `${tolerance}: ${reason}` };

export interface Scored {
  readonly labels: readonly number[];
  readonly scores: ReadonlyArray<readonly number[]>;
  readonly classes: number;
}
export const tensorOf = (rows: ReadonlyArray<readonly number[]>): Tensor =>
  generate('f64', [rows.length, rows[0]?.length ?? 0], (i) => {
    const width = rows[0]?.length ?? 1;
    return rows[Math.floor(i / width)]?.[i % width] ?? Number.NaN;
  });
export const vectorOf = (values: readonly number[]): Tensor =>
  generate('f64', [values.length], (i) => values[i] ?? Number.NaN);

/** Scores are small whole numbers, so that ties are common. */
export const scored: fc.Arbitrary<Scored> = fc
  .integer({ min: 2, max: 5 })
  .chain((classes) =>
    fc
      .array(
        fc.tuple(
          fc.nat(classes - 1),
          fc.array(fc.integer({ min: -3, max: 3 }), { minLength: classes, maxLength: classes }),
        ),
        { minLength: 1, maxLength: 20 },
      )
      .map((rows) => ({ classes, labels: rows.map(([label]) => label), scores: rows.map(([, row]) => row) })),
  );

export const binary = fc
  .array(fc.tuple(fc.nat(1), fc.integer({ min: -4, max: 4 })), { minLength: 2, maxLength: 30 })
  .filter((rows) => new Set(rows.map(([label]) => label)).size === 2)
  .map((rows) => ({ labels: rows.map(([label]) => label), scores: rows.map(([, score]) => score) }));

export const labelled = fc
  .integer({ min: 2, max: 5 })
  .chain((classes) =>
    fc
      .array(fc.tuple(fc.nat(classes - 1), fc.nat(classes - 1)), { minLength: 1, maxLength: 30 })
      .map((rows) => ({ classes, actual: rows.map(([a]) => a), predicted: rows.map(([, p]) => p) })),
  );

export const paired = fc
  .array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), { minLength: 2, maxLength: 20 })
  .map((rows) => ({ y: rows.map(([a]) => a), p: rows.map(([, b]) => b) }));
