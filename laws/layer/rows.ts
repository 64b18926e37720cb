/** Matrices as rows of numbers, for formulas in plain loops. */
import * as fc from 'fast-check';
import { reference } from '../../src/ops/reference/reference.ts';
import { keys } from '../arbitrary/keys.ts';
import { all, type Verdict } from '../law.ts';

export type Rows = ReadonlyArray<readonly number[]>;

export const ops = reference('f64');
export const U = 2 ** -53;
export const at = (rows: Rows, i: number, j: number): number => rows[i]?.[j] ?? NaN;
export const sum = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0);
export const range = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);

export const near = (expected: Rows, received: Rows, tolerance: number, where: string): Verdict =>
  all(
    ...expected.flatMap((row, i) =>
      row.map(
        (x, j): Verdict =>
          Math.abs(x - at(received, i, j)) <= tolerance
            ? undefined
            : {
                expected: `${x}`,
                received: `${at(received, i, j)}`,
                where: `${where} [${i},${j}]`,
                tolerance: `${tolerance}`,
              },
      ),
    ),
  );

export const matrix = fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 5 }), keys);
