/** The network that a search was for: its best point trained once more, on every row. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { minMax, standardise } from '../../data/fitScaler.ts';
import { apply, type Scaler } from '../../data/scaler.ts';
import { create } from '../../engine/engine.ts';
import { type SomeNetwork, someNetwork } from '../../layer/network.ts';
import { type Failure, failure } from '../../tensor/failure.ts';
import { foldIn } from '../../tensor/key.ts';
import { cast, type Tensor } from '../../tensor/tensor.ts';
import { fit } from '../../train/epochs.ts';
import { predictOn } from '../../train/predict.ts';
import { network, start } from '../../train/state.ts';
import { type Budget, configOf, making, settingsOf } from './config.ts';
import { problem, type Setup } from './problem.ts';
import { recipe } from './recipe.ts';
import type { Settings } from './settings.ts';
import type { TrainOptions } from './train.ts';

/** A network of all rows, and what scales rows for it. */
export interface Refitted {
  /** From scaled features to a logit for each class, or to scaled values. */
  readonly network: SomeNetwork;
  /** Of the features; shifts of 0 and scales of 1 where the setup scales nothing. */
  readonly features: Scaler;
  /** Of values that are predicted; null for classes. */
  readonly targets: Scaler | null;
}

/** Leaves numbers as they are. */
const unscaled = ({ shape: [, features = 0] }: Tensor): Scaler => ({
  kind: 'standardise',
  features: Array.from({ length: features }, (_, i) => ({ name: `feature ${i + 1}`, shift: 0, scale: 1 })),
});

const scalerOf = (scaling: NonNullable<Setup['scaling']>, all: Tensor): E.Either<Failure, Scaler> =>
  scaling === 'none'
    ? E.right(unscaled(all))
    : pipe(
        (scaling === 'minMax' ? minMax() : standardise())(all),
        E.map(({ scaler }) => scaler),
      );

/**
 * Trains what a point and a setup's fixed settings say on all rows, for `budget` epochs and scaled by all of them; what
 * scikit-learn calls refitting. Its own error cannot be measured, for no row is left: what its folds came to, chosen as the
 * least of many, is a little too good (chapter 9). The folds have no part in it but for their number k: it draws from
 * `Key.foldIn(k)`, as one more fold would. Fails as `problem` and `train` do.
 *
 * @example
 * ```ts
 * import { Key, Network, Tensor, Trial } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const setup: Trial.Setup = {
 *   task: { kind: 'regression' },
 *   inputs: Tensor.generate('f32', [8, 1], (i) => i),
 *   targets: Tensor.generate('f32', [8, 1], (i) => 3 * i + 1),
 *   folds: [{ train: [0, 2, 4, 6], validation: [1, 3, 5, 7] }],
 *   key: Key.fromSeed(1),
 *   scaling: 'none',
 * };
 * pipe(
 *   Trial.refit()(setup)({ layers: 0, optimizer: 'gradientDescent', learningRate: 0.05, batchSize: 'full' }, { budget: 300 }),
 *   E.map(({ network, targets }) => [
 *     // Of targets scaled to mean 0, those of rows in the middle.
 *     network.use((known) => Math.round(Network.predict(known)(Tensor.generate('f32', [1, 1], () => 3.5)).data[0] ?? 9)),
 *     targets?.features[0]?.shift,
 *   ]),
 * ) // => E.right([0, 11.5])
 * ```
 */
export const refit =
  ({ engine = create }: TrainOptions = {}) =>
  (setup: Setup) =>
  (point: Settings, budget: Budget): E.Either<Failure, Refitted> => {
    const { inputs, targets, scaling = 'standardise', dtype = 'f32', folds, key } = setup;
    const values = setup.task.kind === 'regression' ? cast('f64')(targets) : undefined;
    return pipe(
      E.Do,
      E.apS('of', problem(setup)),
      E.bind('settings', ({ of }) => settingsOf(of.settings, point, budget)),
      E.bind('features', () => scalerOf(scaling, cast('f64')(inputs))),
      E.bind('scaler', () => (values === undefined ? E.right(null) : scalerOf('standardise', values))),
      E.bind('x', ({ features }) => apply(features)(cast('f64')(inputs))),
      E.bind('y', ({ scaler }) => (scaler === null || values === undefined ? E.right(targets) : apply(scaler)(values))),
      E.chain(({ of, settings, features, scaler, x, y }) => {
        const data = { inputs: cast(dtype)(x), targets: cast(dtype)(y) };
        const using = engine();
        return making(() =>
          pipe(
            recipe(of.task)(settings),
            E.chain((made) =>
              made.layer.use((layer) => {
                const config = configOf(made, data, budget.budget, using)(layer);
                return pipe(
                  start(config, foldIn(folds.length)(key)),
                  fit(config),
                  E.map(network),
                  E.filterOrElse(
                    (trained) => Array.from(predictOn(using)(trained, data.inputs).data).every(Number.isFinite),
                    () => failure('diverged', 'all rows', 'finite predictions', 'others'),
                  ),
                  E.map((trained): Refitted => ({ network: someNetwork(trained), features, targets: scaler })),
                );
              }),
            ),
          ),
        );
      }),
    );
  };
