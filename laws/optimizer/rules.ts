/** Laws of the elementwise rules. */

import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { decode } from '../../src/optimizer/decode.ts';
import type { Optimizer } from '../../src/optimizer/optimizer.ts';
import { show as showFailure } from '../../src/tensor/failure.ts';
import { dtypes } from '../arbitrary/index.ts';
import { all, holds, type Law, law, lawSet, type Verdict } from '../law.ts';
import { type Description, optimizers, type RuleKind, ruleConfigs, rules } from './configs.ts';
import {
  type Course,
  courses,
  driven,
  INPUTS,
  inFormat,
  numbersOf,
  type Params,
  sameParams,
  sameState,
  start,
  stepWith,
} from './problem.ts';
import { type Hyper, transcriptions } from './transcriptions.ts';

/** The optimizer of a description; a description that does not decode is a mistake of the law. */
export const made = (description: Description): Optimizer => {
  const decoded = decode()(description);
  if (E.isLeft(decoded)) throw new Error(showFailure(decoded.left));
  return decoded.right;
};

const hyperOf = (description: Description): Hyper => ({
  number: (name) => {
    const value = description[name];
    if (typeof value !== 'number') throw new Error(`${description.kind} has no number "${name}"`);
    return value;
  },
  is: (name, value) => description[name] === value,
});

const u = 2 ** -53;

/** One step of every number, by its formula and by the rule; what the rule is allowed to differ by grows with each. */
const agrees = (kind: RuleKind, description: Description, course: Course): Verdict => {
  const { params, gradients } = inFormat('f64', course);
  const states = driven(made(description), params, gradients);
  const weights = INPUTS * course.outputs;
  return all(
    ...course.from.map((from, i): Verdict => {
      const worker = transcriptions[kind](hyperOf(description));
      let p = from;
      let allowed = 0;
      for (const [index, state] of states.entries()) {
        const t = index + 1;
        const g = course.gradients[index]?.[i] ?? Number.NaN;
        const before = p;
        p = worker.next({ t, p, g, isWeight: i < weights });
        const error = worker.error(t);
        // The step errs by what its scalars do and by 8 roundings beside; the difference so far may be rounded anew.
        if (error > 0)
          allowed += u * ((error + 8) * Math.abs(p - before) + 2 * Math.abs(p) + 2 * Math.abs(before)) + u * allowed;
        const received = numbersOf(state.params)[i] ?? Number.NaN;
        const where = `step ${t}, number ${i}`;
        const slots = Object.entries(worker.slots()).find(([name, x]) => {
          const vector = state.slots.vectors[name];
          return vector === undefined || !Object.is(numbersOf(vector)[i], x);
        });
        if (slots !== undefined) {
          const vector = state.slots.vectors[slots[0]];
          return {
            expected: `${slots[1]}`,
            received: vector === undefined ? 'no such slot' : `${numbersOf(vector)[i]}`,
            where: `${where}, slot ${slots[0]}`,
          };
        }
        if (error === 0 ? !Object.is(p, received) : !(Math.abs(p - received) <= allowed))
          return {
            expected: `${p}`,
            received: `${received}`,
            where,
            tolerance: error === 0 ? 'none: no power enters' : `${allowed}, from the error of 1 − βᵗ`,
          };
      }
      return undefined;
    }),
  );
};

const ofKind = (kind: RuleKind): Law =>
  law(
    `${kind}: its published formula`,
    'every parameter and slot is what an independent transcription of the formula gives, step by step over 25 steps; to the bit where no power enters',
    fc.tuple<[Description, Course]>(ruleConfigs[kind], courses(25)),
    ([description, course]) => agrees(kind, description, course),
    { runs: 40 },
  );

const KINDS: readonly RuleKind[] = [
  'gradientDescent',
  'momentum',
  'nesterov',
  'adagrad',
  'adagradMomentum',
  'rmsprop',
  'adadelta',
  'adam',
  'adamW',
  'amsgrad',
  'nadam',
  'adamax',
  'radam',
  'lion',
];

/** The columns of parameters in another order. */
const permuted = (order: readonly number[], { outputs, from, gradients }: Course): Course => {
  const of = (x: readonly number[]): readonly number[] =>
    Array.from(
      { length: x.length },
      (_, i) => x[Math.floor(i / outputs) * outputs + (order[i % outputs] ?? 0)] ?? Number.NaN,
    );
  return { outputs, from: of(from), gradients: gradients.map(of) };
};

