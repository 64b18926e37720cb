/** Losses at their corners: zeros, signs, extreme logits, certain probabilities. */
import * as fc from 'fast-check';
import * as Loss from '../../src/loss/index.ts';
import { round, unitRoundoff } from '../../src/scalar/dtype.ts';
import { evaluate } from '../../src/scalar/evaluate.ts';
import { add, input, multiply, softplus, subtract } from '../../src/scalar/expr.ts';
import type { Shape } from '../../src/tensor/shape.ts';
import { generate, scalar, show, type Tensor } from '../../src/tensor/tensor.ts';
import { dtypes, tensorsOf } from '../arbitrary/tensors.ts';
import { all, holds, type Law, type LawSet, law, lawSet, same, type Verdict } from '../law.ts';
import { costs, ones } from './costs.ts';

/** Losses that are exactly 0 where the prediction is the target, and those targets. */
const matching = (dtype: 'f32' | 'f64', shape: Shape) => {
  const finite = tensorsOf(dtype, shape, fc.double({ min: -1e6, max: 1e6, noNaN: true }));
  const bits = tensorsOf(dtype, shape, fc.constantFrom(0, 1));
  const positive = tensorsOf(dtype, shape, fc.double({ min: 2 ** -40, max: 1, noNaN: true }));
  const certain = fc
    .tuple(fc.constant(shape), fc.nat(99))
    .map(([s, n]) =>
      generate(dtype, s, (i) => (i % (s[1] ?? 1) === (n + Math.floor(i / (s[1] ?? 1))) % (s[1] ?? 1) ? 1 : 0)),
    );
  const of = (samples: fc.Arbitrary<Tensor>, ...losses: readonly Loss.Loss[]) =>
    fc.tuple(samples, fc.constantFrom(...losses));
  return fc.oneof(
    of(
      finite,
      Loss.squaredError(),
      Loss.halfSquaredError(),
      Loss.absoluteError(),
      Loss.huber({ delta: 0.5 }),
      Loss.logCosh(),
    ),
    of(bits, Loss.binaryCrossEntropy()),
    of(certain, Loss.categoricalCrossEntropy(), Loss.kullbackLeibler()),
    of(positive, Loss.kullbackLeibler()),
  );
};

const zeroAtTarget: Law = law(
  'zero at the target',
  'costs are exactly 0 where the prediction is the target',
  fc
    .tuple(dtypes, fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 4 })))
    .chain(([dtype, shape]) => matching(dtype, shape)),
  ([target, loss]) =>
    all(...Array.from(costs(target.dtype, loss, target, target).values.data, (cost) => same(0, cost))),
  { runs: 200, show: ([target, loss]) => `${loss.description.kind} at ${show(target)}` },
);

const beyondTheMargin: Law = law(
  'hinges are zero beyond the margin',
  'a score that is right by more than 1 costs nothing and has gradient 0',
  fc.tuple(
    dtypes,
    fc.array(fc.tuple(fc.boolean(), fc.double({ min: 1.5, max: 100, noNaN: true })), { minLength: 1, maxLength: 5 }),
  ),
  ([dtype, scores]) => {
    const sign = generate(dtype, [scores.length, 1], (i) => (scores[i]?.[0] === true ? 1 : -1));
    const score = generate(dtype, [scores.length, 1], (i) => (scores[i]?.[1] ?? NaN) * (sign.data[i] ?? NaN));
    const oneHot = generate(dtype, [scores.length, 2], (i) =>
      i % 2 === (scores[i >> 1]?.[0] === true ? 1 : 0) ? 1 : 0,
    );
    const wide = generate(dtype, [scores.length, 2], (i) => (scores[i >> 1]?.[1] ?? NaN) * (oneHot.data[i] ?? NaN));
    return all(
      ...[costs(dtype, Loss.hinge(), score, sign), costs(dtype, Loss.multiClassHinge(), wide, oneHot)].flatMap(
        ({ values, pullback }) => [
          ...Array.from(values.data, (cost) => same(0, cost)),
          ...Array.from(pullback(ones(values)).data, (slope) => same(0, slope + 0)),
        ],
      ),
    );
  },
  { runs: 100 },
);

/**
 * Σ t·(log t − log p) is at least 0 for distributions. Both are normalised in f64 to within 4 roundings of each number, and
 * each term of the sum errs by a few more: 2⁴·u·Σ(t + t·|log t| + t·|log p|).
 */
