/** One loss in two forms: from probabilities and from logits, from integer labels and from one-hot rows. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as Loss from '../../src/loss/index.ts';
import { input, multiply } from '../../src/scalar/expr.ts';
import { equals, generate, show, type Tensor, zeros } from '../../src/tensor/tensor.ts';
import { dtypes, tensorsOf } from '../arbitrary/tensors.ts';
import { all, holds, type Law, type LawSet, law, lawSet, same, type Verdict } from '../law.ts';
import { costs, ones } from './costs.ts';

/**
 * p = σ(x) is known to 4u, so log p to 4u + 2u·|log p|, and log(1 − p) to 4u·p/(1 − p) ≤ 4u·e^x, and the reverse; the
 * logits form errs by some 8u of its own value: 16u·(1 + e^|x| + |x|).
 */
const binaryForms: Law = law(
  'binary cross-entropy of probabilities and of logits',
  'agree where p = sigmoid(x)',
  fc.array(fc.tuple(fc.double({ min: -15, max: 15, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 8,
  }),
  (pairs) => {
    const column = (of: (pair: readonly [number, number]) => number): Tensor =>
      generate('f64', [pairs.length, 1], (i) => of(pairs[i] ?? [NaN, NaN]));
    const target = column(([, t]) => t);
    const byLogits = costs(
      'f64',
      Loss.binaryCrossEntropyWithLogits(),
      column(([x]) => x),
      target,
    ).values;
    const byProbabilities = costs(
      'f64',
      Loss.binaryCrossEntropy(),
      column(([x]) => 1 / (1 + Math.exp(-x))),
      target,
    ).values;
    return all(
      ...pairs.map(([x], i): Verdict => {
        const tolerance = 16 * 2 ** -53 * (1 + Math.exp(Math.abs(x)) + Math.abs(x));
        const [a = NaN, b = NaN] = [byLogits.data[i], byProbabilities.data[i]];
        return Math.abs(a - b) <= tolerance
          ? undefined
          : { expected: `${a}`, received: `${b}`, where: `x = ${x}`, tolerance: `${tolerance} = 16u(1 + e^|x| + |x|)` };
      }),
    );
  },
  { runs: 200 },
);

/** Each softmax pⱼ is known to 10u, so log pⱼ to 10u + 2u·|log pⱼ|, and |log pⱼ| ≤ 2·max|x| + log 5: 32u·(2 + max|x|). */
const categoricalForms: Law = law(
  'categorical cross-entropy of probabilities and of logits',
  'agree where p = softmax(x)',
  fc.integer({ min: 2, max: 5 }).chain((classes) =>
    fc.record({
      logits: fc.array(fc.double({ min: -15, max: 15, noNaN: true }), { minLength: classes, maxLength: classes }),
      label: fc.nat(classes - 1),
    }),
  ),
  ({ logits, label }) => {
    const greatest = Math.max(...logits);
    const exponentials = logits.map((x) => Math.exp(x - greatest));
    const total = exponentials.reduce((sum, e) => sum + e, 0);
    const row = (xs: readonly number[]): Tensor => generate('f64', [1, xs.length], (i) => xs[i] ?? NaN);
    const target = row(logits.map((_, j) => (j === label ? 1 : 0)));
    const [a = NaN] = Array.from(costs('f64', Loss.softmaxCrossEntropy(), row(logits), target).values.data);
    const probabilities = row(exponentials.map((e) => e / total));
    const [b = NaN] = Array.from(costs('f64', Loss.categoricalCrossEntropy(), probabilities, target).values.data);
    const tolerance = 32 * 2 ** -53 * (2 + Math.max(...logits.map(Math.abs)));
    return Math.abs(a - b) <= tolerance
      ? undefined
      : { expected: `${a}`, received: `${b}`, tolerance: `${tolerance} = 32u(2 + max|x|)` };
  },
  { runs: 200 },
);

/** λ = eˣ is known to 2u, so log λ to 2u + 2u·|x|: 8u·(λ + t + t·|x|). */
const poissonForms: Law = law(
  'Poisson loss of the rate and of its logarithm',
  'agree where λ = eˣ',
  fc.tuple(fc.double({ min: -8, max: 8, noNaN: true }), fc.integer({ min: 0, max: 50 })),
  ([x, t]) => {
    const of = (loss: Loss.Loss, prediction: number): number =>
      costs(
        'f64',
        loss,
        generate('f64', [1], () => prediction),
        generate('f64', [1], () => t),
      ).values.data[0] ?? NaN;
    const [a, b] = [of(Loss.poissonWithLogRate(), x), of(Loss.poisson(), Math.exp(x))];
    const tolerance = 8 * 2 ** -53 * (Math.exp(x) + t + t * Math.abs(x));
    return Math.abs(a - b) <= tolerance
      ? undefined
      : { expected: `${a}`, received: `${b}`, tolerance: `${tolerance} = 8u(λ + t + t|x|)` };
  },
  { runs: 200 },
);

/** Integer labels and the rows that they stand for. */
const labelForms: Law = law(
  'integer labels and one-hot rows',
  'cost the same and have the same gradient, bit for bit; a label that is no class costs NaN',
  fc.tuple(dtypes, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 5 })).chain(([dtype, batch, classes]) =>
    fc.record({
      scores: tensorsOf(dtype, [batch, classes], fc.double({ min: 0.01, max: 3, noNaN: true })),
      labels: fc.array(fc.nat(classes - 1), { minLength: batch, maxLength: batch }),
      wrong: fc.constantFrom(-1, classes, 0.5, NaN, Number.POSITIVE_INFINITY),
      loss: fc.constantFrom(
        Loss.softmaxCrossEntropy(),
        Loss.categoricalCrossEntropy(),
        Loss.multiClassHinge(),
        Loss.labelSmoothing(0.25)(Loss.softmaxCrossEntropy()),
      ),
    }),
  ),
  ({ scores, labels, loss, wrong }) => {
    const { dtype } = scores;
    const [, classes = 0] = scores.shape;
    const rows = generate(dtype, scores.shape, (i) => (labels[Math.floor(i / classes)] === i % classes ? 1 : 0));
    const numbers = generate(dtype, [labels.length], (i) => labels[i] ?? NaN);
    const [byRows, byLabels] = [costs(dtype, loss, scores, rows), costs(dtype, Loss.fromLabels(loss), scores, numbers)];
    const [a, b] = [byRows.pullback(ones(byRows.values)), byLabels.pullback(ones(byLabels.values))];
    const broken = costs(
      dtype,
      Loss.fromLabels(loss),
      scores,
      generate(dtype, [labels.length], () => wrong),
    ).values;
    return all(
      equals(byRows.values, byLabels.values)
        ? undefined
        : { expected: show(byRows.values), received: show(byLabels.values) },
      equals(a, b) ? undefined : { expected: show(a), received: show(b), where: 'the gradient' },
      ...Array.from(broken.data, (cost) => same(NaN, cost, `label ${wrong}`)),
    );
  },
  { runs: 100 },
);

