/** Wrong update rules, written as formulas, and the right ones. */
import { Expr, Optimizer } from '../../src/index.ts';
import type { LawSet } from '../law.ts';
import { optimizer as lawsOfOptimizer, type OptimizerOptions } from '../pack/optimizer.ts';
import type { Broken } from './broken.ts';

const { add, divide, input, multiply, sign, sqrt, subtract } = Expr;
const [value, g, rate] = [input('value'), input('gradient'), input('rate')];
const square = multiply(g, g);

type Parts = Pick<Parameters<typeof Optimizer.fromRule>[0], 'slots' | 'updates' | 'value'> & {
  readonly scalars?: (at: Optimizer.StepOf) => Readonly<Record<string, number>>;
};

const RATE = 0.1;
/** A rule with a learning rate of 0.1 and no other hyperparameter. */
const rule = (kind: string, { scalars = () => ({}), ...parts }: Parts): Optimizer.Optimizer =>
  Optimizer.fromRule({ kind, config: { learningRate: RATE }, ...parts, scalars: (_, at) => scalars(at) });

const step = (by: Expr.Expr): Expr.Expr => subtract(value, multiply(rate, by));

/** Gradient descent. */
const descent = (next: Expr.Expr) => rule('descent', { slots: {}, updates: [], value: next });
const descends: OptimizerOptions<null> = {
  scale: 'linear',
  expected: {
    start: null,
    step: (state, { parameter, gradient, rate: η }) => ({ state, parameter: parameter - η * gradient }),
  },
};

/** v ← ½v + g. */
const MU = 0.5;
const velocity = input('velocity');
const ball = (next: Expr.Expr, then: Expr.Expr = step(velocity)) =>
  rule('ball', { slots: { velocity: 0 }, updates: [['velocity', next]], value: then });
const rolls: OptimizerOptions<number> = {
  scale: 'linear',
  expected: {
    start: 0,
    step: (v, { parameter, gradient, rate: η }) => {
      const state = MU * v + gradient;
      return { state, parameter: parameter - η * state };
    },
  },
};

/** The point that Nesterov's momentum looks at: a step further along the new velocity. */
const ahead: OptimizerOptions<number> = {
  scale: 'linear',
  expected: {
    start: 0,
    step: (v, { parameter, gradient, rate: η }) => {
      const state = MU * v + gradient;
      return { state, parameter: parameter - η * (gradient + MU * state) };
    },
  },
};

const EPSILON = 1e-8;
const RHO = 0.75;
const kept = (of: Expr.Expr, what: Expr.Expr, part = RHO) => add(multiply(part, of), multiply(1 - part, what));
const s = input('s');
const rms = (next: Expr.Expr, by: Expr.Expr = divide(g, add(sqrt(s), EPSILON))) =>
  rule('rms', { slots: { s: 0 }, updates: [['s', next]], value: step(by) });
const normalises: OptimizerOptions<number> = {
  scale: 'invariant',
  expected: {
    start: 0,
    step: (of, { parameter, gradient, rate: η }) => {
      const state = RHO * of + (1 - RHO) * gradient ** 2;
      return { state, parameter: parameter - (η * gradient) / (Math.sqrt(state) + EPSILON) };
    },
  },
};

const changes = input('changes');
const delta = input('delta');
const deltas = (change: Expr.Expr) =>
  rule('deltas', {
    slots: { s: 0, changes: 0 },
    updates: [
      ['s', kept(s, square)],
      ['delta', change],
      ['changes', kept(changes, multiply(delta, delta))],
    ],
    value: subtract(value, delta),
  });
const inUnits: OptimizerOptions<{ readonly s: number; readonly changes: number }> = {
  expected: {
    start: { s: 0, changes: 0 },
    step: (of, { parameter, gradient }) => {
      const next = RHO * of.s + (1 - RHO) * gradient ** 2;
      const by = Math.sqrt((of.changes + EPSILON) / (next + EPSILON)) * gradient;
      return { state: { s: next, changes: RHO * of.changes + (1 - RHO) * by ** 2 }, parameter: parameter - by };
    },
  },
};

