/** Wrong transforms of gradients and of optimizers, and the right ones. */
import * as O from 'fp-ts/lib/Option.js';
import type { Json } from '../../src/index.ts';
import { Expr, Ops, type Optimizer, type Transform, Tree } from '../../src/index.ts';
import type { LawSet } from '../law.ts';
import { transform as lawsOfTransform, type TransformOptions } from '../pack/transform.ts';
import type { Broken } from './broken.ts';
import { average, EVERY, gather, KEPT } from './transforms-steps.ts';

const { abs, add, divide, input, max, min, multiply, sqrt } = Expr;
const [a, b, x] = [input('a'), input('b'), input('x')];

type Given<P extends Tree.Form, T> = Optimizer.PhaseInput<P, T>;

/** A transform that changes the gradient, and nothing else. */
const onGradients =
  (
    kind: string,
    config: Readonly<Record<string, Json>>,
    change: <P extends Tree.Form, T>(given: Given<P, T>) => Tree.Of<P, T>,
  ): Transform.Transform =>
  (optimizer) => ({
    ...optimizer,
    description: { kind, ...config, optimizer: optimizer.description },
    phases: Object.fromEntries(
      Object.entries(optimizer.phases).map(([name, phase]) => [
        name,
        <P extends Tree.Form, T>(given: Given<P, T>): Optimizer.PhaseOutput<P, T> =>
          phase<P, T>({ ...given, evaluation: { ...given.evaluation, gradient: change<P, T>(given) } }),
      ]),
    ),
  });

const LIMIT = 2;
const length = <T>(ops: Ops.Ops<T>, squares: T): T => ops.map(sqrt(x), { x: squares });
const squaresOf = <T>(ops: Ops.Ops<T>, g: T): T => Ops.total(ops, ops.map(multiply(x, x), { x: g }));
/** x·min(1, limit ÷ length), to the bit x where it is not longer. */
const shortened = Expr.ifLessOrEqual(input('length'), LIMIT, x, multiply(divide(x, input('length')), LIMIT));

/** Clips all by the norm of all. */
const clipGlobally = (
  cut: Expr.Expr<'x' | 'length'>,
  measure: <T>(ops: Ops.Ops<T>, squares: T) => T = length,
): Transform.Transform =>
  onGradients(
    'clip',
    { limit: LIMIT },
    <P extends Tree.Form, T>({ ops, declaration: { tree }, evaluation: { gradient } }: Given<P, T>) => {
      const all = Tree.leaves<P, T>(tree, gradient).reduce<T>(
        (sum, g) => Ops.add(ops, sum, squaresOf(ops, g)),
        ops.scalar(0),
      );
      const of = measure(ops, all);
      return Tree.map(tree, (g: T): T => ops.map(cut, { x: g, length: of }), gradient);
    },
  );
/** Clips each parameter’s gradient by its own norm. */
const clipEach: Transform.Transform = onGradients(
  'clip',
  { limit: LIMIT },
  <P extends Tree.Form, T>({ ops, declaration: { tree }, evaluation: { gradient } }: Given<P, T>) =>
    Tree.map(tree, (g: T): T => ops.map(shortened, { x: g, length: length(ops, squaresOf(ops, g)) }), gradient),
);
const clipNumbers = (cut: Expr.Expr<'x'>): Transform.Transform =>
  onGradients(
    'clip',
    { limit: LIMIT },
    <P extends Tree.Form, T>({ ops, declaration: { tree }, evaluation: { gradient } }: Given<P, T>) =>
      Tree.map(tree, (g: T): T => ops.map(cut, { x: g }), gradient),
  );
const globally: TransformOptions = { clips: { limit: LIMIT, by: 'globalNorm' } };
const clamped = max(-LIMIT, min(LIMIT, x));

const RATE = 0.25;
const decay = (rate: number, ofBiases: boolean): Transform.Transform =>
  onGradients(
    'decay',
    { rate: RATE },
    <P extends Tree.Form, T>({ ops, declaration: { tree, specs }, evaluation: { gradient }, params }: Given<P, T>) =>
      Tree.zip(
        tree,
        (g: T, pull: O.Option<T>): T => (O.isSome(pull) ? Ops.add(ops, g, pull.value) : g),
        gradient,
        Tree.zip(
          tree,
          (p: T, { role }: { readonly role: string }): O.Option<T> =>
            ofBiases || role === 'weight' ? O.some(ops.map(multiply(rate, x), { x: p })) : O.none,
          params,
          specs,
        ),
      ),
  );
const decays: TransformOptions = {
  decays: { rate: RATE, of: 'weights' },
  expected: (leaves) =>
    leaves.map(({ role, parameter, gradient }) =>
      gradient.map((g, i) => (role === 'weight' ? g + RATE * (parameter[i] ?? NaN) : g)),
    ),
};

