/**
 * An optimizer is a Mealy machine: from its slots, the loss and gradient at the current parameters, and these
 * parameters, it makes the next parameters and slots. It changes nothing.
 *
 * A step is one or more *phases*. What is decided on the host (step counts, schedules, a line search) is `decide`, a
 * function of numbers; what is computed over parameters is a phase, written in the tensor algebra, so that an engine can
 * compile it. Scalars that vary from step to step are inputs of a phase, never constants in it: they are computed in f64
 * and rounded once.
 */

import type { Declaration } from '../layer/layer.ts';
import { fill } from '../ops/derived.ts';
import type { Ops } from '../ops/ops.ts';
import type { Json } from '../tensor/json.ts';
import { type Form, map, type Of } from '../tensor/tree.ts';

/** Named numbers of the host. */
export type Numbers = Readonly<Record<string, number>>;

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

/** What the host decides before a phase. */
export interface Decision {
  readonly phase: string;
  readonly scalars: Numbers;
  /** The host's numbers after this decision. */
  readonly numbers: Numbers;
  /** Whether the step ends with this phase; otherwise `decide` is asked again, with the phase's readings. */
  readonly last: boolean;
}

export interface Optimizer {
  /** The optimizer as JSON: its kind and hyperparameters. */
  readonly description: { readonly kind: string; readonly [field: string]: Json };
  /** The numbers before the first step. */
  readonly numbers: Numbers;
  /** The vectors before the first step, each filled with a number or begun as a copy of the parameters. */
  readonly vectors: Readonly<Record<string, number | 'parameters'>>;
  readonly decide: (numbers: Numbers, readings: Numbers) => Decision;
  readonly phases: Readonly<Record<string, <P extends Form, T>(given: PhaseInput<P, T>) => PhaseOutput<P, T>>>;
}

/** The slots before the first step. */
export const init = <P extends Form, T>(
  ops: Ops<T>,
  optimizer: Optimizer,
  declaration: Declaration<P>,
  params: Of<P, T>,
): Slots<P, T> => ({
  numbers: optimizer.numbers,
  vectors: Object.fromEntries(
    Object.entries(optimizer.vectors).map(([name, start]) => [
      name,
      start === 'parameters' ? params : map(declaration.tree, (x: T): T => fill(ops, ops.shape(x), start), params),
    ]),
  ),
});

/** One step: the next parameters and slots. `read` is how the host sees a scalar of the algebra. */
export const step = <P extends Form, T>(
  ops: Ops<T>,
  read: (scalar: T) => number,
  optimizer: Optimizer,
  declaration: Declaration<P>,
  slots: Slots<P, T>,
  evaluation: Evaluation<P, T>,
  params: Of<P, T>,
): { readonly params: Of<P, T>; readonly slots: Slots<P, T> } => {
  let state = { params, slots };
  let readings: Numbers = {};
  for (;;) {
    const decision = optimizer.decide(state.slots.numbers, readings);
    const phase = optimizer.phases[decision.phase];
    if (phase === undefined) throw new Error(`${optimizer.description.kind}: no phase "${decision.phase}"`);
    const scalars = Object.fromEntries(Object.entries(decision.scalars).map(([name, x]) => [name, ops.scalar(x)]));
    const done = phase({ ops, declaration, scalars, vectors: state.slots.vectors, evaluation, params: state.params });
    state = { params: done.params, slots: { numbers: decision.numbers, vectors: done.vectors } };
    if (decision.last) return state;
    readings = Object.fromEntries(Object.entries(done.readings ?? {}).map(([name, x]) => [name, read(x)]));
  }
};
