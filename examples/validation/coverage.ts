/** How often intervals have the true value in them: of statistics of a few numbers, Student's, percentile and BCa. */
import * as E from 'fp-ts/lib/Either.js';
import { Expr, type Failure, Interval, Key } from 'nabla-ts';
import { shareOf } from '../share.ts';
import { keysOf, mean, own, range, sure } from './common.ts';

export const LEVEL = 0.9;
const SIZE = 20;

const exp = Expr.evaluate('f64')(Expr.exp(Expr.input('x')));
const log = Expr.evaluate('f64')(Expr.log(Expr.input('x')));

const normal = (count: number) => (key: Key.Key) => Array.from(Key.normal([count], 'f64')(key).data);
const exponential = (count: number) => (key: Key.Key) =>
  Array.from(Key.uniform([count], 'f64')(key).data, (u) => -log({ x: 1 - u }));

const variance = (of: readonly number[]): number => {
  const middle = mean(of);
  return of.reduce((sum, x) => sum + (x - middle) * (x - middle), 0) / (of.length - 1);
};

/** Samples of a distribution, and what of them is estimated. */
interface Estimated<A> {
  readonly name: string;
  readonly draw: (key: Key.Key) => readonly A[];
  readonly statistic: (sample: readonly A[]) => number;
  readonly truth: number;
  /** Student's interval, where the statistic is a mean. */
  readonly student?: (sample: readonly A[]) => E.Either<Failure.Failure, Interval.Interval>;
}

type Pair = readonly [number, number];

const deviation = (of: readonly number[]): number => Math.sqrt(variance(of));

const means = { statistic: mean, student: Interval.mean(LEVEL) };
const ofNumbers: ReadonlyArray<Estimated<number>> = [
  { name: 'mean of 20 normal numbers', draw: normal(SIZE), truth: 0, ...means },
  { name: 'mean of 20 exponential ones', draw: exponential(SIZE), truth: 1, ...means },
  { name: 'variance of 20 normal ones', draw: normal(SIZE), truth: 1, statistic: variance },
  { name: 'deviation of 20 exponential ones', draw: exponential(SIZE), truth: 1, statistic: deviation },
  { name: 'deviation of 100 exponential ones', draw: exponential(100), truth: 1, statistic: deviation },
];
const ratio: Estimated<Pair> = {
  name: 'ratio of the means of 20 lognormal pairs',
  draw: (key) => {
    const draws = normal(2 * SIZE)(key).map((x) => exp({ x }));
    return range(SIZE).map((i): Pair => [draws[i] ?? Number.NaN, draws[SIZE + i] ?? Number.NaN]);
  },
  truth: 1,
  statistic: (sample) =>
    sample.reduce((sum, [above]) => sum + above, 0) / sample.reduce((sum, [, below]) => sum + below, 0),
};

/** Of many intervals: how many had the true value in them, and on which side of it the others were; some were refused. */
export interface Covered {
  readonly inside: number;
  readonly below: number;
  readonly above: number;
  readonly refused: number;
}

/** Where intervals lie that should have a value in them. */
export const coveredOf = (
  truth: number,
  intervals: ReadonlyArray<E.Either<Failure.Failure, Interval.Interval>>,
): Covered => {
  const made = intervals.flatMap((one) => (E.isRight(one) ? [one.right] : []));
  const below = made.filter(({ high }) => high < truth).length;
  const above = made.filter(({ low }) => low > truth).length;
  return { inside: made.length - below - above, below, above, refused: intervals.length - made.length };
};

export interface Coverage {
  readonly name: string;
  readonly student?: Covered;
  readonly percentile: Covered;
  readonly corrected: Covered;
}

const coverageOf =
  (samples: number, resamples: number) =>
  <A>({ name, draw, statistic, truth, student }: Estimated<A>): Coverage => {
    const drawn = keysOf(21, samples).map((key) => {
      const sample = draw(own(key, 0));
      const replicates = sure(Interval.replicate(resamples)(own(key, 1))(statistic)(sample));
      return {
        student: student?.(sample),
        percentile: Interval.percentile(LEVEL)(replicates),
        corrected: Interval.biasCorrectedAccelerated(LEVEL)(replicates),
      };
    });
    const students = drawn.flatMap((one) => (one.student === undefined ? [] : [one.student]));
    return {
      name,
      ...(students.length === 0 ? {} : { student: coveredOf(truth, students) }),
      percentile: coveredOf(
        truth,
        drawn.map(({ percentile }) => percentile),
      ),
      corrected: coveredOf(
        truth,
        drawn.map(({ corrected }) => corrected),
      ),
    };
  };

/** The coverage of each kind of interval over `samples` samples of each. */
export const coverage = (samples: number, resamples: number): readonly Coverage[] => {
  const of = coverageOf(samples, resamples);
  return [...ofNumbers.map(of), of(ratio)];
};

/** A share with Wilson's interval, and the shares below and above the truth. */
export const shown = (covered: Covered | undefined): string => {
  if (covered === undefined) return '';
  const { inside, below, above, refused } = covered;
  const count = inside + below + above + refused;
  const { estimate, low, high } = shareOf(inside, count);
  const sides = `${(below / count).toFixed(3)} below, ${(above / count).toFixed(3)} above`;
  const none = refused === 0 ? '' : `, ${refused} refused`;
  return `${estimate.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)}); ${sides}${none}`;
};

export const coverageTable = (found: readonly Coverage[]): string =>
  [
    '| of | Student | percentile | BCa |',
    '|---|---|---|---|',
    ...found.map(
      ({ name, student, percentile, corrected }) =>
        `| ${name} | ${shown(student)} | ${shown(percentile)} | ${shown(corrected)} |`,
    ),
  ].join('\n');
