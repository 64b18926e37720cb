/** The examples run, at a reduced size, and say what they are about. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { gates } from './01-gates.ts';
import { franke } from './02-franke.ts';
import { ising } from './03-ising.ts';
import { universal } from './04-universal-approximation.ts';
import { digits } from './05-digits.ts';
import { ownLayer } from './06-your-own-layer.ts';
import { ownOptimizer } from './07-your-own-optimizer.ts';
import type { Report } from './print.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const data = here('../../shared/data/digits.csv.gz');

const lines = (report: Report): readonly string[] => {
  expect(report).toSatisfy(E.isRight);
  return E.isRight(report) ? report.right : [];
};
const numbers = (line: string | undefined): readonly number[] => (line?.match(/\d+\.\d+/g) ?? []).map(Number);

describe('the examples', () => {
  it('01: a hidden layer learns every gate, none learns neither XOR nor XNOR', () => {
    const table = lines(gates());
    expect(table).toHaveLength(6);
    for (const line of table) {
      expect(line).toContain('hidden layer 4 of 4');
      const alone = Number(/none (\d)/.exec(line)?.[1]);
      if (/^xn?or/.test(line)) expect(alone).toBeLessThan(4);
      else expect(alone).toBe(4);
    }
  });

  it("02: more units fit Franke's function better", () => {
    const [narrow = 1, wide = 0] = lines(franke(60, [2, 8])).map((line) => numbers(line)[0]);
    expect(wide).toBeGreaterThan(narrow);
    expect(wide).toBeGreaterThan(0.9);
  });

  it('03: order is told from disorder, and the answers cross near the critical temperature', () => {
    const last = lines(ising(8, 80, 15)).at(-1);
    const [accuracy = 0, crossing = 0, exact] = numbers(last);
    expect(accuracy).toBeGreaterThan(0.8);
    // A lattice of 64 spins and few of them: within half a unit of temperature.
    expect(Math.abs(crossing - 2.269)).toBeLessThan(0.5);
    expect(exact).toBe(2.269);
  });

  it('04: what is built stays within its bound, and a trained network comes closer', () => {
    const [, row] = lines(universal(200, [8]));
    const [line = 1, lineBound = 0, stair = 1, stairBound = 0, trained = 1] = numbers(row);
    expect(line).toBeLessThanOrEqual(lineBound);
    expect(stair).toBeLessThanOrEqual(stairBound);
    expect(trained).toBeLessThan(stair);
  });

  it.skipIf(!existsSync(data))('05: digits are read (skipped where the data folder is missing)', () => {
    const [accuracy] = lines(digits(data, 12));
    expect(numbers(accuracy)[0]).toBeGreaterThan(0.92);
  });

  it('05: a file that is missing is named', () => {
    expect(digits('no-such-file.csv')).toEqual(
      E.left({ tag: 'file', where: 'no-such-file.csv', expected: 'a file that can be read', received: 'none' }),
    );
  });

  it("06: a layer of one's own obeys the laws, runs emitted and survives its file", () => {
    const found = lines(ownLayer(5, 40));
    expect(found).toContain('  ✓ formula (5 samples)');
    expect(found.find((line) => line.endsWith('not expected'))).toMatch(/^\d+ held, 0 failed, 0 not expected$/);
    expect(found.at(-2)).toMatch(/^trained on wasm: mean squared error \d\.\de-[1-9]/);
    expect(found.at(-1)).toBe('read back from its file it predicts the same, bit for bit');
  });

  it("07: an optimizer of one's own obeys the laws and gets as far as Adam", () => {
    const found = lines(ownOptimizer(5, 60));
    expect(found).toContain('  ✓ formula (5 samples)');
    expect(found.find((line) => line.endsWith('not expected'))).toMatch(/^\d+ held, 0 failed, 0 not expected$/);
    const [own = 1, adam = 0] = (found.at(-1)?.match(/\d\.\de[-+]\d+/g) ?? []).map(Number);
    expect(own).toBeLessThan(3 * adam);
  });

  it('run as programs', () => {
    const run = spawnSync(process.execPath, ['--import', 'tsx', here('01-gates.ts')], {
      cwd: here('..'),
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
    expect(run.stdout).toContain('xor   hidden layer 4 of 4');
  });
});
