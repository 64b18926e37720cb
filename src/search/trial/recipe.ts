/**
 * A recipe is what settings come to for a task: a network that is not trained yet, and how it is to be trained.
 *
 * Laws: settings that say the same give the same recipe, whatever the order of their names; each part is what its own
 * namespace makes of the same values.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as Activation from '../../layer/activations.ts';
import { batchNorm } from '../../layer/batchNorm.ts';
import { decode as decodeInitialiser, registry as initialisers } from '../../layer/initialiser/codec.ts';
import { readLayer } from '../../layer/kind.ts';
import { layerNorm } from '../../layer/layerNorm.ts';
import { decodeLayer } from '../../layer/network-codec.ts';
import { registry as layers } from '../../layer/registry.ts';
import type { SomeLayer } from '../../layer/some.ts';
import { decode as decodeLoss, registry as losses } from '../../loss/decode.ts';
import type { Loss } from '../../loss/loss.ts';
import { concat, l1, l2, none, type Penalty } from '../../loss/penalty.ts';
import { decode as decodeOptimizer } from '../../optimizer/decode.ts';
import type { Optimizer } from '../../optimizer/optimizer.ts';
import { type Failure, failure, quote } from '../../tensor/failure.ts';
import type { Json } from '../../tensor/json.ts';
import { type Described, type Read, readSettings, type Settings } from './settings.ts';

/** What a network is for: its inputs and outputs, and what the outputs mean. */
export interface Task {
  /** `classification`: a logit for each class. `regression`: values. */
  readonly kind: 'classification' | 'regression';
  readonly inputs: number;
  readonly outputs: number;
}

/** A network that is not trained yet, and how it is to be trained. */
export interface Recipe {
  readonly layer: SomeLayer;
  readonly loss: Loss;
  readonly penalty?: Penalty;
  readonly optimizer: Optimizer;
  readonly batchSize: number | 'full';
}

/** More would not be trained in a day, or fit in memory. */
const MOST_PARAMETERS = 20_000_000;

/** What a name alone means, of kinds whose descriptions have fields. */
const usual: Readonly<Record<string, { readonly [field: string]: Json }>> = {
  leakyRelu: { slope: 0.01 },
  prelu: { slope: 0.25 },
  elu: { alpha: 1 },
  celu: { alpha: 1 },
  huber: { delta: 1 },
};

const spelt = (given: Described, more: { readonly [field: string]: Json } = {}): { readonly [field: string]: Json } =>
  typeof given === 'string' ? { kind: given, ...more, ...usual[given] } : given;

const fail = (where: string, expected: string, received: string): E.Either<Failure, never> =>
  E.left(failure('config', `settings.${where}`, expected, received));

/** The widths of the hidden layers. */
const hiddenOf = ({ hidden, layers, width, widths }: Read): E.Either<Failure, readonly number[]> => {
  if (hidden !== undefined)
    return layers === undefined && width === undefined && widths.size === 0
      ? E.right(hidden)
      : fail('hidden', 'either hidden, or layers and their widths', 'both');
  const most = Math.max(0, ...widths.keys());
  if (layers === undefined && width === undefined && most === 0)
    return fail('hidden', 'the hidden layers: hidden, or layers and their widths', 'neither');
  const many = layers ?? Math.max(1, most);
  if (most > many) return fail(`width${most}`, `no layer after the last of ${many}`, String(widths.get(most)));
  return pipe(
    Array.from({ length: many }, (_, i) => i + 1),
    E.traverseArray((i) => {
      const own = widths.get(i) ?? width;
      return own === undefined
        ? fail(`width${i}`, `the width of hidden layer ${i}, or of all: width`, 'none')
        : E.right(own);
    }),
  );
};

const parametersOf = (widths: readonly number[]): number =>
  widths.slice(1).reduce((sum, width, i) => sum + ((widths[i] ?? 0) + 1) * width, 0);

/** The kinds of activations among those of layers. */
const activations = Object.keys(layers).filter((kind) => Object.hasOwn(Activation, kind));

const activationOf = (described: { readonly [field: string]: Json }): E.Either<Failure, unknown> =>
  typeof described.kind === 'string' && Object.hasOwn(layers, described.kind)
    ? readLayer(layers)(described, [1], 'settings.activation')
    : fail('activation', `one of ${activations.join(', ')}`, quote(described.kind));

/** Dense layers, with what comes after each hidden one. */
const layerOf = (task: Task, read: Read): E.Either<Failure, SomeLayer> => {
  const { normalisation = 'none', dropout = 0, inputDropout = 0 } = read;
  const weight = spelt(read.initialiser ?? 'glorotUniform');
  const activation = spelt(read.activation ?? 'relu');
  const dropping = (rate: number): readonly Json[] => (rate === 0 ? [] : [{ kind: 'dropout', rate }]);
  const normalising = (width: number): readonly Json[] =>
    normalisation === 'none'
      ? []
      : [(normalisation === 'batchNorm' ? batchNorm() : layerNorm()).at([width]).description];
  const dense = (inputs: number, outputs: number): Json => ({
    kind: 'dense',
    inputs,
    outputs,
    weight,
    bias: { kind: 'zeros' },
  });
  return pipe(
    decodeInitialiser(initialisers, 'settings.initialiser')(weight),
    E.chain(() => activationOf(activation)),
    E.chain(() => hiddenOf(read)),
    E.chain((hidden) => {
      const widths = [task.inputs, ...hidden, task.outputs];
      if (parametersOf(widths) > MOST_PARAMETERS)
        return fail('hidden', `at most ${MOST_PARAMETERS} parameters`, `${widths.join('-')}`);
      const parts = hidden.flatMap((width, i) => [
        dense(widths[i] ?? 0, width), // never 0: there is a width before each
        ...normalising(width),
        activation,
        ...dropping(dropout),
      ]);
      const last = dense(widths[widths.length - 2] ?? 0, task.outputs);
      return decodeLayer(layers)({
        input: [task.inputs],
        layer: { kind: 'sequential', layers: [...dropping(inputDropout), ...parts, last] },
      });
    }),
  );
};

