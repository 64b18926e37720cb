/** Wrong gradients of functions of plain numbers, as other libraries and afternoons have them. */
import type { LawSet } from '../law.ts';
import { type GradientOptions, gradient, type PlainGradient } from '../pack/gradient.ts';
import type { Broken } from './broken.ts';

type List = readonly number[];

const at = (list: List, i: number): number => list[i] ?? NaN;
const slope = (v: number): number => 1 - Math.tanh(v) ** 2;

const tanh: PlainGradient = {
  inputs: 3,
  outputs: 3,
  of: (x) => x.map(Math.tanh),
  pullback: (x, dy) => dy.map((d, i) => d * slope(at(x, i))),
};

const logistic = (v: number): number => (v >= 0 ? 1 / (1 + Math.exp(-v)) : Math.exp(v) / (1 + Math.exp(v)));
const softplus: PlainGradient = {
  inputs: 2,
  outputs: 2,
  of: (x) => x.map((v) => Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)))),
  pullback: (x, dy) => dy.map((d, i) => d * logistic(at(x, i))),
};

/** One unit, y = tanh(w·x + b), of w₀, w₁, b, x₀, x₁. */
const before = (p: List): number => at(p, 0) * at(p, 3) + at(p, 1) * at(p, 4) + at(p, 2);
const partsOf = (p: List): List => [at(p, 3), at(p, 4), 1, at(p, 0), at(p, 1)];
const unit: PlainGradient = {
  inputs: 5,
  outputs: 1,
  of: (p) => [Math.tanh(before(p))],
  pullback: (p, [d = NaN]) => partsOf(p).map((part) => d * slope(before(p)) * part),
};

/** A ReLU whose kink is told, and one whose is not. */
const told: PlainGradient = {
  inputs: 2,
  outputs: 2,
  of: (x, { max }) => x.map((v) => max(v, 0)),
  pullback: (x, dy) => dy.map((d, i) => (at(x, i) > 0 ? d : 0)),
};
const untold: PlainGradient = { ...told, of: (x) => x.map((v) => Math.max(v, 0)) };

/** The same to the precision of f32. */
const single: PlainGradient = {
  ...tanh,
  of: (x) => x.map((v) => Math.fround(Math.tanh(v))),
  pullback: (x, dy) => tanh.pullback(x, dy).map(Math.fround),
};

/** A gradient that is taken where the values were last computed. */
const remembering = (): PlainGradient => {
  let last: List = [0, 0, 0];
  return {
    ...tanh,
    of: (x) => {
      last = [...x];
      return x.map(Math.tanh);
    },
    pullback: (_, dy) => tanh.pullback(last, dy),
  };
};

const entry = (name: string, fault: string, law: string, of: PlainGradient, options: GradientOptions = {}): Broken => ({
  name,
  fault,
  law,
  laws: gradient(of, { name, ...options }),
});

export const broken: readonly Broken[] = [
  entry('the slope at the value', '1 − tanh²(y) for 1 − tanh²(x)', 'pullback: differences', {
    ...tanh,
    pullback: (x, dy) => dy.map((d, i) => d * slope(Math.tanh(at(x, i)))),
  }),
  entry('the weights’ gradient from the output', 'δ·y for δ·x', 'pullback: differences', {
    ...unit,
    pullback: (p, [d = NaN]) =>
      partsOf(p).map((part, i) => d * slope(before(p)) * (i === 0 ? Math.tanh(before(p)) : part)),
  }),
  entry('the bias without a gradient', 'weights and inputs have one, the bias was forgotten', 'shapes', {
    ...unit,
    pullback: (p, dy) => unit.pullback(p, dy).filter((_, i) => i !== 2),
  }),
  entry('the gradient written over what came back', 'dy is multiplied in place', 'writes to nothing', {
    ...tanh,
    pullback: (x, dy) => {
      // What is read-only to TypeScript is not to whoever casts.
      const own = dy as number[];
      for (const [i, d] of dy.entries()) own[i] = d * slope(at(x, i));
      return own;
    },
  }),
  entry(
    'the point of the last call',
    'the gradient is at what was last computed',
    'calls share nothing',
    remembering(),
  ),
  entry('a gradient clipped inside', 'no number of the gradient is above ½', 'pullback scales exactly', {
    ...tanh,
    pullback: (x, dy) => tanh.pullback(x, dy).map((g) => Math.min(g, 0.5)),
  }),
  entry('log(1 + eˣ)', 'the exponential of a large number is infinite', 'large inputs stay finite', {
    ...softplus,
    of: (x) => x.map((v) => Math.log(1 + Math.exp(v))),
  }),
  entry(
    'softplus to the base 2',
    'log₂(1 + 2ˣ): its gradient is right',
    'formula',
    {
      ...softplus,
      of: (x) => x.map((v) => Math.max(v, 0) + Math.log2(1 + 2 ** -Math.abs(v))),
      pullback: (x, dy) => dy.map((d, i) => d * logistic(at(x, i) * Math.LN2)),
    },
    { expected: (x) => x.map((v) => Math.log(1 + Math.exp(v))) },
  ),
];

export const correct: readonly LawSet[] = [
  gradient(tanh, { expected: (x) => x.map((v) => (Math.exp(2 * v) - 1) / (Math.exp(2 * v) + 1)) }),
  gradient(softplus, { expected: (x) => x.map((v) => Math.log(1 + Math.exp(v))) }),
  gradient(unit),
  gradient(told),
  gradient(untold),
  gradient(single, { name: 'in f32', dtypes: ['f32'], expected: (x) => x.map(Math.tanh) }),
];
