/** What an inspection does not depend on, and how it follows what it is of. */
import * as fc from 'fast-check';
import { leakyRelu } from '../../../src/layer/activations.ts';
import { batchNorm } from '../../../src/layer/batchNorm.ts';
import { dense } from '../../../src/layer/dense.ts';
import { normal as normalInitialiser } from '../../../src/layer/initialiser/index.ts';
import { init } from '../../../src/layer/network.ts';
import { sequential } from '../../../src/layer/sequential.ts';
import { squaredError } from '../../../src/loss/squaredError.ts';
import { gradientDescent } from '../../../src/optimizer/index.ts';
import { foldIn, fromSeed, normal, permutation } from '../../../src/tensor/key.ts';
import { generate, type Tensor } from '../../../src/tensor/tensor.ts';
import { map } from '../../../src/tensor/tree.ts';
import * as Inspect from '../../../src/train/inspect/index.ts';
import { all, holds, type Law, law, lawOf, lawSet, same } from '../../law.ts';
import { get } from '../scenario.ts';
import { activations, alike, crossEntropy, deep, labelled, permuted, seeds } from './sample.ts';

const drawn = fc.record({
  seed: seeds,
  dtype: fc.constant<'f64'>('f64'),
  inputs: fc.integer({ min: 1, max: 4 }),
  width: fc.integer({ min: 1, max: 6 }),
  depth: fc.integer({ min: 1, max: 3 }),
  classes: fc.integer({ min: 2, max: 4 }),
  rows: fc.integer({ min: 2, max: 20 }),
  kind: fc.constantFrom<keyof typeof activations>(
    'relu',
    'leakyRelu',
    'hardTanh',
    'softsign',
    'tanh',
    'sigmoid',
    'elu',
  ),
  normalised: fc.boolean(),
});

const rows: Law = law(
  'rows in any order',
  'the same rows in another order give the same inspection but for rounding, columns included; also where batch norm ' +
    'normalises over them',
  drawn,
  ({ rows: count, kind, normalised, ...of }) => {
    const examples = labelled(of, count);
    const order = permutation(count)(foldIn(9)(fromSeed(of.seed)));
    const look = Inspect.batch({ loss: crossEntropy }, examples);
    const other = Inspect.batch({ loss: crossEntropy }, permuted(order, examples));
    const layer = sequential(
      dense(of.inputs, of.width, { weight: normalInitialiser(0, 0.5) }),
      batchNorm(),
      activations[kind],
      dense(of.width, of.classes),
    );
    const both = normalised
      ? [look, other].map((each) => get(each(init(layer, fromSeed(of.seed), 'f64'))))
      : [look, other].map((each) => deep(of, activations[kind]).use((network) => get(each(network))));
    const [one, two] = both;
    if (one === undefined || two === undefined) return { expected: 'two inspections', received: 'fewer' };
    return all(
      // Sums of below 2⁷ terms a layer, through four layers and a normalisation that may divide by a small deviation.
      alike(one, two, 1e-7),
      ...one.columns.map((column, i) => {
        const same = two.columns[i];
        return holds(
          same !== undefined &&
            column.least === same.least &&
            column.greatest === same.greatest &&
            Math.abs(column.determination - same.determination) < 1e-9,
          JSON.stringify(column),
          JSON.stringify(same),
          `columns[${i}]`,
        );
      }),
    );
  },
  { runs: 60 },
);

const reduced: Law = law(
  'sum and mean',
  'with a loss that is a sum, gradients are rows times those with the mean, and what goes forward is the same to the bit',
  drawn,
  ({ rows: count, kind, normalised: _, ...of }) => {
    const inputs = normal([count, of.inputs], 'f64')(fromSeed(of.seed));
    const targets = normal([count, of.classes], 'f64')(foldIn(1)(fromSeed(of.seed)));
    const [mean, total] = (['mean', 'sum'] as const).map((reduction) =>
      deep(of, activations[kind]).use((network) =>
        get(Inspect.batch({ loss: squaredError({ reduction }) }, { inputs, targets })(network)),
      ),
    );
    return all(
      ...(mean?.layers ?? []).flatMap((layer, i) => {
        const other = total?.layers[i];
        return [
          same(layer.mean, other?.mean, 'mean'),
          same(layer.deviation, other?.deviation, 'deviation'),
          same(layer.saturation, other?.saturation, 'saturation'),
          same(layer.dead, other?.dead, 'dead'),
          ...(['gradientNorm', 'gradientDeviation', 'parameterGradientNorm'] as const).map((name) => {
            const [one, two] = [layer[name], other?.[name]];
            return holds(
              one === undefined || two === undefined
                ? one === two
                : Math.abs(count * one - two) <= 1e-10 * (Math.abs(two) + count * (layer.gradientNorm ?? 0)),
              `${count} times ${one}`,
              `${two}`,
              `layers[${i}].${name}`,
            );
          }),
        ];
      }),
    );
  },
  { runs: 60 },
);

