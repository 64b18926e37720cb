/**
 * A training state as JSON, from which the run continues bit for bit: tensors as base64, numbers that JSON has no form
 * for as text, everything read strictly. The layer is not rebuilt from it, it is the configuration's; that the two agree
 * is checked.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import type { Slots } from '../optimizer/optimizer.ts';
import { closed } from '../scalar/closed.ts';
import { numberText } from '../scalar/number-text.ts';
import { type Failure, failure, fromErrors, quote } from '../tensor/failure.ts';
import type { Json } from '../tensor/json.ts';
import type { Shape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Form, Of } from '../tensor/tree.ts';
import type { Config } from './config.ts';
import { decodeLeaves, encodeLeaves } from './leaves-codec.ts';
import type { Best, Row, State } from './state.ts';

const FORMAT = 'nabla-ts training state 1';

const wholeBelow = (name: string, end: number): t.Type<number> =>
  new t.Type(
    name,
    (u): u is number => t.number.is(u) && Number.isInteger(u) && u >= 0 && u < end,
    (u, context) => (t.number.is(u) && Number.isInteger(u) && u >= 0 && u < end ? t.success(u) : t.failure(u, context)),
    t.identity,
  );
const count = wholeBelow('a whole number of at least 0', Number.MAX_SAFE_INTEGER);
const word = wholeBelow('a whole number in [0, 2^32)', 2 ** 32);

const numbers = t.record(t.string, numberText);
const leaves = t.record(t.string, t.unknown);
const optional = <A, O>(type: t.Type<A, O>): t.Type<A | undefined, O | undefined> => t.union([t.undefined, type]);

const rowCodec = closed('Row', {
  epoch: count,
  step: count,
  loss: numberText,
  penalty: optional(numberText),
  validationLoss: optional(numberText),
  metrics: optional(numbers),
});

const stateCodec = closed('State', {
  format: t.literal(FORMAT),
  layer: t.unknown,
  dtype: t.union([t.literal('f32'), t.literal('f64')]),
  params: leaves,
  layerState: leaves,
  slots: closed('Slots', { numbers, vectors: t.record(t.string, leaves) }),
  key: t.tuple([word, word]),
  step: count,
  epoch: count,
  progress: closed('Progress', { batch: count, loss: numberText, penalty: numberText, share: numberText }),
  history: t.readonlyArray(rowCodec),
  best: t.union([t.null, closed('Best', { params: leaves, layerState: leaves, score: numberText, epoch: count })]),
  patience: closed('Patience', { reference: numberText, waited: count }),
  status: t.union([t.literal('running'), t.literal('stopped early')]),
});

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

/** Equal as JSON: objects whatever the order of their fields. */
const sameJson = (a: unknown, b: unknown): boolean => {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  const left = new Map(Object.entries(a));
  const right = Object.entries(b);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.size === right.length &&
    right.every(([key, x]) => left.has(key) && sameJson(left.get(key), x))
  );
};

const rowOf = ({ penalty, validationLoss, metrics, ...rest }: t.TypeOf<typeof rowCodec>): Row =>
  Object.freeze({
    ...rest,
    ...(penalty === undefined ? {} : { penalty }),
    ...(validationLoss === undefined ? {} : { validationLoss }),
    ...(metrics === undefined ? {} : { metrics: Object.freeze(metrics) }),
  });

/**
 * Reads a state of a run of this configuration. Fails, naming the place, on what is not a state, on another network, on
 * unknown or missing fields, and on tensors of another shape or format than the configuration's.
 */
export const decode =
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>(config: Config<In, Out, P, S>) =>
  (json: unknown): E.Either<Failure, State<In, Out, P, S>> => {
    const { layer } = config;
    const { dtype } = config.data.inputs;
    const params = (where: string) => decodeLeaves(layer.parameters, dtype, where);
    const layerState = (where: string) => decodeLeaves(layer.state, dtype, where);
    return pipe(
      stateCodec.decode(json),
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
