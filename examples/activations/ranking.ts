/** The lecture's ranking of activations, put to the test over depths and seeds. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import { Engine, type Failure, Interval, Key, Metric, Network, Optimizer, type Tensor, Train } from 'nabla-ts';
import type { Split } from './digits.ts';
import { type ActivationName, type Deep, fitting, loss, network } from './networks.ts';

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

const errorOf =
  (predict: (inputs: Tensor.Tensor) => Tensor.Tensor) =>
  ({ inputs, targets }: Train.Examples): E.Either<Failure.Failure, number> =>
    pipe(
      Metric.accuracy(targets)(predict(inputs)),
      E.map((accuracy) => 1 - accuracy),
    );

/** Runs of one network at one learning rate. Layer, optimizer and engine are shared, so that a step is compiled once. */
const runs = (of: Deep, learningRate: number, epochs: number, split: Split, engine: Engine.Engine) => {
  const optimizer = Optimizer.momentum({ learningRate, momentum: 0.9 });
  return network(of).use(
    (layer) =>
      (seed: number): E.Either<Failure.Failure, Outcome> =>
        pipe(
          split(seed),
          E.map((parts) => {
            const config = { layer, loss, optimizer, data: parts.train, batchSize: 32, epochs, engine };
            return pipe(
              Train.start(config, Key.fromSeed(seed)),
              Train.fit(config),
              E.chain((state) => {
                const error = errorOf(Network.predict(Train.network(state)));
                return pipe(
                  E.Do,
                  E.apS('validation', error(parts.validation)),
                  E.apS('test', error(parts.test)),
                  E.let('early', () => state.history[EARLY - 1]?.loss ?? Number.NaN),
                );
              }),
              // The run left the finite numbers.
              E.getOrElse(() => LOST),
            );
          }),
        ),
  );
};

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
  (
    split: Split,
    { seeds, choosing, width, epochs, learningRates, normalised }: RankingSizes,
    engine: Engine.Engine = Engine.create(),
  ) =>
  (activation: ActivationName, depth: number): E.Either<Failure.Failure, Ranked> => {
    const of = { activation, beginning: fitting[activation], depth, width, normalised };
    const rates = learningRates.map((learningRate) => ({
      learningRate,
      run: runs(of, learningRate, epochs, split, engine),
    }));
    const over = (first: number, count: number, run: (seed: number) => E.Either<Failure.Failure, Outcome>) =>
      pipe(
        RA.makeBy(count, (i) => first + i),
        RA.traverse(E.Applicative)(run),
      );
    return pipe(
      rates,
      RA.traverse(E.Applicative)((rate) =>
        pipe(
          over(101, choosing, rate.run),
          E.map((outcomes) => ({ rate, error: mean(outcomes.map(({ validation }) => validation)) })),
        ),
      ),
      E.map((tried) => tried.reduce((best, one) => (one.error < best.error ? one : best)).rate),
      E.bindTo('chosen'),
      E.bind('outcomes', ({ chosen }) => over(1, seeds, chosen.run)),
      E.bind('test', ({ outcomes }) => Interval.mean(0.95)(outcomes.map((one) => one.test))),
      E.bind('early', ({ outcomes }) => Interval.mean(0.95)(outcomes.map((one) => one.early))),
      E.map(({ chosen: { learningRate }, outcomes, test, early }) => ({
        activation,
        depth,
        learningRate,
        errors: outcomes.map((one) => one.test),
        test,
        early,
      })),
    );
  };

/** Whether one activation is better than another at a depth: by how much less it errs, seed by seed. */
export const advantage = (better: Ranked, worse: Ranked): E.Either<Failure.Failure, Interval.Interval> =>
  Interval.mean(0.95)(better.errors.map((error, i) => (worse.errors[i] ?? Number.NaN) - error));