const OUTPUTS = 7;
const orders = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: OUTPUTS, maxLength: OUTPUTS });

const permutation = law(
  'permutation',
  'a rule on permuted parameters and gradients gives the permuted parameters and slots, to the bit',
  fc.tuple(rules, dtypes, courses(4, undefined, OUTPUTS), orders),
  ([description, dtype, course, order]) => {
    const optimizer = made(description);
    const after = (of: Course) => {
      const { params, gradients } = inFormat(dtype, of);
      return driven(optimizer, params, gradients).at(-1) ?? start(optimizer, params);
    };
    const straight = after(course);
    const move = (params: Params): Params =>
      inFormat(dtype, permuted(order, { outputs: OUTPUTS, from: numbersOf(params), gradients: [] })).params;
    return sameState(
      {
        params: move(straight.params),
        slots: {
          numbers: straight.slots.numbers,
          vectors: Object.fromEntries(
            Object.entries(straight.slots.vectors).map(([name, vector]) => [name, move(vector)]),
          ),
        },
      },
      after(permuted(order, course)),
      'after 4 steps',
    );
  },
);

/** All that a state holds, as text. */
const written = (x: unknown): string => fc.stringify(x);

const purity = law(
  'purity',
  'a step changes no argument, nothing that it gives can be reassigned, and it gives the same bits again',
  fc.tuple(optimizers, dtypes, courses(5)),
  ([description, dtype, course]) => {
    const optimizer = made(description);
    const { params, gradients } = inFormat(dtype, course);
    let state = start(optimizer, params);
    for (const [i, gradient] of gradients.entries()) {
      const before = written([state, gradient, optimizer]);
      const next = stepWith(optimizer, state, gradient, 1);
      const verdict = all(
        holds(written([state, gradient, optimizer]) === before, 'the arguments as they were', 'changed arguments'),
        sameState(next, stepWith(optimizer, state, gradient, 1), `step ${i + 1} again`),
        holds(Object.isFrozen(next) && Object.isFrozen(next.slots), 'a frozen state', 'one that can be written to'),
      );
      if (verdict !== undefined) return verdict;
      state = next;
    }
    return undefined;
  },
  { runs: 60 },
);

const inSingle = law(
  'f32 rounds scalars once',
  'in f32, gradient descent with rate η is fround(θ − fround(fround(η)·g)) and momentum weighs by fround(1 − τ)',
  fc.tuple(courses(3), fc.double({ min: 1e-6, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
  ([course, rate, dampening]) => {
    const { params, gradients } = inFormat('f32', course);
    const f = Math.fround;
    const descent = driven(made({ kind: 'gradientDescent', learningRate: rate }), params, gradients);
    const heavy = driven(
      made({ kind: 'momentum', learningRate: rate, momentum: 0.9, dampening, velocity: 'gradients' }),
      params,
      gradients,
    );
    return all(
      ...course.from.map((from, i): Verdict => {
        let p = f(from);
        let q = f(from);
        let b = 0;
        for (const [t, gradient] of gradients.entries()) {
          const g = numbersOf(gradient)[i] ?? Number.NaN;
          p = f(p - f(f(rate) * g));
          b = f(f(f(0.9) * b) + f(f(t === 0 ? 1 : 1 - dampening) * g));
          q = f(q - f(f(rate) * b));
          const [x, y] = [descent[t], heavy[t]].map((s) => (s === undefined ? NaN : numbersOf(s.params)[i]));
          if (!Object.is(x, p)) return { expected: `${p}`, received: `${x}`, where: `gradientDescent, step ${t + 1}` };
          if (!Object.is(y, q)) return { expected: `${q}`, received: `${y}`, where: `momentum, step ${t + 1}` };
        }
        return undefined;
      }),
    );
  },
);

const frozenRate = law(
  'rate 0',
  'with a learning rate of 0 a rule moves no parameter, whatever it remembers',
  fc.tuple(rules, dtypes, courses(4, fc.double({ min: 0.5, max: 4, noNaN: true }))),
  ([description, dtype, course]) => {
    const { params, gradients } = inFormat(dtype, course);
    const states = driven(made({ ...description, learningRate: 0 }), params, gradients);
    return all(...states.map(({ params: p }, t) => sameParams(params, p, `step ${t + 1}`)));
  },
  { runs: 60 },
);

export const ruleLaws = lawSet('rules', [...KINDS.map(ofKind), permutation, purity, inSingle, frozenRate]);
