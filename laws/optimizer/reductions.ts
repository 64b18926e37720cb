/** Rules that are others at special hyperparameters, and rules on quadratics, where what they do is known in closed form. */
import * as fc from 'fast-check';
import { all, type Law, law, lawSet, same, type Verdict } from '../law.ts';
import { type Description, ruleConfigs } from './configs.ts';
import { type Course, courses, driven, inFormat, numbersOf, paramsOf, sameParams, start, stepWith } from './problem.ts';
import { made } from './rules.ts';

/** Two optimizers that give the same bits on every course. */
const equal = (
  name: string,
  statement: string,
  pairs: fc.Arbitrary<readonly [Description, Description]>,
  of: fc.Arbitrary<Course> = courses(10),
): Law =>
  law(
    name,
    statement,
    fc.tuple(pairs, of, fc.constantFrom<('f32' | 'f64')[]>('f32', 'f64')),
    ([[left, right], course, dtype]) => {
      const { params, gradients } = inFormat(dtype, course);
      const [a, b] = [left, right].map((description) => driven(made(description), params, gradients));
      return all(
        ...(a ?? []).map((state, t): Verdict => {
          const other = b?.[t];
          return other === undefined
            ? { expected: 'as many states', received: 'fewer' }
            : sameParams(state.params, other.params, `step ${t + 1}`);
        }),
      );
    },
    { runs: 40 },
  );

/** Numbers that are never −0, so that 0·x + y is y to the bit. */
const positive = fc.double({ min: 0.01, max: 4, noNaN: true });
const signed = fc.tuple(positive, fc.boolean()).map(([x, minus]) => (minus ? -x : x));

/** Gradients that grow: each more than a tenth larger than the one before, so that β₂v + (1 − β₂)g² rises by more than its
 * rounding, with v < g². */
const growing: fc.Arbitrary<Course> = courses(1, signed).chain((course) =>
  fc.array(fc.double({ min: 1.1, max: 2, noNaN: true }), { minLength: 9, maxLength: 9 }).map((factors) => {
    const gradients = [course.gradients[0] ?? []];
    for (const factor of factors) gradients.push((gradients.at(-1) ?? []).map((g) => g * factor));
    return { ...course, gradients };
  }),
);

const without = (description: Description, ...names: readonly string[]): Description => ({
  ...Object.fromEntries(Object.entries(description).filter(([name]) => !names.includes(name))),
  kind: description.kind,
});

const reductions = [
  equal(
    'momentum 0',
    'momentum without momentum is gradient descent',
    ruleConfigs.momentum.map((c) => [
      { ...c, momentum: 0, dampening: 0, velocity: 'gradients' },
      { kind: 'gradientDescent', learningRate: c.learningRate },
    ]),
    courses(10, signed),
  ),
  equal(
    'nesterov 0',
    "Nesterov's without momentum is gradient descent",
    ruleConfigs.nesterov.map((c) => [
      { ...c, momentum: 0 },
      { kind: 'gradientDescent', learningRate: c.learningRate },
    ]),
    courses(10, signed),
  ),
  equal(
    'velocities at a constant rate',
    'a velocity of steps is that of gradients times −η: at a constant η that is a power of two, to the bit',
    fc
      .tuple(fc.constantFrom('momentum', 'nesterov'), ruleConfigs.nesterov, fc.constantFrom(0.5, 0.125, 2 ** -10))
      .map(([kind, c, learningRate]) => [
        { ...c, kind, learningRate, velocity: 'gradients' },
        { ...c, kind, learningRate, velocity: 'steps' },
      ]),
    courses(10, signed),
  ),
  equal(
    'adagradMomentum 0',
    'Adagrad with momentum 0 is Adagrad',
    ruleConfigs.adagradMomentum.map((c) => [
      { ...c, momentum: 0 },
      { ...without(c, 'momentum'), kind: 'adagrad' },
    ]),
    courses(10, signed),
  ),
  equal(
    'adamW without decay',
    'AdamW with decay 0 is Adam',
    ruleConfigs.adamW.map((c) => [
      { ...c, weightDecay: 0 },
      { ...without(c, 'weightDecay', 'decayed'), kind: 'adam' },
    ]),
  ),
  equal(
    'amsgrad on growing gradients',
    'AMSGrad is Adam while the second moment rises',
    ruleConfigs.amsgrad.map((c) => [
      { ...c, correction: 'afterMaximum' },
      { ...without(c, 'correction'), kind: 'adam' },
    ]),
    growing,
  ),
  equal(
    'nadam without a first moment',
    'NAdam with β₁ = 0 is Adam with β₁ = 0',
    ruleConfigs.nadam.map((c) => [
      { ...c, beta1: 0 },
      { ...without(c, 'momentum', 'momentumDecay'), beta1: 0, kind: 'adam' },
    ]),
    courses(10, signed),
  ),
  equal(
    'rmsprop as Adam',
    'RMSprop without momentum is Adam with β₁ = 0 whose second moment is not corrected: AMSGrad with no correction on growing gradients',
    ruleConfigs.rmsprop.map((c) => [
      { ...c, momentum: 0, centered: false, velocity: 'steps' },
      {
        kind: 'amsgrad',
        learningRate: c.learningRate,
        beta1: 0,
        beta2: c.decay,
        epsilon: c.epsilon,
        epsilonPlacement: c.epsilonPlacement,
        correction: 'none',
      },
    ]),
    growing,
  ),
];

