/**
 * An elementwise rule: a handful of scalar expressions that a step evaluates at every element of every parameter. All
 * first-order optimizers are rules, and a user's own is written the same way.
 *
 * The inputs of an expression are `value` and `gradient`, `isWeight` (1 for a weight, 0 for a bias), `rate`, the names of
 * the slots, and those of the scalars. Updates are evaluated in order, and later ones see the new values of earlier ones;
 * an update whose name is not a slot's is an intermediate value, which is not kept.
 *
 * Laws: a rule commutes with every permutation of the elements; it does what its formulas say at each of them.
 */

import type { Spec } from '../layer/layer.ts';
import type { Expr } from '../scalar/expr.ts';
import { inputs } from '../scalar/inputs.ts';
import { type Form, map } from '../tensor/tree.ts';
import { powers } from './elementary.ts';
import { type Columns, column, sideBySide, vectorOf } from './leaves.ts';
import { type Numbers, numberOf } from './numbers.ts';
import type { Optimizer, Phase, PhaseInput } from './optimizer.ts';
import { type Config, encodeConfig, rateOf } from './rate.ts';
import type { Rate } from './schedule/schedule.ts';

/** What a rule's scalars are computed from. */
export interface StepOf {
  /** The number of this step: 1 for the first. */
  readonly step: number;
  /** The learning rate of this step. */
  readonly rate: number;
  /** The rule's own numbers, advanced to this step. */
  readonly numbers: Numbers;
  /** x to the power y, the same on every machine; a base that returns each step, such as a β, is prepared once. */
  readonly power: (x: number, y: number) => number;
  /** 1 − xʸ for 0 ≤ x < 1 and y ≥ 1, as `power` has it, and soon for nothing: what a bias correction divides by. */
  readonly oneMinusPower: (x: number, y: number) => number;
}

export interface Rule<C extends Config & { readonly learningRate: Rate }> {
  readonly kind: string;
  /** The hyperparameters: they are the optimizer's description. */
  readonly config: C;
  /** What is remembered of each element, and with what it begins. */
  readonly slots: Readonly<Record<string, number>>;
  /** Numbers that go on from step to step beside their count. */
  readonly numbers?: { readonly start: Numbers; readonly next: (config: C, step: number, last: Numbers) => Numbers };
  /** The scalars of a step: computed in f64, rounded once to the parameters' format. */
  readonly scalars: (config: C, at: StepOf) => Numbers;
  readonly updates: ReadonlyArray<readonly [name: string, expression: Expr]>;
  /** The next value of the parameter. */
  readonly value: Expr;
}

const GIVEN = ['value', 'gradient', 'isWeight'] as const;

/** An expression with the names of its inputs. */
interface Formula {
  readonly name: string;
  readonly expression: Expr;
  readonly reads: readonly string[];
}

const formula = ([name, expression]: readonly [string, Expr]): Formula => ({
  name,
  expression,
  reads: [...inputs(expression)],
});

const pick = <T>(reads: readonly string[], columns: Columns<T>): Columns<T> =>
  Object.fromEntries(Object.entries(columns).filter(([name]) => reads.includes(name)));

/** Throws where a formula reads what is not there when it is evaluated, or slots bear names that are taken. */
const check = (
  kind: string,
  formulas: readonly Formula[],
  slots: readonly string[],
  scalars: readonly string[],
): void => {
  const taken = slots.find((name) => [...GIVEN, ...scalars].includes(name));
  if (taken !== undefined) throw new Error(`Optimizer ${kind}: the slot "${taken}" has the name of another input`);
  const known: string[] = [...GIVEN, ...slots, ...scalars];
  for (const { name, reads } of formulas) {
    const unknown = reads.find((read) => !known.includes(read));
    if (unknown !== undefined)
      throw new Error(`Optimizer ${kind}: "${name}" reads "${unknown}", which is none of ${known.join(', ')}`);
    known.push(name);
  }
};

