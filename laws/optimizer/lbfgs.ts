/** Laws of L-BFGS. */
import * as fc from 'fast-check';
import { lbfgs } from '../../src/optimizer/lbfgs/lbfgs.ts';
import { all, holds, law, lawOf, lawSet, type Verdict } from '../law.ts';
import { dot, functions, inTwo, minus, norm, numberOf, problems, quadraticOf, rosenbrock, run } from './functions.ts';
import { lbfgsControlLaws } from './lbfgs-control.ts';
import { lbfgsNumberLaws } from './lbfgs-numbers.ts';
import { lbfgsPhaseLaws } from './lbfgs-phases.ts';
import { lbfgsRobustLaws } from './lbfgs-robust.ts';
import { INPUTS, numbersOf, paramsOf } from './problem.ts';

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

const u = 2 ** -53;

const wolfe = law(
  'strong Wolfe conditions',
  'at every point that a search accepts: f(x₊) ≤ f(x) + c₁·g·s and |g₊·s| ≤ c₂·|g·s| with s = x₊ − x, measured from outside; the loss never rises from one accepted point to the next',
  problems,
  ({ name, from, memory, sufficientDecrease, curvature }) => {
    const objective = functions[name] ?? rosenbrock;
    const optimizer = lbfgs({ memory, sufficientDecrease, curvature });
    const states = run(optimizer, objective, from, 40);
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
  { runs: 40 },
);

export const lbfgsLaws = lawSet(
  'lbfgs',
  [onQuadratics, onRosenbrock, wolfe],
  [lbfgsControlLaws, lbfgsNumberLaws, lbfgsPhaseLaws, lbfgsRobustLaws],
);
