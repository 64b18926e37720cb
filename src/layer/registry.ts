/** All the kinds of layer that this library has. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { closed } from '../scalar/closed.ts';
import { activation, activationExpr, type Elementwise } from './activation.ts';
import * as Activation from './activations.ts';
import { alphaDropout } from './alphaDropout.ts';
import { batchNorm } from './batchNorm.ts';
import { decodeAs, exampleShape, finite, fraction, notNegative, positive, rate, width } from './config.ts';
import { dense, denseWithoutBias } from './dense.ts';
import { dropout } from './dropout.ts';
import { gaussianDropout } from './gaussianDropout.ts';
import { gaussianNoise } from './gaussianNoise.ts';
import { decode, type InitialiserRegistry, registry as initialisers } from './initialiser/codec.ts';
import { type Kind, kind, type Registry } from './kind.ts';
import { layerNorm } from './layerNorm.ts';
import { parallelKind } from './parallel.ts';
import { flatten, reshape } from './reshape.ts';
import { residualKind } from './residual.ts';
import { sequentialKind } from './sequential.ts';
import { logSoftmax, softmax } from './softmax.ts';

const own = (layer: Pick<Elementwise, 'description' | 'at'>): readonly [string, Kind] => [
  layer.description.kind,
  kind(layer.description.kind, {}, () => layer),
];

const widths = { inputs: width, outputs: width };
const denseFields = closed('dense', { kind: t.literal('dense'), ...widths, weight: t.unknown, bias: t.unknown });
const weightFields = closed('denseWithoutBias', { kind: t.literal('denseWithoutBias'), ...widths, weight: t.unknown });

const denseKinds = (known: InitialiserRegistry): Registry => ({
  dense: ({ description, where }) =>
    pipe(
      description,
      decodeAs(denseFields, where),
      E.chain(({ inputs, outputs, weight, bias }) =>
        pipe(
          E.Do,
          E.apS('weight', decode(known, `${where}.weight`)(weight)),
          E.apS('bias', decode(known, `${where}.bias`)(bias)),
          E.map((initial) => dense(inputs, outputs, initial)),
        ),
      ),
    ),
  denseWithoutBias: ({ description, where }) =>
    pipe(
      description,
      decodeAs(weightFields, where),
      E.chain(({ inputs, outputs, weight }) =>
        pipe(
          decode(known, `${where}.weight`)(weight),
          E.map((initial) => denseWithoutBias(inputs, outputs, { weight: initial })),
        ),
      ),
    ),
});

/**
 * The registry of all kinds of this library, where dense layers may begin with the initialisers of another registry.
 *
 * @example
 * ```ts
 * import { Initialiser, Layer } from 'nabla-ts';
 * Object.keys(Layer.registryWith(Initialiser.registry)).includes('dense') // => true
 * ```
 */
export const registryWith = (known: InitialiserRegistry): Registry =>
  Object.freeze({
    ...denseKinds(known),
    activation: kind('activation', { expr: activationExpr }, ({ expr }) => activation(expr)),
    ...Object.fromEntries(
      [
        Activation.identity,
        Activation.sigmoid,
        Activation.tanh,
        Activation.relu,
        Activation.selu,
        Activation.gelu,
        Activation.geluTanh,
        Activation.silu,
        Activation.mish,
        Activation.softplus,
        Activation.softsign,
        Activation.hardSigmoid,
        Activation.hardTanh,
        Activation.hardSwish,
        Activation.logSigmoid,
        Activation.gaussian,
        Activation.heaviside,
        softmax,
        logSoftmax,
      ].map(own),
    ),
    leakyRelu: kind('leakyRelu', { slope: finite }, ({ slope }) => Activation.leakyRelu(slope)),
    prelu: kind('prelu', { slope: finite }, ({ slope }) => Activation.prelu(slope)),
    elu: kind('elu', { alpha: positive }, ({ alpha }) => Activation.elu(alpha)),
    celu: kind('celu', { alpha: positive }, ({ alpha }) => Activation.celu(alpha)),
    dropout: kind('dropout', { rate }, (fields) => dropout(fields.rate)),
    gaussianDropout: kind('gaussianDropout', { rate }, (fields) => gaussianDropout(fields.rate)),
    alphaDropout: kind('alphaDropout', { rate }, (fields) => alphaDropout(fields.rate)),
    gaussianNoise: kind('gaussianNoise', { deviation: notNegative }, ({ deviation }) => gaussianNoise(deviation)),
    batchNorm: kind('batchNorm', { momentum: fraction, epsilon: positive }, batchNorm),
    layerNorm: kind('layerNorm', { epsilon: positive }, layerNorm),
    flatten: kind('flatten', { shape: exampleShape }, ({ shape }) => flatten(shape)),
    reshape: kind('reshape', { from: exampleShape, to: exampleShape }, ({ from, to }) => reshape(from, to)),
    sequential: sequentialKind,
    parallel: parallelKind,
    residual: residualKind,
  });

/**
 * The registry of all kinds of this library. Add one's own with `{ ...Layer.registry, mine }`.
 *
 * @example
 * ```ts
 * import { Layer } from 'nabla-ts';
 * const triple = () => ({ ...Layer.identity, description: { kind: 'mine' } });
 * const registry = { ...Layer.registry, mine: Layer.kind('mine', {}, triple) };
 * Layer.decode(registry)({ input: [3], layer: { kind: 'mine' } })._tag // => 'Right'
 * ```
 */
export const registry: Registry = registryWith(initialisers);