/** A loss that takes what the network gives, and targets as the task has them. */
const takenBy =
  ({ outputs }: Task) =>
  (loss: Loss): E.Either<Failure, Loss> =>
    pipe(
      E.tryCatch(
        () => loss.expected([1, outputs]),
        (thrown) =>
          failure('config', 'settings.loss', 'a loss that takes the task’s targets', E.toError(thrown).message),
      ),
      E.map(() => loss),
    );

const lossOf = (task: Task, { loss, labelSmoothing = 0 }: Read): E.Either<Failure, Loss> => {
  const read = (json: Json): E.Either<Failure, Loss> =>
    pipe(
      decodeLoss(losses)(json),
      E.mapLeft((wrong) => ({ ...wrong, where: `settings.${wrong.where}` })),
    );
  const of = (name: string): { readonly [field: string]: Json } => spelt(loss ?? name, { reduction: 'mean' });
  if (task.kind === 'classification') {
    const plain = of('softmaxCrossEntropy');
    const smooth = labelSmoothing === 0 ? plain : { kind: 'labelSmoothing', smoothing: labelSmoothing, loss: plain };
    return pipe(read({ kind: 'fromLabels', loss: smooth }), E.chain(takenBy(task)));
  }
  return labelSmoothing === 0
    ? pipe(read(of('squaredError')), E.chain(takenBy(task)))
    : fail('labelSmoothing', 'classes, for values have no labels', `${labelSmoothing}`);
};

const penaltyOf = (read: Read): Penalty | undefined =>
  read.l1 === undefined && read.l2 === undefined
    ? undefined
    : concat(read.l1 === undefined ? none : l1(read.l1), read.l2 === undefined ? none : l2(read.l2));

/** The optimizer inside its transforms: clipped first, averaged last. */
const optimizerOf = (read: Read): E.Either<Failure, Optimizer> => {
  const described = spelt(read.optimizer ?? 'adam');
  const twice = Object.keys(read.optimizerFields).find((field) => Object.hasOwn(described, field));
  if (twice !== undefined)
    return fail(`optimizer.${twice}`, 'each field of the optimizer once', quote(read.optimizerFields[twice]));
  const around =
    (kind: string, field: string, value: number | undefined) =>
    (optimizer: Json): Json =>
      value === undefined ? optimizer : { kind, [field]: value, optimizer };
  const decoded = (json: Json): E.Either<Failure, Optimizer> =>
    pipe(
      decodeOptimizer()(json),
      E.mapLeft((wrong) => ({ ...wrong, where: `settings.${wrong.where}` })),
    );
  const alone = { ...described, ...read.optimizerFields };
  return pipe(
    // By itself first, so that a failure names its field and not what is around it.
    decoded(alone),
    E.chain(() =>
      pipe(
        alone,
        around('weightDecay', 'rate', read.weightDecay),
        around('clipByGlobalNorm', 'limit', read.clip),
        around('exponentialMovingAverage', 'decay', read.averaging),
        decoded,
      ),
    ),
  );
};

/**
 * The recipe that settings say for a task: dense hidden layers (`hidden`, or `layers` and `width`, `width1`, `width2`, …), each
 * followed by its `normalisation`, `activation` and `dropout`; an `optimizer` with its `learningRate`, `momentum` and other
 * fields (`optimizer.…`), `weightDecay`, `clip` (of the gradient's norm) and `averaging` (of the parameters); penalties `l1` and
 * `l2`; a `loss` and `labelSmoothing`; a `batchSize`. Unless told: rectified units, Glorot's uniform weights, Adam, batches
 * of 32. Fails on an unknown name, on a value that it cannot have, and where layers have no width.
 *
 * @example
 * ```ts
 * import { Failure, Trial } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const task = { kind: 'classification', inputs: 64, outputs: 10 } as const;
 * pipe(
 *   Trial.recipe(task)({ layers: 2, width: 50, width2: 20, optimizer: 'momentum', learningRate: 0.1 }),
 *   E.map(({ layer, batchSize }) => [layer.use(({ output }) => output), batchSize]),
 * ) // => E.right([[10], 32])
 * pipe(Trial.recipe(task)({ layers: 2, width: 50, learningrate: 1 }), E.isLeft) // => true
 * ```
 */
export const recipe =
  (task: Task) =>
  (given: Settings): E.Either<Failure, Recipe> =>
    pipe(
      readSettings(given),
      E.chain((read) =>
        pipe(
          E.Do,
          E.apS('layer', layerOf(task, read)),
          E.apS('loss', lossOf(task, read)),
          E.apS('optimizer', optimizerOf(read)),
          E.map((parts): Recipe => {
            const penalty = penaltyOf(read);
            return { ...parts, ...(penalty === undefined ? {} : { penalty }), batchSize: read.batchSize ?? 32 };
          }),
        ),
      ),
    );
