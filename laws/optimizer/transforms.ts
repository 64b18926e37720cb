/** Laws of transforms. */
import * as fc from 'fast-check';
import * as O from 'fp-ts/lib/Option.js';
import type { DenseForm } from '../../src/layer/dense.ts';
import { fill } from '../../src/ops/derived.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { type Optimizer, type Phase, type PhaseInput, preferred } from '../../src/optimizer/optimizer.ts';
import { fromRule } from '../../src/optimizer/rule.ts';
import { accumulate } from '../../src/optimizer/transform/accumulate.ts';
import { exponentialMovingAverage, stochasticWeightAveraging } from '../../src/optimizer/transform/average.ts';
import { chain, identity, monoid } from '../../src/optimizer/transform/chain.ts';
import { clipByGlobalNorm, clipByNorm, clipByValue } from '../../src/optimizer/transform/clip.ts';
import { freeze, scaleRates } from '../../src/optimizer/transform/scaleRates.ts';
import type { Transform } from '../../src/optimizer/transform/transform.ts';
import { weightDecay } from '../../src/optimizer/transform/weightDecay.ts';
import type { Dtype } from '../../src/scalar/dtype.ts';
import { unitRoundoff } from '../../src/scalar/dtype.ts';
import * as S from '../../src/scalar/expr.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { type Form, map } from '../../src/tensor/tree.ts';
import { dtypes } from '../arbitrary/index.ts';
import { all, holds, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { type Description, rules, transforms } from './configs.ts';
import {
  courses,
  declarationOf,
  driven,
  INPUTS,
  inFormat,
  moderate,
  numbersOf,
  type Params,
  paramsOf,
  type State,
  sameParams,
  sameState,
  start,
  stepWith,
} from './problem.ts';
import { made } from './rules.ts';

/** An optimizer whose next parameters are the gradient that it is given. */
const gradientSeen: Optimizer = fromRule({
  kind: 'gradientSeen',
  config: { learningRate: 1 },
  slots: {},
  scalars: () => ({}),
  updates: [],
  value: S.input('gradient'),
});

const showValue: Phase = <P extends Form, T>({ ops, declaration, evaluation, params }: PhaseInput<P, T>) => ({
  params: map(
    declaration.tree,
    (x: T): T => ops.map(S.add(S.input('a'), S.input('b')), { a: fill(ops, ops.shape(x), 0), b: evaluation.value }),
    params,
  ),
  vectors: {},
});

/** An optimizer whose next parameters are the loss that it is given. */
const valueSeen: Optimizer = {
  description: { kind: 'valueSeen' },
  numbers: {},
  vectors: {},
  decide: (numbers, ran) => (ran === undefined ? { numbers, run: { phase: 'show', scalars: {} } } : { numbers }),
  phases: { show: showValue },
};

/** What a transform makes of a gradient at some parameters. */
const transformed = (transform: Transform, params: Params, gradient: Params): Params =>
  stepWith(transform(gradientSeen), start(transform(gradientSeen), params), gradient).params;

/** A decoded transform, from its description. */
const transformOf =
  (description: Description): Transform =>
  (optimizer) =>
    made({ ...description, optimizer: optimizer.description });

const inWeight = (i: number, outputs: number): boolean => i < INPUTS * outputs;

const byValue = law(
  'clipByValue',
  'every element of the gradient is put into [−limit, limit], and those inside keep their bits',
  fc.tuple(courses(1), fc.constantFrom(0.25, 1, 3), dtypes),
  ([course, limit, dtype]) => {
    const { params, gradients } = inFormat(dtype, course);
    const seen = numbersOf(transformed(clipByValue(limit), params, gradients[0] ?? params));
    return all(
      ...numbersOf(gradients[0] ?? params).map((g, i) =>
        same(Math.abs(g) > limit ? Math.sign(g) * limit : g, seen[i], `number ${i}`),
      ),
    );
  },
);

/** Numbers of one size, from those whose squares vanish to those whose squares overflow. */
const wide = (dtype: Dtype): fc.Arbitrary<fc.Arbitrary<number>> =>
  fc
    .constantFrom(...(dtype === 'f32' ? [1e-30, 1e-6, 1, 1e6, 1e30] : [1e-200, 1e-6, 1, 1e6, 1e200]))
    .map((size) =>
      fc.oneof(
        { weight: 5, arbitrary: fc.double({ min: -size, max: size, noNaN: true }) },
        { weight: 1, arbitrary: fc.constantFrom(0, size, -size) },
      ),
    );

const OUTPUTS = 12;

const normCases = dtypes.chain((dtype) =>
  wide(dtype).chain((numbers) =>
    fc.record({
      dtype: fc.constant(dtype),
      course: courses(1, numbers, OUTPUTS),
      limit: fc.constantFrom(...(dtype === 'f32' ? [1e-20, 0.5, 2, 1e20] : [1e-150, 0.5, 2, 1e150])),
      global: fc.boolean(),
    }),
  ),
);

/** The norm, of numbers of any size, and the greatest of them. */
const normOf = (x: readonly number[]): { readonly norm: number; readonly most: number } => {
  const most = Math.max(0, ...x.map(Math.abs));
  return { most, norm: most === 0 ? 0 : most * Math.sqrt(x.reduce((sum, a) => sum + (a / most) ** 2, 0)) };
};

const norms = law(
  'clipByNorm and clipByGlobalNorm',
  'a gradient within the limit keeps its bits; a longer one gets the length of the limit and keeps its direction',
  normCases,
  ({ dtype, course, limit, global }) => {
    const { params, gradients } = inFormat(dtype, course);
    const gradient = gradients[0] ?? params;
    const clipped = transformed((global ? clipByGlobalNorm : clipByNorm)(limit), params, gradient);
    const u = unitRoundoff(dtype);
    // The squares of n numbers under 16 partial sums: each term rounds once as a square, at most ⌈n/16⌉ times in its lane,
    // 4 times in the tree and once for each of the 2 leaves; the root halves that and rounds. Then a quotient and a
    // product a number. This check's own sum in f64 adds at most 3n·2⁻⁵³.
    const allowed = (n: number): number => u * ((1 + Math.ceil(n / 16) + 4 + 2) / 2 + 1 + 2 + 1) + 3 * n * 2 ** -53;
    // What is so small beside the greatest that its quotient is not a normal number may lose digits, or vanish.
    const lost = dtype === 'f32' ? 2 ** -126 : 2 ** -1022;
    const groups: ReadonlyArray<readonly [string, readonly number[], readonly number[]]> = global
      ? [['all', numbersOf(gradient), numbersOf(clipped)]]
      : [
          ['weight', Array.from(gradient.weight.data), Array.from(clipped.weight.data)],
          ['bias', Array.from(gradient.bias.data), Array.from(clipped.bias.data)],
        ];
    return all(
      ...groups.map(([name, before, after]): Verdict => {
        const { norm, most } = normOf(before);
        const tolerance = allowed(before.length);
        if (norm <= limit * (1 - tolerance))
          return all(...before.map((g, i) => same(g, after[i], `${name}, number ${i}, within the limit`)));
        if (norm <= limit * (1 + tolerance)) return undefined;
        const length = normOf(after).norm;
        return all(
          Math.abs(length - limit) <= limit * tolerance
            ? undefined
            : { expected: `${limit}`, received: `${length}`, where: name, tolerance: `${tolerance}·limit, roundings` },
          ...before.map((g, i): Verdict => {
            const expected = (g / norm) * limit;
            const received = after[i] ?? Number.NaN;
            const off = Math.abs(expected) * (tolerance + 4 * u) + lost * (1 + limit) * (most > 0 ? 2 : 0);
            return Math.abs(expected - received) <= off
              ? undefined
              : {
                  expected: `${expected}`,
                  received: `${received}`,
                  where: `${name}, number ${i}`,
                  tolerance: `${off}`,
                };
          }),
        );
      }),
    );
  },
  { runs: 200 },
);

const decays = law(
  'weightDecay',
  'adds λθ to the gradient of weights (of all parameters if told) and ½λ‖θ‖² to the loss',
  fc.tuple(courses(1), fc.constantFrom(0, 0.1, 2), fc.constantFrom<('weights' | 'all')[]>('weights', 'all'), moderate),
  ([course, rate, decayed, loss]) => {
    const { params, gradients } = inFormat('f64', course);
    const gradient = gradients[0] ?? params;
    const transform = weightDecay({ rate, decayed });
    const seen = numbersOf(transformed(transform, params, gradient));
    const acts = (i: number): boolean => decayed === 'all' || inWeight(i, course.outputs);
    const values = stepWith(transform(valueSeen), start(transform(valueSeen), params), gradient, loss).params;
    const squares = numbersOf(params).map((p, i) => (acts(i) ? p * p : 0));
    const penalty = (rate / 2) * squares.reduce((a, b) => a + b, 0);
    const value = numbersOf(values)[0] ?? Number.NaN;
    // At most 6 squares, their sum, two products and two sums: 16 roundings of numbers below loss and penalty.
    const allowed = 16 * 2 ** -53 * (Math.abs(loss) + penalty);
    return all(
      ...numbersOf(gradient).map((g, i) =>
        same(acts(i) ? g + rate * (course.from[i] ?? NaN) : g, seen[i], `gradient, number ${i}`),
      ),
      Math.abs(value - (loss + penalty)) <= allowed
        ? undefined
        : { expected: `${loss + penalty}`, received: `${value}`, where: 'loss', tolerance: `${allowed}` },
    );
  },
);

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
            return Math.abs(a - expected) <= allowed
              ? undefined
              : {
                  expected: `${expected}`,
                  received: `${a}`,
                  where: `step ${t + 1}, number ${i}`,
                  tolerance: `${allowed}`,
                };
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
            return Math.abs(a - expected) <= allowed
              ? undefined
              : {
                  expected: `${expected}`,
                  received: `${a}`,
                  where: `step ${t + 1}, number ${i}`,
                  tolerance: `${allowed}`,
                };
          }),
        );
      }),
    );
  },
  { runs: 40 },
);

