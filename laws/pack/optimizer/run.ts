/** What optimizers are tried on: some parameters, gradients from outside, and the states of a run. */
import * as fc from 'fast-check';
import { constant } from '../../../src/layer/initialiser/index.ts';
import type { Initialiser } from '../../../src/layer/initialiser/initialiser.ts';
import type { Declaration, Spec } from '../../../src/layer/layer.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import { reference } from '../../../src/ops/reference/reference.ts';
import { init, type Optimizer, type Slots, step } from '../../../src/optimizer/optimizer.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import { type Shape, size, strides } from '../../../src/tensor/shape.ts';
import { generate, scalar, type Tensor } from '../../../src/tensor/tensor.ts';
import { type LeafForm, leaf, type RecordForm, record, type Tree } from '../../../src/tensor/tree.ts';
import { roundNumbers } from '../../arbitrary/rounded.ts';
import { all, code, holds, sameTensor, type Verdict } from '../../law.ts';

/** A parameter: what it is for, and its shape. */
export interface Leaf {
  readonly role: 'weight' | 'bias';
  readonly shape: Shape;
  /** What it is called; by its role and number, unless given. */
  readonly name?: string;
}

/** Some parameters by name. */
export type Form = RecordForm<Readonly<Record<string, LeafForm>>>;
export type Params<T = Tensor> = Readonly<Record<string, T>>;

/** The parameters and slots after some steps. */
export interface State<T = Tensor> {
  readonly params: Params<T>;
  readonly slots: Slots<Form, T>;
}

/** Parameters and the gradients that come in one after another; numbers are in the order of the parameters. */
export interface Course {
  readonly leaves: readonly Leaf[];
  readonly from: readonly number[];
  readonly gradients: ReadonlyArray<readonly number[]>;
  /** The loss at each step. */
  readonly losses: readonly number[];
}

/** An optimizer and what it is tried on. */
export interface OptimizerSample extends Course {
  readonly optimizer: Optimizer;
}

const zero: Initialiser = constant(0);

/** `weight0`, `bias1`, …: the parameters' names. */
export const namesOf = (leaves: readonly Leaf[]): readonly string[] =>
  leaves.map(({ role, name }, i) => name ?? `${role}${i}`);

const named = <A>(leaves: readonly Leaf[], of: (leaf: Leaf, i: number) => A): Readonly<Record<string, A>> => {
  const names = namesOf(leaves);
  return Object.fromEntries(leaves.map((one, i) => [names[i] ?? '', of(one, i)]));
};

/** What is known of the parameters. */
export const declarationOf = (leaves: readonly Leaf[]): Declaration<Form> => {
  const tree: Tree<Form> = record(named(leaves, () => leaf));
  const specs = named(leaves, ({ role, shape }): Spec => ({ role, shape, initialiser: zero, fanIn: 1, fanOut: 1 }));
  return { tree, specs };
};

/** Where one of all the numbers stands: `weight0[1,2]`. */
export const placeOf = (leaves: readonly Leaf[], at: number): string => {
  const which = leaves.findIndex((_, i) => at < countOf(leaves.slice(0, i + 1)));
  const { shape } = leaves[which] ?? { shape: [] };
  const index = at - countOf(leaves.slice(0, which));
  const place = strides(shape).map((stride, axis) => Math.floor(index / stride) % (shape[axis] ?? 1));
  return `${namesOf(leaves)[which]}[${place.join(',')}]`;
};

/** How many numbers there are. */
export const countOf = (leaves: readonly Leaf[]): number => leaves.reduce((sum, { shape }) => sum + size(shape), 0);

/** The parameters of some numbers. */
export const paramsOf = (dtype: Dtype, leaves: readonly Leaf[], numbers: readonly number[]): Params => {
  const starts = leaves.map((_, i) => countOf(leaves.slice(0, i)));
  return named(leaves, ({ shape }, i) => generate(dtype, shape, (at) => numbers[(starts[i] ?? 0) + at] ?? NaN));
};

/** The numbers of some parameters, in order. */
export const numbersOf = (params: Params): readonly number[] =>
  Object.values(params).flatMap(({ data }) => Array.from(data));

/** The role of each number. */
export const rolesOf = (leaves: readonly Leaf[]): readonly Leaf['role'][] =>
  leaves.flatMap(({ role, shape }) => Array.from({ length: size(shape) }, () => role));

const readScalar = (x: Tensor): number => x.data[0] ?? NaN;

/** How the machine is run in some algebra. */
export interface Machine<T> {
  readonly ops: Ops<T>;
  readonly read: (scalar: T) => number;
  readonly lift: (x: Tensor) => T;
}

/** The machine of the reference. */
export const plain = (dtype: Dtype): Machine<Tensor> => ({ ops: reference(dtype), read: readScalar, lift: (x) => x });

const lifted = <T>({ lift }: Machine<T>, params: Params): Params<T> =>
  Object.fromEntries(Object.entries(params).map(([name, x]) => [name, lift(x)]));

/** The state before the first step. */
export const startIn = <T>(
  machine: Machine<T>,
  dtype: Dtype,
  optimizer: Optimizer,
  { leaves, from }: Course,
): State<T> => {
  const params = lifted(machine, paramsOf(dtype, leaves, from));
  return { params, slots: init<Form, T>(machine.ops, optimizer, declarationOf(leaves), params) };
};

