/**
 * An optimizer is a Mealy machine: from its slots, the loss and gradient at the current parameters, and these
 * parameters, it makes the next parameters and slots. It changes nothing.
 *
 * A step is a run of *phases*. What is decided on the host (step counts, schedules, a line search) is `decide`, a
 * function of numbers; what is computed over parameters is a phase, written in the tensor algebra, so that an engine can
 * compile it. Scalars that vary from step to step are inputs of a phase, never constants in it: they are computed in f64
 * and rounded once.
 *
 * Laws: `step` changes none of its arguments; equal arguments give equal bits; slots and parameters that are saved
 * between two steps, whatever the machine was about, go on with the same bits.
 */

import * as O from 'fp-ts/lib/Option.js';
import type { Declaration } from '../layer/layer.ts';
import { fill } from '../ops/derived.ts';
import type { Ops } from '../ops/ops.ts';
import type { Json } from '../tensor/json.ts';
import { type Form, map, type Of } from '../tensor/tree.ts';
import type { Numbers } from './numbers.ts';

export type { Numbers } from './numbers.ts';

/** What an optimizer remembers: numbers, and vectors like the parameters (moments, averages, past gradients). */
export interface Slots<P extends Form, T> {
  readonly numbers: Numbers;
  readonly vectors: Readonly<Record<string, Of<P, T>>>;
}

/** The loss (shape []) and its gradient at the current parameters. */
export interface Evaluation<P extends Form, T> {
  readonly value: T;
  readonly gradient: Of<P, T>;
}

/** What a phase is given. */
export interface PhaseInput<P extends Form, T> {
  readonly ops: Ops<T>;
  readonly declaration: Declaration<P>;
  /** The decision's scalars, of shape [], in the algebra's format. */
  readonly scalars: Readonly<Record<string, T>>;
  readonly vectors: Readonly<Record<string, Of<P, T>>>;
  readonly evaluation: Evaluation<P, T>;
  readonly params: Of<P, T>;
}

/** What a phase gives: the next parameters and vectors, and scalars for the host to read. */
export interface PhaseOutput<P extends Form, T> {
  readonly params: Of<P, T>;
  readonly vectors: Readonly<Record<string, Of<P, T>>>;
  readonly readings?: Readonly<Record<string, T>>;
}

/** What is computed over parameters, in any algebra. */
export type Phase = <P extends Form, T>(given: PhaseInput<P, T>) => PhaseOutput<P, T>;

/** The phase that ran last in this step, and what the host read from it. */
export interface Ran {
  readonly phase: string;
  readonly readings: Numbers;
}

/** What the host decides: its numbers, and the phase to run with its scalars; without one the step is done. */
export interface Decision {
  readonly numbers: Numbers;
  readonly run?: { readonly phase: string; readonly scalars: Numbers };
}

/** What `preferred` is given. */
export interface Settled<P extends Form, T> {
  readonly ops: Ops<T>;
  readonly declaration: Declaration<P>;
  readonly slots: Slots<P, T>;
}

export interface Optimizer {
  /** The optimizer as JSON: its kind and hyperparameters. */
  readonly description: { readonly kind: string; readonly [field: string]: Json };
  /** The numbers before the first step. */
  readonly numbers: Numbers;
  /** The vectors before the first step, each filled with a number or begun as a copy of the parameters. */
  readonly vectors: Readonly<Record<string, number | 'parameters'>>;
  /** The next decision of a step: the first is asked with nothing run. */
  readonly decide: (numbers: Numbers, ran?: Ran) => Decision;
  readonly phases: Readonly<Record<string, Phase>>;
  /** The numbers after a metric was observed at the end of an epoch, where the optimizer minds (`reduceOnPlateau`). */
  readonly observe?: (numbers: Numbers, metric: number) => Numbers;
  /** Whether the parameters that it is at are a trial which it judges itself, so that a loss or gradient there that is not
   * finite is an answer and not the end of the run. */
  readonly tries?: (numbers: Numbers) => boolean;
  /** The parameters that the optimizer would rather see used than those it is at: an average of them, or the best point
   * of a line search. */
  readonly preferred?: <P extends Form, T>(settled: Settled<P, T>) => O.Option<Of<P, T>>;
}

/**
 * The slots before the first step.
 *
 * @example
 * ```ts
 * import { Layer, Ops, Optimizer, Tensor } from 'nabla-ts';
 * const { parameters } = Layer.dense(1, 1);
 * const params = { weight: Tensor.full('f64', [1, 1], 2), bias: Tensor.zeros('f64', [1]) };
 * const slots = Optimizer.init(Ops.reference('f64'), Optimizer.adam({ learningRate: 0.1 }), parameters, params);
 * slots.numbers // => { steps: 0 }
 * Object.keys(slots.vectors) // => ['m', 'v']
 * ```
 */