const frozen = law(
  'freeze',
  'a frozen parameter keeps its bits, the others move as without it, whatever the rule',
  fc.tuple(rules, dtypes, courses(6), fc.constantFrom<('weight' | 'bias')[]>('weight', 'bias')),
  ([description, dtype, course, path]) => {
    const inner = made(description);
    const { params, gradients } = inFormat(dtype, course);
    const plain = driven(inner, params, gradients);
    return all(
      ...driven(freeze([path])(inner), params, gradients).map(({ params: p }, t) =>
        sameParams({ ...(plain[t]?.params ?? params), [path]: params[path] }, p, `step ${t + 1}`),
      ),
    );
  },
);

const frozenNorm = law(
  'freeze before clipping',
  'a frozen parameter takes no part in a global norm inside',
  fc.tuple(courses(1), fc.constantFrom(0.25, 1)),
  ([course, limit]) => {
    const { params, gradients } = inFormat('f64', course);
    const gradient = gradients[0] ?? params;
    const without = transformed(clipByNorm(limit), params, gradient);
    const frozenToo = transformed(chain([freeze(['bias']), clipByGlobalNorm(limit)]), params, gradient);
    return sameParams({ weight: without.weight, bias: params.bias }, frozenToo, 'after clipping');
  },
);

const scaledRates = law(
  'scaleRates',
  'a step under a path is as many times as long, by the longest path that fits; rates of 1 change no bit',
  fc.tuple(rules, courses(1), fc.constantFrom(0.5, 2, 0.3), fc.constantFrom(0.25, 1)),
  ([description, course, outer, inner]) => {
    const optimizer = made(description);
    const { params, gradients } = inFormat('f64', course);
    const plain = numbersOf(driven(optimizer, params, gradients)[0]?.params ?? params);
    const scaled = numbersOf(
      driven(
        scaleRates([
          ['', outer],
          ['bias', inner],
        ])(optimizer),
        params,
        gradients,
      )[0]?.params ?? params,
    );
    return all(
      ...plain.map((to, i): Verdict => {
        const from = course.from[i] ?? NaN;
        const k = inWeight(i, course.outputs) ? outer : inner;
        if (k === 1) return same(to, scaled[i], `number ${i}`);
        const expected = from + k * (to - from);
        const allowed = 2 ** -53 * 4 * (Math.abs(from) + k * Math.abs(to - from));
        return Math.abs((scaled[i] ?? NaN) - expected) <= allowed
          ? undefined
          : { expected: `${expected}`, received: `${scaled[i]}`, where: `number ${i}`, tolerance: `${allowed}` };
      }),
    );
  },
);

