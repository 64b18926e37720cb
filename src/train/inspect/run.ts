/** A run looked into as it goes. What is looked at is computed beside the run, from its states: the run cannot notice. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Failure } from '../../tensor/failure.ts';
import type { Shape } from '../../tensor/shape.ts';
import { type Form, showPath } from '../../tensor/tree.ts';
import { stepKey } from '../batches.ts';
import type { Config } from '../config.ts';
import { epochs as states } from '../epochs.ts';
import type { Examples } from '../examples.ts';
import type { State } from '../state.ts';
import { type Inspection, summed } from './batch.ts';
import { type ColumnStatistics, columns } from './inputs.ts';
import { watch } from './pass.ts';
import type { LayerStatistics } from './statistics.ts';

/** The inspection of a state on examples whose columns have been looked at. */
const inspected = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  { loss, penalty }: Config<In, Out, P, S>,
  examples: Examples,
  known: readonly ColumnStatistics[],
  { layer, dtype, params, layerState, optimizer, slots, key, step, epoch }: State<In, Out, P, S>,
): E.Either<Failure, Inspection> =>
  pipe(
    { layer, dtype, params, layerState, loss, penalty, moves: { optimizer, slots }, key: stepKey(step)(key) },
    watch(examples),
    E.map(summed(known)),
    E.map((inspection) => Object.freeze({ epoch, step, ...inspection })),
  );

/**
 * The state of a run looked into, on the data of the configuration unless other examples are given, as {@link batch} does
 * for a network. The update ratios are of the step that the run's optimizer would make on these examples next, with what it
 * remembers; dropout draws what the next step draws. Fails as `batch` does.
 *
 * @example
 * ```ts
 * import { Initialiser, Inspect, Key, Layer, Loss, Optimizer, Tensor, Train } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const config = {
 *   layer: Layer.dense(1, 1, { weight: Initialiser.constant(1) }),
 *   loss: Loss.squaredError(),
 *   optimizer: Optimizer.gradientDescent({ learningRate: 0.125 }),
 *   data: { inputs: Tensor.full('f64', [1, 1], 1), targets: Tensor.full('f64', [1, 1], 2) },
 *   epochs: 2,
 * };
 * pipe(
 *   Train.start(config, Key.fromSeed(1)),
 *   Inspect.state(config),
 *   E.map(({ layers }) => layers.map(({ parameterGradientNorm, updateRatio }) => [parameterGradientNorm, updateRatio])),
 * ) // => E.right([[Math.sqrt(8), 0.25]])
 * ```
 */
export const state =
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
    config: Config<In, Out, P, S>,
    examples: Examples = config.data,
  ) =>
  (of: State<In, Out, P, S>): E.Either<Failure, Inspection> =>
    pipe(
      columns(examples),
      E.chain((known) => inspected(config, examples, known, of)),
    );

/** A state of a run, and what was seen in it. */
export interface Inspected<In extends Shape, Out extends Shape, P extends Form, S extends Form> {
  readonly state: State<In, Out, P, S>;
  readonly inspection: Inspection;
}

/**
 * The states that `Train.epochs` goes through, the one that it starts from included, each with what is seen in it; each
 * computed when it is asked for. The columns of the examples are looked at once. A failure is the last, be it of the run
 * or of the inspection.
 *
 * Law: the states are those of `Train.epochs`, bit for bit.
 *
 * @example
 * ```ts
 * import { Initialiser, Inspect, Key, Layer, Loss, Optimizer, Tensor, Train } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * const config = {
 *   layer: Layer.dense(1, 1, { weight: Initialiser.constant(1) }),
 *   loss: Loss.squaredError(),
 *   optimizer: Optimizer.gradientDescent({ learningRate: 0.25 }),
 *   data: { inputs: Tensor.full('f64', [1, 1], 1), targets: Tensor.full('f64', [1, 1], 2) },
 *   epochs: 2,
 * };
 * const seen = Inspect.epochs(config)(Train.start(config, Key.fromSeed(1)));
 * Array.from(seen, E.map(({ inspection }) => [inspection.epoch, inspection.loss]))
 * // => [E.right([0, 1]), E.right([1, 0]), E.right([2, 0])]
 * ```
 */
export const epochs =
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
    config: Config<In, Out, P, S>,
    examples: Examples = config.data,
  ) =>
  (from: State<In, Out, P, S>): Iterable<E.Either<Failure, Inspected<In, Out, P, S>>> => ({
    *[Symbol.iterator]() {
      const known = columns(examples);
      const look = (state: State<In, Out, P, S>): E.Either<Failure, Inspected<In, Out, P, S>> =>
        pipe(
          known,
          E.chain((own) => inspected(config, examples, own, state)),
          E.map((inspection) => Object.freeze({ state, inspection })),
        );
      const first = look(from);
      yield first;
      if (E.isLeft(first)) return;
      // What can be looked at once can be looked at in every state.
      for (const next of states(config)(from)) yield pipe(next, E.chain(look));
    },
  });

/** A row of a table: a layer of an inspection. */
export interface LayerRow extends Omit<LayerStatistics, 'path'> {
  readonly epoch?: number;
  readonly step?: number;
  readonly loss: number;
  /** Where the layer stands, as text; '' is the network. */
  readonly layer: string;
}

/**
 * An inspection as rows, one a layer: what plots and tables take.
 *
 * @example
 * ```ts
 * import { Activation, Inspect, Key, Layer, Loss, Network, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const examples = { inputs: Tensor.zeros('f64', [2, 1]), targets: Tensor.zeros('f64', [2, 1]) };
 * pipe(
 *   Network.init(Layer.sequential(Layer.dense(1, 1), Activation.tanh), Key.fromSeed(1), 'f64'),
 *   Inspect.batch({ loss: Loss.squaredError() }, examples),
 *   E.map(Inspect.table),
 *   E.map((rows) => rows.map(({ layer, kind, saturation }) => [layer, kind, saturation])),
 * ) // => E.right([['0', 'dense', undefined], ['1', 'tanh', 0]])
 * ```
 */
export const table = ({ epoch, step, loss, layers }: Inspection): readonly LayerRow[] =>
  layers.map(({ path, ...statistics }) => ({
    ...(epoch === undefined ? {} : { epoch }),
    ...(step === undefined ? {} : { step }),
    loss,
    layer: showPath(path),
    ...statistics,
  }));
