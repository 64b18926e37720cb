/** Laws of the elementwise rules. */

import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { decode } from '../../src/optimizer/decode.ts';
import type { Optimizer } from '../../src/optimizer/optimizer.ts';
import { show as showFailure } from '../../src/tensor/failure.ts';
import { dtypes } from '../arbitrary/index.ts';
import { all, type Law, law, lawOf, lawSet, type Verdict } from '../law.ts';
import { type Description, type RuleKind, ruleConfigs, rules } from './configs.ts';
import { ownRuleLaws } from './own-rules.ts';
import { type Course, courses, driven, INPUTS, inFormat, numbersOf, sameParams } from './problem.ts';
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

export const KINDS: readonly RuleKind[] = [
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

const plainCourse: Course = {
  outputs: 1,
  from: [1, -2, 3],
  gradients: Array.from({ length: 8 }, (_, t) => [2, 0.5, t - 3]),
};

const atDefaults = lawOf(
  'at their defaults',
  'every rule, left to its defaults, does what the transcription of its formula does',
  KINDS,
  (kind) => agrees(kind, made({ kind, learningRate: 0.5 }).description, plainCourse),
);

/** ρ₆ of β₂ = ¾, whose powers are numbers of 12 digits, so that nothing of them is rounded. */
const sixth = 7 - (12 * 0.75 ** 6) / (1 - 0.75 ** 6);

const atThreshold = lawOf(
  'radam at its threshold',
  'the step is adaptive where ρₜ is above the threshold, not where it is just there (Liu et al. 2020, algorithm 2)',
  [sixth, sixth - 2 ** -50],
  (threshold) => {
    const beside = { learningRate: 0.5, beta1: 0.5, beta2: 0.75, epsilon: 1e-8, epsilonPlacement: 'outside' };
    return agrees('radam', { kind: 'radam', ...beside, threshold }, plainCourse);
  },
);

export const ruleLaws = lawSet(
  'rules',
  [...KINDS.map(ofKind), inSingle, frozenRate, atDefaults, atThreshold],
  [ownRuleLaws],
);
