/** What training knows of a network's types, checked by `tsc`: an `@ts-expect-error` fails where the line beneath compiles. */
import { tanh } from '../../src/layer/activations.ts';
import { dense } from '../../src/layer/dense.ts';
import { predict } from '../../src/layer/network.ts';
import { sequential } from '../../src/layer/sequential.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { adam } from '../../src/optimizer/index.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import * as Train from '../../src/train/index.ts';

declare const inputs: Tensor;
declare const targets: Tensor;

const config = {
  layer: sequential(dense(2, 3), tanh, dense(3, 1)),
  loss: squaredError(),
  optimizer: adam(),
  data: { inputs, targets },
  epochs: 1,
};

export const start = Train.start(config, fromSeed(1));

// The parameters of each layer are known by place and name.
export const weight: Tensor = start.params[0].weight;
export const bias: Tensor = Train.best(start).params[2].bias;
export const shape: readonly [2] = Train.network(start).layer.input;
export const answer: Tensor = predict(Train.network(start))(inputs);
// @ts-expect-error An activation has no weight.
export const none: Tensor = start.params[1].weight;

// A state trains under configurations of its own network only.
export const trained = Train.fit(config)(start);
const wider = { ...config, layer: sequential(dense(2, 3), tanh, dense(3, 1), tanh) };
// @ts-expect-error The state has no parameters for the last layer.
export const mixed = Train.fit(wider)(start);
// @ts-expect-error A batch size is a number or 'full'.
export const all = Train.start({ ...config, batchSize: 'all' }, fromSeed(1));
// @ts-expect-error A misspelt field is no field.
export const misspelt: Train.Stopping = { patience: 1, minimumImprovment: 0 };