const m = input('m');
const BETA = 0.5;
const lion = (by: Expr.Expr) =>
  rule('lion', {
    slots: { m: 0 },
    updates: [
      ['direction', add(multiply(BETA, m), multiply(1 - BETA, g))],
      ['m', kept(m, g)],
    ],
    value: step(by),
  });
const signs: OptimizerOptions<number> = {
  scale: 'invariant',
  expected: {
    start: 0,
    step: (of, { parameter, gradient, rate: η }) => ({
      state: RHO * of + (1 - RHO) * gradient,
      parameter: parameter - η * Math.sign(BETA * of + (1 - BETA) * gradient),
    }),
  },
};

/** Rates that a schedule says, 0 being the first step's. */
const warmup = (t: number): number => Math.min(1, (t + 1) / 4) * RATE;
const scheduled = (at: (step: number) => number) =>
  rule('scheduled', {
    slots: {},
    updates: [],
    scalars: ({ step: t }) => ({ scheduled: at(t) }),
    value: subtract(value, multiply(input('scheduled'), g)),
  });
const onSchedule: OptimizerOptions<null> = { ...descends, rate: (t) => warmup(t - 1) };

const LAMBDA = 0.25;
const isWeight = input('isWeight');
const shrunk = (of: Expr.Expr) => multiply(subtract(1, multiply(multiply(rate, LAMBDA), isWeight)), of);
const direction = divide(g, add(sqrt(s), EPSILON));
const withDecay = (next: Expr.Expr) =>
  rule('decaying', { slots: { s: 0 }, updates: [['s', kept(s, square)]], value: next });
const coupled = add(g, multiply(multiply(LAMBDA, isWeight), value));
const decouples: OptimizerOptions<number> = {
  decay: 'weights',
  expected: {
    start: 0,
    step: (of, { parameter, gradient, isWeight: weight, rate: η }) => {
      const state = RHO * of + (1 - RHO) * gradient ** 2;
      const from = weight ? (1 - η * LAMBDA) * parameter : parameter;
      return { state, parameter: from - (η * gradient) / (Math.sqrt(state) + EPSILON) };
    },
  },
};

