/** A network looked into on a batch: numbers for each layer and each column of the inputs. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Network } from '../../layer/network.ts';
import type { Loss } from '../../loss/loss.ts';
import type { Penalty } from '../../loss/penalty.ts';
import { reference } from '../../ops/reference/reference.ts';
import { init, type Optimizer } from '../../optimizer/optimizer.ts';
import { type Failure, failure } from '../../tensor/failure.ts';
import { fromSeed, type Key } from '../../tensor/key.ts';
import type { Shape } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Form } from '../../tensor/tree.ts';
import type { Examples } from '../examples.ts';
import { type ColumnStatistics, columns } from './inputs.ts';
import { type Pass, type Watched, watch } from './pass.ts';
import { type LayerStatistics, statistics } from './statistics.ts';

/** What an inspection found. Plain data. */
export interface Inspection {
  /** Of a run, how many epochs it has completed and how many steps it has made. */
  readonly epoch?: number;
  readonly step?: number;
  readonly rows: number;
  /** The loss of the batch, without the penalty. */
  readonly loss: number;
  /** In the order in which they are computed; a sequence and branches side by side are seen by what is in them. */
  readonly layers: readonly LayerStatistics[];
  readonly columns: readonly ColumnStatistics[];
}

/** What a network is inspected for. */
export interface Asked {
  readonly loss: Loss;
  readonly penalty?: Penalty;
  /** Whose first step the update-to-weight ratios are of; without one there are none. */
  readonly optimizer?: Optimizer;
  /** What dropout and noise draw from, `Key.fromSeed(0)` unless given. */
  readonly key?: Key;
}

const FIELDS = ['loss', 'penalty', 'optimizer', 'key'];

const checked = (asked: Asked): E.Either<Failure, Asked> => {
  const unknown = Object.keys(asked).find((field) => !FIELDS.includes(field));
  return unknown === undefined
    ? E.right(asked)
    : E.left(failure('config', `Inspect, ${unknown}`, `one of ${FIELDS.join(', ')}`, 'an unknown field'));
};

const watchedOf = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  { loss, penalty, optimizer, key = fromSeed(0) }: Asked,
  { layer, dtype, params, state }: Network<In, Out, P, S>,
): Watched<In, Out, P, S> => ({
  layer,
  dtype,
  params,
  layerState: state,
  loss,
  penalty,
  moves:
    optimizer === undefined
      ? undefined
      : { optimizer, slots: init<P, Tensor>(reference(dtype), optimizer, layer.parameters, params) },
  key,
});

/**
 * The same pass as {@link batch} sees, before it is summed up: each layer's output, its gradient and f′ as tensors, for
 * histograms and percentiles. Fails as `batch` does.
 *
 * @example
 * ```ts
 * import { Activation, Initialiser, Inspect, Key, Layer, Loss, Network, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const layer = Layer.sequential(Layer.dense(1, 1, { weight: Initialiser.constant(1) }), Activation.tanh);
 * const examples = { inputs: Tensor.zeros('f64', [2, 1]), targets: Tensor.zeros('f64', [2, 1]) };
 * pipe(
 *   Network.init(layer, Key.fromSeed(1), 'f64'),
 *   Inspect.pass({ loss: Loss.squaredError() }, examples),
 *   E.map(({ layers }) => layers.map(({ slope }) => slope && Tensor.toArray(slope))),
 * ) // => E.right([undefined, [1, 1]])
 * ```
 */
export const pass =
  (asked: Asked, examples: Examples) =>
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
    network: Network<In, Out, P, S>,
  ): E.Either<Failure, Pass> =>
    pipe(
      checked(asked),
      E.chain((known) => watch(examples)(watchedOf(known, network))),
    );

/** An inspection of a pass, where the columns have been looked at. */
export const summed =
  (columns: readonly ColumnStatistics[]) =>
  ({ rows, loss, layers }: Pass): Inspection =>
    Object.freeze({ rows, loss, layers: Object.freeze(layers.map(statistics)), columns });

/**
 * A network looked into on a batch, as a training step would see it (dropout drops, batch norm normalises by the batch):
 * for each layer the mean and deviation of its output, the saturation and the share of dead units of activations, the
 * gradient at its output and of its parameters, and how large an optimizer's first step would be beside its weights; for
 * each column of the inputs its range and what it alone knows of the targets. Computed by the reference in the network's format, summed up in f64.
 *
 * Fails where the examples do not fit the network or the loss, are too few for batch norm, or are in another format. What
 * is not finite in the network is no failure: its statistics are NaN, and `diagnose` names the layer.
 *
 * @example
 * ```ts
 * import { Activation, Initialiser, Inspect, Key, Layer, Loss, Network, Optimizer, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const layer = Layer.sequential(
 *   Layer.dense(1, 2, { weight: Initialiser.constant(-1) }),
 *   Activation.relu,
 *   Layer.dense(2, 1, { weight: Initialiser.constant(1) }),
 * );
 * const examples = { inputs: Tensor.full('f64', [3, 1], 1), targets: Tensor.full('f64', [3, 1], 1) };
 * pipe(
 *   Network.init(layer, Key.fromSeed(1), 'f64'),
 *   Inspect.batch({ loss: Loss.squaredError(), optimizer: Optimizer.gradientDescent({ learningRate: 0.1 }) }, examples),
 *   E.map(({ layers }) => layers.map(({ kind, mean, dead }) => [kind, mean, dead])),
 * ) // => E.right([['dense', -1, undefined], ['relu', 0, 1], ['dense', 0, undefined]])
 * ```
 */
export const batch =
  (asked: Asked, examples: Examples) =>
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
    network: Network<In, Out, P, S>,
  ): E.Either<Failure, Inspection> =>
    pipe(
      network,
      pass(asked, examples),
      E.chain((watched) =>
        pipe(
          columns(examples),
          E.map((known) => summed(known)(watched)),
        ),
      ),
    );