const homogeneous: Law = law(
  'rectifiers scale',
  'where activations are rectifiers and there are no biases, inputs of 2ᵏ times the size give outputs of 2ᵏ times the ' +
    'deviation, to the bit, and leave saturation and the share of dead units alone',
  fc.tuple(drawn, fc.integer({ min: -20, max: 20 })),
  ([{ rows: count, kind: _kind, normalised: _, ...of }, k]) => {
    const weight = normalInitialiser(0, 0.5);
    const examples = labelled(of, count);
    const larger = {
      ...examples,
      inputs: generate('f64', examples.inputs.shape, (i) => 2 ** k * (examples.inputs.data[i] ?? 0)),
    };
    const zero = normalInitialiser(0, 0);
    const [one, two] = [examples, larger].map((each) =>
      deep(of, activations.relu, weight, zero).use((network) =>
        get(Inspect.batch({ loss: crossEntropy }, each)(network)),
      ),
    );
    return all(
      ...(one?.layers ?? []).flatMap((layer, i) => [
        same(2 ** k * layer.mean, two?.layers[i]?.mean, `layers[${i}].mean`),
        same(2 ** k * layer.deviation, two?.layers[i]?.deviation, `layers[${i}].deviation`),
        same(layer.saturation, two?.layers[i]?.saturation, `layers[${i}].saturation`),
        same(layer.dead, two?.layers[i]?.dead, `layers[${i}].dead`),
      ]),
    );
  },
  { runs: 60 },
);

const leaky: Law = lawOf(
  'a slope that is just steep enough',
  'a leaky ReLU of slope 0.01 is flat nowhere in either format, one of 0.0099 is flat on one side',
  (['f32', 'f64'] as const).flatMap((dtype) => [0.01, 0.0099].map((slope) => ({ dtype, slope }))),
  ({ dtype, slope }) => {
    const network = init(sequential(dense(1, 2), leakyRelu(slope)), fromSeed(1), dtype);
    const inputs = generate(dtype, [4, 1], (i) => i - 1.5);
    const seen = get(
      Inspect.batch({ loss: squaredError() }, { inputs, targets: generate(dtype, [4, 2], () => 0) })(network),
    );
    const [, layer] = seen.layers;
    return all(
      same(slope < 0.01 ? 0.5 : 0, layer?.saturation, 'saturation'),
      same(slope < 0.01, layer?.oneSided, 'oneSided'),
      same(0, layer?.dead, 'dead'),
    );
  },
);

const unchanged: Law = law(
  'looking changes nothing',
  'the parameters and examples of a network are after an inspection what they were, to the bit',
  drawn,
  ({ rows: count, kind, normalised: _, ...of }) =>
    deep(of, activations[kind]).use((network) => {
      const copy = (x: Tensor): readonly number[] => Array.from(x.data);
      const examples = labelled(of, count);
      const before = JSON.stringify([map(network.layer.parameters.tree, copy, network.params), copy(examples.inputs)]);
      get(Inspect.batch({ loss: crossEntropy }, examples)(network));
      const after = JSON.stringify([map(network.layer.parameters.tree, copy, network.params), copy(examples.inputs)]);
      return same(before, after);
    }),
  { runs: 20 },
);

const still: Law = lawOf(
  'weights that are all 0',
  'have an update and no ratio of it, and shifts and scales have neither',
  (['f32', 'f64'] as const).map((dtype) => dtype),
  (dtype) => {
    const layer = sequential(batchNorm().at([2] as const), dense(2, 1, { weight: normalInitialiser(0, 0) }));
    const inputs = generate(dtype, [4, 2], (i) => i * i);
    const asked = { loss: squaredError(), optimizer: gradientDescent({ learningRate: 1 }) };
    const targets = generate(dtype, [4, 1], (i) => i);
    const [norm, last] = get(Inspect.batch(asked, { inputs, targets })(init(layer, fromSeed(1), dtype))).layers;
    return all(
      same(undefined, norm?.weightNorm, 'weightNorm of batch norm'),
      same(undefined, norm?.updateNorm, 'updateNorm of batch norm'),
      same(0, last?.weightNorm, 'weightNorm'),
      same(undefined, last?.updateRatio, 'updateRatio'),
      holds((last?.updateNorm ?? 0) > 0.1, 'an update', `${last?.updateNorm}`),
    );
  },
);

export const invariantLaws = lawSet('invariants', [still, rows, reduced, homogeneous, leaky, unchanged]);