const divergence: Law = law(
  'kullbackLeibler is not negative',
  'the divergence of two distributions is at least 0, within rounding',
  fc.array(fc.tuple(fc.double({ min: 1e-6, max: 1, noNaN: true }), fc.double({ min: 1e-6, max: 1, noNaN: true })), {
    minLength: 2,
    maxLength: 6,
  }),
  (pairs) => {
    const normalised = (xs: readonly number[]): readonly number[] => {
      const total = xs.reduce((sum, x) => sum + x, 0);
      return xs.map((x) => x / total);
    };
    const p = normalised(pairs.map(([x]) => x));
    // Half the time close by, where the divergence is smallest.
    const t = normalised(pairs.map(([x, y], i) => (pairs.length % 2 === 0 ? y : x * (1 + i * 2 ** -50))));
    const row = (xs: readonly number[]): Tensor => generate('f64', [1, xs.length], (i) => xs[i] ?? NaN);
    const [cost = NaN] = Array.from(costs('f64', Loss.kullbackLeibler(), row(p), row(t)).values.data);
    const terms = t.reduce((sum, x, i) => sum + x * (1 + Math.abs(Math.log(x)) + Math.abs(Math.log(p[i] ?? NaN))), 0);
    return holds(cost >= -(2 ** 4) * 2 ** -53 * terms, `at least 0 − ${2 ** 4 * 2 ** -53 * terms}`, `${cost}`);
  },
  { runs: 300 },
);

/** The losses that take logits, with targets for [batch, 3]. */
const ofLogits: ReadonlyArray<readonly [Loss.Loss, (i: number) => number, Shape]> = [
  [Loss.binaryCrossEntropyWithLogits(), (i) => i % 2, [4, 3]],
  [Loss.binaryCrossEntropyWithLogits(), (i) => (i % 5) / 4, [4, 3]],
  [Loss.softmaxCrossEntropy(), (i) => (i % 4 === 0 ? 1 : 0), [4, 3]],
  [Loss.softmaxCrossEntropy(), () => 1 / 3, [4, 3]],
  [Loss.fromLabels(Loss.softmaxCrossEntropy()), (i) => i % 3, [4]],
  [Loss.fromLabels(Loss.labelSmoothing(0.1)(Loss.softmaxCrossEntropy())), (i) => i % 3, [4]],
  [Loss.fromLabels(Loss.multiClassHinge()), (i) => i % 3, [4]],
];

const extreme: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(-1e4, 1e4, 0, -0, 1e30, -1e30, 2 ** -149, 88.8, -103.98, 709.8, -745.2),
  fc.double({ min: -1e4, max: 1e4, noNaN: true }),
);

const steepness: Law = law(
  'slopes at extreme logits',
  'at ±10⁴ and beyond no cost of logits falls below 0 and no slope is above 2: in no direction does a logit change a cost faster than by 1, but for hinges, by the number of other classes',
  dtypes.chain((dtype) =>
    fc.record({ logits: tensorsOf(dtype, [4, 3], extreme), which: fc.constantFrom(...ofLogits) }),
  ),
  ({ logits, which: [loss, target, shape] }) => {
    const { values, pullback } = costs(logits.dtype, loss, logits, generate(logits.dtype, shape, target));
    return all(
      ...Array.from(values.data, (cost) => holds(cost >= 0, 'a cost ≥ 0', `${cost}`)),
      ...Array.from(pullback(ones(values)).data, (slope) =>
        holds(Math.abs(slope) <= 2, 'a slope of at most 2', `${slope}`),
      ),
    );
  },
  { runs: 300, show: ({ logits, which: [loss] }) => `${JSON.stringify(loss.description)} at ${show(logits)}` },
);

/** Where probabilities are certain: what happens against them costs ∞, and nothing else is touched. */
const certainty: Law = law(
  'certainty',
  'nothing is clamped unless ε says so: what has probability 0 and happens costs ∞, with ε it costs −log ε',
  fc.tuple(dtypes, fc.boolean(), fc.constantFrom(2 ** -10, 2 ** -20)),
  ([dtype, yes, epsilon]) => {
    const [p, t] = [scalar(dtype, yes ? 0 : 1), scalar(dtype, yes ? 1 : 0)];
    const one = (x: Tensor): Tensor => generate(dtype, [1], () => x.data[0] ?? NaN);
    const two = (x: Tensor): Tensor =>
      generate(dtype, [1, 2], (i) => (i === 0 ? (x.data[0] ?? NaN) : 1 - (x.data[0] ?? NaN)));
    const cost = (loss: Loss.Loss, prediction: Tensor, target: Tensor): number =>
      costs(dtype, loss, prediction, target).values.data[0] ?? NaN;
    // −log 2⁻ⁿ = n·ln 2, to 4 ulp.
    const bounded = (x: number): Verdict =>
      holds(Math.abs(x / -Math.log(epsilon) - 1) <= 8 * unitRoundoff(dtype), `${-Math.log(epsilon)}`, `${x}`);
    return all(
      same(Number.POSITIVE_INFINITY, cost(Loss.binaryCrossEntropy(), one(p), one(t)), 'binary'),
      same(Number.POSITIVE_INFINITY, cost(Loss.categoricalCrossEntropy(), two(p), two(t)), 'categorical'),
      same(Number.POSITIVE_INFINITY, cost(Loss.kullbackLeibler(), two(p), two(t)), 'divergence'),
      bounded(cost(Loss.binaryCrossEntropy({ epsilon }), one(p), one(t))),
      bounded(cost(Loss.categoricalCrossEntropy({ epsilon }), two(p), two(t))),
      bounded(cost(Loss.kullbackLeibler({ epsilon }), two(p), two(t))),
    );
  },
  { runs: 20 },
);

