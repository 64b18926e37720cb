/** The laws of confidence intervals of a mean, a median, … */
import * as fc from 'fast-check';
import { fromSeed, normal } from '../../src/tensor/key.ts';
import { named } from '../law/named.ts';
import { all, code, holds, type LawSet, law, type Verdict } from '../law.ts';
import { bandOf } from './chance.ts';
import { type PackOptions, packed, runsOf, toleranceOf } from './options.ts';

interface Ends {
  readonly low: number;
  readonly high: number;
}

/** A rule that makes an interval of what numbers were drawn from: their mean, where nothing else is said. */
export interface IntervalRule {
  /** The interval, or nothing where there is none; the seed is for rules that draw. */
  readonly of: (values: readonly number[], level: number, seed: number) => Ends | undefined;
  /**
   * How often the interval of a sample holds the truth. Where nothing is said: as often as the level, of 3 normal numbers and
   * their mean.
   */
  readonly coverage?: Coverage;
}

/** What samples an interval is tried on, and how often it is to hold the truth of them. */
export interface Coverage {
  /** How many independent standard normal numbers a sample is made of. */
  readonly count: number;
  /** The sample of these: 3 + 2z of each where nothing is said. */
  readonly sample?: (normals: readonly number[]) => readonly number[];
  /** What the interval is of: 3 where nothing is said. */
  readonly truth?: number;
  /** The chance that the interval holds the truth, by its level. */
  readonly of: (level: number) => number;
  /** How far from it the rule may be: 0 where the chance is exact, and less than 0.5. */
  readonly within: number;
  /** How many samples are drawn: 100 at least. */
  readonly samples: number;
}

/** Of a coverage that is as it should be, a run fails by chance with at most this probability. */
const ERROR = 1e-9;

const CLASSICAL: Coverage = { count: 3, of: (level) => level, within: 0, samples: 20_000 };

/** Throws where what is claimed could not be tried, or would let anything pass. */
const checkCoverage = ({ count, samples, within, of, truth = 3 }: Coverage): void => {
  const wrong = (what: string, expected: string, received: unknown): never => {
    throw new RangeError(`laws.interval: coverage.${what} is ${expected}, not ${code(received)}`);
  };
  if (!(Number.isSafeInteger(count) && count >= 1)) wrong('count', 'a whole number of at least 1', count);
  if (!(Number.isSafeInteger(samples) && samples >= 100)) wrong('samples', 'a whole number of at least 100', samples);
  if (!(within >= 0 && within < 0.5)) wrong('within', 'a number from 0 to below 0.5', within);
  if (!Number.isFinite(truth)) wrong('truth', 'a finite number', truth);
  for (const level of LEVELS) {
    const chance = of(level);
    if (!(chance >= 0 && chance <= 1)) wrong(`of(${level})`, 'a chance from 0 to 1', chance);
  }
};

/** A rule may decline what it cannot tell of a sample, in fewer than half of them. */
const NONE: Verdict = { excluded: 'the rule gives no interval of the sample' };

const LEVELS = [0.5, 0.8, 0.9];
const levels = fc.constantFrom(...LEVELS);
const seeds = fc.nat(2 ** 31 - 1);
const values = fc.array(
  fc.integer({ min: -1000, max: 1000 }).map((n) => n / 8),
  { minLength: 5, maxLength: 12 },
);
const varying = values.filter((list) => new Set(list).size > 2);

/**
 * The laws of anybody's interval of a mean, or of what moves with the numbers as a mean does: it is an interval, grows with its
 * level, is shifted and scaled with the numbers, holds the truth as often as it says, and is refused where there is none. Throws on
 * a coverage that could not be tried, or that lets anything pass.
 *
 * @example
 * ```ts
 * import { check, laws } from 'nabla-ts/laws';
 * const all = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
 * const sure = laws.interval({ of: (values, level) => (values.length > 1 && level > 0 && level < 1 ? all : undefined) });
 * check(sure).filter(({ outcome }) => outcome.tag === 'failed').map(({ law }) => law.name) // => ['ends are numbers', 'a higher level is wider', 'it moves with the numbers', 'it covers at its level', 'bad input is refused']
 * ```
 */
