/** The experiments of chapter 9 run at a reduced size, and say what they are about. */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Key } from 'nabla-ts';
import { describe, expect, it } from 'vitest';
import { calibrated, calibrationTable } from './validation/calibration.ts';
import { mean } from './validation/common.ts';
import { coverage, coverageTable } from './validation/coverage.ts';
import { curveTable, learning, NOISE, overSets } from './validation/curves.ts';
import { decomposed, partsTable } from './validation/decomposition.ts';
import { cases, diagnosed } from './validation/development.ts';
import { estimates, estimateTable, nesting } from './validation/estimates.ts';
import { foldCoverage, foldCoverageTable } from './validation/foldCoverage.ts';
import { compared, dealtTable } from './validation/foldings.ts';
import { importanceTable, summed, weighed } from './validation/importance.ts';
import { leaks, leakTable } from './validation/leaks.ts';
import { left, residualTable, thirds } from './validation/residuals.ts';
import { promised, promiseTable } from './validation/series.ts';

const data = fileURLToPath(new URL('../../shared/data', import.meta.url));

describe('chapter 9', () => {
  it('features chosen on all rows, and patients cut, promise what there is not', () => {
    const found = leaks(2, [1, 10]);
    const gain = (name: string): number => {
      const one = found.find((leak) => leak.name === name);
      return mean(one?.honest ?? []) - mean(one?.leaking ?? []);
    };
    expect(gain('features chosen')).toBeGreaterThan(0.1);
    expect(gain('patients cut')).toBeGreaterThan(0.1);
    expect(leakTable(found).split('\n')).toHaveLength(2 + 5);
  });

  it('rows of a time series dealt at random promise less error than the future gives', () => {
    const found = promised(4, 60);
    const [shuffled = Number.NaN, ordered = Number.NaN, gapped = Number.NaN, , later = Number.NaN] =
      Object.values(found).map(mean);
    expect(shuffled).toBeLessThan(ordered);
    expect(ordered).toBeLessThan(gapped);
    expect(shuffled).toBeLessThan(later);
    expect(promiseTable(found).split('\n')).toHaveLength(2 + 5);
  });

  it('leave-one-out has no luck of the dealing, and repeating takes most of it away', () => {
    const found = compared(2, 0);
    const [once = Number.NaN, repeated = Number.NaN, alone] = found.map(({ luck }) => mean(luck));
    expect(alone).toBe(0);
    expect(repeated).toBeLessThan(once);
    expect(found.map(({ trainings }) => trainings)).toEqual([5, 50, 40, 50]);
    expect(dealtTable(found).split('\n')).toHaveLength(2 + 4);
  });

  it('the least of several errors is below what nested folds say', () => {
    const { chosen, nested } = nesting(2, 4);
    expect(mean(chosen)).toBeLessThan(mean(nested));
  });

  it('the apparent error of the nearest neighbour is 0, and .632 lies between it and the out-of-bag error', () => {
    const found = estimates(2, 25);
    const [{ estimates: of } = { estimates: undefined }] = found;
    expect(of?.apparent).toEqual([0, 0]);
    of?.['.632'].forEach((error, i) => {
      expect(error).toBeLessThan(of['out of the bag'][i] ?? 0);
    });
    expect(estimateTable(found).split('\n')).toHaveLength(2 + 4);
  });

  it('percentile intervals of a deviation cover too little, and BCa mends a part of it', () => {
    const found = coverage(100, 199);
    const skewed = found.find(({ name }) => name === 'deviation of 20 exponential ones');
    expect(skewed?.percentile.inside).toBeLessThan(85);
    expect(skewed?.corrected.below).toBeLessThan(skewed?.percentile.below ?? 0);
    expect(coverageTable(found).split('\n')).toHaveLength(2 + 6);
  });

  it('Student’s interval of folds that share rows covers too little', () => {
    const found = foldCoverage(60);
    found.forEach(({ student, corrected }) => {
      expect(student.inside).toBeLessThan(corrected.inside);
    });
    expect(foldCoverageTable(found).split('\n')).toHaveLength(2 + 3);
  });

  it('a straight line through spirals is found to be biased', () => {
    const [line] = cases;
    const { findings } = line === undefined ? { findings: [] } : diagnosed({ ...line, epochs: 50 }, Key.fromSeed(12));
    expect(findings[0]?.gap).toBe('avoidableBias');
  });

  it('more rows bring the two errors together, and a strong penalty raises both', () => {
    const points = learning([10, 40]);
    const apart = points.map(({ train, validation }) => validation.estimate - train.estimate);
    expect(apart[1]).toBeLessThan(apart[0] ?? 0);
    const [weak, strong] = overSets([0.001, 0.1], 2);
    expect(strong?.train.estimate).toBeGreaterThan(weak?.train.estimate ?? Number.NaN);
    expect(curveTable(points, 'rows').split('\n')).toHaveLength(2 + 2);
  });

  it('a strong penalty is bias', () => {
    const found = decomposed([0.001, 0.1], 2, 20, 2);
    const [weak = Number.NaN, strong] = found.map(({ squaredBias }) => mean(squaredBias));
    expect(strong).toBeGreaterThan(weak + NOISE * NOISE);
    expect(partsTable(found).split('\n')).toHaveLength(2 + 2);
  });

  it('what is learnt by heart is said too surely', () => {
    const found = calibrated([0, 30, 300], 2);
    const [truth = Number.NaN, short = Number.NaN, long = Number.NaN] = found.map(({ width }) => mean(width));
    expect(truth).toBeLessThan(long);
    expect(short).toBeLessThan(long);
    expect(calibrationTable(found).split('\n')).toHaveLength(2 + 3);
  });

  it('a bend shows in the means of residuals, and a noise that grows in their deviation', () => {
    const found = left(2);
    const [line = [], growing = []] = found.map(({ residuals: [first = []] }) => thirds(first));
    const [low = Number.NaN, middle = Number.NaN, high = Number.NaN] = line.map(mean);
    expect(middle).toBeLessThan(Math.min(low, high));
    const [narrow = Number.NaN, , wide] = growing.map((of) => mean(of.map(Math.abs)));
    expect(wide).toBeGreaterThan(2 * narrow);
    expect(residualTable(found).split('\n')).toHaveLength(2 + 6);
  });

  it.skipIf(!existsSync(data))(
    'of columns that say the same, each by itself is worth little (skipped without data)',
    () => {
      const found = weighed(data, 2, 2);
      const [size] = found.grouped;
      if (size === undefined) throw new Error('no group');
      expect(mean(size.increases)).toBeGreaterThan(3 * mean(summed(found, size)));
      const [alone = Number.NaN, , both] = found.copied.map(({ increases }) => mean(increases));
      expect(both).toBeGreaterThan(alone);
      expect(importanceTable(found).split('\n')).toHaveLength(2 + 5 + 3 + 3);
    },
  );
});
