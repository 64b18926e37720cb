/** Random forward passes of a network as it is, on an engine. */
import * as E from 'fp-ts/lib/Either.js';
import type { Engine } from '../engine/engine.ts';
import { draw } from '../engine/run/draw.ts';
import { sampling } from '../layer/context.ts';
import type { Network } from '../layer/network.ts';
import { random } from '../ops/reference/random.ts';
import { reference } from '../ops/reference/reference.ts';
import { foldIn, type Key } from '../tensor/key.ts';
import type { Shape } from '../tensor/shape.ts';
import { type Tensor, takeRows } from '../tensor/tensor.ts';
import type { Form } from '../tensor/tree.ts';
import { CHUNK, forward, onMachine, outputs, parts } from './predict.ts';

/** The keys of so many passes. */
export interface Passes {
  readonly passes: number;
  readonly key: Key;
}

/** The key from which a part of the rows draws in a pass. */
const keyOf = (key: Key, pass: number, part: number): Key => foldIn(part)(foldIn(pass)(key));

const passesOf = ({ passes }: Passes): readonly number[] => Array.from({ length: passes }, (_, pass) => pass);

/** The outputs of each pass for inputs [rows, …] that are known to fit, by the reference. */
export const sampleSlowly = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  { layer, params, state }: Network<In, Out, P, S>,
  inputs: Tensor,
  given: Passes,
): readonly Tensor[] => {
  const ops = reference(inputs.dtype);
  const some = parts(inputs.shape[0] ?? 0).map((rows) => takeRows(rows)(inputs));
  return passesOf(given).map((pass) =>
    ops.concatenate(
      0,
      // No rows at all still have a shape.
      (some.length === 0 ? [inputs] : some).map(
        (x, part) =>
          layer.forward(ops, params, state, x, sampling(random(inputs.dtype, keyOf(given.key, pass, part)))).y,
      ),
    ),
  );
};

/** The outputs of each pass for inputs [rows, …] that are known to fit. */
export const sampleOn =
  (engine: Engine) =>
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
    network: Network<In, Out, P, S>,
    inputs: Tensor,
    given: Passes,
  ): readonly Tensor[] => {
    const all = inputs.shape[0] ?? 0;
    const plan = engine.prepare(forward(network, Math.min(all, CHUNK), 'sample', sampling));
    return E.isLeft(plan)
      ? sampleSlowly(network, inputs, given)
      : onMachine(engine, network, plan.right, (machine, loaded) =>
          passesOf(given).map((pass) =>
            outputs(machine, loaded, inputs, (part) => draw(machine, loaded.plan, keyOf(given.key, pass, part))),
          ),
        );
  };
