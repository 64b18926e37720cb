/**
 * A training state as JSON, from which the run continues bit for bit: tensors as base64, numbers that JSON has no form
 * for as text, everything read strictly. The layer is not rebuilt from it, it is the configuration's; that the two agree
 * is checked.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type * as t from 'io-ts';
import type { Slots } from '../optimizer/optimizer.ts';
import { numberText } from '../scalar/number-text.ts';
import { type Failure, failure, fromErrors, quote } from '../tensor/failure.ts';
import type { Json } from '../tensor/json.ts';
import type { Shape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Form, Of } from '../tensor/tree.ts';
import type { Config } from './config.ts';
import { decodeLeaves, encodeLeaves } from './leaves-codec.ts';
import type { Best, Row, State } from './state.ts';
import { FORMAT, type rowJson, stateJson } from './state-json.ts';

const encodeNumbers = (of: Readonly<Record<string, number>>): { readonly [name: string]: Json } =>
  Object.fromEntries(Object.entries(of).map(([name, x]) => [name, numberText.encode(x)]));

const encodeRow = ({ epoch, step, loss, penalty, validationLoss, metrics }: Row): Json => ({
  epoch,
  step,
  loss: numberText.encode(loss),
  ...(penalty === undefined ? {} : { penalty: numberText.encode(penalty) }),
  ...(validationLoss === undefined ? {} : { validationLoss: numberText.encode(validationLoss) }),
  ...(metrics === undefined ? {} : { metrics: encodeNumbers(metrics) }),
});

/**
 * A state as JSON; `decode` reads it.
 *
 * @example
 * ```ts
 * import { Initialiser, Key, Layer, Loss, Optimizer, Tensor, Train } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const data = { inputs: Tensor.full('f64', [1, 1], 1), targets: Tensor.full('f64', [1, 1], 2) };
 * const config = {
 *   layer: Layer.dense(1, 1, { weight: Initialiser.zeros }),
 *   loss: Loss.squaredError(),
 *   optimizer: Optimizer.gradientDescent({ learningRate: 0.125 }),
 *   data,
 *   epochs: 2,
 * };
 * const half = pipe(Train.start(config, Key.fromSeed(1)), Train.epoch(config));
 * const text = pipe(half, E.map(Train.encode), E.map((json) => JSON.stringify(json)));
 * text._tag // => 'Right'
 * ```
 */
export const encode = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  state: State<In, Out, P, S>,
): Json => {
  const { layer, slots, best, progress, patience } = state;
  const params = (of: Of<P, Tensor>): Json => encodeLeaves(layer.parameters.tree, of);
  const layerState = (of: Of<S, Tensor>): Json => encodeLeaves(layer.state.tree, of);
  return {
    format: FORMAT,
    layer: layer.description,
    dtype: state.dtype,
    params: params(state.params),
    layerState: layerState(state.layerState),
    slots: {
      numbers: encodeNumbers(slots.numbers),
      vectors: Object.fromEntries(Object.entries(slots.vectors).map(([name, of]) => [name, params(of)])),
    },
    key: [...state.key.words],
    step: state.step,
    epoch: state.epoch,
    progress: encodeNumbers({ ...progress }),
    history: state.history.map(encodeRow),
    best:
      best === undefined
        ? null
        : {
            params: params(best.params),
            layerState: layerState(best.layerState),
            score: numberText.encode(best.score),
            epoch: best.epoch,
          },
    patience: { reference: numberText.encode(patience.reference), waited: patience.waited },
    status: state.status,
  };
};

/** Equal as JSON: objects whatever the order of their fields, and −0 is written as 0. */
const sameJson = (a: unknown, b: unknown): boolean => {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const left = new Map(Object.entries(a));
  const right = Object.entries(b);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.size === right.length &&
    right.every(([key, x]) => sameJson(left.get(key), x))
  );
};

const rowOf = ({ penalty, validationLoss, metrics, ...rest }: t.TypeOf<typeof rowJson>): Row =>
  Object.freeze({
    ...rest,
    ...(penalty === undefined ? {} : { penalty }),
    ...(validationLoss === undefined ? {} : { validationLoss }),
    ...(metrics === undefined ? {} : { metrics: Object.freeze(metrics) }),
  });

