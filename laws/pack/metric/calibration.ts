/** The laws of the expected calibration error. */
import * as fc from 'fast-check';
import { fromSeed, uniform } from '../../../src/tensor/key.ts';
import { named } from '../../law/named.ts';
import { all, code, holds, type Law } from '../../law.ts';
import type { PackOptions } from '../options.ts';
import { type Metric, near, refused, reordered, seeds, stated, u } from './subject.ts';

type Of = Extract<Metric, { readonly kind: 'calibration' }>;

interface Row {
  readonly label: number;
  readonly p: number;
}

/** Rows of the simulations. */
const ROWS = 4000;
/** Of what is as it should be, a run fails by chance with at most this probability. */
const ERROR = 1e-9;

/** Sixty-fourths, so that sums are exact. */
const rows = fc.array(fc.record({ label: fc.nat(1), p: fc.integer({ min: 0, max: 64 }).map((n) => n / 64) }), {
  minLength: 1,
  maxLength: 40,
});

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** The probabilities of a simulation, and labels that come true with a chance that depends on them. */
const simulated = (chance: (p: number) => number, seed: number): readonly Row[] => {
  const draws = uniform([ROWS], 'f64')(fromSeed(seed)).data;
  return Array.from({ length: ROWS }, (_, i) => {
    const p = (i + 0.5) / ROWS;
    return { p, label: (draws[i] ?? 1) < chance(p) ? 1 : 0 };
  });
};

/** The laws of the expected calibration error of the probability of class 1. */
export const calibrationLaws = ({ of, bins }: Of, options: PackOptions): readonly Law[] => {
  // Of more bins than one in ten rows, chance alone would be an error.
  if (!(Number.isInteger(bins) && bins >= 4 && bins % 2 === 0 && bins <= ROWS / 10))
    throw new RangeError(`laws.metric: bins are an even number from 4 to ${ROWS / 10}, not ${code(bins)}`);
  const ask = (sample: readonly Row[]) =>
    of(
      sample.map(({ label }) => label),
      sample.map(({ p }) => p),
    );
  const bound = (n: number): number => (4 * n + 16) * u;
  const BOUND = 'sums of n numbers of at most 1';
  // Of independent labels, each bin's share of ones has a deviation of at most ½/√nᵢ, so the mean of the error is above what
  // it is without chance by at most Σ(nᵢ/n)·½/√nᵢ ≤ ½·√(bins/n) and never below it; and one label moves it by at most 1/n, so
  // (McDiarmid) it leaves its mean by more than √(log(2/ε)/2n) with probability below ε.
  const chance = 0.5 * Math.sqrt(bins / ROWS);
  const away = Math.sqrt(Math.log(2 / ERROR) / (2 * ROWS));
  return [
    stated(
      options,
      'one probability for all',
      'where every row is given one probability, it is the distance of that from the share of ones',
      '|p − (1/n)·Σᵢ tᵢ|',
      fc.tuple(
        fc.array(fc.nat(1), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 0, max: 64 }).map((n) => n / 64),
      ),
      ([labels, p]) =>
        near(
          options,
          Math.abs(p - mean(labels)),
          ask(labels.map((label) => ({ label, p }))),
          bound(labels.length),
          BOUND,
        ),
      { show: named('labels', 'p') },
    ),
    stated(
      options,
      'bins count by their rows',
      'of two probabilities far apart, each counts with the share of its rows',
      '(n₁/n)·|p₁ − t̄₁| + (n₂/n)·|p₂ − t̄₂|',
      fc.integer({ min: 3, max: 12 }).chain((third) =>
        fc.tuple(
          fc.array(fc.nat(1), { minLength: third, maxLength: 2 * third }),
          fc.array(fc.nat(1), { minLength: third, maxLength: 2 * third }),
          fc.integer({ min: 1, max: 9 }).map((n) => n / 64),
          fc.integer({ min: 54, max: 63 }).map((n) => n / 64),
        ),
      ),
      ([low, high, p, q]) => {
        const n = low.length + high.length;
        return near(
          options,
          (low.length / n) * Math.abs(p - mean(low)) + (high.length / n) * Math.abs(q - mean(high)),
          ask([...low.map((label) => ({ label, p })), ...high.map((label) => ({ label, p: q }))]),
          bound(n),
          BOUND,
        );
      },
      { show: named('low', 'high', 'p', 'q') },
    ),
    stated(
      options,
      'the order of rows is not seen',
      'the same rows in another order have the same error, also where probabilities are equal',
      'm(πr) = m(r)',
      fc.tuple(rows, seeds),
      ([sample, seed]) =>
        near(options, ask(sample) ?? NaN, ask(reordered(sample, seed)), 2 * bound(sample.length), BOUND),
      { show: named('rows', 'seed') },
    ),
    stated(
      options,
      'between one bin and as many as rows',
      'it is at least the error of a single bin and at most that of a bin for every row',
      '|p̄ − t̄| ≤ ECE ≤ (1/n)·Σᵢ |pᵢ − tᵢ|',
      rows,
      (sample) => {
        const error = ask(sample) ?? NaN;
        const least = Math.abs(mean(sample.map(({ p, label }) => p - label)));
        const most = mean(sample.map(({ p, label }) => Math.abs(p - label)));
        const rounding = bound(sample.length);
        return holds(
          error >= least - rounding && error <= most + rounding,
          `${least} to ${most}`,
          `${error}`,
          'the metric',
        );
      },
    ),
    stated(
      options,
      'calibrated is nearly 0',
      `of ${ROWS} rows whose labels come true as often as was said, it is within chance of 0`,
      'P(t = 1 | p) = p ⇒ ECE ≤ ½·√(bins/n) + √(log(2/ε)/2n)',
      seeds,
      (seed) => {
        const error = ask(simulated((p) => p, seed)) ?? NaN;
        return holds(error >= 0 && error <= chance + away, `0 to ${chance + away}`, `${error}`, 'the metric');
      },
      { runs: 4 },
    ),
    stated(
      options,
      'overconfidence by its closed form',
      `of ${ROWS} rows whose chance is between ½ and what was said, it is a quarter of how far it is from that`,
      'P(t = 1 | p) = ½ + α·(p − ½) ⇒ ECE = (1 − α)·E|p − ½| = (1 − α)/4',
      fc.tuple(seeds, fc.constantFrom(0, 0.25, 0.5)),
      ([seed, alpha]) => {
        const error = ask(simulated((p) => 0.5 + alpha * (p - 0.5), seed)) ?? NaN;
        const exact = (1 - alpha) / 4;
        return holds(
          error >= exact - away && error <= exact + chance + away,
          `${exact - away} to ${exact + chance + away}`,
          `${error}`,
          `α = ${alpha}`,
        );
      },
      { runs: 6, show: named('seed', 'alpha') },
    ),
    stated(
      options,
      'what is no probability is refused',
      'logits, NaN, no rows and other labels than 0 and 1 have no answer',
      'p ∉ [0, 1] ⇒ no answer',
      fc.constantFrom<readonly Row[]>(
        [{ label: 0, p: 1.5 }],
        [{ label: 0, p: -0.5 }],
        [
          { label: 1, p: NaN },
          { label: 1, p: 0.5 },
        ],
        [{ label: 2, p: 0.5 }],
        [],
      ),
      (sample) => all(refused(() => ask(sample), code(sample))),
      { runs: 20 },
    ),
  ];
};