/** What is evaluated at step `index`, from 0. */
export const evaluationOf = (dtype: Dtype, { leaves, gradients, losses }: Course, index: number) => ({
  value: scalar(dtype, losses[index] ?? 0),
  gradient: paramsOf(dtype, leaves, gradients[index] ?? []),
});

/** One step with what is evaluated. */
export const stepIn = <T>(
  machine: Machine<T>,
  optimizer: Optimizer,
  leaves: readonly Leaf[],
  state: State<T>,
  { value, gradient }: { readonly value: Tensor; readonly gradient: Params },
): State<T> =>
  step<Form, T>(
    machine.ops,
    machine.read,
    optimizer,
    declarationOf(leaves),
    state.slots,
    { value: machine.lift(value), gradient: lifted(machine, gradient) },
    state.params,
  );

/** The states before the first and after every step. */
export const runIn = <T>(
  machine: Machine<T>,
  dtype: Dtype,
  optimizer: Optimizer,
  course: Course,
): readonly State<T>[] => {
  const states = [startIn(machine, dtype, optimizer, course)];
  for (const index of course.gradients.keys()) {
    const last = states[index];
    if (last === undefined) break;
    states.push(stepIn(machine, optimizer, course.leaves, last, evaluationOf(dtype, course, index)));
  }
  return states;
};

/** The states of a run in the reference. */
export const run = (dtype: Dtype, optimizer: Optimizer, course: Course): readonly State[] =>
  runIn(plain(dtype), dtype, optimizer, course);

/** Holds when parameters have the same bits. */
export const sameParams = (expected: Params, received: Params, where: string): Verdict =>
  all(
    holds(
      Object.keys(expected).join() === Object.keys(received).join(),
      Object.keys(expected).join(),
      Object.keys(received).join(),
      where,
    ),
    ...Object.entries(expected).map(([name, x]) => {
      const other = received[name];
      return other === undefined ? undefined : sameTensor(x, other, `${where}.${name}`);
    }),
  );

/** Holds when parameters and slots have the same bits. */
export const sameState = (expected: State, received: State, where: string): Verdict => {
  const [a, b] = [expected.slots, received.slots];
  return all(
    sameParams(expected.params, received.params, `${where}: params`),
    holds(code(a.numbers) === code(b.numbers), code(a.numbers), code(b.numbers), `${where}: slots.numbers`),
    holds(
      Object.keys(a.vectors).join() === Object.keys(b.vectors).join(),
      Object.keys(a.vectors).join(),
      Object.keys(b.vectors).join(),
      `${where}: slots.vectors`,
    ),
    ...Object.entries(a.vectors).map(([name, x]) =>
      sameParams(x, b.vectors[name] ?? {}, `${where}: slots.vectors.${name}`),
    ),
  );
};

/** Holds when two runs are the same, step by step. */
export const sameRuns = (expected: readonly State[], received: readonly State[]): Verdict =>
  all(
    holds(expected.length === received.length, `${expected.length} states`, `${received.length}`),
    ...expected.map((state, t) => {
      const other = received[t];
      return other === undefined ? undefined : sameState(state, other, `after step ${t}`);
    }),
  );

const SHAPES: readonly Shape[] = [[1], [2], [3], [2, 2], [2, 3]];

const roles = fc.constantFrom<Leaf['role']>('weight', 'bias');
const shapes = fc.constantFrom(...SHAPES);

/** One to three parameters, half of the time all of one shape: what is told apart by its shape shows there. */
const leavesDrawn: fc.Arbitrary<readonly Leaf[]> = fc
  .tuple(fc.array(fc.record({ role: roles, shape: shapes }), { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([leaves, alike]) => leaves.map((one) => ({ ...one, shape: (alike ? leaves[0] : one)?.shape ?? [1] })));

/** Courses of so many steps at most, whose gradients hold some numbers; with some parameters, or any. */
export const courses = (
  most: number,
  gradient: fc.Arbitrary<number>,
  { least = 1, parameters }: { readonly least?: number; readonly parameters?: readonly Leaf[] | undefined } = {},
): fc.Arbitrary<Course> =>
  (parameters === undefined ? leavesDrawn : fc.constant(parameters)).chain((leaves) => {
    const count = countOf(leaves);
    const list = (number: fc.Arbitrary<number>) => fc.array(number, { minLength: count, maxLength: count });
    return fc
      .record({
        from: list(roundNumbers(4)),
        steps: fc.array(fc.tuple(list(gradient), roundNumbers(4)), { minLength: least, maxLength: most }),
      })
      .map(({ from, steps }) => ({
        leaves,
        from,
        gradients: steps.map(([numbers]) => numbers),
        losses: steps.map(([, loss]) => loss),
      }));
  });

const written = ({ optimizer, leaves, from, gradients, losses }: OptimizerSample) => ({
  optimizer: optimizer.description,
  leaves,
  from,
  gradients,
  losses,
});

export const showSample = (sample: OptimizerSample): string => code(written(sample));

/** A sample and what else a law draws, by its names. */
export const showWith =
  (...names: readonly string[]) =>
  ([sample, ...rest]: readonly [OptimizerSample, ...unknown[]]): string =>
    code({ ...written(sample), ...Object.fromEntries(names.map((name, i) => [name, rest[i]])) });

/** What most laws are tried on. */
export const samplesOf = (
  optimizers: fc.Arbitrary<Optimizer>,
  parameters?: readonly Leaf[],
): fc.Arbitrary<OptimizerSample> =>
  fc
    .tuple(optimizers, courses(5, roundNumbers(4), { parameters }))
    .map(([optimizer, course]) => ({ optimizer, ...course }));
