/** Laws of L-BFGS. */
import * as fc from 'fast-check';
import * as O from 'fp-ts/lib/Option.js';
import type { DenseForm } from '../../src/layer/dense.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { lbfgs } from '../../src/optimizer/lbfgs/lbfgs.ts';
import { type Optimizer, preferred } from '../../src/optimizer/optimizer.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { dtypes } from '../arbitrary/index.ts';
import { all, holds, law, lawOf, lawSet, type Verdict } from '../law.ts';
import {
  declarationOf,
  descendOn,
  INPUTS,
  numbersOf,
  type Objective,
  paramsOf,
  type State,
  sameParams,
  start,
  stepWith,
} from './problem.ts';

const norm = (x: readonly number[]): number => Math.sqrt(x.reduce((sum, a) => sum + a * a, 0));
const dot = (x: readonly number[], y: readonly number[]): number => x.reduce((sum, a, i) => sum + a * (y[i] ?? NaN), 0);
const minus = (x: readonly number[], y: readonly number[]): readonly number[] => x.map((a, i) => a - (y[i] ?? NaN));

const numberOf = ({ slots }: State, name: string): number => slots.numbers[name] ?? Number.NaN;

/** The states from a start, while a condition holds of them, at most so many. */
const run = (
  optimizer: Optimizer,
  objective: Objective,
  from: readonly number[],
  most: number,
  goesOn: (state: State) => boolean = () => true,
): readonly State[] => {
  const states = [start(optimizer, paramsOf('f64', from.length / (INPUTS + 1), from))];
  const descend = descendOn(optimizer, objective);
  for (let last = states[0]; last !== undefined && states.length <= most && goesOn(last); ) {
    last = descend(last);
    states.push(last);
  }
  return states;
};

/** ½xᵀHx with H = AᵀA + ½I. */
const quadraticOf = (a: readonly number[], n: number): Objective => {
  const entry = (i: number, j: number): number =>
    Array.from({ length: n }, (_, k) => (a[k * n + i] ?? 0) * (a[k * n + j] ?? 0)).reduce((s, x) => s + x, 0) +
    (i === j ? 0.5 : 0);
  const rows = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => entry(i, j)));
  return (x) => {
    const gradient = rows.map((row) => dot(row, x));
    return { value: dot(gradient, x) / 2, gradient };
  };
};

const quadratics = fc.integer({ min: 1, max: 4 }).chain((outputs) => {
  const n = (INPUTS + 1) * outputs;
  const list = (length: number) =>
    fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: length, maxLength: length });
  return fc.record({ n: fc.constant(n), matrix: list(n * n), from: list(n) });
});

const onQuadratics = law(
  'quadratics',
  'a quadratic in n dimensions is at its minimum (gradient 1e-8 of the first) within 2n accepted steps',
  quadratics.filter(({ from }) => norm(from) > 1e-3),
  ({ n, matrix, from }) => {
    // With exact line searches and memory n the directions are conjugate: n steps (Nocedal and Wright, theorem 6.4). Slopes
    // here are cut to 1e-4 of what they were, not to 0; what n steps leave is a part of the order of 1e-4, and n further
    // steps leave as much of that: 1e-8.
    const objective = quadraticOf(matrix, n);
    const first = norm(objective(from).gradient);
    const optimizer = lbfgs({ memory: n, curvature: 1e-4, sufficientDecrease: 1e-5 });
    const states = run(
      optimizer,
      objective,
      from,
      8 * n + 20,
      ({ params }) => norm(objective(numbersOf(params)).gradient) > 1e-8 * first,
    );
    const last = states.at(-1);
    if (last === undefined) return { expected: 'a state', received: 'none' };
    const left = norm(objective(numbersOf(last.params)).gradient) / first;
    return all(
      holds(left <= 1e-8, 'a gradient of at most 1e-8 of the first', `${left}`),
      // The point at hand is accepted when it is judged, in the step after: one more.
      holds(numberOf(last, 'iterations') + 1 <= 2 * n, `at most ${2 * n} steps`, `${numberOf(last, 'iterations') + 1}`),
    );
  },
  { runs: 60 },
);

