/** Example 08 runs at a reduced size, and says what it is about. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import {
  activations,
  dyingTable,
  escapeTable,
  FULL,
  fadedTable,
  initialTable,
  OUTWARDS,
  outwardsTable,
  rankingTable,
} from './08-activations.ts';
import { firstSplit } from './activations/digits.ts';
import { dying } from './activations/dying.ts';
import type { Report } from './print.ts';
import { shareOf } from './share.ts';

const data = fileURLToPath(new URL('../../shared/data/digits.csv.gz', import.meta.url));

const lines = (report: Report): readonly string[] => {
  expect(report).toSatisfy(E.isRight);
  return E.isRight(report) ? report.right : [];
};

describe.skipIf(!existsSync(data))('example 08 (skipped where the data folder is missing)', () => {
  it('before the first step: gradients fade under sigmoids, explode under large weights, hold under fitting ones', () => {
    const table = lines(initialTable(data, 2, 64, 5, 40));
    const of = (name: string): string => table.find((line) => line.startsWith(`${name} |`)) ?? '';
    const ratio = (name: string): number => Number(/first\/last (\S+)/.exec(of(name))?.[1]);
    expect(of('sigmoid, old')).toContain('vanishing 2 of 2');
    expect(of('ReLU, normal(0, 1)')).toContain('exploding 2 of 2');
    expect(of('tanh, normal(0, 1)')).toContain('saturated 2 of 2');
    expect(of('tanh, normal(0, 1), batch norm')).not.toContain('saturated');
    expect(ratio('tanh, old')).toBeLessThan(0.5 * ratio('tanh, normalised'));
    expect(ratio('ReLU, He')).toBeGreaterThan(0.3);
    // Batch norm undoes what the old beginning does.
    expect(ratio('sigmoid, old, batch norm')).toBeGreaterThan(0.3);
  });

  it('five layers of sigmoids do not leave the plateau in two epochs', () => {
    expect(lines(escapeTable(data, 1, 2, [5], 20))).toEqual([
      'sigmoid, old, depth 5: 0 of 1 runs left the plateau within 2 epochs, share 0 [0, 0.79]',
    ]);
    // One hidden layer has no plateau to speak of.
    expect(lines(escapeTable(data, 2, 3, [1], 20))[0]).toMatch(
      / 2 of 2 runs .*, in epochs 1, 1, mean 1\.0 \[1\.0, 1\.0\]$/,
    );
  });

  it('on the plateau hardly any gradient comes down', () => {
    const [line = ''] = lines(fadedTable(data, 2, 2, [5], 20));
    expect(Number(/first\/last (\S+)/.exec(line)?.[1])).toBeLessThan(0.01);
  });

  it('tanh gets further out than softsign', () => {
    const table = lines(outwardsTable(data, { ...OUTWARDS, seeds: 2, depth: 2, width: 20, epochs: 3 }, 40));
    expect(table).toHaveLength(4);
    const far = (name: string): number =>
      Number(
        new RegExp(`^${name}: 98th percentile (\\S+)`).exec(table.find((line) => line.startsWith(name)) ?? '')?.[1],
      );
    expect(far('tanh, layer 1')).toBeGreaterThan(far('softsign, layer 1'));
    expect(far('tanh, layer 2')).toBeGreaterThan(far('softsign, layer 2'));
  });

  it('a share has an interval, at its ends, too', () => {
    // E. B. Wilson 1927: 81 of 263 with z 1.96 is Newcombe's (1998) example, 0.2553 to 0.3662.
    const { estimate, low, high } = shareOf(81, 263);
    expect([estimate, low, high].map((x) => x.toFixed(4))).toEqual(['0.3080', '0.2553', '0.3662']);
    expect(shareOf(0, 10).low).toBe(0);
    expect(shareOf(10, 10).high).toBe(1);
  });

  it('units of ReLU die at a high learning rate, those of a leaky one do not', () => {
    const sizes = { seeds: 2, depth: 2, width: 16, epochs: 2, batchSize: 32, learningRates: [3] };
    const table = lines(dyingTable(data, sizes, 320));
    expect(table).toHaveLength(3);
    const dead = (name: string): number =>
      Number(new RegExp(`^${name}, rate 3: dead (\\S+)`).exec(table.join('\n'))?.[1]);
    expect(dead('ReLU')).toBeGreaterThan(0);
    const digits = firstSplit(data);
    const leaky = E.isRight(digits) ? dying(digits.right.train, { ...sizes, seeds: 1 })('leaky ReLU', 0.1) : digits;
    expect(E.isRight(leaky) && leaky.right.dead.estimate).toBe(0);
  });

  it('the ranking is measured step by step', () => {
    const size = { ...FULL, seeds: 2, choosing: 1, depths: [1], width: 8, epochs: 3, learningRates: [0.03] };
    const report = lines(rankingTable(data, [size]));
    expect(report[0]).toBe('depth 1');
    expect(report.filter((line) => line.includes('test error'))).toHaveLength(5);
    expect(report.filter((line) => / over .* (holds|undecided|is the other way round)$/.test(line))).toHaveLength(4);
    expect(lines(activations(data, { ranking: () => E.right(report) }))[0]).toBe('ranking');
  });

  it('a file that is missing is named', () => {
    expect(initialTable('none.csv')).toEqual(E.left(expect.objectContaining({ tag: 'file', where: 'none.csv' })));
  });
});
