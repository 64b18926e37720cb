/** Laws of accumulated gradients and of averaged parameters. */
import * as fc from 'fast-check';
import * as O from 'fp-ts/lib/Option.js';
import type { DenseForm } from '../../src/layer/dense.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { type Optimizer, preferred } from '../../src/optimizer/optimizer.ts';
import { accumulate } from '../../src/optimizer/transform/accumulate.ts';
import { exponentialMovingAverage, stochasticWeightAveraging } from '../../src/optimizer/transform/average.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { dtypes } from '../arbitrary/index.ts';
import { all, holds, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { rules } from './configs.ts';
import { valueSeen } from './probes.ts';
import {
  courses,
  declarationOf,
  driven,
  inFormat,
  numbersOf,
  type Params,
  paramsOf,
  type State,
  sameParams,
  start,
  stepWith,
} from './problem.ts';
import { made } from './rules.ts';

/** Holds where a number is another within what rounding allows. */
const near = (expected: number, received: number, allowed: number, where: string): Verdict =>
  Math.abs(received - expected) <= allowed
    ? undefined
    : { expected: `${expected}`, received: `${received}`, where, tolerance: `${allowed}` };

const accumulation = law(
  'accumulate',
  'k steps are one step of the optimizer inside with the mean gradient, to the bit; in between no parameter changes',
  fc.tuple(rules, dtypes, courses(12), fc.integer({ min: 1, max: 5 })),
  ([description, dtype, course, k]) => {
    const inner = made(description);
    const { params, gradients } = inFormat(dtype, course);
    const round = dtype === 'f32' ? Math.fround : (x: number) => x;
    const gathered = driven(accumulate(k)(inner), params, gradients);
    const means = Array.from({ length: Math.floor(gradients.length / k) }, (_, j) => {
      const [first, ...rest] = gradients.slice(j * k, (j + 1) * k).map(numbersOf);
      const sums = rest.reduce((sum, g) => sum.map((x, i) => round(x + (g[i] ?? NaN))), first ?? []);
      return paramsOf(
        dtype,
        course.outputs,
        sums.map((x) => round(x / k)),
      );
    });
    const direct = driven(inner, params, means);
    return all(
      ...gathered.map((state, t) => {
        const taken = Math.floor((t + 1) / k);
        return sameParams(taken === 0 ? params : (direct[taken - 1]?.params ?? params), state.params, `step ${t + 1}`);
      }),
    );
  },
);

const accumulatedValue = law(
  'accumulate: the loss',
  'the optimizer inside is given the mean of the losses',
  fc.array(fc.integer({ min: -64, max: 64 }), { minLength: 1, maxLength: 6 }),
  (losses) => {
    const optimizer = accumulate(losses.length)(valueSeen);
    const params = paramsOf('f64', 1, [7, 7, 7]);
    const end = losses.reduce<State>(
      (state, loss) => stepWith(optimizer, state, params, loss),
      start(optimizer, params),
    );
    return same(losses.reduce((a, b) => a + b, 0) / losses.length, numbersOf(end.params)[0]);
  },
);

const nothingGathered = law(
  'accumulate: nothing yet',
  'before the first gradient there is a sum of zeros, of none',
  fc.tuple(dtypes, fc.integer({ min: 1, max: 5 })),
  ([dtype, k]) => {
    const params = paramsOf(dtype, 1, [7, 7, 7]);
    const { slots } = start(accumulate(k)(valueSeen), params);
    return all(
      sameParams(paramsOf(dtype, 1, [0, 0, 0]), slots.vectors.sum ?? params, 'the sum'),
      same(0, slots.numbers.gathered),
      same(0, slots.numbers.value),
    );
  },
);

/** The preferred parameters of a state. */
const preferredOf = (optimizer: Optimizer, { params, slots }: State): O.Option<Params> =>
  preferred<DenseForm, Tensor>(
    reference(params.bias.dtype),
    optimizer,
    declarationOf(params.bias.shape[0] ?? 0),
    slots,
  );

const averages = law(
  'exponentialMovingAverage',
  'the average is that of the parameters after each step, computed directly; the parameters are those without it',
  fc.tuple(rules, courses(12), fc.constantFrom(0, 0.5, 0.99), fc.boolean()),
  ([description, course, decay, debias]) => {
    const inner = made(description);
    const optimizer = exponentialMovingAverage({ decay, debias })(inner);
    const { params, gradients } = inFormat('f64', course);
    const plain = driven(inner, params, gradients);
    const beside = driven(optimizer, params, gradients);
    const u = 2 ** -53;
    return all(
      holds(O.isNone(preferredOf(optimizer, start(optimizer, params))), 'no average before the first step', 'one'),
      ...beside.map((state, t): Verdict => {
        const moved = sameParams(plain[t]?.params ?? params, state.params, `step ${t + 1}`);
        if (moved !== undefined) return moved;
        const average = preferredOf(optimizer, state);
        if (O.isNone(average)) return { expected: 'an average', received: 'none', where: `step ${t + 1}` };
        return all(
          ...numbersOf(average.value).map((a, i): Verdict => {
            // Σ dᵗ⁻ʲ(1 − d)θⱼ, and dᵗ of the first parameters, or all over the weights' sum.
            const points = plain.slice(0, t + 1).map(({ params: p }) => numbersOf(p)[i] ?? NaN);
            const weights = points.map((_, j) => (1 - decay) * decay ** (t - j));
            const sum = points.reduce((s, p, j) => s + p * (weights[j] ?? NaN), 0);
            const all1 = weights.reduce((s, w) => s + w, 0);
            const expected = debias ? sum / all1 : sum + decay ** (t + 1) * (course.from[i] ?? NaN);
            const size = Math.max(Math.abs(course.from[i] ?? 0), ...points.map(Math.abs));
            // Each side rounds at most 4 times a step on numbers below the greatest; the divisor 1 − dᵗ, at least
            // 1 − d = 0.01, has 8u ÷ (1 − d) of its own.
            const allowed = u * size * (8 * (t + 2) * (debias ? 1 / (1 - decay) : 1) + 8 / (1 - decay));
            return near(expected, a, allowed, `step ${t + 1}, number ${i}`);
          }),
        );
      }),
    );
  },
  { runs: 40 },
);

const stochastic = law(
  'stochasticWeightAveraging',
  'the average is the mean of the parameters after steps start + every, start + 2·every, …; before there is none',
  fc.tuple(rules, courses(12), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 4 })),
  ([description, course, from, every]) => {
    const inner = made(description);
    const optimizer = stochasticWeightAveraging({ start: from, every })(inner);
    const { params, gradients } = inFormat('f64', course);
    const plain = driven(inner, params, gradients);
    return all(
      ...driven(optimizer, params, gradients).map((state, t): Verdict => {
        const chosen = plain.slice(0, t + 1).filter((_, j) => j + 1 > from && (j + 1 - from) % every === 0);
        const average = preferredOf(optimizer, state);
        const moved = sameParams(plain[t]?.params ?? params, state.params, `step ${t + 1}`);
        if (moved !== undefined) return moved;
        if (O.isNone(average))
          return holds(chosen.length === 0, `the mean of ${chosen.length}`, `none at step ${t + 1}`);
        return all(
          ...numbersOf(average.value).map((a, i): Verdict => {
            const points = chosen.map(({ params: p }) => numbersOf(p)[i] ?? NaN);
            const expected = points.reduce((s, p) => s + p, 0) / points.length;
            // A running mean rounds 3 times a point on numbers of twice the greatest, the direct one once.
            const allowed = 2 ** -53 * 8 * points.length * Math.max(...points.map(Math.abs));
            return near(expected, a, allowed, `step ${t + 1}, number ${i}`);
          }),
        );
      }),
    );
  },
  { runs: 40 },
);

const counted = lawOf(
  'stochasticWeightAveraging: which steps',
  'are averaged: start + every, start + 2·every, …',
  [
    [0, 1, '1,2,3,4,5,6,7'],
    [1, 3, '0,0,0,1,1,1,2'],
    [2, 2, '0,0,0,1,1,2,2'],
    [5, 1, '0,0,0,0,0,1,2'],
  ] as const,
  ([from, every, expected]) => {
    const optimizer = stochasticWeightAveraging({ start: from, every })(valueSeen);
    const params = paramsOf('f64', 1, [1, 2, 3]);
    const states = driven(
      optimizer,
      params,
      Array.from({ length: 7 }, () => params),
    );
    return same(expected, states.map(({ slots }) => slots.numbers.averaged).join());
  },
);

export const averagingLaws = lawSet('accumulating and averaging', [
  accumulation,
  accumulatedValue,
  nothingGathered,
  averages,
  stochastic,
  counted,
]);
