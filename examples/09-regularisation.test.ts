/** The ninth example runs, at a reduced size, and finds what it says. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { drawn, regularisation } from './09-regularisation.ts';
import type { Report } from './print.ts';
import { errorOfSurest } from './regularisation/doubt.ts';

const data = fileURLToPath(new URL('../../shared/data/digits.csv.gz', import.meta.url));

const lines = (report: Report): readonly string[] => {
  expect(report).toSatisfy(E.isRight);
  return E.isRight(report) ? report.right : [];
};

/** The difference of a way from the first, and its interval: estimate, low, high. */
const difference = (found: readonly string[], way: string, measure: string): readonly number[] => {
  const line = found.find((text) => text.trim().startsWith(way) && text.includes(measure)) ?? '';
  return (line.match(/[+−]\d+\.\d+/g) ?? []).map((text) => Number(text.replace('−', '-')));
};

describe('09: regularisation', () => {
  it('the lasso finds the few inputs that are relevant', () => {
    const [estimate = 0, , high = 0] = difference(
      lines(drawn(5, 'penalty, linear, 60 rows of 40 inputs, 4')),
      'l1',
      'squared',
    );
    expect(estimate).toBeLessThan(-0.5);
    expect(high).toBeLessThan(0);
  });

  it('clipping outlives outliers', () => {
    const found = lines(drawn(3, 'clipping, 1', 0.3));
    expect(difference(found, 'clipByGlobalNorm', 'log')[0]).toBeLessThan(0);
  });

  it('random passes differ more where there were no data', () => {
    const found = lines(drawn(2, 'Monte', 0.3));
    const mean = (measure: string): number =>
      Number(
        /(\d+\.\d+)/.exec(found.find((text) => text.includes(`dropout 0.1  ${measure}`))?.split(measure)[1] ?? '')?.[1],
      );
    expect(mean('deviation outside')).toBeGreaterThan(2 * mean('deviation where it saw data'));
  });

  it.skipIf(!existsSync(data))('batch norm trains sigmoids at depth (skipped where the data folder is missing)', () => {
    const found = lines(regularisation(data, 2, 'batch norm, sigmoid, 5', 0.25));
    expect(difference(found, 'batch norm', 'accuracy')[0]).toBeGreaterThan(0.3);
  });

  it.skipIf(!existsSync(data))('random passes disagree about noise (skipped where the data folder is missing)', () => {
    const found = lines(regularisation(data, 2, 'Monte-Carlo dropout, 700 digits, and noise', 0.5));
    expect(difference(found, '30 passes: mutual information', 'area')[0]).toBeGreaterThan(0);
  });

  it('the surest rows are those of least doubt', () => {
    expect(errorOfSurest(0.5, [1, 0, 1, 0], [0.9, 0.1, 0.2, 0.8])).toBe(0.5);
    expect(errorOfSurest(0.25, [1, 0, 1, 0], [0.9, 0.1, 0.2, 0.8])).toBe(0);
    expect(errorOfSurest(1, [1, 0, 1, 0], [0.9, 0.1, 0.2, 0.8])).toBe(0.5);
  });

  it.skipIf(!existsSync(data))('every way to train on digits trains (skipped where the data folder is missing)', () => {
    for (const only of [
      'alpha',
      'max-norm',
      'augmentation',
      'label smoothing, 1',
      'early stopping, 300 digits, labels',
      'averaging',
    ])
      expect(lines(regularisation(data, 2, only, 0.02)).length).toBeGreaterThan(4);
  });

  it('a file that is missing is named', () => {
    expect(regularisation('no-such-file.csv')).toEqual(
      E.left({ tag: 'file', where: 'no-such-file.csv', expected: 'a file that can be read', received: 'none' }),
    );
  });
});
