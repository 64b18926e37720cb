/** Training runs whose insides are looked at. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Engine, type Failure, Inspect, Key, Optimizer, Train } from 'nabla-ts';
import { type Deep, loss, network } from './networks.ts';

/** How a network is trained. */
export interface Training {
  readonly data: Train.Examples;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly seed: number;
  readonly engine?: Engine.Engine;
}

/** The inspections of a run by plain gradient descent, on some examples, after every so many epochs; up to a failure. */
export const watched = (
  of: Deep,
  { data, learningRate, seed, ...rest }: Training,
  examples: Train.Examples,
  every: number,
): readonly E.Either<Failure.Failure, Inspect.Inspection>[] =>
  network(of).use((layer) => {
    const config = { layer, loss, optimizer: Optimizer.gradientDescent({ learningRate }), data, ...rest };
    const look = Inspect.state(config, examples);
    const start = Train.start(config, Key.fromSeed(seed));
    const found: E.Either<Failure.Failure, Inspect.Inspection>[] = [look(start)];
    for (const next of Train.epochs(config)(start))
      if (E.isLeft(next)) found.push(next);
      else if (next.right.epoch % every === 0) found.push(pipe(next, E.chain(look)));
    return found;
  });

/** The training loss after each epoch, by plain gradient descent. */
export const losses = (of: Deep, { data, learningRate, seed, ...rest }: Training): readonly number[] =>
  network(of).use((layer) => {
    const config = { layer, loss, optimizer: Optimizer.gradientDescent({ learningRate }), data, ...rest };
    return pipe(
      Train.start(config, Key.fromSeed(seed)),
      Train.fit(config),
      E.match(
        () => [],
        ({ history }) => history.map((row) => row.loss),
      ),
    );
  });