/** Rosenbrock's function of neighbours: 100(y − x²)² + (1 − x)². */
const rosenbrock: Objective = (x) => {
  const gradient = x.map(() => 0);
  let value = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const [a, b] = [x[i] ?? NaN, x[i + 1] ?? NaN];
    value += 100 * (b - a * a) ** 2 + (1 - a) ** 2;
    gradient[i] = (gradient[i] ?? 0) - 400 * a * (b - a * a) - 2 * (1 - a);
    gradient[i + 1] = (gradient[i + 1] ?? 0) + 200 * (b - a * a);
  }
  return { value, gradient };
};

/** The same in two dimensions; the third coordinate does not count. */
const inTwo: Objective = (x) => {
  const { value, gradient } = rosenbrock(x.slice(0, 2));
  return { value, gradient: [...gradient, 0] };
};

const onRosenbrock = lawOf(
  'Rosenbrock',
  'from (−1.2, 1), the usual hyperparameters reach a gradient below 1e-6, the minimum (1, 1), in fewer than 60 evaluations',
  [0.9, 0.5],
  (curvature) => {
    const states = run(
      lbfgs({ curvature }),
      inTwo,
      [-1.2, 1, 0],
      100,
      ({ params }) => norm(inTwo(numbersOf(params)).gradient) > 1e-6,
    );
    const [x = NaN, y = NaN] = numbersOf(states.at(-1)?.params ?? paramsOf('f64', 1, []));
    return all(
      holds(states.length < 60, 'fewer than 60 evaluations', `${states.length}`),
      // Near the minimum the Hessian's least eigenvalue is 0.4: a gradient of 1e-6 is within 3e-6 of it.
      holds(Math.hypot(x - 1, y - 1) < 3e-6, 'the point (1, 1)', `(${x}, ${y})`),
    );
  },
);

/** Smooth functions: Rosenbrock's in 3 to 6 dimensions, a quartic, and a sum of waves in a bowl, which is not convex. */
const functions: Readonly<Record<string, Objective>> = {
  rosenbrock,
  quartic: (x) => ({
    value: x.reduce((sum, a, i) => sum + (i + 1) * a ** 4 + a * a, 0),
    gradient: x.map((a, i) => 4 * (i + 1) * a ** 3 + 2 * a),
  }),
  waves: (x) => ({
    value: x.reduce((sum, a) => sum + Math.sin(3 * a) + a * a, 0),
    gradient: x.map((a) => 3 * Math.cos(3 * a) + 2 * a),
  }),
};

const problems = fc.record({
  name: fc.constantFrom('rosenbrock', 'quartic', 'waves'),
  from: fc.integer({ min: 1, max: 2 }).chain((outputs) =>
    fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
      minLength: (INPUTS + 1) * outputs,
      maxLength: (INPUTS + 1) * outputs,
    }),
  ),
  memory: fc.integer({ min: 1, max: 8 }),
  sufficientDecrease: fc.constantFrom(1e-4, 0.1),
  curvature: fc.constantFrom(0.9, 0.5, 0.2),
});

const u = 2 ** -53;

