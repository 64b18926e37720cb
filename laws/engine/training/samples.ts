/** Runs of training with everything that a configuration can say, as data. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import type { Engine } from '../../../src/engine/engine.ts';
import * as Activation from '../../../src/layer/activations.ts';
import * as Layer from '../../../src/layer/index.ts';
import type { AnyLayer, Part } from '../../../src/layer/layer.ts';
import { elastic, l1, l2, type Penalty } from '../../../src/loss/penalty.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import { type Failure, show } from '../../../src/tensor/failure.ts';
import { foldIn, fromSeed, normal, uniform } from '../../../src/tensor/key.ts';
import { type Shape, size } from '../../../src/tensor/shape.ts';
import { generate, type Tensor } from '../../../src/tensor/tensor.ts';
import type { Form } from '../../../src/tensor/tree.ts';
import * as Train from '../../../src/train/index.ts';
import { layersAt } from '../../arbitrary/layers.ts';
import { dtypes } from '../../arbitrary/tensors.ts';
import { code } from '../../law.ts';
import type { Shapes } from '../../loss/drawn.ts';
import { type Family, families } from '../../loss/families.ts';
import * as Configs from '../../optimizer/configs.ts';
import { made } from '../../optimizer/rules.ts';
import { noisy } from '../../train/layers.ts';

export type Config = Train.Config<Shape, Shape, Form, Form>;
export type State = Train.State<Shape, Shape, Form, Form>;

/** A run: networks are drawn, and so printed, as values; all numbers come from the seed. */
export interface Run {
  readonly seed: number;
  readonly dtype: Dtype;
  /** What stands before the layers that the loss needs. */
  readonly first: AnyLayer;
  readonly family: Family;
  readonly shapes: Shapes;
  readonly optimizer: Configs.Description;
  readonly rows: number;
  readonly batchSize: number | 'full';
  readonly epochs: number;
  readonly sum: boolean;
  readonly penalty: 'none' | 'l1' | 'l2' | 'elastic';
  readonly weighted: boolean;
  readonly validated: boolean;
  readonly patience: number;
  /** What inputs are multiplied by: the large make runs leave the finite numbers. */
  readonly scale: number;
  /** Whether each step learns from its batch disturbed, and weighted otherwise. */
  readonly augmented: boolean;
}

const isSchedulable = (description: Configs.Description): boolean => typeof description.learningRate === 'number';

/** Transforms at the paths that the networks of runs have: the last dense layer is at `1.0` or before a reshape. */
const transforms: fc.Arbitrary<Configs.Description> = fc.oneof(
  ...Object.entries(Configs.transformConfigs).map(
    ([name, config]): fc.Arbitrary<Configs.Description> =>
      name === 'scaleRates'
        ? fc.constantFrom<Configs.Description>(
            { kind: 'scaleRates', multipliers: [['1', 0]] },
            { kind: 'scaleRates', multipliers: [['', 0.5]] },
            {
              kind: 'scaleRates',
              multipliers: [
                ['', 2],
                ['1', 0],
              ],
            },
          )
        : config,
  ),
);

/** A rule, often with a schedule. */
export const scheduled = (rule: fc.Arbitrary<Configs.Description>): fc.Arbitrary<Configs.Description> =>
  fc
    .tuple(
      rule,
      fc.option(fc.oneof({ weight: 3, arbitrary: Configs.schedules }, { weight: 1, arbitrary: Configs.plateaus })),
    )
    .map(([of, rate]) => (rate === null || !isSchedulable(of) ? of : { ...of, learningRate: rate }));

export const wrapped = (
  optimizer: fc.Arbitrary<Configs.Description>,
  around: fc.Arbitrary<readonly Configs.Description[]>,
): fc.Arbitrary<Configs.Description> =>
  fc
    .tuple(optimizer, around)
    .map(([of, list]) => list.reduce<Configs.Description>((inside, one) => ({ ...one, optimizer: inside }), of));

/** Any rule with any schedule and up to two transforms, or L-BFGS. */
export const optimizers: fc.Arbitrary<Configs.Description> = fc.oneof(
  { weight: 6, arbitrary: wrapped(scheduled(Configs.rules), fc.array(transforms, { maxLength: 2 })) },
  { weight: 1, arbitrary: Configs.lbfgsConfigs },
);

const noise: Part = noisy;

/** A stack as people build them, of any width. */
const stacks = (inputs: number): fc.Arbitrary<AnyLayer> =>
  fc
    .tuple(fc.constantFrom(1, 2, 3, 5, 7, 8, 16, 17), fc.subarray(['norm', 'drop', 'noise', 'layer'] as const))
    .map(([width, parts]) =>
      Layer.sequentialOf(
        [inputs],
        [
          Layer.dense(inputs, width),
          ...(parts.includes('norm') ? [Layer.batchNorm()] : []),
          Activation.tanh,
          ...(parts.includes('drop') ? [Layer.dropout(0.25)] : []),
          ...(parts.includes('noise') ? [noise] : []),
          ...(parts.includes('layer') ? [Layer.layerNorm()] : []),
        ],
      ).use((layer): AnyLayer => layer),
    );

export const firsts: fc.Arbitrary<AnyLayer> = fc
  .constantFrom(1, 2, 3, 5)
  .chain((inputs) => fc.oneof(stacks(inputs), layersAt([inputs], 2)));

