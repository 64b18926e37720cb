/** The lecture's ranking of activations, put to the test over depths and seeds. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import { Engine, type Failure, Interval, Key, Metric, Network, Optimizer, Train } from 'nabla-ts';
import type { Parts } from './digits.ts';
import { type ActivationName, fitting, loss, network } from './networks.ts';

/** From the best to the worst, as the lecture has it. */
export const RANKING = ['ELU', 'leaky ReLU', 'ReLU', 'tanh', 'sigmoid'] as const;

export interface RankingSizes {
  /** Seeds 1, 2, … of split, beginning and order: what is reported is of these. */
  readonly seeds: number;
  /** Seeds 101, 102, … on whose validation rows the learning rate is chosen. */
  readonly choosing: number;
  readonly depths: readonly number[];
  readonly width: number;
  readonly epochs: number;
  readonly learningRates: readonly number[];
  readonly normalised: boolean;
}

/** What came of one run: the error rates on validation and test rows, and the training loss early on. */
interface Outcome {
  readonly validation: number;
  readonly test: number;
  readonly early: number;
}

const EARLY = 3;
/** Chance: what a run is worth that left the finite numbers. */
const LOST: Outcome = { validation: 0.9, test: 0.9, early: Math.LN10 };

type Split = (seed: number) => E.Either<Failure.Failure, Parts>;

const outcome =
  (split: Split, { width, epochs, normalised }: RankingSizes, engine: Engine.Engine) =>
  (activation: ActivationName, depth: number, learningRate: number, seed: number): E.Either<Failure.Failure, Outcome> =>
    pipe(
      split(seed),
      E.map((parts) =>
        network({ activation, beginning: fitting[activation], depth, width, normalised }).use((layer) => {
          const optimizer = Optimizer.momentum({ learningRate, momentum: 0.9 });
          const config = { layer, loss, optimizer, data: parts.train, batchSize: 32, epochs, engine };
          return pipe(
            Train.start(config, Key.fromSeed(seed)),
            Train.fit(config),
            E.chain((state) => {
              const predict = Network.predict(Train.network(state));
              const errorOf = ({ inputs, targets }: Train.Examples) =>
                pipe(
                  Metric.accuracy(targets)(predict(inputs)),
                  E.map((accuracy) => 1 - accuracy),
                );
              return pipe(
                E.Do,
                E.apS('validation', errorOf(parts.validation)),
                E.apS('test', errorOf(parts.test)),
                E.let('early', () => state.history[EARLY - 1]?.loss ?? Number.NaN),
              );
            }),
            E.getOrElse(() => LOST),
          );
        }),
      ),
    );

/** How an activation did at a depth. */
export interface Ranked {
  readonly activation: ActivationName;
  readonly depth: number;
  readonly learningRate: number;
  /** The test error of each seed. */
  readonly errors: readonly number[];
  readonly test: Interval.Interval;
  /** The training loss after three epochs. */
  readonly early: Interval.Interval;
}

const mean = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;

/** An activation at a depth, at the learning rate of its own that did best on validation rows of other seeds. */
export const ranked =
  (split: Split, sizes: RankingSizes, engine: Engine.Engine = Engine.create()) =>
  (activation: ActivationName, depth: number): E.Either<Failure.Failure, Ranked> => {
    const run = outcome(split, sizes, engine);
    const over = (first: number, count: number, learningRate: number) =>
      pipe(
        RA.makeBy(count, (i) => first + i),
        RA.traverse(E.Applicative)((seed) => run(activation, depth, learningRate, seed)),
      );
    return pipe(
      sizes.learningRates,
      RA.traverse(E.Applicative)((learningRate) =>
        pipe(
          over(101, sizes.choosing, learningRate),
          E.map((outcomes) => ({ learningRate, error: mean(outcomes.map(({ validation }) => validation)) })),
        ),
      ),
      E.map(RA.reduce({ learningRate: 0, error: 2 }, (best, one) => (one.error < best.error ? one : best))),
      E.bindTo('chosen'),
      E.bind('outcomes', ({ chosen }) => over(1, sizes.seeds, chosen.learningRate)),
      E.bind('test', ({ outcomes }) => Interval.mean(0.95)(outcomes.map(({ test }) => test))),
      E.bind('early', ({ outcomes }) => Interval.mean(0.95)(outcomes.map(({ early }) => early))),
      E.map(({ chosen, outcomes, test, early }) => ({
        activation,
        depth,
        learningRate: chosen.learningRate,
        errors: outcomes.map((one) => one.test),
        test,
        early,
      })),
    );
  };

/** Whether one activation is better than another at a depth: by how much less it errs, seed by seed. */
export const advantage = (better: Ranked, worse: Ranked): E.Either<Failure.Failure, Interval.Interval> =>
  Interval.mean(0.95)(better.errors.map((error, i) => (worse.errors[i] ?? Number.NaN) - error));
