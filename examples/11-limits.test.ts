/** The limits at a reduced size: what each experiment is about is seen there, too. */
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { limits, type Measured, measure, report, type Sizes } from './11-limits.ts';
import { pageTable } from './limits/compare.ts';
import { ridge } from './limits/ridge.ts';

/** The mean score of a method in a setting of one of the experiments. */
const meanOf = (found: E.Either<unknown, Measured>, experiment: keyof Measured) => {
  expect(found).toSatisfy(E.isRight);
  const cells = E.isRight(found) ? found.right[experiment] : [];
  return (method: string, setting: string): number => {
    const values = cells.find((cell) => cell.method === method && cell.setting === setting)?.values ?? [];
    expect(values.length).toBeGreaterThan(0);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
};

describe('ridge regression', () => {
  const rows = Array.from({ length: 12 }, (_, i) => [i, i * i]);

  it('finds the line that made the targets, in the units of the features', () => {
    const found = ridge()(
      rows,
      rows.map(([x = 0, square = 0]) => 3 + 2 * x - 0.5 * square),
    );
    expect(found).toSatisfy(E.isRight);
    if (E.isLeft(found)) return;
    expect(found.right.weights[0]).toBeCloseTo(2, 4);
    expect(found.right.weights[1]).toBeCloseTo(-0.5, 4);
    expect(found.right.predict([20, 400])).toBeCloseTo(-157, 2);
  });

  it('knows its leave-one-out error without fitting again', () => {
    const targets = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];
    const all = ridge([0])(rows, targets);
    const squares = targets.map((target, i) => {
      const rest = ridge([0])(
        rows.filter((_, j) => j !== i),
        targets.filter((_, j) => j !== i),
      );
      return E.isRight(rest) ? (rest.right.predict(rows[i] ?? []) - target) ** 2 : NaN;
    });
    const expected = Math.sqrt(squares.reduce((sum, e) => sum + e, 0) / squares.length);
    expect(E.isRight(all) ? all.right.leftOut : NaN).toBeCloseTo(expected, 8);
  });

  it('refuses what it cannot fit', () => {
    expect(ridge()([[1]], [1])).toSatisfy(E.isLeft);
  });
});

const TINY: Sizes = {
  seeds: 2,
  ising: { size: 8, counts: [30], steps: 60 },
  franke: { counts: [40], steps: 40 },
  mixed: { counts: [200], steps: 100 },
  years: { count: 60, steps: 150, members: 2 },
  turned: { size: 8, count: 200, steps: 250 },
};

describe('the limits, at a reduced size', () => {
  const found = measure(TINY);

  it('too little data: a cut through |m| needs few configurations', () => {
    const accuracy = meanOf(found, 'ising');
    expect(accuracy('cut through |m|', '30')).toBeGreaterThan(0.8);
    expect(accuracy('cut through |m|', '30')).toBeGreaterThan(accuracy('network, tanh', '30'));
  });

  it("too little data: hills follow Franke's function", () => {
    const error = meanOf(found, 'franke');
    expect(error('ridge on hills', '40')).toBeLessThan(0.15);
    expect(error('network, tanh, by L-BFGS', '40')).toBeLessThan(0.3);
  });

  it('mixed types: what columns are is half of the answer', () => {
    const error = meanOf(found, 'mixed');
    expect(error('ridge, hand-made features', '200')).toBeLessThan(error('network, columns as numbers', '200'));
    expect(error('network, hand-made features', '200')).toBeLessThan(error('network, columns as numbers', '200'));
    expect(error('boosted trees, columns as numbers', '200')).toBeLessThan(error('ridge, columns as numbers', '200'));
  });

  it('extrapolation: only what knows the season goes on', () => {
    const error = meanOf(found, 'years');
    expect(error('ridge on trend and season', 'years 4–5')).toBeLessThan(0.3);
    for (const other of ['network, tanh', 'network, ReLU', 'ridge on random features', 'ridge on powers to the 11th'])
      expect(error(other, 'years 4–5')).toBeGreaterThan(0.5);
    expect(
      meanOf(found, 'agreement')('share of moments with the truth within two deviations', 'years 4–5'),
    ).toBeLessThan(0.9);
  });

  it('understanding: turned over, the same spins are another thing to the network alone', () => {
    const accuracy = meanOf(found, 'turned');
    expect(accuracy('cut through |m|', 'turned over')).toBe(accuracy('cut through |m|', 'as learnt from'));
    expect(accuracy('cut through |energy|', 'antiferromagnet')).toBe(
      accuracy('cut through |energy|', 'as learnt from'),
    );
    expect(accuracy('network of 32 ReLUs', 'turned over')).toBeLessThan(
      accuracy('network of 32 ReLUs', 'as learnt from') - 0.1,
    );
  });

  it('are printed as tables with intervals', () => {
    const printed = E.Monad.chain(found, report);
    expect(printed).toSatisfy(E.isRight);
    const lines = E.isRight(printed) ? printed.right : [];
    expect(lines.filter((line) => line === '')).toHaveLength(5);
    expect(lines.slice(0, 2)).toEqual(['| accuracy by configurations | 30 |', '|---|---|']);
    expect(lines[2]).toMatch(/^\| cut through \\\|m\\\| \| \d\.\d{3} \[−?\d+\.\d{3}, \d+\.\d{3}\] \|$/);
    // An error of thousands is printed whole.
    const far = pageTable('far')([{ setting: 'x', method: 'm', values: [3000, 1000.4, -20_000] }]);
    expect(E.isRight(far) && far.right[2]).toBe('| m | −5,333 [−36,984, 26,317] |');
  });

  it('stand in the order in which they are told', () => {
    const cells = E.isRight(found) ? found.right.turned : [];
    expect(cells.slice(0, 3).map(({ method, setting }) => [method, setting])).toEqual([
      ['network of 32 ReLUs', 'as learnt from'],
      ['network of 32 ReLUs', 'turned over'],
      ['network of 32 ReLUs', 'antiferromagnet'],
    ]);
  });

  it('are run by name, too', () => {
    const one = limits('agreement', { ...TINY, seeds: 2 });
    expect(E.isRight(one) && one.right[0]).toBe('| five networks, tanh | years 0–3 | years 3–4 | years 4–5 |');
    expect(E.isRight(one) && one.right).toHaveLength(5);
    expect(E.isRight(one) && one.right[2]).toMatch(/^\| error of their mean \|/);
    expect(limits('nothing')).toSatisfy(E.isLeft);
  });
});