export const runs = (
  parts: {
    readonly optimizer?: fc.Arbitrary<Configs.Description>;
    readonly family?: fc.Arbitrary<Family>;
    readonly first?: fc.Arbitrary<AnyLayer>;
    readonly scale?: fc.Arbitrary<number>;
  } = {},
): fc.Arbitrary<Run> =>
  (parts.family ?? fc.constantFrom(...families)).chain((family) =>
    fc.record({
      seed: fc.nat(2 ** 31),
      dtype: dtypes,
      first: parts.first ?? firsts,
      family: fc.constant(family),
      shapes: family.shapes,
      optimizer: parts.optimizer ?? optimizers,
      rows: fc.integer({ min: 1, max: 13 }),
      batchSize: fc.oneof(fc.constant<'full'>('full'), fc.integer({ min: 1, max: 9 })),
      epochs: fc.integer({ min: 1, max: 4 }),
      sum: fc.boolean(),
      penalty: fc.constantFrom('none', 'none', 'l1', 'l2', 'elastic'),
      weighted: fc.boolean(),
      validated: fc.boolean(),
      patience: fc.integer({ min: 0, max: 2 }),
      augmented: fc.boolean(),
      scale: parts.scale ?? fc.constantFrom(1, 1, 1, 1, 0, 100, 1e20),
    }),
  );

/** What makes any numbers predictions that a loss can be told. */
const heads: Readonly<Record<string, Part>> = {
  binaryCrossEntropy: Activation.sigmoid,
  'binaryCrossEntropy with ε': Activation.sigmoid,
  categoricalCrossEntropy: Layer.softmax,
  'categoricalCrossEntropy with ε': Layer.softmax,
  'categoricalCrossEntropy of smoothed distributions': Layer.softmax,
  kullbackLeibler: Layer.softmax,
  poisson: Activation.softplus,
};

export const networkOf = ({ first, family, shapes: { prediction } }: Run): AnyLayer => {
  const [head] = [heads[family.name]];
  const [from, to] = [size(first.output), size(prediction)];
  return Layer.sequentialOf(first.input, [
    Layer.sequentialOf(first.input, [first, Layer.flatten(first.output)]).use((layer): AnyLayer => layer),
    Layer.dense(from, to),
    Layer.reshape([to], prediction),
    ...(head === undefined ? [] : [head]),
  ]).use((layer): AnyLayer => layer);
};

const penalties: Readonly<Record<Run['penalty'], readonly Penalty[]>> = {
  none: [],
  l1: [l1(0.01)],
  l2: [l2(0.125)],
  elastic: [elastic({ strength: 0.01, ratio: 0.5 })],
};

const examplesOf = (of: Run, rows: number, seed: number): Train.Examples => {
  const { dtype, first, family, shapes, weighted, scale } = of;
  const key = fromSeed(seed);
  const inputs = normal([rows, ...first.input], dtype)(foldIn(0)(key));
  const target = [rows, ...shapes.target];
  const numbers = family.target(target, foldIn(1)(key));
  const draws = uniform([rows], dtype)(foldIn(2)(key));
  return {
    inputs: generate(dtype, inputs.shape, (i) => scale * (inputs.data[i] ?? Number.NaN)),
    targets: generate(dtype, target, (i) => numbers[i] ?? Number.NaN),
    ...(weighted ? { weights: generate(dtype, [rows], (i) => 0.5 + (draws.data[i] ?? Number.NaN)) } : {}),
  };
};

const largest: Train.Metric = () => (predictions: Tensor) => E.right(Math.max(...Array.from(predictions.data)));

/** Inputs a little off, and weights of rows multiplied. */
const disturbed: Train.Augment =
  (key) =>
  ({ inputs, targets, weights }) => {
    const noise = normal(inputs.shape, inputs.dtype)(foldIn(0)(key));
    const factors = uniform([inputs.shape[0] ?? 0], inputs.dtype)(foldIn(1)(key));
    return {
      inputs: generate(inputs.dtype, inputs.shape, (i) => (inputs.data[i] ?? Number.NaN) + (noise.data[i] ?? 0) / 8),
      targets,
      ...(weights === undefined
        ? {}
        : {
            weights: generate(
              weights.dtype,
              weights.shape,
              (i) => (weights.data[i] ?? Number.NaN) * (0.5 + (factors.data[i] ?? Number.NaN)),
            ),
          }),
    };
  };

/** The configuration of a run; without an engine. */
export const configOf = (of: Run): Config => {
  const layer = networkOf(of);
  // Where a layer needs company, all rows go together.
  const alone = layer.minimumBatch > 1;
  const rows = Math.max(of.rows, layer.minimumBatch);
  return {
    layer,
    loss: of.family.loss(of.sum ? 'sum' : 'mean'),
    optimizer: made(of.optimizer),
    data: examplesOf(of, rows, of.seed),
    batchSize: alone && of.rows % 2 === 0 ? 'full' : alone ? rows : of.batchSize,
    epochs: of.epochs,
    ...(of.augmented ? { augment: disturbed } : {}),
    ...Object.fromEntries(penalties[of.penalty].map((penalty) => ['penalty', penalty])),
    ...(of.validated ? { validation: examplesOf(of, 3, of.seed + 1), metrics: { largest } } : {}),
    ...(of.patience > 0 ? { stopping: { patience: of.patience, minimumImprovement: 0.001 } } : {}),
  };
};

export const startOf = (config: Config, { seed }: Run): State => Train.start(config, fromSeed(seed));

/** A run's end, every bit of it: the state as JSON, or the failure. */
export const told = (end: E.Either<Failure, State>): string =>
  E.isLeft(end) ? `${end.left.tag}: ${show(end.left)}` : JSON.stringify(Train.encode(end.right));

export const withEngine = (config: Config, engine: Engine): Config => ({ ...config, engine });

export const showRun = ({ first, family, ...rest }: Run): string =>
  code({ ...rest, first: first.description, at: first.input, family: family.name });
