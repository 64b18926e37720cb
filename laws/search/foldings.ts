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

/** What there is, or nothing where it failed. */
const got = <A>(result: E.Either<Failure, A>): A | undefined => (E.isRight(result) ? result.right : undefined);

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/**
 * The chance that a bootstrap interval of 20 normal numbers holds their mean. The mean of a resample is nearly normal of
 * deviation s·√(19/20)/√20, so the interval is x̄ ± z·√(19/20)·s/√20, and the chance that of |t₁₉| < z·√(19/20): from
 * Student's distribution (levels 0.5, 0.8 and 0.9).
 */
const coverageOf20 = (level: number): number => (level < 0.7 ? 0.4812 : level < 0.85 ? 0.7732 : 0.8746);

/** 0.03 for the resamples: their quantile is of 199, of deviation √(p(1 − p)/199) ≤ 0.035 in chance about each end, which
 * moves the coverage by less than that squared over the slope, and for what is not quite normal in resamples of 20. */
const bootstrapped = { count: 20, of: coverageOf20, within: 0.03, samples: 200 };

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
        got(pipe(values, Interval.replicate(199)(fromSeed(seed))(mean), E.chain(Interval.percentile(level)))),
      coverage: bootstrapped,
    },
    { name: 'percentile interval' },
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