const lost = lawOf(
  'scaleRates: paths',
  'a path that leads to no parameter is an error that names it, also where a name only begins so',
  ['weigh', 'weight.0', 'bias2', '0'],
  (path): Verdict => {
    const params = paramsOf('f64', 1, [1, 2, 3]);
    try {
      transformed(freeze([path]), params, params);
      return { expected: `an error that names "${path}"`, received: 'none' };
    } catch (thrown) {
      return holds(String(thrown).includes(`"${path}"`), `an error that names "${path}"`, String(thrown));
    }
  },
);

/** Runs of an optimizer, states and descriptions, to the bit. */
const sameRuns = (left: Optimizer, right: Optimizer, params: Params, gradients: readonly Params[]): Verdict => {
  const others = driven(right, params, gradients);
  return all(
    same(JSON.stringify(left.description), JSON.stringify(right.description), 'descriptions'),
    ...driven(left, params, gradients).map((state, t): Verdict => {
      const other = others[t];
      return other === undefined
        ? { expected: 'as many states', received: 'fewer' }
        : sameState(state, other, `step ${t + 1}`);
    }),
  );
};

const monoidLaws = law(
  'monoid',
  'chains associate, identity is neutral on both sides, and a chain is its transforms one after another',
  fc.tuple(rules, fc.array(transforms, { minLength: 3, maxLength: 3 }), courses(5), dtypes),
  ([rule, [a, b, c], course, dtype]) => {
    if (a === undefined || b === undefined || c === undefined) return { expected: 'three', received: 'fewer' };
    const optimizer = made(rule);
    const [f, g, h] = [transformOf(a), transformOf(b), transformOf(c)] as const;
    const { params, gradients } = inFormat(dtype, course);
    const equal = (left: Transform, right: Transform): Verdict =>
      sameRuns(left(optimizer), right(optimizer), params, gradients);
    return all(
      equal(monoid.concat(monoid.concat(f, g), h), monoid.concat(f, monoid.concat(g, h))),
      equal(chain([f, g, h]), (inner) => f(g(h(inner)))),
      equal(chain([identity, f]), f),
      equal(chain([f, identity]), f),
      equal(chain([]), identity),
    );
  },
  { runs: 40 },
);