/** A square matrix of 2 rows, row by row. */
type Matrix = readonly [number, number, number, number];
const times = ([a, b, c, d]: Matrix, [e, f, g, h]: Matrix): Matrix => [
  a * e + b * g,
  a * f + b * h,
  c * e + d * g,
  c * f + d * h,
];
/** A power by squaring: another order of operations than step after step. */
const toThe = (n: number, m: Matrix): Matrix => {
  if (n === 0) return [1, 0, 0, 1];
  const half = toThe(Math.floor(n / 2), m);
  return n % 2 === 0 ? times(half, half) : times(times(half, half), m);
};

/**
 * Hyperparameters and curvatures in eighths, and 5 steps: every number on the way has at most 7 more binary digits a step
 * (3 each of η, μ and their products) and stays below 2⁸ a step in size, so all of it is exact in f64 and the closed form
 * holds to the bit.
 */
const eighths = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max }).map((k) => k / 8);
const quadratic = fc.record({
  rate: eighths(8),
  mu: eighths(7),
  curvature: fc.integer({ min: -2, max: 3 }),
  from: fc.integer({ min: -4, max: 4 }),
  steps: fc.integer({ min: 1, max: 5 }),
});

/** The parameters after some steps on f(θ) = ½λθ². */
const onQuadratic = (
  description: Description,
  { curvature, from, steps }: { readonly curvature: number; readonly from: number; readonly steps: number },
): number => {
  const optimizer = made(description);
  let state = start(optimizer, paramsOf('f64', 1, [from, 0, 0]));
  for (let t = 0; t < steps; t++)
    state = stepWith(
      optimizer,
      state,
      paramsOf(
        'f64',
        1,
        numbersOf(state.params).map((x) => curvature * x),
      ),
    );
  return numbersOf(state.params)[0] ?? Number.NaN;
};

/** +0 for either 0: the closed forms do not know the sign of a zero. */
const unsigned = (x: number): number => x + 0;

const closedForms = [
  law('gradient descent on a quadratic', 'θₜ = (1 − ηλ)ᵗ·θ₀ on ½λθ², exactly', quadratic, (q) => {
    const [factor] = toThe(q.steps, [1 - q.rate * q.curvature, 0, 0, 1]);
    return same(unsigned(factor * q.from), unsigned(onQuadratic({ kind: 'gradientDescent', learningRate: q.rate }, q)));
  }),
  law(
    'momentum on a quadratic',
    '(b, θ) after t steps is the t-th power of ((μ, λ), (−ημ, 1 − ηλ)) applied to (0, θ₀), exactly',
    quadratic,
    (q) => {
      const power = toThe(q.steps, [q.mu, q.curvature, -q.rate * q.mu, 1 - q.rate * q.curvature]);
      return same(
        unsigned(power[3] * q.from),
        unsigned(onQuadratic({ kind: 'momentum', learningRate: q.rate, momentum: q.mu }, q)),
      );
    },
  ),
  law(
    "Nesterov's sequence",
    "nesterov's parameters are the points y of y = x + μ(x − x₋₁), x₊₁ = y − η∇f(y), exactly on ½λθ²",
    quadratic,
    (q) => {
      let [before, x] = [q.from, q.from];
      for (let t = 0; t < q.steps; t++) {
        const y = x + q.mu * (x - before);
        [before, x] = [x, y - q.rate * (q.curvature * y)];
      }
      return same(
        unsigned(x + q.mu * (x - before)),
        unsigned(onQuadratic({ kind: 'nesterov', learningRate: q.rate, momentum: q.mu }, q)),
      );
    },
  ),
  law(
    'bias correction counts steps',
    'under a constant gradient m̂ = g and v̂ = g² at every step, so Adam moves by η·g ÷ (|g| + ε) each time',
    fc.record({
      kind: fc.constantFrom('adam', 'adamW', 'amsgrad'),
      g: signed,
      rate: fc.constantFrom(0.1, 0.01),
      epsilon: fc.constantFrom(1e-8, 0.1),
      beta1: fc.constantFrom(0, 0.5, 0.9),
      beta2: fc.constantFrom(0.5, 0.9, 0.999),
      steps: fc.integer({ min: 1, max: 40 }),
    }),
    ({ kind, g, rate, epsilon, beta1, beta2, steps }) => {
      const optimizer = made({
        kind,
        learningRate: rate,
        beta1,
        beta2,
        epsilon,
        epsilonPlacement: 'outside',
        ...(kind === 'adamW' ? { weightDecay: 0 } : {}),
      });
      const gradient = paramsOf('f64', 1, [g, g, g]);
      let state = start(optimizer, paramsOf('f64', 1, [0, 0, 0]));
      for (let t = 0; t < steps; t++) state = stepWith(optimizer, state, gradient);
      const expected = -(steps * rate * g) / (Math.abs(g) + epsilon);
      const received = numbersOf(state.params)[0] ?? Number.NaN;
      // A moment after t steps errs by at most 3u a step, its correction by 6u·βᵗ ÷ (1 − βᵗ) + 2u, worst at t = 1 where
      // both are within 8u ÷ (1 − β); the quotient adds 6u, and the sum of n equal steps rounds n times.
      const u = 2 ** -53;
      const each = 3 * steps + 8 / (1 - beta1) + 8 / (1 - beta2) + 6;
      const allowed = u * Math.abs(expected) * (each + steps);
      return Math.abs(expected - received) <= allowed
        ? undefined
        : { expected: `${expected}`, received: `${received}`, tolerance: `${allowed}, roundings of the moments` };
    },
  ),
];

export const reductionLaws = lawSet('reductions and closed forms', [...reductions, ...closedForms]);
