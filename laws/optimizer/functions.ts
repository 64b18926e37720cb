/** Functions to minimise, and runs on them. */
import * as fc from 'fast-check';
import type { Optimizer } from '../../src/optimizer/optimizer.ts';
import { descendOn, INPUTS, type Objective, paramsOf, type State, start } from './problem.ts';

export const norm = (x: readonly number[]): number => Math.sqrt(x.reduce((sum, a) => sum + a * a, 0));
export const dot = (x: readonly number[], y: readonly number[]): number =>
  x.reduce((sum, a, i) => sum + a * (y[i] ?? NaN), 0);
export const minus = (x: readonly number[], y: readonly number[]): readonly number[] =>
  x.map((a, i) => a - (y[i] ?? NaN));

export const numberOf = ({ slots }: State, name: string): number => slots.numbers[name] ?? Number.NaN;

/** The states from a start, while a condition holds of them, at most so many. */
export const run = (
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
export const quadraticOf = (a: readonly number[], n: number): Objective => {
  const entry = (i: number, j: number): number =>
    Array.from({ length: n }, (_, k) => (a[k * n + i] ?? 0) * (a[k * n + j] ?? 0)).reduce((s, x) => s + x, 0) +
    (i === j ? 0.5 : 0);
  const rows = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => entry(i, j)));
  return (x) => {
    const gradient = rows.map((row) => dot(row, x));
    return { value: dot(gradient, x) / 2, gradient };
  };
};

/** Rosenbrock's function of neighbours: 100(y − x²)² + (1 − x)². */
export const rosenbrock: Objective = (x) => {
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
export const inTwo: Objective = (x) => {
  const { value, gradient } = rosenbrock(x.slice(0, 2));
  return { value, gradient: [...gradient, 0] };
};

/** Smooth functions: Rosenbrock's in 3 to 6 dimensions, a quartic, and a sum of waves in a bowl, which is not convex. */
export const functions: Readonly<Record<string, Objective>> = {
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

export const problems = fc.record({
  name: fc.constantFrom('rosenbrock', 'quartic', 'waves'),
  from: fc.integer({ min: 1, max: 2 }).chain((outputs) =>
    fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
      minLength: (INPUTS + 1) * outputs,
      maxLength: (INPUTS + 1) * outputs,
    }),
  ),
  memory: fc.integer({ min: 1, max: 8 }),
  sufficientDecrease: fc.constantFrom(1e-4, 0.1, 0.4),
  curvature: fc.constantFrom(0.9, 0.5),
});
