/** This project's training as the pack asks for anybody's. */
import type { Engine } from '../../src/engine/engine.ts';
import * as Layer from '../../src/layer/index.ts';
import type { AnyLayer } from '../../src/layer/layer.ts';
import { init } from '../../src/layer/network.ts';
import { squaredError } from '../../src/loss/index.ts';
import { adam, gradientDescent, momentum, type Optimizer } from '../../src/optimizer/index.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import type { Shape } from '../../src/tensor/shape.ts';
import { generate, type Tensor } from '../../src/tensor/tensor.ts';
import type { Form } from '../../src/tensor/tree.ts';
import * as Train from '../../src/train/index.ts';
import { listed, rebuilt } from '../layer/case.ts';
import type { Problem, Rule, Training } from '../pack/training.ts';
import { get } from './scenario.ts';

type Config = Train.Config<Shape, Shape, Form, Form>;
type State = Train.State<Shape, Shape, Form, Form>;

const optimizerOf = (rule: Rule): Optimizer => {
  switch (rule.kind) {
    case 'gradientDescent':
      return gradientDescent({ learningRate: rule.learningRate });
    case 'momentum':
      return momentum({ learningRate: rule.learningRate, momentum: rule.momentum });
    case 'adam':
      return adam({
        learningRate: rule.learningRate,
        beta1: rule.beta1,
        beta2: rule.beta2,
        epsilon: rule.epsilon,
      });
  }
};

const matrix = (dtype: Problem['dtype'], rows: ReadonlyArray<readonly number[]>): Tensor => {
  const width = rows[0]?.length ?? 0;
  return generate(dtype, [rows.length, width], (i) => rows[Math.floor(i / width)]?.[i % width] ?? Number.NaN);
};

const layerOf = ({ inputs, weights }: Problem): AnyLayer =>
  Layer.sequentialOf(
    [inputs[0]?.length ?? 0],
    weights.map((rows) => Layer.denseWithoutBias(rows.length, rows[0]?.length ?? 0)),
  ).use((layer): AnyLayer => layer);

const configOf = (problem: Problem, engine: Engine): Config => ({
  layer: layerOf(problem),
  loss: squaredError(),
  optimizer: optimizerOf(problem.rule),
  data: {
    inputs: matrix(problem.dtype, problem.inputs),
    targets: matrix(
      problem.dtype,
      problem.targets.map((t) => [t]),
    ),
  },
  batchSize: problem.batchSize,
  epochs: Number.MAX_SAFE_INTEGER,
  engine,
});

/** The training of this project on an engine. */
export const loopOn = (engine: Engine): Training<State> => {
  // A problem has one configuration, so that its plans are compiled once.
  const configs = new WeakMap<Problem, Config>();
  const known = (problem: Problem): Config => {
    const config = configs.get(problem) ?? configOf(problem, engine);
    configs.set(problem, config);
    return config;
  };
  return {
    start: (problem) => {
      const config = known(problem);
      const network = init(config.layer, fromSeed(problem.seed), problem.dtype);
      const tensors = problem.weights.map((rows) => matrix(problem.dtype, rows));
      const params = rebuilt(config.layer.parameters.tree, network.params, tensors);
      return Train.from(config, { ...network, params }, fromSeed(problem.seed));
    },
    epoch: (problem) => (state) => get(Train.epoch(known(problem))(state)),
    weights: ({ layer, params }) => listed(layer.parameters.tree, params).flatMap((tensor) => Array.from(tensor.data)),
    text: (problem) => ({
      write: (state) => JSON.stringify(Train.encode(state)),
      read: (text) => {
        const json: unknown = JSON.parse(text);
        return get(Train.decode(known(problem))(json));
      },
    }),
    watched: (problem, watch) => (state) =>
      get(Train.fit({ ...known(problem), epochs: state.epoch + 1 }, { step: watch, epoch: watch })(state)),
    loss: ({ history }) => history.at(-1)?.loss,
  };
};