const order = law(
  'order of application',
  'the first transform of a chain sees the gradient first: clipped and then decayed, or decayed and then clipped',
  fc.tuple(courses(1), fc.constantFrom(0.5, 1), fc.constantFrom(0.1, 1)),
  ([course, limit, rate]) => {
    const { params, gradients } = inFormat('f64', course);
    const gradient = gradients[0] ?? params;
    const clip = (x: number): number => Math.max(-limit, Math.min(limit, x));
    const decayed = weightDecay({ rate, decayed: 'all' });
    const first = numbersOf(transformed(chain([clipByValue(limit), decayed]), params, gradient));
    const second = numbersOf(transformed(chain([decayed, clipByValue(limit)]), params, gradient));
    return all(
      ...numbersOf(gradient).flatMap((g, i) => {
        const p = course.from[i] ?? NaN;
        return [
          same(clip(g) + rate * p, first[i], `clip, decay, number ${i}`),
          same(clip(g + rate * p), second[i], `decay, clip, number ${i}`),
        ];
      }),
    );
  },
);

const observing = law(
  'observing through transforms',
  'a plateau inside any transforms observes what the one alone does, and nothing else changes',
  fc.tuple(fc.array(transforms, { maxLength: 3 }), fc.array(fc.constantFrom(1, 0.5), { minLength: 1, maxLength: 6 })),
  ([around, metrics]) => {
    const plateau: Description = {
      kind: 'gradientDescent',
      learningRate: { kind: 'reduceOnPlateau', initial: 1, factor: 0.5, patience: 0 },
    };
    const alone = made(plateau);
    const inside = around.reduce<Optimizer>((optimizer, transform) => transformOf(transform)(optimizer), alone);
    const seen = (optimizer: Optimizer): readonly number[] =>
      Object.values(metrics.reduce((numbers, metric) => optimizer.observe?.(numbers, metric) ?? {}, optimizer.numbers));
    const untouched = Object.values(inside.numbers).slice(0, -Object.keys(alone.numbers).length);
    return same([...untouched, ...seen(alone)].join(), seen(inside).join(), 'numbers');
  },
);

export const transformLaws = lawSet('transforms', [
  byValue,
  norms,
  decays,
  accumulation,
  accumulatedValue,
  averages,
  stochastic,
  frozen,
  frozenNorm,
  scaledRates,
  lost,
  monoidLaws,
  order,
  observing,
]);
