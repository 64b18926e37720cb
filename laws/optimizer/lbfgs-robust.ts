/** Laws of L-BFGS where things go wrong, and where they are over. */
import * as fc from 'fast-check';
import * as O from 'fp-ts/lib/Option.js';
import type { DenseForm } from '../../src/layer/dense.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { lbfgs } from '../../src/optimizer/lbfgs/lbfgs.ts';
import { preferred } from '../../src/optimizer/optimizer.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { dtypes } from '../arbitrary/index.ts';
import { all, holds, law, lawOf, lawSet, type Verdict } from '../law.ts';
import { functions, numberOf, problems, rosenbrock, run } from './functions.ts';
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
    const states = run(lbfgs({ memory: 4 }), barrier, from, 300, (state) => numberOf(state, 'stage') !== 3);
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
  { runs: 15 },
);

const anything = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -10, max: 10, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1e20, -1e20, 1e-20, 1e200) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY) },
);

const lies = law(
  'losses that lie',
  'whatever losses and gradients come, NaN and ∞ among them, no parameter and no number in the slots is anything but finite, and every pair that is remembered has s·y above 0',
  fc.tuple(
    dtypes,
    fc.constantFrom(2, 6),
    // Losses that fall make a search accept what its slopes do not allow.
    fc.boolean(),
    fc.array(fc.tuple(anything, fc.array(anything, { minLength: 3, maxLength: 3 })), { minLength: 1, maxLength: 40 }),
  ),
  ([dtype, maximumTrials, falling, told]) => {
    const optimizer = lbfgs({ memory: 3, maximumTrials });
    let state = start(optimizer, paramsOf(dtype, 1, [1, -2, 3]));
    for (const [i, [value, gradient]] of told.entries()) {
      state = stepWith(optimizer, state, paramsOf(dtype, 1, gradient), falling ? -i : value);
      if (!finite(numbersOf(state.params)) || !finite(Object.values(state.slots.numbers)))
        return {
          expected: 'finite numbers',
          received: `${numbersOf(state.params)}, ${JSON.stringify(state.slots.numbers)}`,
          where: `step ${i + 1}`,
        };
      const curvatures = ['sy0', 'sy1', 'sy2', 'gamma'].map((name) => numberOf(state, name));
      if (!curvatures.every((x) => x > 0))
        return { expected: 's·y above 0', received: curvatures.join(', '), where: `step ${i + 1}` };
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
  { runs: 15 },
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

export const lbfgsRobustLaws = lawSet('robustness', [atWalls, lies, rests, resumes]);