/** Whether numbers are the count of steps and nothing else, as most are: they need not be copied. */
const isCount = (numbers: Numbers): boolean => {
  for (const name in numbers) if (name !== 'steps') return false;
  return true;
};

/** The rule's only phase. */
const updateOf =
  (formulas: readonly Formula[], slots: readonly string[]): Phase =>
  <P extends Form, T>({ ops, declaration, scalars, vectors, evaluation, params }: PhaseInput<P, T>) => {
    const { tree, specs } = declaration;
    const roles = { weight: ops.scalar(1), bias: ops.scalar(0) };
    const known = sideBySide<P, T>(tree, 'value', params, {
      gradient: evaluation.gradient,
      isWeight: map(tree, ({ role }: Spec): T => roles[role], specs),
      ...Object.fromEntries(slots.map((name) => [name, vectorOf(vectors, name)])),
    });
    const after = map(
      tree,
      (leaf: Columns<T>): Columns<T> => {
        const columns: Record<string, T> = { ...scalars, ...leaf };
        for (const { name, expression, reads } of formulas) columns[name] = ops.map(expression, pick(reads, columns));
        return columns;
      },
      known,
    );
    return {
      params: column<P, T>(tree, 'value', after),
      vectors: Object.fromEntries(slots.map((name) => [name, column<P, T>(tree, name, after)])),
    };
  };

/**
 * The optimizer of an elementwise rule. Throws where an expression reads an input that is not there.
 *
 * @example
 * ```ts
 * import { Expr, Optimizer } from 'nabla-ts';
 * const [value, gradient, rate] = [Expr.input('value'), Expr.input('gradient'), Expr.input('rate')];
 * const signDescent = Optimizer.fromRule({
 *   kind: 'signDescent',
 *   config: { learningRate: 0.01 },
 *   slots: {},
 *   scalars: () => ({}),
 *   updates: [],
 *   value: Expr.subtract(value, Expr.multiply(rate, Expr.sign(gradient))),
 * });
 * signDescent.description // => { kind: 'signDescent', learningRate: 0.01 }
 * ```
 */
export const fromRule = <C extends Config & { readonly learningRate: Rate }>(rule: Rule<C>): Optimizer => {
  const { kind, config, slots } = rule;
  const names = Object.keys(slots);
  const rate = rateOf(config.learningRate);
  const formulas = [...rule.updates, ['value', rule.value] as const].map(formula);
  const prepared = powers();
  // A step makes few objects, and copies them whole: on a small network this is what its time goes into.
  const scalarsAt = (at: StepOf): Numbers => {
    const scalars = rule.scalars(config, at);
    return 'rate' in scalars ? scalars : { ...scalars, rate: at.rate };
  };
  const own = rule.numbers;
  const numbers: Numbers = Object.freeze({ steps: 0, ...own?.start, ...rate.numbers });
  const nextOf = (last: Numbers, step: number): Numbers =>
    own === undefined && isCount(last) ? { steps: step } : { ...last, ...own?.next(config, step, last), steps: step };
  check(
    kind,
    formulas,
    names,
    Object.keys(scalarsAt({ step: 1, rate: rate.at(0, numbers), numbers: nextOf(numbers, 1), ...prepared })),
  );
  return Object.freeze<Optimizer>({
    description: Object.freeze({ kind, ...encodeConfig(config) }),
    numbers,
    vectors: Object.freeze({ ...slots }),
    decide: (last, ran) => {
      if (ran !== undefined) return { numbers: last };
      const step = numberOf(last, 'steps') + 1;
      const next = nextOf(last, step);
      const scalars = scalarsAt({
        step,
        rate: rate.at(step - 1, last),
        numbers: next,
        power: prepared.power,
        oneMinusPower: prepared.oneMinusPower,
      });
      return { numbers: next, run: { phase: 'update', scalars } };
    },
    phases: { update: updateOf(formulas, names) },
    ...(rate.observe === undefined ? {} : { observe: rate.observe }),
  });
};
