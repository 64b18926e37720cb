/** What training and its scores refuse, word for word, and corners that no run reaches by chance. */
import * as E from 'fp-ts/lib/Either.js';
import { create } from '../../src/engine/engine.ts';
import * as Layer from '../../src/layer/index.ts';
import * as Network from '../../src/layer/network/index.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { fill } from '../../src/ops/derived.ts';
import { adam, gradientDescent } from '../../src/optimizer/index.ts';
import { failure, show } from '../../src/tensor/failure.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import * as Tensor from '../../src/tensor/tensor.ts';
import * as Train from '../../src/train/index.ts';
import * as Metric from '../../src/train/metrics/index.ts';
import { predict } from '../../src/train/network/index.ts';
import { predictOn } from '../../src/train/predict.ts';
import { all, type Law, type LawSet, lawOf, lawSet, same } from '../law.ts';
import { saying } from '../reach/said.ts';
import { config, get } from './scenario.ts';

const f32 = (shape: readonly number[], at = -1, value = 0): Tensor.Tensor =>
  Tensor.generate('f32', shape, (i) => (i === at ? value : 1));
const key = fromSeed(1);

const good = config({
  layer: Layer.dense(2, 1),
  loss: squaredError(),
  optimizer: gradientDescent({ learningRate: 0.1 }),
  data: { inputs: f32([4, 2]), targets: f32([4, 1]) },
  epochs: 1,
});
const cube = config({
  layer: Layer.flatten([2, 3]),
  loss: squaredError(),
  optimizer: gradientDescent({ learningRate: 0.1 }),
  data: { inputs: f32([4, 2, 3], 6 + 4, NaN), targets: f32([4, 6]) },
  epochs: 1,
});
const state = () => Train.start(good, key);
const adams = { ...good, optimizer: adam() };
const inAdam = () => Train.start(adams, key);

const refused: Law = saying('what cannot be trained on', 'is refused, saying where and what', [
  [
    () => Train.fit(cube)(Train.start(cube, key)),
    'config.data.inputs, row 1, element [1,1]: expected a finite number, received NaN',
  ],
  [
    () => Train.fit({ ...good, data: { ...good.data, weights: Tensor.full('f64', [4], 1) } })(state()),
    'config.data.weights: expected numbers in f32 as in the inputs (Tensor.cast), received f64',
  ],
  [
    () => Train.fit(good)({ ...state(), slots: { numbers: {}, vectors: {} } }),
    'state.slots: expected the number "steps" of gradientDescent, received none',
  ],
  [
    () => Train.fit(good)({ ...state(), slots: { ...state().slots, vectors: { m: state().params } } }),
    'state.slots: expected the vectors of gradientDescent (none), received m',
  ],
  [
    () => Train.fit(adams)({ ...inAdam(), slots: { ...inAdam().slots, vectors: {} } }),
    'state.slots: expected the vectors of adam (m, v), received none',
  ],
  [
    () =>
      Train.fit({
        ...good,
        validation: good.data,
        metrics: { bad: () => () => E.left(failure('value', 'row 3', 'a score', 'none')) },
      })(state()),
    'config.metrics.bad, row 3: expected a score, received none',
  ],
]);

const written = (): object => JSON.parse(JSON.stringify(Train.encode(state())));
const leafless: Law = saying('states in files', 'have no leaves that their layer has not', [
  [() => Train.decode(good)(written()), 'a result'],
  [
    () => Train.decode(good)(Object.assign(written(), { layerState: { mean: 1 } })),
    'state.layerState: expected the leaves none, received "mean"',
  ],
  [
    () => Train.decode(good)(Object.assign(written(), { params: { mean: 1 } })),
    'state.params: expected the leaves weight, bias, received "mean"',
  ],
]);

