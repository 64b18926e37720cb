/**
 * What a network's error is made of (A. Ng, *Machine Learning Yearning*, chapters 20–23 and 40–43): four gaps between five
 * error rates, which together are all that the test error is above the optimal one.
 *
 * Laws: the gaps add up to test − optimal; what is advised is about gaps that are there, the largest first.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import { countFrom, knownFields } from './refuse.ts';

/** Error rates in [0, 1], of one network on the sets of `developmentSets`. */
export interface ErrorRates {
  /** The best that could be done, as the user states it: a person's error, or the noise of the labels. */
  readonly optimal: number;
  readonly train: number;
  readonly trainingDevelopment: number;
  readonly testDevelopment: number;
  readonly test: number;
}

/** How many rows each rate was measured on. */
export type MeasuredRows = Readonly<Record<Exclude<keyof ErrorRates, 'optimal'>, number>>;

/** The four gaps. */
export type Gap = 'avoidableBias' | 'variance' | 'mismatch' | 'developmentOverfitting';

/** One gap: how large, how sure, and what it asks for. */
export interface Finding {
  readonly gap: Gap;
  readonly amount: number;
  /** The gap's standard error √(Σ p(1 − p)/n); only where the numbers of rows are told. */
  readonly standardError?: number;
  readonly advice: string;
}

/** The gaps, and those that ask for something, the largest first. */
export interface Diagnosis extends Readonly<Record<Gap, number>> {
  readonly findings: readonly Finding[];
}

const FIELDS = ['optimal', 'train', 'trainingDevelopment', 'testDevelopment', 'test'] as const;

const GAPS: ReadonlyArray<{
  readonly gap: Gap;
  readonly from: keyof ErrorRates;
  readonly to: Exclude<keyof ErrorRates, 'optimal'>;
  readonly above: string;
  readonly below: string;
}> = [
  {
    gap: 'avoidableBias',
    from: 'optimal',
    to: 'train',
    above:
      'The network does not even fit what it is trained on: make it larger, train it longer or with another optimizer, regularise less, or give it better features.',
    below:
      'The training error is below the optimal one: either the optimal rate is stated too high, or the network has learnt noise by heart.',
  },
  {
    gap: 'variance',
    from: 'train',
    to: 'trainingDevelopment',
    above:
      'The network knows its training rows better than others of their kind: get more of them, regularise more (penalty, dropout, early stopping, augmentation), or make the network smaller.',
    below:
      'Unseen rows of the training kind are easier than those trained on: see that regularisation is off while measuring, and that both were drawn at random from the same rows.',
  },
  {
    gap: 'mismatch',
    from: 'trainingDevelopment',
    to: 'testDevelopment',
    above:
      'Rows of the kind that the network is for are harder than those it learnt from: look at the errors to see how the two differ, and train on rows more like these (collected, synthesised, or weighted up).',
    below:
      'Rows of the kind that the network is for are easier than those it learnt from: what is trained on is harder than it needs to be, which does no harm.',
  },
  {
    gap: 'developmentOverfitting',
    from: 'testDevelopment',
    to: 'test',
    above:
      'What was chosen was chosen to fit the development set: draw a larger, new one, choose among fewer candidates, and leave the test set alone until then.',
    below:
      'The test set is easier than the development set of its kind: this is chance, or the two were not drawn alike.',
  },
];

/** A gap asks for something where it is more than two standard errors from 0; nothing is known of chance without rows. */
const STANDARD_ERRORS = 2;

const checked = (errors: ErrorRates): E.Either<Failure, ErrorRates> => {
  const wrong = FIELDS.find((field) => !(errors[field] >= 0 && errors[field] <= 1));
  return wrong === undefined
    ? knownFields('Fold.diagnose', FIELDS)(errors)
    : E.left(failure('value', `Fold.diagnose, ${wrong}`, 'an error rate from 0 to 1', `${errors[wrong]}`));
};

const checkedRows = (rows: MeasuredRows | undefined): E.Either<Failure, MeasuredRows | undefined> =>
  rows === undefined
    ? E.right(rows)
    : pipe(
        GAPS,
        E.traverseArray(({ to }) => countFrom('Fold.diagnose', `rows of ${to}`, 1)(rows[to])),
        E.chain(() => knownFields('Fold.diagnose', FIELDS.slice(1))(rows)),
      );

/**
 * The avoidable bias (train − optimal), variance (training development − train), train–test mismatch (test development −
 * training development) and overfitting to the development set (test − test development) of a network, and advice in words
 * on each that is not 0, the largest first. Where `rows` tells how many rows each rate was measured on, only gaps of more
 * than two standard errors are advised on (those of `train` and of independent sets: the optimal rate is taken as known).
 * Fails on rates outside [0, 1] and on numbers of rows that are not whole and positive.
 *
 * @example
 * ```ts
 * import { Fold } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * pipe(
 *   Fold.diagnose({ optimal: 0, train: 0.125, trainingDevelopment: 0.25, testDevelopment: 0.75, test: 0.75 }),
 *   E.map(({ variance, findings }) => ({ variance, gaps: findings.map(({ gap }) => gap) })),
 * ) // => E.right({ variance: 0.125, gaps: ['mismatch', 'avoidableBias', 'variance'] })
 * ```
 */
export const diagnose = (errors: ErrorRates, rows?: MeasuredRows): E.Either<Failure, Diagnosis> =>
  pipe(
    checked(errors),
    E.chain(() => checkedRows(rows)),
    E.map(() => {
      const varianceOf = (set: keyof ErrorRates): number =>
        rows === undefined || set === 'optimal' ? 0 : (errors[set] * (1 - errors[set])) / rows[set];
      const amounts = GAPS.map(({ gap, from, to, above, below }) => {
        const amount = errors[to] - errors[from];
        const standardError = Math.sqrt(varianceOf(from) + varianceOf(to));
        return {
          gap,
          amount,
          ...(rows === undefined ? {} : { standardError }),
          advice: amount > 0 ? above : below,
          noted: Math.abs(amount) > STANDARD_ERRORS * standardError,
        };
      });
      const amountOf = (gap: Gap): number => amounts.find((one) => one.gap === gap)?.amount ?? 0;
      return {
        avoidableBias: amountOf('avoidableBias'),
        variance: amountOf('variance'),
        mismatch: amountOf('mismatch'),
        developmentOverfitting: amountOf('developmentOverfitting'),
        findings: amounts
          .filter(({ noted }) => noted)
          .sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount))
          .map(({ noted: _, ...finding }) => finding),
      };
    }),
  );
