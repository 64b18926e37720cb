/**
 * The logic gates, each by a network with a hidden layer and by one without. A network without a hidden layer is a line
 * in the plane; no line parts 01 and 10 from 00 and 11, so XOR and XNOR are beyond it (at most three of four right).
 *
 *     npx tsx examples/01-gates.ts
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import {
  Activation,
  Data,
  type Failure,
  Key,
  Layer,
  Loss,
  Network,
  Optimizer,
  Tensor,
  Train,
  type Tree,
} from 'nabla-ts';
import { main, type Report } from './print.ts';

/** Trains on a gate and answers its four rows, as logits. */
const learn = <P extends Tree.Form, S extends Tree.Form>(
  layer: Layer.Layer<readonly [2], readonly [1], P, S>,
  gate: Data.Gate,
  epochs: number,
): E.Either<Failure.Failure, readonly number[]> => {
  const config = {
    layer,
    loss: Loss.binaryCrossEntropyWithLogits(),
    optimizer: Optimizer.adam({ learningRate: 0.1 }),
    data: Data.gate(gate),
    epochs,
  };
  return pipe(
    Train.start(config, Key.fromSeed(1)),
    Train.fit(config),
    E.map((state) => Tensor.toArray(Network.predict(Train.network(state))(config.data.inputs))),
  );
};

const right = (gate: Data.Gate, logits: readonly number[]): number =>
  Tensor.toArray(Data.gate(gate).targets).filter((target, i) => (logits[i] ?? Number.NaN) > 0 === target > 0).length;

/** How many rows of each gate either network gets right. */
export const gates = (epochs = 300): Report =>
  pipe(
    Data.gates,
    RA.traverse(E.Applicative)((gate) =>
      pipe(
        E.Do,
        E.apS('hidden', learn(Layer.sequential(Layer.dense(2, 4), Activation.tanh, Layer.dense(4, 1)), gate, epochs)),
        E.apS('line', learn(Layer.dense(2, 1), gate, epochs)),
        E.map(
          ({ hidden, line }) =>
            `${gate.padEnd(5)} hidden layer ${right(gate, hidden)} of 4   none ${right(gate, line)} of 4`,
        ),
      ),
    ),
  );

main(import.meta.url, gates);
