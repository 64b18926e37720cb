/** The laws that every loss obeys, for anybody's losses. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { checkTargets } from '../../src/loss/checkTargets.ts';
import { type Loss, value } from '../../src/loss/loss.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import * as Failure from '../../src/tensor/failure.ts';
import { cast, equals, generate, scalar, show, type Tensor, takeRows } from '../../src/tensor/tensor.ts';
import { dtypes } from '../arbitrary/tensors.ts';
import { all, type Law, type LawSet, law, lawSet, type Verdict } from '../law.ts';
import { counted } from '../scalar/counted.ts';
import { along, fromDifferences, fromDuals } from './along.ts';
import { f64, type LossSample, norm, numbers, showLossSample } from './sample.ts';

const agree = (expected: Tensor, received: Tensor, where: string): Verdict =>
  equals(expected, received) ? undefined : { expected: show(expected), received: show(received), where };

const homogeneous = ({ loss, prediction, target, weights }: LossSample, exponent: number): Verdict => {
  const { pullback } = value(f64, loss, prediction, target, weights);
  const by = 2 ** exponent;
  const once = pullback(scalar('f64', 1));
  return agree(
    generate('f64', once.shape, (i) => (once.data[i] ?? NaN) * by),
    pullback(scalar('f64', by)),
    `scaled by ${by}`,
  );
};

/** Each example by itself, in either format. */
const independent = (sample: LossSample, dtype: 'f32' | 'f64'): Verdict => {
  const [ops, prediction, target] = [reference(dtype), cast(dtype)(sample.prediction), cast(dtype)(sample.target)];
  const batch = prediction.shape[0] ?? 0;
  const ones = (n: number): Tensor => generate(dtype, [n], () => 1);
  const together = sample.loss.costs(ops, prediction, target);
  const gradient = together.pullback(ones(batch));
  return all(
    ...Array.from({ length: batch }, (_, i) => {
      const alone = sample.loss.costs(ops, takeRows([i])(prediction), takeRows([i])(target));
      return all(
        agree(alone.values, takeRows([i])(together.values), `the cost of example ${i}`),
        agree(alone.pullback(ones(1)), takeRows([i])(gradient), `the gradient of example ${i}`),
      );
    }),
  );
};

/** Sums of at most 20 costs in two orders, each sum, product and quotient rounded: 2⁻⁴⁸ > 30·2⁻⁵³ of Σ|costs|. */
const REORDERED = 2 ** -48;

const near = (expected: Tensor, received: Tensor, size: number, where: string): Verdict => {
  const at = numbers(expected).findIndex((x, i) => !(Math.abs(x - (received.data[i] ?? NaN)) <= REORDERED * size));
  return at < 0 && expected.data.length === received.data.length
    ? undefined
    : { expected: show(expected), received: show(received), where, tolerance: `${REORDERED * size}` };
};

const weighted = ({ loss, prediction, target, weights }: LossSample): Verdict => {
  const one = scalar('f64', 1);
  const repeated = numbers(weights).flatMap((weight, i) => Array.from({ length: weight }, () => i));
  const [many, few] = [
    value(f64, loss, takeRows(repeated)(prediction), takeRows(repeated)(target)),
    value(f64, loss, prediction, target, weights),
  ];
  const [manyGradient, gradient] = [many.pullback(one), few.pullback(one)];
  const width = gradient.data.length / (prediction.shape[0] ?? 1);
  // Copies of an example each have their part of its gradient.
  const folded = generate('f64', prediction.shape, (k) => {
    const [i, j] = [Math.floor(k / width), k % width];
    return repeated.reduce(
      (sum, example, r) => sum + (example === i ? (manyGradient.data[r * width + j] ?? NaN) : 0),
      0,
    );
  });
  const costs = numbers(loss.costs(f64, takeRows(repeated)(prediction), takeRows(repeated)(target)).values);
  const none = value(f64, loss, prediction, target);
  const ones = value(
    f64,
    loss,
    prediction,
    target,
    generate('f64', weights.shape, () => 1),
  );
  return all(
    near(
      many.value,
      few.value,
      costs.reduce((sum, cost) => sum + Math.abs(cost), 0),
      'copies for weights',
    ),
    near(folded, gradient, 4 * norm(numbers(gradient)), 'the gradient of copies for weights'),
    agree(none.value, ones.value, 'weights of 1'),
    agree(none.pullback(one), ones.pullback(one), 'the gradient with weights of 1'),
  );
};