/**
 * Near the target log cosh d = d²/2 − d⁴/12 + d⁶/45 − …; for |d| < 2⁻⁸ what is left out is below 2⁻⁵¹ of the sum. Ten
 * operations, each within 2 ulp of a term no greater than twice the result: 2⁷ units of rounding of the result itself.
 */
const smallDifferences: Law = law(
  'logCosh near the target',
  'keeps its digits however small the difference is, down to where its square underflows',
  fc.tuple(dtypes, fc.integer({ min: 8, max: 45 }), fc.double({ min: 1, max: 2, noNaN: true }), fc.boolean()),
  ([dtype, exponent, significand, negative]) => {
    const d = round(dtype)((negative ? -significand : significand) * 2 ** -exponent);
    const expected = (d * d) / 2 - d ** 4 / 12 + d ** 6 / 45;
    const prediction = generate(dtype, [1], () => d);
    const { values, pullback } = costs(
      dtype,
      Loss.logCosh(),
      prediction,
      generate(dtype, [1], () => 0),
    );
    const [received = NaN] = Array.from(values.data);
    const [slope = NaN] = Array.from(pullback(ones(values)).data);
    const tolerance = 2 ** 7 * unitRoundoff(dtype);
    return all(
      holds(Math.abs(received / expected - 1) <= tolerance, `${expected}`, `${received} at ${d}`),
      holds(Math.abs(slope / Math.tanh(d) - 1) <= tolerance, `${Math.tanh(d)}`, `${slope}, the slope at ${d}`),
    );
  },
  { runs: 200 },
);

const undecided: Law = law(
  'logits of 0',
  'where a loss of logits is undecided its slope is that of the smooth function: ½ − t, or 1/classes − t',
  fc.tuple(dtypes, fc.constantFrom(0, -0), fc.constantFrom(0, 0.25, 1)),
  ([dtype, zero, t]) => {
    const slopes = (loss: Loss.Loss, shape: Shape, target: (i: number) => number): readonly number[] => {
      const { values, pullback } = costs(
        dtype,
        loss,
        generate(dtype, shape, () => zero),
        generate(dtype, shape, target),
      );
      return Array.from(pullback(ones(values)).data);
    };
    return all(
      same(`${[0.5 - t]}`, `${slopes(Loss.binaryCrossEntropyWithLogits(), [1], () => t)}`),
      same(`${[0.5 - t, t - 0.5]}`, `${slopes(Loss.softmaxCrossEntropy(), [1, 2], (i) => (i === 0 ? t : 1 - t))}`),
    );
  },
  { runs: 20 },
);

/** Near the target |d| − log 2 would cancel, and far from it e^−|d| − 1: the formula changes where both are good. */
const farFromTheTarget: Law = law(
  'log-cosh far from the target',
  'from a difference of 1 on the cost is softplus(−2|d|) + (|d| − log 2), to the bit',
  fc.tuple(dtypes, fc.oneof(fc.constant(1), fc.double({ min: 1, max: 20, noNaN: true })), fc.boolean()),
  ([dtype, size, below]) => {
    const d = round(dtype)(size);
    const expected = evaluate(dtype)(add(softplus(multiply(-2, input('d'))), subtract(input('d'), Math.LN2)))({ d });
    const prediction = generate(dtype, [1, 1], () => (below ? -d : d));
    const target = generate(dtype, [1, 1], () => 0);
    return same(expected, costs(dtype, Loss.logCosh(), prediction, target).values.data[0]);
  },
);

export const cornerLaws: LawSet = lawSet('corners', [
  zeroAtTarget,
  beyondTheMargin,
  divergence,
  steepness,
  certainty,
  smallDifferences,
  undecided,
  farFromTheTarget,
]);