const wolfe = law(
  'strong Wolfe conditions',
  'at every point that a search accepts: f(x₊) ≤ f(x) + c₁·g·s and |g₊·s| ≤ c₂·|g·s| with s = x₊ − x, measured from outside; the loss never rises from one accepted point to the next',
  problems,
  ({ name, from, memory, sufficientDecrease, curvature }) => {
    const objective = functions[name] ?? rosenbrock;
    const optimizer = lbfgs({ memory, sufficientDecrease, curvature });
    const states = run(optimizer, objective, from, 60);
    let base: readonly number[] = from;
    return all(
      ...states.slice(1).map((after, i): Verdict => {
        const before = states[i];
        if (before === undefined || numberOf(after, 'iterations') === numberOf(before, 'iterations')) return undefined;
        const x = numbersOf(before.params);
        const [old, now] = [objective(base), objective(x)];
        const s = minus(x, base);
        const [slope, left] = [dot(old.gradient, s), dot(now.gradient, s)];
        const where = `${name}, accepted point ${numberOf(after, 'iterations')}`;
        // x = base + αd is rounded (2u|x| an entry), so s differs from αd by 2u(|x| + |base|); the machine's inner products
        // and these round 2n times on |g||s|; the values and f(x) + c₁gs round 3 times.
        const n = x.length;
        const sizes = norm(old.gradient) + norm(now.gradient);
        const slopes = u * sizes * (4 * (norm(x) + norm(base)) + 4 * n * norm(s));
        const values = u * 4 * (Math.abs(old.value) + Math.abs(now.value));
        const forced = numberOf(before, 'stage') === 2;
        base = x;
        return all(
          holds(now.value <= old.value, `at most ${old.value} at ${where}`, `${now.value}`),
          forced || now.value <= old.value + sufficientDecrease * slope + slopes + values
            ? undefined
            : { expected: `≤ ${old.value + sufficientDecrease * slope}`, received: `${now.value}`, where },
          forced || Math.abs(left) <= curvature * Math.abs(slope) + 2 * slopes
            ? undefined
            : { expected: `≤ ${curvature * Math.abs(slope)}`, received: `${Math.abs(left)}`, where },
        );
      }),
      // A search that gives up before rounding leaves nothing to gain would not be held to the conditions.
      holds(
        states.every((state, i) => {
          const g = norm(objective(numbersOf(states[Math.max(0, i - 1)]?.params ?? state.params)).gradient);
          return numberOf(state, 'failures') === 0 || g < 1e-4 * (1 + norm(objective(from).gradient));
        }),
        'no failing search far from the minimum',
        'one',
      ),
    );
  },
  { runs: 60 },
);

const finite = (x: readonly number[]): boolean => x.every(Number.isFinite);

/** Convex on positive numbers, x − log x, and without a value elsewhere: NaN, as a logarithm has it. */
const barrier: Objective = (x) => ({
  value: x.reduce((sum, a) => sum + a - Math.log(a), 0),
  gradient: x.map((a) => (a > 0 ? 1 - 1 / a : Number.NaN)),
});

const atWalls = law(
  'losses that are not finite',
  'where a trial point has no finite loss the step is shortened: the minimum of Σ x − log x is found from any positive start, over points that are finite',
  fc.array(fc.double({ min: 0.01, max: 50, noNaN: true }), { minLength: 6, maxLength: 6 }),
  (from) => {
    const states = run(lbfgs(), barrier, from, 300, (state) => numberOf(state, 'stage') !== 3);
    const last = states.at(-1);
    const x = last === undefined ? [] : numbersOf(last.params);
    return all(
      holds(
        states.every(({ params, slots }) => finite(numbersOf(params)) && finite(Object.values(slots.numbers))),
        'finite points and numbers',
        'others',
      ),
      // The loss is flat to 6·1.1e-16·7 around its minimum 6, so |x − 1| may stay at the root of twice that.
      holds(
        x.every((a) => Math.abs(a - 1) < 1e-6),
        'all near 1',
        x.join(', '),
      ),
    );
  },
  { runs: 30 },
);

const anything = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -10, max: 10, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1e20, -1e20, 1e-20) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY) },
);