const reduced = ({ loss, prediction, target, weights }: LossSample): Verdict => {
  const one = scalar('f64', 1);
  const [mean, sum] = (['mean', 'sum'] as const).map((reduction) => {
    const of: Loss = { ...loss, reduction };
    const plain = value(f64, of, prediction, target);
    return {
      plain: plain.value.data[0] ?? NaN,
      weighted: value(f64, of, prediction, target, weights).value.data[0] ?? NaN,
      gradient: plain.pullback(one),
    };
  });
  if (mean === undefined || sum === undefined) return undefined;
  const batch = prediction.shape[0] ?? 0;
  const total = numbers(weights).reduce((all, weight) => all + weight, 0);
  return all(
    agree(scalar('f64', sum.plain / batch), scalar('f64', mean.plain), 'mean = sum ÷ batch'),
    agree(
      scalar('f64', sum.weighted / total),
      scalar('f64', mean.weighted),
      'weighted mean = weighted sum ÷ Σ weights',
    ),
    near(
      generate('f64', prediction.shape, (i) => (sum.gradient.data[i] ?? NaN) / batch),
      mean.gradient,
      norm(numbers(mean.gradient)),
      'the gradients likewise',
    ),
  );
};

/**
 * The laws of losses: the pullback against differences and dual numbers, exact in powers of two; each example costs what
 * it would alone; a weight of n is n copies, weights of 1 are none; the mean is the sum over the number of examples; the
 * targets pass the loss's own check. Beside a relative error, gradients are allowed the rounding of what a cost is made
 * of: where terms cancel in the loss, samples say in `terms` how large they were. Samples at a kink, or whose gradient
 * drowns in that rounding, are left out and counted; a law that leaves out more than half fails.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { Key, Loss, Tensor } from 'nabla-ts';
 * import { check, lossLaws } from 'nabla-ts/laws';
 * const samples = fc.nat().map(Key.fromSeed).map((key) => ({
 *   loss: Loss.squaredError(),
 *   prediction: Key.normal([2, 3], 'f64')(key),
 *   target: Tensor.zeros('f64', [2, 3]),
 *   weights: Tensor.full('f64', [2], 2),
 *   key,
 * }));
 * check(lossLaws('squared error', samples, 5)).every(({ outcome }) => outcome.tag === 'held') // => true
 * ```
 */
export const lossLaws = (name: string, samples: fc.Arbitrary<LossSample>, runs = 30): LawSet => {
  const options = { runs, show: showLossSample };
  const of = (law: string): string => `${name}: ${law}`;
  const laws: readonly Law[] = [
    counted(
      of('pullback against differences'),
      'along random directions, ⟨pullback(c), direction⟩ is c times the derivative by Ridders’s extrapolation in f64',
      samples,
      (sample) => along(sample, 1e-8, fromDifferences),
      options,
    ),
    counted(
      of('pullback against dual numbers'),
      'along random directions, ⟨pullback(c), direction⟩ is c times the derivative that dual numbers carry',
      samples,
      (sample) => along(sample, 1e-11, fromDuals),
      options,
    ),
    law(
      of('pullback scales exactly'),
      'pullback(2ⁿ) = 2ⁿ·pullback(1), bit for bit',
      fc.tuple(samples, fc.integer({ min: -10, max: 10 })),
      ([sample, exponent]) => homogeneous(sample, exponent),
      { runs, show: ([sample]) => showLossSample(sample) },
    ),
    law(
      of('examples are independent'),
      'an example costs what it would alone, and its gradient is the one it would have alone, bit for bit',
      fc.tuple(samples, dtypes),
      ([sample, dtype]) => independent(sample, dtype),
      { runs, show: ([sample]) => showLossSample(sample) },
    ),
    law(
      of('weights'),
      'an example of weight n counts as n copies; weights of 1 change no bit',
      samples,
      weighted,
      options,
    ),
    law(
      of('reduction'),
      'the mean is the sum over the number of examples, or over the sum of weights',
      samples,
      reduced,
      {
        ...options,
      },
    ),
    law(
      of('targets'),
      'targets that a loss is for pass its check',
      samples,
      ({ loss, prediction, target }) => {
        const checked = checkTargets(loss, prediction.shape.slice(1))(target);
        return E.isRight(checked)
          ? agree(target, checked.right, 'the targets')
          : { expected: 'targets to pass', received: Failure.show(checked.left) };
      },
      options,
    ),
  ];
  return lawSet(name, laws);
};
