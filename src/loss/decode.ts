/** Losses from their JSON descriptions. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { positive, rate } from '../layer/config.ts';
import type { Failure } from '../tensor/failure.ts';
import { absoluteError } from './absoluteError.ts';
import { binaryCrossEntropy, binaryCrossEntropyWithLogits } from './binaryCrossEntropy.ts';
import { categoricalCrossEntropy } from './categoricalCrossEntropy.ts';
import { gaussianNegativeLogLikelihood } from './gaussianNegativeLogLikelihood.ts';
import { hinge, multiClassHinge } from './hinge.ts';
import { huber } from './huber.ts';
import { type Encoded, type Kind, kind, type Registry, read } from './kind.ts';
import { kullbackLeibler } from './kullbackLeibler.ts';
import { logCosh } from './logCosh.ts';
import type { Loss, Reduced, Reduction } from './loss.ts';
import { poisson, poissonWithLogRate } from './poisson.ts';
import { epsilonCodec } from './probability.ts';
import { softmaxCrossEntropy } from './softmaxCrossEntropy.ts';
import { halfSquaredError, squaredError } from './squaredError.ts';
import { fromLabels, labelSmoothing } from './targets.ts';

const reduction: t.Type<Reduction> = t.keyof({ mean: null, sum: null });

/** A kind whose constructor takes its fields, the reduction among them. */
const plain = <P extends t.Props = Record<never, never>>(
  name: string,
  build: (config: t.TypeOfProps<P> & Required<Reduced>) => Loss,
  fields: P,
): Kind<Loss> =>
  kind<P & { reduction: t.Type<Reduction> }, Loss>(name, { ...fields, reduction }, (config) => E.right(build(config)));

const inner = ({ loss }: { readonly loss: unknown }, { child, where }: Encoded<Loss>) => child(loss, `${where}.loss`);

/**
 * How every loss of the toolkit is read. Add one's own: `{ ...Loss.registry, mine: … }`.
 *
 * @example
 * ```ts
 * import { Loss } from 'nabla-ts';
 * Object.keys(Loss.registry).includes('huber') // => true
 * ```
 */
export const registry: Registry<Loss> = Object.freeze({
  squaredError: plain('squaredError', squaredError, {}),
  halfSquaredError: plain('halfSquaredError', halfSquaredError, {}),
  absoluteError: plain('absoluteError', absoluteError, {}),
  huber: plain('huber', huber, { delta: positive }),
  logCosh: plain('logCosh', logCosh, {}),
  binaryCrossEntropy: plain('binaryCrossEntropy', binaryCrossEntropy, { epsilon: epsilonCodec }),
  binaryCrossEntropyWithLogits: plain('binaryCrossEntropyWithLogits', binaryCrossEntropyWithLogits, {}),
  categoricalCrossEntropy: plain('categoricalCrossEntropy', categoricalCrossEntropy, { epsilon: epsilonCodec }),
  softmaxCrossEntropy: plain('softmaxCrossEntropy', softmaxCrossEntropy, {}),
  kullbackLeibler: plain('kullbackLeibler', kullbackLeibler, { epsilon: epsilonCodec }),
  hinge: plain('hinge', hinge, {}),
  multiClassHinge: plain('multiClassHinge', multiClassHinge, {}),
  poisson: plain('poisson', poisson, {}),
  poissonWithLogRate: plain('poissonWithLogRate', poissonWithLogRate, {}),
  gaussianNegativeLogLikelihood: plain('gaussianNegativeLogLikelihood', gaussianNegativeLogLikelihood, {}),
  fromLabels: kind<{ loss: t.Type<unknown> }, Loss>('fromLabels', { loss: t.unknown }, (fields, encoded) =>
    pipe(inner(fields, encoded), E.map(fromLabels)),
  ),
  labelSmoothing: kind<{ loss: t.Type<unknown>; smoothing: t.Type<number> }, Loss>(
    'labelSmoothing',
    { loss: t.unknown, smoothing: rate },
    (fields, encoded) => pipe(inner(fields, encoded), E.map(labelSmoothing(fields.smoothing))),
  ),
});

/**
 * A loss from its description, by the kinds of a registry. Fails on another kind, on unknown or missing fields and on
 * hyperparameters that the loss cannot have.
 *
 * @example
 * ```ts
 * import { Loss } from 'nabla-ts';
 * Loss.decode(Loss.registry)(Loss.huber({ delta: 2 }).description)._tag // => 'Right'
 * Loss.decode(Loss.registry)({ kind: 'huber', delta: -2, reduction: 'mean' })._tag // => 'Left'
 * ```
 */
export const decode =
  (kinds: Registry<Loss>) =>
  (description: unknown): E.Either<Failure, Loss> =>
    read('loss', kinds)(description, 'loss');