/**
 * Reads a state of a run of this configuration. Fails, naming the place, on what is not a state, on another network, on
 * unknown or missing fields, and on tensors of another shape or format than the configuration's.
 *
 * @example
 * ```ts
 * import { Initialiser, Key, Layer, Loss, Optimizer, Tensor, Train } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const data = { inputs: Tensor.full('f64', [1, 1], 1), targets: Tensor.full('f64', [1, 1], 2) };
 * const config = {
 *   layer: Layer.dense(1, 1, { weight: Initialiser.zeros }),
 *   loss: Loss.squaredError(),
 *   optimizer: Optimizer.gradientDescent({ learningRate: 0.125 }),
 *   data,
 *   epochs: 2,
 * };
 * const start = Train.start(config, Key.fromSeed(1));
 * const whole = Train.fit(config)(start);
 * const resumed = pipe(
 *   Train.epoch(config)(start),
 *   E.map(Train.encode),
 *   E.chain((json) => Train.decode(config)(JSON.parse(JSON.stringify(json)))),
 *   E.chain(Train.fit(config)),
 * );
 * const weights = E.map((state: typeof start) => Tensor.toArray(state.params.weight));
 * weights(resumed) // => weights(whole)
 * Train.decode(config)({})._tag // => 'Left'
 * ```
 */
export const decode =
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>(config: Config<In, Out, P, S>) =>
  (json: unknown): E.Either<Failure, State<In, Out, P, S>> => {
    const { layer } = config;
    const { dtype } = config.data.inputs;
    const params = (where: string) => decodeLeaves(layer.parameters, dtype, where);
    const layerState = (where: string) => decodeLeaves(layer.state, dtype, where);
    return pipe(
      stateJson.decode(json),
      E.mapLeft(fromErrors('state')),
      E.filterOrElse(
        (read) => sameJson(read.layer, layer.description),
        (read) => failure('codec', 'state.layer', quote(layer.description), quote(read.layer)),
      ),
      E.filterOrElse(
        (read) => read.dtype === dtype,
        (read) => failure('codec', 'state.dtype', `${dtype}, the format of the data`, read.dtype),
      ),
      E.chain((read) =>
        pipe(
          E.Do,
          E.apS('params', params('state.params')(read.params)),
          E.apS('layerState', layerState('state.layerState')(read.layerState)),
          E.bind('vectors', () =>
            Object.entries(read.slots.vectors).reduce<E.Either<Failure, Slots<P, Tensor>['vectors']>>(
              (done, [name, of]) =>
                pipe(
                  done,
                  E.chain((vectors) =>
                    pipe(
                      params(`state.slots.vectors.${name}`)(of),
                      E.map((vector) => ({ ...vectors, [name]: vector })),
                    ),
                  ),
                ),
              E.right({}),
            ),
          ),
          E.bind('best', (): E.Either<Failure, { readonly best?: Best<P, S> }> => {
            const { best } = read;
            return best === null
              ? E.right({})
              : pipe(
                  E.Do,
                  E.apS('params', params('state.best.params')(best.params)),
                  E.apS('layerState', layerState('state.best.layerState')(best.layerState)),
                  E.map((tensors) => ({ best: Object.freeze({ ...best, ...tensors }) })),
                );
          }),
          E.map(({ best, vectors, ...tensors }) =>
            Object.freeze<State<In, Out, P, S>>({
              layer,
              optimizer: config.optimizer,
              dtype,
              ...tensors,
              ...best,
              slots: Object.freeze({ numbers: Object.freeze(read.slots.numbers), vectors: Object.freeze(vectors) }),
              key: Object.freeze({ words: read.key }),
              step: read.step,
              epoch: read.epoch,
              progress: Object.freeze(read.progress),
              history: Object.freeze(read.history.map(rowOf)),
              patience: Object.freeze(read.patience),
              status: read.status,
            }),
          ),
        ),
      ),
    );
  };