export const broken: readonly Broken[] = [
  {
    name: 'ascent',
    fault: 'the gradient is added: the loss is climbed',
    law: 'downhill',
    laws: lawsOfOptimizer(descent(add(value, multiply(rate, g))), descends),
  },
  {
    name: 'momentum, sign',
    fault: 'the velocity is g − μv, so it turns round at each step',
    law: 'formula',
    laws: lawsOfOptimizer(ball(subtract(g, multiply(MU, velocity))), rolls),
  },
  {
    name: 'momentum, averaged',
    fault: 'the gradient is weighed by 1 − μ, as if the velocity were a mean',
    law: 'formula',
    laws: lawsOfOptimizer(ball(kept(velocity, g, MU)), rolls),
  },
  {
    name: 'Nesterov, looking behind',
    fault: 'the step ahead is taken along the velocity before this gradient, not after it',
    law: 'formula',
    laws: lawsOfOptimizer(
      rule('ball', {
        slots: { velocity: 0 },
        updates: [
          ['behind', velocity],
          ['velocity', add(multiply(MU, velocity), g)],
        ],
        value: step(add(g, multiply(MU, input('behind')))),
      }),
      ahead,
    ),
  },
  {
    name: 'RMSprop, decay exchanged',
    fault: 'the mean keeps 1 − ρ of itself and takes ρ of the new square',
    law: 'formula',
    laws: lawsOfOptimizer(rms(kept(s, square, 1 - RHO)), normalises),
  },
  {
    name: 'RMSprop, no root',
    fault: 'the gradient is divided by its mean square, not by the root of it',
    law: 'scale is invariant',
    laws: lawsOfOptimizer(rms(kept(s, square), divide(g, add(s, EPSILON))), normalises),
  },
  {
    name: 'RMSprop, ε inside',
    fault: 'ε is added under the root where the formula adds it outside: 1e-8 becomes 1e-4',
    law: 'formula',
    laws: lawsOfOptimizer(rms(kept(s, square), divide(g, sqrt(add(s, EPSILON)))), normalises),
  },
  {
    name: 'RMSprop, no ε',
    fault: 'nothing keeps 0 ÷ 0 from a number that never had a gradient',
    law: 'no gradient, no motion',
    laws: lawsOfOptimizer(rms(kept(s, square), divide(g, sqrt(s))), normalises),
  },
  {
    name: 'Adadelta, units lost',
    fault: 'the change is not multiplied by the root of the mean square of past changes',
    law: 'formula',
    laws: lawsOfOptimizer(deltas(divide(g, sqrt(add(s, EPSILON)))), inUnits),
  },
  {
    name: 'Lion, no sign',
    fault: 'the interpolated moment itself is the step, not its sign',
    law: 'scale is invariant',
    laws: lawsOfOptimizer(lion(input('direction')), signs),
  },
  {
    name: 'schedule, one step on',
    fault: 'the first step asks the schedule for the rate after one step',
    law: 'formula',
    laws: lawsOfOptimizer(scheduled(warmup), onSchedule),
  },
  {
    name: 'decay, coupled',
    fault: 'λθ is added to the gradient and divided by the moments with it',
    law: 'decay is in proportion',
    laws: lawsOfOptimizer(
      rule('decaying', {
        slots: { s: 0 },
        updates: [
          ['pulled', coupled],
          ['s', kept(s, multiply(input('pulled'), input('pulled')))],
        ],
        value: step(divide(input('pulled'), add(sqrt(s), EPSILON))),
      }),
      decouples,
    ),
  },
  {
    name: 'decay, of biases',
    fault: 'biases shrink as weights do',
    law: 'decay spares biases',
    laws: lawsOfOptimizer(
      withDecay(subtract(multiply(subtract(1, multiply(rate, LAMBDA)), value), multiply(rate, direction))),
      decouples,
    ),
  },
  {
    name: 'decay, after the step',
    fault: 'what shrinks is the parameter after the step, the step with it',
    law: 'formula',
    laws: lawsOfOptimizer(withDecay(shrunk(step(direction))), decouples),
  },
  {
    name: 'decay, growing',
    fault: 'the parameter is multiplied by 1 + ηλ',
    law: 'decay is in proportion',
    laws: lawsOfOptimizer(
      withDecay(
        subtract(multiply(add(1, multiply(multiply(rate, LAMBDA), isWeight)), value), multiply(rate, direction)),
      ),
      decouples,
    ),
  },
];

export const correct: readonly LawSet[] = [
  lawsOfOptimizer(descent(step(g)), { ...descends, name: 'gradient descent' }),
  lawsOfOptimizer(ball(add(multiply(MU, velocity), g)), { ...rolls, name: 'momentum' }),
  lawsOfOptimizer(ball(add(multiply(MU, velocity), g), step(add(g, multiply(MU, velocity)))), {
    ...ahead,
    name: 'Nesterov’s momentum',
  }),
  lawsOfOptimizer(rms(kept(s, square)), { ...normalises, name: 'RMSprop' }),
  lawsOfOptimizer(deltas(multiply(sqrt(divide(add(changes, EPSILON), add(s, EPSILON))), g)), {
    ...inUnits,
    name: 'Adadelta',
  }),
  lawsOfOptimizer(lion(sign(input('direction'))), { ...signs, name: 'Lion' }),
  lawsOfOptimizer(
    scheduled((t) => warmup(t - 1)),
    { ...onSchedule, name: 'a schedule' },
  ),
  lawsOfOptimizer(withDecay(subtract(shrunk(value), multiply(rate, direction))), {
    ...decouples,
    name: 'decoupled decay',
  }),
];
