/** From a prepared table to a tested model. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Data, type Engine, type Failure, type Key, type Layer, Network, Train } from '../../index.ts';
import type { Model } from '../../io/model.ts';
import type { TrainCommand } from '../command.ts';
import { engineOf } from '../engine.ts';
import { watch } from '../training.ts';
import type { World } from '../world.ts';
import { judged, type Outcome } from './outcome.ts';
import type { Prepared } from './prepare.ts';
import { DEFAULTS, layersOf, lossOf, optimizerOf, parameterCount } from './recipe.ts';

export interface Trained {
  /** Widths from the input to the output. */
  readonly widths: readonly number[];
  readonly parameters: number;
  readonly history: readonly Train.Row[];
  readonly model: Model;
  readonly outcome: Outcome;
}

const outputsOf = ({ schema: { target } }: Data.Encoding.Encoding): number =>
  target.kind === 'classes' ? target.classes.length : 1;

/** Widths from the input to the output. */
const widthsOf = (encoding: Data.Encoding.Encoding, hidden: readonly number[]): readonly number[] => [
  Data.Schema.featureNames(encoding.schema).length,
  ...hidden,
  outputsOf(encoding),
];

/** Trains a network, keeps it as it was when its validation loss was least, and tests it. */
export const train =
  (world: World, { layers, epochs, engine }: Pick<TrainCommand, 'layers' | 'epochs' | 'engine'>, key: Key.Key) =>
  ({ encoding, parts }: Prepared): TE.TaskEither<Failure.Failure, Trained> => {
    const widths = widthsOf(encoding, layers ?? DEFAULTS.layers);
    const length = epochs ?? DEFAULTS.epochs;
    const rows = parts.train.inputs.shape[0] ?? 0;
    const run = (engine: Engine.Engine) => (some: Layer.SomeLayer) =>
      some.use((layer) => {
        const config = {
          layer,
          loss: lossOf(Data.Schema.task(encoding.schema)),
          optimizer: optimizerOf(length * Math.ceil(rows / DEFAULTS.batchSize)),
          data: parts.train,
          validation: parts.validation,
          batchSize: DEFAULTS.batchSize,
          epochs: length,
          stopping: { patience: DEFAULTS.patience },
          engine,
        };
        return pipe(
          Train.start(config, key),
          watch(world, `train ${widths.join('-')}`)(config),
          TE.chainEitherK((state) => {
            const best = Train.best(state);
            return pipe(
              Network.predict(best)(parts.test.inputs),
              judged(encoding, parts.test.targets),
              E.map(
                (outcome): Trained => ({
                  widths,
                  parameters: parameterCount(widths),
                  history: state.history,
                  model: { encoding, network: Network.someNetwork(best) },
                  outcome,
                }),
              ),
            );
          }),
        );
      });
    return pipe(
      engineOf(engine),
      TE.chain((chosen) => pipe(TE.fromEither(layersOf(widths)), TE.chain(run(chosen)))),
    );
  };
