/** Small problems for laws of optimizers: parameters of a dense layer, gradients from outside or of a function. */
import * as fc from 'fast-check';
import { type DenseForm, dense } from '../../src/layer/dense.ts';
import type { Declaration } from '../../src/layer/layer.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { init, type Optimizer, type Slots, step } from '../../src/optimizer/optimizer.ts';
import type { Dtype } from '../../src/scalar/dtype.ts';
import { equals, generate, scalar, show, type Tensor } from '../../src/tensor/tensor.ts';
import type { Of } from '../../src/tensor/tree.ts';
import { all, type Verdict } from '../law.ts';

/** Parameters of a dense layer from 2 to `outputs`: a weight [2, outputs] and a bias [outputs]. */
export type Params = Of<DenseForm, Tensor>;
export type State = { readonly params: Params; readonly slots: Slots<DenseForm, Tensor> };

export const INPUTS = 2;

export const declarationOf = (outputs: number): Declaration<DenseForm> => dense(INPUTS, outputs).parameters;

/** Parameters from their numbers: first those of the weight, then those of the bias. */
export const paramsOf = (dtype: Dtype, outputs: number, numbers: ArrayLike<number>): Params => ({
  weight: generate(dtype, [INPUTS, outputs], (i) => numbers[i] ?? Number.NaN),
  bias: generate(dtype, [outputs], (i) => numbers[INPUTS * outputs + i] ?? Number.NaN),
});

export const numbersOf = ({ weight, bias }: Params): readonly number[] => [
  ...Array.from(weight.data),
  ...Array.from(bias.data),
];

export const read = (x: Tensor): number => x.data[0] ?? Number.NaN;

/** The state before the first step. */
export const start = (optimizer: Optimizer, params: Params): State => {
  const { dtype, shape } = params.bias;
  return {
    params,
    slots: init<DenseForm, Tensor>(reference(dtype), optimizer, declarationOf(shape[0] ?? 0), params),
  };
};

/** One step with a loss and a gradient. */
export const stepWith = (optimizer: Optimizer, state: State, gradient: Params, value = 0): State => {
  const { dtype, shape } = gradient.bias;
  return step<DenseForm, Tensor>(
    reference(dtype),
    read,
    optimizer,
    declarationOf(shape[0] ?? 0),
    state.slots,
    { value: scalar(dtype, value), gradient },
    state.params,
  );
};

/** The states after each of some gradients. */
export const driven = (optimizer: Optimizer, params: Params, gradients: readonly Params[]): readonly State[] => {
  const states: State[] = [];
  let state = start(optimizer, params);
  for (const gradient of gradients) {
    state = stepWith(optimizer, state, gradient);
    states.push(state);
  }
  return states;
};

/** A differentiable function of all parameters. */
export type Objective = (x: readonly number[]) => { readonly value: number; readonly gradient: readonly number[] };

/** One step on a function. */
export const descendOn =
  (optimizer: Optimizer, objective: Objective) =>
  (state: State): State => {
    const { dtype, shape } = state.params.bias;
    const { value, gradient } = objective(numbersOf(state.params));
    return stepWith(optimizer, state, paramsOf(dtype, shape[0] ?? 0, gradient), value);
  };

/** Holds when two tensors have the same bits. */
export const sameTensor = (expected: Tensor, received: Tensor, where: string): Verdict =>
  equals(expected, received) ? undefined : { expected: show(expected), received: show(received), where };

/** Holds when two records of parameters have the same bits. */
export const sameParams = (expected: Params, received: Params, where: string): Verdict =>
  all(
    sameTensor(expected.weight, received.weight, `${where}.weight`),
    sameTensor(expected.bias, received.bias, `${where}.bias`),
  );

/** Holds when parameters and slots have the same bits. */
export const sameState = (expected: State, received: State, where: string): Verdict =>
  all(
    sameParams(expected.params, received.params, `${where}.params`),
    ...Object.entries(expected.slots.numbers).map(
      ([name, x]): Verdict =>
        Object.is(x, received.slots.numbers[name])
          ? undefined
          : { expected: `${x}`, received: `${received.slots.numbers[name]}`, where: `${where}.numbers.${name}` },
    ),
    ...Object.entries(expected.slots.vectors).map(([name, x]): Verdict => {
      const other = received.slots.vectors[name];
      return other === undefined
        ? { expected: `a vector ${name}`, received: 'none', where }
        : sameParams(x, other, `${where}.vectors.${name}`);
    }),
  );

/** Numbers of moderate size, or 0: no rule overflows on them, and none of their squares is near the subnormal numbers, where
 * a relative tolerance says nothing. */
export const moderate: fc.Arbitrary<number> = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -4, max: 4, noNaN: true }).map((x) => (Math.abs(x) < 1e-9 ? 0 : x)) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, -1, 1e-6, -1e-6, 100, -100) },
);

/** A start and a list of gradients, as numbers. */
export interface Course {
  readonly outputs: number;
  readonly from: readonly number[];
  readonly gradients: ReadonlyArray<readonly number[]>;
}

export const courses = (steps: number, numbers: fc.Arbitrary<number> = moderate, outputs = 2): fc.Arbitrary<Course> => {
  const count = (INPUTS + 1) * outputs;
  const list = fc.array(numbers, { minLength: count, maxLength: count });
  return fc.record({
    outputs: fc.constant(outputs),
    from: list,
    gradients: fc.array(list, { minLength: steps, maxLength: steps }),
  });
};

/** A course as tensors. */
export const inFormat = (
  dtype: Dtype,
  { outputs, from, gradients }: Course,
): { readonly params: Params; readonly gradients: readonly Params[] } => ({
  params: paramsOf(dtype, outputs, from),
  gradients: gradients.map((g) => paramsOf(dtype, outputs, g)),
});
