/** Random training runs: small networks with noise and state, random data, and all that a configuration can say. */

import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { elementwise } from '../../src/layer/activation.ts';
import { dense } from '../../src/layer/dense.ts';
import { normal as normalInitialiser } from '../../src/layer/initialiser/index.ts';
import { sequential } from '../../src/layer/sequential.ts';
import { elastic } from '../../src/loss/penalty.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { adam, gradientDescent, lbfgs, momentum, type Optimizer } from '../../src/optimizer/index.ts';
import { reduceOnPlateau } from '../../src/optimizer/schedule/index.ts';
import { exponentialMovingAverage } from '../../src/optimizer/transform/index.ts';
import type { Dtype } from '../../src/scalar/dtype.ts';
import { input, tanh } from '../../src/scalar/expr.ts';
import { type Failure, show } from '../../src/tensor/failure.ts';
import { foldIn, fromSeed, type Key, normal, uniform } from '../../src/tensor/key.ts';
import type { Shape } from '../../src/tensor/shape.ts';
import { generate, type Tensor } from '../../src/tensor/tensor.ts';
import type { Form } from '../../src/tensor/tree.ts';
import type { Config, Examples } from '../../src/train/index.ts';
import { type Disagreement, holds, type Verdict } from '../law.ts';
import { counting, noisy } from './layers.ts';

/** A run, in numbers that fast-check can shrink and print. */
export interface Scenario {
  readonly seed: number;
  readonly dtype: Dtype;
  readonly width: number;
  readonly rows: number;
  readonly batchSize: number | 'full';
  readonly epochs: number;
  readonly optimizer: number;
  readonly sum: boolean;
  readonly penalised: boolean;
  readonly weighted: boolean;
  readonly validated: boolean;
  readonly patience: number;
}

export const scenario: fc.Arbitrary<Scenario> = fc.record({
  seed: fc.nat(2 ** 31),
  dtype: fc.constantFrom<Dtype>('f32', 'f64'),
  width: fc.integer({ min: 1, max: 4 }),
  rows: fc.integer({ min: 1, max: 9 }),
  batchSize: fc.oneof(fc.constant<'full'>('full'), fc.integer({ min: 1, max: 11 })),
  epochs: fc.integer({ min: 0, max: 4 }),
  optimizer: fc.nat(5),
  sum: fc.boolean(),
  penalised: fc.boolean(),
  weighted: fc.boolean(),
  validated: fc.boolean(),
  patience: fc.integer({ min: 0, max: 2 }),
});

const optimizers: readonly ((sum: boolean) => Optimizer)[] = [
  (sum) => gradientDescent({ learningRate: sum ? 0.01 : 0.1 }),
  (sum) => momentum({ learningRate: sum ? 0.005 : 0.05 }),
  () => adam({ learningRate: 0.05 }),
  () => exponentialMovingAverage({ decay: 0.5 })(adam({ learningRate: 0.05 })),
  () => lbfgs({ memory: 3 }),
  () => adam({ learningRate: reduceOnPlateau({ initial: 0.05, patience: 1 }) }),
];

/** An optimizer that minds no score, in place of the one that does. */
export const heedless = (of: Scenario): Scenario => ({ ...of, optimizer: of.optimizer % 5 });

const weight = normalInitialiser(0, 0.5);

const squash = elementwise({ kind: 'tanh' }, tanh(input('x')));

/** A network of two dense layers with noise and a count between them. */
export const networkOf = (width: number) =>
  sequential(dense(2, width, { weight }), squash, noisy, counting, dense(width, 1, { weight }));

const weightsOf = (dtype: Dtype, draws: Tensor): Tensor =>
  generate(dtype, draws.shape, (i) => 0.5 + 0.5 * (draws.data[i] ?? 0));

/** Normal inputs and targets; weights in [½, 1). */
export const examplesOf = (dtype: Dtype, rows: number, key: Key, weighted = false): Examples => ({
  inputs: normal([rows, 2], dtype)(foldIn(0)(key)),
  targets: normal([rows, 1], dtype)(foldIn(1)(key)),
  ...(weighted ? { weights: weightsOf(dtype, uniform([rows], dtype)(foldIn(2)(key))) } : {}),
});

/** A configuration as it is: lets the compiler see the types of a network's parameters. */
export const config = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  of: Config<In, Out, P, S>,
): Config<In, Out, P, S> => of;

/** The configuration of a scenario. */
export const configOf = (of: Scenario) => {
  const key = fromSeed(of.seed);
  return config({
    layer: networkOf(of.width),
    loss: squaredError({ reduction: of.sum ? 'sum' : 'mean' }),
    optimizer: (optimizers[of.optimizer] ?? optimizers[0])?.(of.sum) ?? gradientDescent({ learningRate: 0.01 }),
    data: examplesOf(of.dtype, of.rows, foldIn(1)(key), of.weighted),
    batchSize: of.batchSize,
    epochs: of.epochs,
    ...(of.penalised ? { penalty: elastic({ strength: 0.01, ratio: 0.5 }) } : {}),
    ...(of.validated
      ? {
          validation: examplesOf(of.dtype, 3, foldIn(2)(key)),
          metrics: { largest: () => (predictions) => E.right(Math.max(...Array.from(predictions.data))) },
        }
      : {}),
    ...(of.patience > 0 ? { stopping: { patience: of.patience, minimumImprovement: 0.001 } } : {}),
  });
};

/** Where two values first differ: records, lists and arrays all the way down, numbers by `Object.is`. Functions, which a
 * state carries in its layer and optimizer, are passed over. */
export const difference = (a: unknown, b: unknown, where = 'state'): Disagreement | undefined => {
  if (typeof a === 'function' && typeof b === 'function') return undefined;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return Object.is(a, b) ? undefined : { expected: String(a), received: String(b), where };
  const left = new Map<string, unknown>(Object.entries(a));
  const right = new Map<string, unknown>(Object.entries(b));
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const found = difference(left.get(name), right.get(name), `${where}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Holds when the data of both is a success and a predicate of it holds; a failure is shown. */
export const succeeds = <A>(result: E.Either<Failure, A>, predicate: (a: A) => Verdict): Verdict =>
  E.isRight(result) ? predicate(result.right) : { expected: 'a success', received: show(result.left) };

/** The value of a success; throws on a failure, which ends a law. */
export const get = <A>(result: E.Either<Failure, A>): A => {
  if (E.isLeft(result)) throw new Error(show(result.left));
  return result.right;
};

/** A result as text: what a failure is and says, word for word. */
export const told = (result: E.Either<Failure, unknown>): string =>
  E.isLeft(result) ? `${result.left.tag}: ${show(result.left)}` : 'a success';

/** Holds when a result is a failure whose text has all the parts. */
export const failsWith = (result: E.Either<Failure, unknown>, ...parts: readonly string[]): Verdict => {
  const text = told(result);
  const missing = parts.find((part) => !text.includes(part));
  return holds(missing === undefined, `a failure that says "${missing}"`, text);
};