export const interval = (rule: IntervalRule, options: PackOptions = {}): LawSet => {
  const { of, coverage = CLASSICAL } = rule;
  checkCoverage(coverage);
  const got = (interval: Ends | undefined, then: (ends: Ends) => Verdict): Verdict =>
    interval === undefined ? NONE : then(interval);
  return packed('interval', options, [
    law(
      'ends are numbers',
      'both ends are finite, the lower one first',
      fc.tuple(varying, levels, seeds),
      ([list, level, seed]) =>
        got(of(list, level, seed), ({ low, high }) =>
          holds(
            Number.isFinite(low) && Number.isFinite(high) && low <= high,
            'low ≤ high',
            `${low} to ${high}`,
            'the ends',
          ),
        ),
      { runs: runsOf(options, 30), show: named('list', 'level', 'seed'), formula: 'low ≤ high' },
    ),
    law(
      'a higher level is wider',
      'the interval of a level holds that of a lower one',
      fc.tuple(varying, seeds),
      ([list, seed]) => {
        const [narrow, middle, wide] = [0.5, 0.8, 0.9].map((level) => of(list, level, seed));
        if (narrow === undefined || middle === undefined || wide === undefined) return NONE;
        const within = (inner: Ends, outer: Ends, wider: boolean): Verdict =>
          holds(
            outer.low <= inner.low &&
              outer.high >= inner.high &&
              !(wider && outer.high - outer.low <= inner.high - inner.low),
            `more than ${inner.low} to ${inner.high}`,
            `${outer.low} to ${outer.high}`,
            'the ends at the higher level',
          );
        // Of few numbers, quantiles of resamples may coincide at neighbouring levels, not at these ends.
        return all(within(narrow, middle, false), within(middle, wide, false), within(narrow, wide, true));
      },
      { runs: runsOf(options, 30), show: named('list', 'seed'), formula: 'I(ℓ) ⊂ I(ℓ′), ℓ < ℓ′' },
    ),
    law(
      'it moves with the numbers',
      'of numbers that are shifted and scaled, the interval is shifted and scaled',
      fc.tuple(varying, levels, seeds),
      ([list, level, seed]) =>
        got(of(list, level, seed), ({ low, high }) =>
          got(
            of(
              list.map((x) => 4 * x + 64),
              level,
              seed,
            ),
            (moved) => {
              // Numbers below 1000, fewer than 16 of them, in some fifty additions and products: 1000·2⁻⁵²·50, twice over.
              const near = 1e-10 * toleranceOf(options);
              return all(
                holds(Math.abs(moved.low - (4 * low + 64)) <= near, `${4 * low + 64}`, `${moved.low}`, 'low'),
                holds(Math.abs(moved.high - (4 * high + 64)) <= near, `${4 * high + 64}`, `${moved.high}`, 'high'),
              );
            },
          ),
        ),
      { runs: runsOf(options, 30), show: named('list', 'level', 'seed'), formula: 'I(4x + 64) = 4·I(x) + 64' },
    ),
    law(
      'it covers at its level',
      `of ${coverage.samples} samples, made of ${coverage.count} normal numbers each, as many intervals hold the truth as is claimed at their level`,
      fc.tuple(levels, seeds),
      ([level, seed]) => {
        const { count, samples, within, truth = 3, sample = (normals) => normals.map((z) => 3 + 2 * z) } = coverage;
        const draws = normal([samples * count], 'f64')(fromSeed(seed)).data;
        let covered = 0;
        for (let i = 0; i < samples; i++) {
          const normals = Array.from({ length: count }, (_, j) => draws[i * count + j] ?? Number.NaN);
          const { low, high } = of(sample(normals), level, seed + i) ?? { low: Number.NaN, high: Number.NaN };
          if (low <= truth && high >= truth) covered++;
        }
        const chance = coverage.of(level);
        const [low] = bandOf(Math.max(1e-9, chance - within), samples, ERROR);
        const [, high] = bandOf(Math.min(1 - 1e-9, chance + within), samples, ERROR);
        const share = covered / samples;
        return share >= low && share <= high
          ? undefined
          : {
              expected: `${chance}`,
              received: `${share}`,
              where: `level ${level}`,
              tolerance: `${low} to ${high}: Chernoff's bound at ${ERROR}${within === 0 ? '' : `, ${within} apart from what is claimed`}`,
            };
      },
      { runs: runsOf(options, 2), show: named('level', 'seed'), formula: 'P(low ≤ θ ≤ high) = ℓ' },
    ),
    law(
      'bad input is refused',
      'of no number, of one, of NaN and ∞, and at levels that are no fractions, there is no interval',
      fc.constantFrom<readonly [readonly number[], number]>(
        [[], 0.9],
        [[1], 0.9],
        [[1, Number.NaN, 3, 5], 0.9],
        [[1, Number.POSITIVE_INFINITY, 3, 5], 0.9],
        [[1, 2, 3, 5], 0],
        [[1, 2, 3, 5], 1],
        [[1, 2, 3, 5], 95],
        [[1, 2, 3, 5], -0.5],
        [[1, 2, 3, 5], Number.NaN],
      ),
      ([list, level]) => {
        const ends = of(list, level, 1);
        return holds(ends === undefined, 'no interval', `${ends?.low} to ${ends?.high}`, `[${list}] at ${level}`);
      },
      { runs: runsOf(options, 40), show: named('list', 'level'), formula: 'n < 2, some xᵢ ∉ ℝ or ℓ ∉ (0, 1) ⇒ no I' },
    ),
  ]);
};
