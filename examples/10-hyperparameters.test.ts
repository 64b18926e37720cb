/** Example 10 runs at a reduced size, and says what it is about. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { braninTable, digitsTable, effectiveTable, oftenTable, toldTable } from './10-hyperparameters.ts';
import { branin, LEAST, told } from './hyperparameters/branin.ts';
import { METHODS } from './hyperparameters/digits.ts';
import type { Report } from './print.ts';

const data = fileURLToPath(new URL('../../shared/data/digits.csv.gz', import.meta.url));

const lines = (report: Report): readonly string[] => {
  expect(report).toSatisfy(E.isRight);
  return E.isRight(report) ? report.right : [];
};
const numbers = (line: string | undefined): readonly number[] => (line?.match(/-?\d+\.\d+/g) ?? []).map(Number);

describe('example 10', () => {
  it('a grid wastes its points where few hyperparameters matter', () => {
    const [grid, random, quasiRandom] = lines(effectiveTable(3)).map((line) => numbers(line)[0] ?? Number.NaN);
    // Of 3⁴ points a grid has 3 × 3 different ones in the two that matter; random search has 81.
    expect(random).toBeLessThan(grid ?? 0);
    expect(quasiRandom).toBeLessThan(grid ?? 0);
  });

  it("Branin's function is least where it is said to be", () => {
    for (const [x, y] of [
      [-Math.PI, 12.275],
      [Math.PI, 2.275],
      [9.42478, 2.475],
    ] as const)
      expect(branin(x, y)).toBeCloseTo(LEAST, 5);
  });

  it('searches of a noisy function end with a regret, each with its interval', () => {
    const table = lines(braninTable(3, 12));
    expect(table).toHaveLength(3);
    for (const line of table) {
      const [mean = Number.NaN, low = 0, high = 0] = numbers(line);
      expect(low).toBeLessThanOrEqual(mean);
      expect(high).toBeGreaterThanOrEqual(mean);
    }
    expect(table[2]).toMatch(/less than random in \d of 3/);
  });

  it('a share of the seeds has its interval', () => {
    const [share, tens] = lines(oftenTable(10, 12));
    const [part = Number.NaN, low = 1, high = 0] = numbers(share);
    const won = Number(/in (\d+) of 10 seeds/.exec(share ?? '')?.[1]);
    expect(part).toBeCloseTo(won / 10, 5);
    expect(low).toBeLessThan(part);
    expect(high).toBeGreaterThan(part);
    expect(tens).toBe(`of each ten seeds: ${won}; 8 or more in ${won >= 8 ? 1 : 0} of 1`);
  });

  it('who is told a minimum is near it, the nearer the less the points are spread', () => {
    const ends = (spread: number) => [1, 2, 3, 4, 5].map((seed) => told(spread, 40)(seed));
    const mean = (spread: number): number =>
      ends(spread).reduce((sum, run) => sum + (E.isRight(run) ? (run.right[39] ?? Number.NaN) : Number.NaN) / 5, 0);
    expect(lines(toldTable(2, 8))).toHaveLength(4);
    expect(mean(0.001)).toBeLessThan(0.01);
    expect(mean(0.05)).toBeGreaterThan(mean(0.001));
  });

  it.skipIf(!existsSync(data))('halving spends fewer epochs (skipped where the data folder is missing)', () => {
    const table = lines(digitsTable(data, 1, { rows: 120, trials: 3, epochs: 3, levels: 1 }));
    expect(table.map((line) => line.split(':')[0])).toEqual([...METHODS]);
    const epochs = (method: string): number =>
      Number(/ (\d+) epochs/.exec(table.find((line) => line.startsWith(`${method}:`)) ?? '')?.[1]);
    expect(epochs('random')).toBe(9);
    // 3 · 1 + 1 · 2.
    expect(epochs('halving')).toBe(5);
    // Nine in ten are wrong by chance; three points of one epoch may all be no better.
    const tests = table.map((line) => numbers(line)[3] ?? Number.NaN);
    expect(Math.min(...tests)).toBeLessThan(80);
    expect(Math.max(...tests)).toBeLessThan(96);
  });

  it('a file that is missing is named', () => {
    expect(digitsTable('no-such-file.csv')).toEqual(
      E.left({ tag: 'file', where: 'no-such-file.csv', expected: 'a file that can be read', received: 'none' }),
    );
  });
});
