/** XOR: a network with a hidden layer learns it, and one without cannot, for no line parts 01 and 10 from 00 and 11. */
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import {
  Activation,
  Data,
  type Failure,
  type Key,
  Layer,
  Loss,
  Metric,
  Network,
  Optimizer,
  type Shape,
  Tensor,
  Train,
  type Tree,
} from '../../index.ts';
import type { Field } from '../report/demo-charts.ts';
import { watch } from '../training.ts';
import type { World } from '../world.ts';
import { type Checked, checked } from './gradients.ts';
import { sigmoid } from './scalars.ts';

/** What one network made of XOR. */
export interface XorRun {
  /** Widths from the input to the output. */
  readonly sizes: readonly number[];
  readonly history: readonly Train.Row[];
  /** The outputs, from 0 to 1, for 00, 01, 10 and 11. */
  readonly outputs: readonly number[];
  readonly correct: number;
  /** The most that were right after any epoch. */
  readonly most: number;
  readonly field: Field;
  readonly gradients: Checked;
}

export interface Xor {
  readonly hidden: XorRun;
  readonly linear: XorRun;
}

const EPOCHS = 300;
const { inputs: x, targets: y } = Data.gate('xor');
const loss = Loss.binaryCrossEntropyWithLogits();

/** The truth table: both inputs, and what is wanted. */
export const examples: ReadonlyArray<readonly [number, number, number]> = Tensor.toRows(x).map(([a = 0, b = 0], i) => [
  a,
  b,
  y.data[i] ?? 0,
]);

/** The middles of the cells of a grid over the square from −½ to 1½. */
const CELLS = 34;
const CELL = 2 / CELLS;
const corner = (i: number): number => -0.5 + i * CELL;
const grid = Tensor.generate('f32', [CELLS * CELLS, 2], (k) => {
  const cell = Math.floor(k / 2);
  return corner(k % 2 === 0 ? Math.floor(cell / CELLS) : cell % CELLS) + CELL / 2;
});

const run =
  (world: World, sizes: readonly number[], key: Key.Key) =>
  <P extends Tree.Form, S extends Tree.Form>(
    layer: Layer.Layer<Shape.Shape, Shape.Shape, P, S>,
  ): TE.TaskEither<Failure.Failure, XorRun> => {
    const config: Train.Config<Shape.Shape, Shape.Shape, P, S> = {
      layer,
      loss,
      optimizer: Optimizer.adam({ learningRate: 0.1 }),
      data: { inputs: x, targets: y },
      validation: { inputs: x, targets: y },
      metrics: { accuracy: Metric.binaryAccuracy(0) },
      epochs: EPOCHS,
    };
    const title = `XOR ${sizes.join('-')}`;
    return pipe(
      Train.start(config, key),
      watch(world, title)(config),
      TE.map((state) => {
        const network = Train.network(state);
        const answers = (points: Tensor.Tensor): readonly number[] =>
          Tensor.toArray(Network.predict(network)(points)).map(sigmoid);
        const outputs = answers(x);
        return {
          sizes,
          history: state.history,
          outputs,
          correct: examples.filter(([, , target], i) => (outputs[i] ?? 0) > 0.5 === target > 0.5).length,
          most: state.history.reduce((most, { metrics }) => Math.max(most, 4 * (metrics?.accuracy ?? 0)), 0),
          field: {
            points: answers(grid).map((value, k) => [corner(Math.floor(k / CELLS)), corner(k % CELLS), value]),
            cell: CELL,
          },
          gradients: checked(title, network, loss, x, y),
        };
      }),
    );
  };

/** Trains both networks from a key. */
export const xor =
  (world: World) =>
  (key: Key.Key): TE.TaskEither<Failure.Failure, Xor> =>
    pipe(
      TE.Do,
      TE.bind('hidden', () =>
        run(world, [2, 4, 1], key)(Layer.sequential(Layer.dense(2, 4), Activation.tanh, Layer.dense(4, 1))),
      ),
      TE.bind('linear', () => run(world, [2, 1], key)(Layer.dense(2, 1))),
    );
