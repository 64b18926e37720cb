/**
 * Franke's function from noisy points: one hidden layer of each width, fitted to 400 points whose heights carry noise of
 * deviation 0.1, and judged on 400 others without noise.
 *
 *     npx tsx examples/02-franke.ts
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import { Activation, Data, type Failure, Key, Layer, Loss, Metric, Network, Optimizer, Train } from 'nabla-ts';
import { main, type Report } from './print.ts';

const NOISE = 0.1;

/** One hidden layer of a width, fitted by L-BFGS; R² on the test points. */
const fit = (
  width: number,
  epochs: number,
  data: Train.Examples,
  test: Train.Examples,
): E.Either<Failure.Failure, string> => {
  const config = {
    layer: Layer.sequential(Layer.dense(2, width), Activation.tanh, Layer.dense(width, 1)),
    loss: Loss.squaredError(),
    optimizer: Optimizer.lbfgs(),
    data,
    epochs,
  };
  return pipe(
    Train.start(config, Key.fromSeed(3)),
    Train.fit(config),
    E.chain((state) => Metric.r2(test.targets)(Network.predict(Train.network(state))(test.inputs))),
    E.map((r2) => `width ${String(width).padStart(2)}   R² on held-out points ${r2.toFixed(3)}`),
  );
};

/** R² of each width, the best that is possible being 1. */
export const franke = (epochs = 300, widths: readonly number[] = [2, 4, 8, 16, 32]): Report => {
  const data = Data.frankePoints({ rows: 400, noise: NOISE })(Key.fromSeed(1));
  const test = Data.frankePoints({ rows: 400, noise: 0 })(Key.fromSeed(2));
  return pipe(
    Data.standardise(['x', 'y'])(data.inputs),
    E.bindTo('fitted'),
    E.bind('train', ({ fitted }) => Data.Scaler.apply(fitted.scaler)(data.inputs)),
    E.bind('held', ({ fitted }) => Data.Scaler.apply(fitted.scaler)(test.inputs)),
    E.chain(({ train, held }) =>
      pipe(
        widths,
        RA.traverse(E.Applicative)((width) =>
          fit(width, epochs, { inputs: train, targets: data.targets }, { inputs: held, targets: test.targets }),
        ),
      ),
    ),
  );
};

main(import.meta.url, franke);