const lies = law(
  'losses that lie',
  'whatever losses and gradients come, NaN and ∞ among them, no parameter and no number in the slots is anything but finite',
  fc.tuple(
    dtypes,
    fc.array(fc.tuple(anything, fc.array(anything, { minLength: 3, maxLength: 3 })), { minLength: 1, maxLength: 40 }),
  ),
  ([dtype, told]) => {
    const optimizer = lbfgs({ memory: 3, maximumTrials: 6 });
    let state = start(optimizer, paramsOf(dtype, 1, [1, -2, 3]));
    for (const [i, [value, gradient]] of told.entries()) {
      state = stepWith(optimizer, state, paramsOf(dtype, 1, gradient), value);
      if (!finite(numbersOf(state.params)) || !finite(Object.values(state.slots.numbers)))
        return {
          expected: 'finite numbers',
          received: `${numbersOf(state.params)}, ${JSON.stringify(state.slots.numbers)}`,
          where: `step ${i + 1}`,
        };
    }
    return undefined;
  },
  { runs: 300 },
);

const rests = law(
  'rest',
  'once it rests it stays: at the accepted point, which is what it prefers and the least loss of all it has seen accepted',
  problems,
  ({ name, from, memory }) => {
    const objective = functions[name] ?? rosenbrock;
    const optimizer = lbfgs({ memory });
    const states = run(optimizer, objective, from, 1000, (state) => numberOf(state, 'stage') !== 3);
    const resting = states.at(-1);
    if (resting === undefined || numberOf(resting, 'stage') !== 3)
      return { expected: 'rest within 1000 evaluations', received: 'none' };
    const descend = descendOn(optimizer, objective);
    const later = descend(descend(resting));
    const best = preferred<DenseForm, Tensor>(
      reference('f64'),
      optimizer,
      declarationOf(from.length / (INPUTS + 1)),
      resting.slots,
    );
    const { value } = objective(numbersOf(resting.params));
    return all(
      sameParams(resting.params, later.params, 'two steps later'),
      O.isSome(best)
        ? sameParams(resting.params, best.value, 'preferred')
        : { expected: 'a preferred point', received: 'none' },
      holds(value === numberOf(resting, 'value'), `${value}`, `${numberOf(resting, 'value')}`),
      holds(value <= objective(from).value, `at most ${objective(from).value}`, `${value}`),
    );
  },
  { runs: 20 },
);

/** A state as it comes back from JSON. */
const throughJson = (state: State): State => {
  const { params, slots } = state;
  const outputs = params.bias.shape[0] ?? 0;
  const again = (x: State['params']) => paramsOf('f64', outputs, Array.from(JSON.parse(JSON.stringify(numbersOf(x)))));
  return {
    params: again(params),
    slots: {
      numbers: Object.fromEntries(Object.entries(slots.numbers).map(([name, x]) => [name, Number(JSON.stringify(x))])),
      vectors: Object.fromEntries(Object.entries(slots.vectors).map(([name, x]) => [name, again(x)])),
    },
  };
};

const resumes = lawOf(
  'resuming in the middle of a search',
  'a run that is saved as JSON after any step, in the middle of a line search too, goes on with the same bits',
  ['rosenbrock', 'waves', 'quartic'],
  (name) => {
    const objective = functions[name] ?? rosenbrock;
    const optimizer = lbfgs({ memory: 4, curvature: 0.1 });
    const descend = descendOn(optimizer, objective);
    const states = run(optimizer, objective, [-1.2, 1, 0.3, 2, -0.7, 0.1], 40);
    const inSearch = states.filter((state) => numberOf(state, 'stage') === 1 && numberOf(state, 'search.trials') > 0);
    return all(
      holds(inSearch.length > 0, 'searches of several points', 'none'),
      ...states.slice(0, -1).map((state, i): Verdict => {
        const next = states[i + 1];
        return next === undefined
          ? undefined
          : sameParams(next.params, descend(throughJson(state)).params, `${name}, after step ${i}`);
      }),
    );
  },
);

export const lbfgsLaws = lawSet('lbfgs', [onQuadratics, onRosenbrock, wolfe, atWalls, lies, rests, resumes]);
