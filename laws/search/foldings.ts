/** This project's folds under the pack's laws, told and answering in plain numbers. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as Fold from '../../src/search/fold/index.ts';
import * as Interval from '../../src/search/interval/index.ts';
import type { Failure } from '../../src/tensor/failure.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import type { LawSet } from '../law.ts';
import { bootstrap } from '../pack/bootstrap.ts';
import { crossValidation } from '../pack/crossValidation.ts';
import { errorEstimate } from '../pack/errorEstimate.ts';
import { fold } from '../pack/fold.ts';
import { interval } from '../pack/interval.ts';
import { MEAN_WITHIN, meanCoverage, medianCoverage } from './coverage.ts';

/** What there is, or nothing where it failed. */
const got = <A>(result: E.Either<Failure, A>): A | undefined => (E.isRight(result) ? result.right : undefined);

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** The median of an odd number of values, the lower one of an even number. */
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;

const bootstrapped = { count: 20, of: meanCoverage, within: MEAN_WITHIN, samples: 3000 };
const ofMedian = {
  count: 15,
  // Any continuous distribution will do.
  sample: (normals: readonly number[]) => normals.map(Math.exp),
  truth: 1,
  of: medianCoverage(15, 99),
  within: 0,
  samples: 3000,
};

/**
 * Scores of so many folds that correlate as Nadeau and Bengio (2003) suppose, by ρ = n₂/(n₁ + n₂), 1/k for k folds: √ρ·u + √(1 − ρ)·eⱼ.
 * Their mean has the variance (1 − ρ)·(1/k + ρ/(1 − ρ)), and s² is of 1 − ρ and independent of it, so that Student's interval
 * widened by √(1 + k·n₂/n₁) is exact.
 */
const correlating = (normals: readonly number[]): readonly number[] => {
  const [common = Number.NaN, ...own] = normals;
  return own.map((e) => Math.sqrt(1 / own.length) * common + Math.sqrt(1 - 1 / own.length) * e);
};
/** Leave-one-out's folds. */
const inTurn = (count: number): readonly Fold.Fold[] => {
  const rows = Array.from({ length: count }, (_, i) => i);
  return rows.map((i) => ({ train: rows.filter((row) => row !== i), validation: [i] }));
};
const ofFolds = { count: 6, sample: correlating, truth: 0, of: (level: number) => level, within: 0, samples: 20_000 };

const repetitions = 3;

/** The laws of the pack for folds and intervals. */
export const foldsByThePack: readonly LawSet[] = [
  fold(
    {
      kind: 'partition',
      of: ({ labels }, folds, seed) => got(Fold.kFold(folds)(fromSeed(seed))(labels.length)),
    },
    { name: 'k-fold' },
  ),
  fold(
    {
      kind: 'partition',
      stratified: true,
      of: ({ labels }, folds, seed) => got(Fold.stratifiedKFold(folds)(fromSeed(seed))(labels)),
    },
    { name: 'stratified k-fold' },
  ),
  fold(
    {
      kind: 'partition',
      grouped: true,
      of: ({ groups }, folds, seed) => got(Fold.groupedKFold(folds)(fromSeed(seed))(groups)),
    },
    { name: 'grouped k-fold' },
  ),
  fold(
    {
      kind: 'partition',
      times: repetitions,
      of: ({ labels }, folds, seed) =>
        got(Fold.repeated(repetitions)((key) => Fold.kFold(folds)(key)(labels.length))(fromSeed(seed))),
    },
    { name: 'repeated k-fold' },
  ),
  fold(
    { kind: 'partition', folds: 'rows', seeded: false, of: ({ labels }) => got(Fold.leaveOneOut(labels.length)) },
    { name: 'leave-one-out' },
  ),
  fold(
    {
      kind: 'random',
      validation: 0.3,
      of: ({ labels }, splits, seed) =>
        got(Fold.shuffleSplit({ splits, validation: 0.3 })(fromSeed(seed))(labels.length)),
    },
    { name: 'shuffle-split' },
  ),
  fold(
    { kind: 'time', of: ({ labels }, folds) => got(Fold.timeSeriesSplit({ folds })(labels.length)) },
    { name: 'time-series split' },
  ),
  fold(
    { kind: 'time', gap: 2, of: ({ labels }, folds) => got(Fold.timeSeriesSplit({ folds, gap: 2 })(labels.length)) },
    { name: 'time-series split with a gap' },
  ),
  bootstrap({ of: (rows, seed) => got(Fold.bootstrap(1)(fromSeed(seed))(rows))?.[0] }, { name: 'bootstrap' }),
  crossValidation(
    { of: (folds, fit) => got(Fold.crossValidate((fold, index) => E.right(fit(fold, index)))(folds)) },
    { name: 'cross-validation' },
  ),
  errorEstimate(
    {
      of: (apparent, outOfBag, noInformation) =>
        got(Fold.bootstrap632({ apparent, outOfBag, noInformation }))?.estimate632Plus,
    },
    { name: '.632+' },
  ),
  interval({ of: (values, level) => got(Interval.mean(level)(values)) }, { name: "Student's interval" }),
  interval(
    {
      of: (values, level, seed) =>
        got(pipe(values, Interval.replicate(99)(fromSeed(seed))(mean), E.chain(Interval.percentile(level)))),
      coverage: bootstrapped,
    },
    { name: 'percentile interval' },
  ),
  interval(
    {
      of: (values, level, seed) =>
        got(pipe(values, Interval.replicate(99)(fromSeed(seed))(median), E.chain(Interval.percentile(level)))),
      coverage: ofMedian,
    },
    {
      name: 'percentile interval of a median',
      except: { 'a higher level is wider': 'its ends are members of the sample, and may be the same at two levels' },
    },
  ),
  interval(
    {
      of: (scores, level) => got(Interval.foldMean(level)(inTurn(scores.length))(scores)),
      coverage: ofFolds,
    },
    { name: 'interval of folds' },
  ),
  interval(
    {
      of: (values, level, seed) =>
        got(
          pipe(
            values,
            Interval.replicate(199)(fromSeed(seed))(mean),
            E.chain(Interval.biasCorrectedAccelerated(level)),
          ),
        ),
      coverage: bootstrapped,
    },
    { name: 'BCa interval' },
  ),
];