const scores: Law = saying('scores', 'refuse numbers of classes, NaN, and rows of one class', [
  [() => Metric.topK(0), 'Metric.topK: 0 is not a whole number of at least 1'],
  [() => Metric.topK(1.5), 'Metric.topK: 1.5 is not a whole number of at least 1'],
  [() => Metric.topK(1)([0])(f32([1, 2])), 'a result'],
  [() => Metric.confusionMatrix(1), 'Metric.confusionMatrix: 1 is not a number of classes'],
  [() => Metric.confusionMatrix(2.5), 'Metric.confusionMatrix: 2.5 is not a number of classes'],
  [() => Metric.confusionMatrix(2)([])([]), 'confusionMatrix: expected at least one row, received none'],
  [() => Metric.rocAuc([1, 1])(f32([2])), 'rocAuc: expected rows of both classes, received only class 1'],
  [() => Metric.rocAuc([0, 0])(f32([2])), 'rocAuc: expected rows of both classes, received only class 0'],
  [() => Metric.rocAuc([0, 1])(f32([2, 1], 1, NaN)), 'rocAuc, row 1: expected numbers, received NaN'],
  [() => Metric.binaryAccuracy(0.5)([0, 1])(f32([2], 0, NaN)), 'aboveThreshold, row 0: expected numbers, received NaN'],
  [() => Metric.accuracy([0])(f32([1, 2], 1, NaN)), 'predictedClasses, row 0: expected numbers, received NaN'],
]);

const untrained: Law = lawOf('the best so far', 'is what there is before anything was measured', [0], () => {
  const begun = state();
  const { params, dtype } = Train.best(begun);
  return all(same(true, params === begun.params), same('f32', dtype));
});

/** An optimizer that never runs a phase: a step is nothing. */
const idle = { ...good.optimizer, decide: (numbers: Readonly<Record<string, number>>) => ({ numbers }) };

const nothing: Law = lawOf('steps without a phase', 'change no parameter, and can be described', [0], () => {
  const still = { ...good, optimizer: idle };
  const after = get(Train.fit(still)(Train.start(still, key)));
  return all(
    same('Right', Train.describe(still)._tag),
    same(true, Tensor.equals(state().params.weight, after.params.weight)),
  );
});

/** A layer that says 7 whatever it is given. */
const certain: Layer.Layer<readonly [2], readonly [2], Layer.EmptyForm, Layer.EmptyForm> = {
  ...Layer.identity.at([2]),
  description: { kind: 'certain' },
  forward: (ops, _params, given, x) => ({
    y: fill(ops, ops.shape(x), 7),
    state: given,
    pullback: (dy) => ({ dParams: {}, dx: fill(ops, ops.shape(dy), 0) }),
  }),
};

/** A layer that shows a part of itself which it does not list among its children, and that part is not finite. */
const hidden: Layer.Layer<readonly [2], readonly [2], Layer.EmptyForm, Layer.EmptyForm> = {
  ...Layer.identity.at([2]),
  description: { kind: 'hidden' },
  forward: (ops, _params, given, x, context) => {
    const y = fill(ops, ops.shape(x), Number.NaN);
    context.watch({ path: [...context.path, 'part'], kind: 'output', value: y });
    return { y, state: given, pullback: (dy) => ({ dParams: {}, dx: dy }) };
  },
};

const unlisted: Law = lawOf('parts that a layer does not list', 'are named by their path where they break', [0], () => {
  const of = config({ ...good, layer: Layer.sequential(hidden, Layer.dense(2, 1)) });
  const result = Train.fit(of)(Train.start(of, key));
  return same(true, result._tag === 'Left' && show(result.left).includes('layer 0.part: expected a finite output'));
});

const constant: Law = lawOf(
  'networks that ignore their input',
  'are predicted on an engine as anywhere',
  [1, 5],
  (rows) => {
    const network = Network.init(certain, key);
    const y = predictOn(create())(network, f32([rows, 2]));
    return same(true, Tensor.equals(y, Tensor.full('f32', [rows, 2], 7)));
  },
);

const much: Law = lawOf('large predictions', 'made on an engine have the bits of the reference', [256], (rows) => {
  const network = Network.init(Layer.dense(4096, 1), key);
  const x = Tensor.generate('f32', [rows, 4096], (i) => ((i * 7919) % 1000) / 500 - 1);
  return same(true, Tensor.equals(Network.predict(network)(x), predict(network)(x)));
});

export const mistakeLaws: LawSet = lawSet('what training refuses', [
  refused,
  leafless,
  scores,
  untrained,
  nothing,
  unlisted,
  constant,
  much,
]);
