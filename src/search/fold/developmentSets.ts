/**
 * Two development sets (A. Ng, *Machine Learning Yearning*, chapters 36–43): where examples to learn from are of another kind
 * than those the network is for, one part of each kind is only measured, so that what is lost by too little learning, by
 * learning by heart and by the other kind can be told apart.
 *
 * Laws: the parts of each kind are all its rows, each once, in the fractions that were asked for.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as Split from '../../data/split.ts';
import { type Failure, failure } from '../../tensor/failure.ts';
import { type Key, split } from '../../tensor/key.ts';
import { countFrom, knownFields } from './refuse.ts';

/** The fractions that are only measured. */
export interface DevelopmentOptions {
  /** Of the rows like those to learn from. */
  readonly trainingDevelopment: number;
  /** Of the rows like those the network is for; the rest of these are the test set. */
  readonly testDevelopment: number;
}

/** How many rows there are of each kind. */
export interface Sources {
  readonly training: number;
  readonly test: number;
}

/** Indices of rows: `train` and `trainingDevelopment` of the training kind, the others of the test kind. */
export interface DevelopmentSets {
  readonly train: readonly number[];
  readonly trainingDevelopment: readonly number[];
  readonly testDevelopment: readonly number[];
  readonly test: readonly number[];
}

const where = 'Fold.developmentSets';

const halves =
  (fraction: number, key: Key) =>
  (rows: number): E.Either<Failure, { readonly rest: readonly number[]; readonly measured: readonly number[] }> =>
    fraction > 0 && fraction < 1
      ? pipe(
          Split.random({ validation: fraction, test: 0 })(key)(rows),
          E.map(({ train, validation }) => ({ rest: train, measured: validation })),
          E.mapLeft(({ tag, expected, received }) => failure(tag, where, expected, received)),
        )
      : E.left(failure('config', where, 'fractions between 0 and 1', `${fraction}`));

/**
 * Divides the rows of both kinds at random: those like the training rows into training and the first development set, those
 * like the test rows into the second development set and the test set. Each gets its fraction, rounded down or up. Fails on
 * fractions outside (0, 1) and where a set would be empty.
 *
 * @example
 * ```ts
 * import { Fold, Key } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * pipe(
 *   Fold.developmentSets({ trainingDevelopment: 0.1, testDevelopment: 0.5 })(Key.fromSeed(1))({ training: 100, test: 20 }),
 *   E.map(({ train, trainingDevelopment, testDevelopment, test }) =>
 *     [train, trainingDevelopment, testDevelopment, test].map((rows) => rows.length),
 *   ),
 * ) // => E.right([90, 10, 10, 10])
 * ```
 */
export const developmentSets =
  (options: DevelopmentOptions) =>
  (key: Key) =>
  (sources: Sources): E.Either<Failure, DevelopmentSets> => {
    const [first = key, second = key] = split(2)(key);
    return pipe(
      E.Do,
      E.chainFirst(() => knownFields(where, ['trainingDevelopment', 'testDevelopment'])(options)),
      E.chainFirst(() => countFrom(where, 'rows of the training kind', 2)(sources.training)),
      E.chainFirst(() => countFrom(where, 'rows of the test kind', 2)(sources.test)),
      E.bind('training', () => halves(options.trainingDevelopment, first)(sources.training)),
      E.bind('test', () => halves(options.testDevelopment, second)(sources.test)),
      E.map(({ training, test }) => ({
        train: training.rest,
        trainingDevelopment: training.measured,
        testDevelopment: test.measured,
        test: test.rest,
      })),
    );
  };