const averages: TransformOptions = { averages: true };
const gathers: TransformOptions = { accumulates: EVERY };

export const broken: readonly Broken[] = [
  {
    name: 'clipping, number by number',
    fault: 'each number is cut at the limit where the norm of all should be shortened to it',
    law: 'clipping keeps the direction',
    laws: lawsOfTransform(clipNumbers(clamped), globally),
  },
  {
    name: 'clipping, parameter by parameter',
    fault: 'every parameter’s gradient is shortened to the limit by itself, so that of all is longer',
    law: 'clips to the limit',
    laws: lawsOfTransform(clipEach, globally),
  },
  {
    name: 'clipping, small gradients too',
    fault: 'every gradient gets the length of the limit, also one that is shorter',
    law: 'within the limit nothing changes',
    laws: lawsOfTransform(clipGlobally(multiply(divide(x, add(input('length'), 1e-12)), LIMIT)), globally),
  },
  {
    name: 'clipping, by the square',
    fault: 'the sum of squares stands for the norm: its root is not taken',
    law: 'clips to the limit',
    laws: lawsOfTransform(
      clipGlobally(shortened, (_, squares) => squares),
      globally,
    ),
  },
  {
    name: 'clipping, to nothing',
    fault: 'numbers beyond the limit become 0',
    law: 'clips to the limit',
    laws: lawsOfTransform(clipNumbers(Expr.ifLessOrEqual(abs(x), LIMIT, x, 0)), {
      clips: { limit: LIMIT, by: 'number' },
    }),
  },
  {
    name: 'decay, of biases too',
    fault: 'λθ is added to the gradient of biases as well',
    law: 'decay is added to the gradient',
    laws: lawsOfTransform(decay(RATE, true), decays),
  },
  {
    name: 'decay, of the loss ½λθ² twice',
    fault: '2λθ is added: the gradient of λθ², which has no ½',
    law: 'formula',
    laws: lawsOfTransform(decay(2 * RATE, false), decays),
  },
  {
    name: 'decay, away from 0',
    fault: 'λθ is subtracted from the gradient, so weights grow',
    law: 'decay is added to the gradient',
    laws: lawsOfTransform(decay(-RATE, false), decays),
  },
  {
    name: 'average, from 0',
    fault: 'the average begins at 0 and is not divided by 1 − dᵗ',
    law: 'averages lie between',
    laws: lawsOfTransform(average({ divisor: () => 1 }), averages),
  },
  {
    name: 'average, parts of more than 1',
    fault: 'the parts are d and 1, not d and 1 − d',
    law: 'averages lie between',
    laws: lawsOfTransform(average({ next: add(multiply(KEPT, a), b) }), averages),
  },
  {
    name: 'average, in the place of the parameters',
    fault: 'the next step starts from the average',
    law: 'averages lie between',
    laws: lawsOfTransform(average({ replaces: true }), averages),
  },
  {
    name: 'average, by how often it is asked for',
    fault: 'the correction counts how often the average was asked for, not the steps',
    law: 'prefers the same again',
    laws: lawsOfTransform(
      (() => {
        let asked = 0;
        return average({
          divisor: () => {
            asked += 1;
            return 1 - KEPT ** (1 + (asked % 7));
          },
        });
      })(),
      {},
    ),
  },
  {
    name: 'decay, optimizer not described',
    fault: 'the description is that of the transform alone, and the optimizer inside is lost in a file',
    law: 'description',
    laws: lawsOfTransform(
      (optimizer) => ({ ...decay(RATE, false)(optimizer), description: { kind: 'decay', rate: RATE } }),
      decays,
    ),
  },
  {
    name: 'gathering, a sum',
    fault: 'the optimizer inside is given the sum of the gradients, not their mean',
    law: 'gathers the mean',
    laws: lawsOfTransform(gather({ mean: add(a, b) }), gathers),
  },
  {
    name: 'gathering, never emptied',
    fault: 'the sum goes on after the step, so old gradients count again',
    law: 'gathers the mean',
    laws: lawsOfTransform(gather({ resets: false }), gathers),
  },
];

export const correct: readonly LawSet[] = [
  lawsOfTransform(clipGlobally(shortened), { ...globally, name: 'clipping by the norm of all' }),
  lawsOfTransform(clipEach, { clips: { limit: LIMIT, by: 'norm' }, name: 'clipping by each norm' }),
  lawsOfTransform(clipNumbers(clamped), { clips: { limit: LIMIT, by: 'number' }, name: 'clipping by number' }),
  lawsOfTransform(decay(RATE, false), { ...decays, name: 'decay' }),
  lawsOfTransform(average({}), { ...averages, name: 'average' }),
  lawsOfTransform(gather({}), { ...gathers, name: 'gathering' }),
];