/** A loss that takes certain targets and costs Σ prediction·target: of a prediction that is 1 for one class, the target there. */
const telling = (holds: (x: number) => boolean): Loss.Loss =>
  Loss.elementwise({
    description: { kind: 'telling' },
    reduction: 'sum',
    cost: multiply(input('prediction'), input('target')),
    join: 'sum',
    target: { values: 'its own', holds },
  });

/** What losses take: all that is finite, from 0 to 1, 0 or 1, −1 or 1, whole numbers. */
const TAKEN: ReadonlyArray<(x: number) => boolean> = [
  Number.isFinite,
  (x) => x >= 0 && x <= 1,
  (x) => x === 0 || x === 1,
  (x) => x === -1 || x === 1,
  Number.isInteger,
];

/** A loss inside another is told nothing that it does not take. */
const toldForms: Law = law(
  'what the loss inside is told',
  'is what it says that it takes, or the loss around it is refused',
  fc.record({
    taken: fc.constantFrom(...TAKEN),
    smoothing: fc.constantFrom(undefined, 0, 0.1, 0.5),
    classes: fc.integer({ min: 2, max: 5 }),
  }),
  ({ taken, smoothing, classes }) => {
    const inner = telling(taken);
    const around = Loss.fromLabels(smoothing === undefined ? inner : Loss.labelSmoothing(smoothing)(inner));
    const each = generate('f64', [classes, classes], (i) => (i % (classes + 1) === 0 ? 1 : 0));
    const told = (): readonly number[] => {
      around.expected(each.shape);
      return Array.from(costs('f64', around, each, zeros('f64', [classes])).values.data);
    };
    const floor = (smoothing ?? 0) / classes;
    if ([floor, 1 - (smoothing ?? 0) + floor].every(taken))
      return all(...told().map((target) => same(true, taken(target), `told ${target}`)));
    return holds(E.isLeft(E.tryCatch(told, E.toError)), 'a refusal', 'an answer');
  },
  { runs: 200 },
);

export const formLaws: LawSet = lawSet('forms', [binaryForms, categoricalForms, poissonForms, labelForms, toldForms]);
