/** Training runs whose insides are looked at. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Engine, type Failure, Inspect, Key, Optimizer, Train } from 'nabla-ts';
import { type Deep, loss, network } from './networks.ts';

/** How a network is trained. */
export interface Training {
  readonly data: Train.Examples;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly epochs: number;
}

/** Runs by plain gradient descent, by seed: layer, optimizer and engine are shared, so that a step is compiled once. */
const runs = (of: Deep, { learningRate, ...rest }: Training) => {
  const optimizer = Optimizer.gradientDescent({ learningRate });
  const engine = Engine.create();
  return network(of).use((layer) => ({
    watched: (examples: Train.Examples, every: number) => (seed: number) => {
      const config = { layer, loss, optimizer, engine, ...rest };
      const look = Inspect.state(config, examples);
      const start = Train.start(config, Key.fromSeed(seed));
      const found: E.Either<Failure.Failure, Inspect.Inspection>[] = [look(start)];
      for (const next of Train.epochs(config)(start))
        if (E.isLeft(next)) found.push(next);
        else if (next.right.epoch % every === 0) found.push(pipe(next, E.chain(look)));
      return found;
    },
    passes: (examples: Train.Examples, every: number) => (seed: number) => {
      const config = { layer, loss, optimizer, engine, ...rest };
      return Array.from(Train.epochs(config)(Train.start(config, Key.fromSeed(seed)))).flatMap((next) =>
        E.isRight(next) && next.right.epoch % every !== 0
          ? []
          : [
              pipe(
                next,
                E.chain((state) =>
                  pipe(
                    Train.network(state),
                    Inspect.pass({ loss }, examples),
                    E.map(({ layers }) => ({
                      epoch: state.epoch,
                      layers: layers.filter(({ slope }) => slope !== undefined),
                    })),
                  ),
                ),
              ),
            ],
      );
    },
    losses: (seed: number): readonly number[] => {
      const config = { layer, loss, optimizer, engine, ...rest };
      return pipe(
        Train.start(config, Key.fromSeed(seed)),
        Train.fit(config),
        E.match(
          () => [],
          ({ history }) => history.map((row) => row.loss),
        ),
      );
    },
  }));
};

/** The inspections of a run, on some examples, at the start and after every so many epochs; up to a failure. */
export const watched = (
  of: Deep,
  training: Training,
  examples: Train.Examples,
  every: number,
): ((seed: number) => readonly E.Either<Failure.Failure, Inspect.Inspection>[]) =>
  runs(of, training).watched(examples, every);

/** What passes through the hidden activations after an epoch. */
export interface Passed {
  readonly epoch: number;
  readonly layers: readonly Inspect.LayerPass[];
}

/** What passes through the hidden activations of a run, on some examples, after every so many epochs; up to a failure. */
export const passes = (
  of: Deep,
  training: Training,
  examples: Train.Examples,
  every: number,
): ((seed: number) => ReadonlyArray<E.Either<Failure.Failure, Passed>>) => runs(of, training).passes(examples, every);

/** The training loss after each epoch. */
export const losses = (of: Deep, training: Training): ((seed: number) => readonly number[]) =>
  runs(of, training).losses;