export const init = <P extends Form, T>(
  ops: Ops<T>,
  optimizer: Optimizer,
  declaration: Declaration<P>,
  params: Of<P, T>,
): Slots<P, T> =>
  Object.freeze({
    numbers: optimizer.numbers,
    vectors: Object.freeze(
      Object.fromEntries(
        Object.entries(optimizer.vectors).map(([name, start]) => [
          name,
          start === 'parameters' ? params : map(declaration.tree, (x: T): T => fill(ops, ops.shape(x), start), params),
        ]),
      ),
    ),
  });

const mapValues = <A, B>(record: Readonly<Record<string, A>>, f: (a: A) => B): Readonly<Record<string, B>> =>
  Object.fromEntries(Object.entries(record).map(([name, a]) => [name, f(a)]));

/**
 * One step: the next parameters and slots. `read` is how the host sees a scalar of the algebra. Throws where the slots
 * are another optimizer's.
 *
 * @example
 * ```ts
 * import { Layer, Ops, Optimizer, Tensor } from 'nabla-ts';
 * const { parameters } = Layer.dense(1, 1);
 * const ops = Ops.reference('f64');
 * const record = (w: number, b: number) => ({ weight: Tensor.full('f64', [1, 1], w), bias: Tensor.full('f64', [1], b) });
 * const optimizer = Optimizer.gradientDescent({ learningRate: 0.5 });
 * const slots = Optimizer.init(ops, optimizer, parameters, record(1, 0));
 * const evaluation = { value: Tensor.scalar('f64', 0), gradient: record(1, -1) };
 * const read = (x: Tensor.Tensor) => x.data[0] ?? NaN;
 * const next = Optimizer.step(ops, read, optimizer, parameters, slots, evaluation, record(1, 0));
 * Tensor.toArray(next.params.weight) // => [0.5]
 * Tensor.toArray(next.params.bias) // => [0.5]
 * ```
 */
export const step = <P extends Form, T>(
  ops: Ops<T>,
  read: (scalar: T) => number,
  optimizer: Optimizer,
  declaration: Declaration<P>,
  slots: Slots<P, T>,
  evaluation: Evaluation<P, T>,
  params: Of<P, T>,
): { readonly params: Of<P, T>; readonly slots: Slots<P, T> } => {
  let { params: at, vectors } = { params, vectors: slots.vectors };
  let decision = optimizer.decide(slots.numbers);
  while (decision.run !== undefined) {
    const { phase: name, scalars } = decision.run;
    const phase = optimizer.phases[name];
    if (phase === undefined) throw new Error(`${optimizer.description.kind}: no phase "${name}"`);
    const done = phase({
      ops,
      declaration,
      scalars: mapValues(scalars, ops.scalar),
      vectors,
      evaluation,
      params: at,
    });
    at = done.params;
    vectors = done.vectors;
    decision = optimizer.decide(decision.numbers, { phase: name, readings: mapValues(done.readings ?? {}, read) });
  }
  return Object.freeze({ params: at, slots: Object.freeze({ numbers: decision.numbers, vectors }) });
};

/**
 * The slots after a metric (smaller is better) was observed at the end of an epoch: what `Schedule.reduceOnPlateau`
 * waits for. The same slots where the optimizer does not mind.
 *
 * @example
 * ```ts
 * import { Optimizer } from 'nabla-ts';
 * const slots = { numbers: { steps: 3 }, vectors: {} };
 * Optimizer.observe(Optimizer.gradientDescent({ learningRate: 1 }), 0.25)(slots) // => slots
 * ```
 */
export const observe =
  (optimizer: Optimizer, metric: number) =>
  <S extends { readonly numbers: Numbers }>(slots: S): S =>
    optimizer.observe === undefined ? slots : { ...slots, numbers: optimizer.observe(slots.numbers, metric) };

/**
 * The parameters that an optimizer would rather see used than those it is at: the average of
 * `Transform.exponentialMovingAverage` or `Transform.stochasticWeightAveraging`, the accepted point of `lbfgs`; none
 * where it has none, or not yet.
 *
 * @example
 * ```ts
 * import { Layer, Ops, Optimizer } from 'nabla-ts';
 * import * as O from 'fp-ts/lib/Option.js';
 * const sgd = Optimizer.gradientDescent({ learningRate: 1 });
 * const slots = { numbers: { steps: 0 }, vectors: {} };
 * Optimizer.preferred(Ops.reference('f64'), sgd, Layer.dense(1, 1).parameters, slots) // => O.none
 * ```
 */
export const preferred = <P extends Form, T>(
  ops: Ops<T>,
  optimizer: Optimizer,
  declaration: Declaration<P>,
  slots: Slots<P, T>,
): O.Option<Of<P, T>> => optimizer.preferred?.<P, T>({ ops, declaration, slots }) ?? O.none;
