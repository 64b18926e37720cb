/** Small optimizers that transforms are put around: one shows the gradient that it is given, others move by it. */
import type { Optimizer } from '../../../src/optimizer/optimizer.ts';
import { fromRule } from '../../../src/optimizer/rule.ts';
import type { Transform } from '../../../src/optimizer/transform/transform.ts';
import { add, input, multiply, subtract } from '../../../src/scalar/expr.ts';
import { type Course, numbersOf, run } from '../optimizer/run.ts';

/** Its next parameters are the gradient that it is given. */
export const seen: Optimizer = fromRule({
  kind: 'seen',
  config: { learningRate: 1 },
  slots: {},
  scalars: () => ({}),
  updates: [],
  value: input('gradient'),
});

/** θ ← θ − g/2, exact on round numbers for some steps. */
export const halfway: Optimizer = fromRule({
  kind: 'halfway',
  config: { learningRate: 0.5 },
  slots: {},
  scalars: () => ({}),
  updates: [],
  value: subtract(input('value'), multiply(0.5, input('gradient'))),
});

/** v ← v/2 + g, θ ← θ − v/4: it remembers. */
export const rolling: Optimizer = fromRule({
  kind: 'rolling',
  config: { learningRate: 0.25 },
  slots: { velocity: 0 },
  scalars: () => ({}),
  updates: [['velocity', add(multiply(0.5, input('velocity')), input('gradient'))]],
  value: subtract(input('value'), multiply(0.25, input('velocity'))),
});

/** θ ← θ. */
export const resting: Optimizer = fromRule({
  kind: 'resting',
  config: { learningRate: 1 },
  slots: {},
  scalars: () => ({}),
  updates: [],
  value: input('value'),
});

/** What the optimizer inside is given at the first step of a course. */
export const gradientSeen = (transform: Transform, dtype: 'f32' | 'f64', course: Course): readonly number[] =>
  numbersOf(run(dtype, transform(seen), { ...course, gradients: course.gradients.slice(0, 1) })[1]?.params ?? {});
