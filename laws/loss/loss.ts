/** The laws that every loss obeys, for anybody's losses. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { checkTargets } from '../../src/loss/checkTargets.ts';
import { type Loss, value } from '../../src/loss/loss.ts';
import { random } from '../../src/ops/reference/random.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import * as Failure from '../../src/tensor/failure.ts';
import * as Key from '../../src/tensor/key.ts';
import { cast, equals, generate, scalar, show, type Tensor, takeRows } from '../../src/tensor/tensor.ts';
import { normals } from '../arbitrary/keys.ts';
import { dtypes } from '../arbitrary/tensors.ts';
import { byDifferences, byDuals, type Objective } from '../gradient/directional.ts';
import { all, type Law, type LawSet, law, lawSet, type Verdict } from '../law.ts';
import { counted } from '../scalar/counted.ts';

/** A loss, and predictions [batch, …] and targets for it, in f64; both are numbers of f32 too. */
export interface LossSample {
  readonly loss: Loss;
  readonly prediction: Tensor;
  readonly target: Tensor;
  /** A weight for each example, a whole number from 1 to 4. */
  readonly weights: Tensor;
  readonly key: Key.Key;
}

export const showLossSample = ({ loss, prediction, target, weights }: LossSample): string =>
  `${JSON.stringify(loss.description)} of ${show(prediction)} at ${show(target)}, weights ${show(weights)}`;

const numbers = (x: Tensor): readonly number[] => Array.from(x.data);
const norm = (xs: readonly number[]): number => Math.sqrt(xs.reduce((sum, x) => sum + x * x, 0));
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? NaN), 0);

const agree = (expected: Tensor, received: Tensor, where: string): Verdict =>
  equals(expected, received) ? undefined : { expected: show(expected), received: show(received), where };

const f64 = reference('f64');

/** The weighted loss as a function of the prediction, and the terms that are added up to it. */
const objective =
  ({ loss, target, weights }: LossSample): Objective =>
  ({ ops, constant }, [prediction]) => {
    if (prediction === undefined) throw new Error('objective: no prediction');
    const { values } = loss.costs(ops, prediction, constant(target));
    return { value: value(ops, loss, prediction, constant(target), constant(weights)).value, terms: values };
  };

/** The number that the gradient is multiplied by: not 1, so that a pullback that forgets it shows. */
const cotangent = (key: Key.Key): number => normals([], Key.foldIn(8)(key), 3).data[0] ?? NaN;

/**
 * Compares with a derivative along a random direction. The error is relative to ‖gradient‖·‖direction‖; beside that,
 * a difference of rounded numbers over a step of 2⁻³ is off by some 100 roundings of the costs: 100·2⁻⁵³·2³ < 1e-12.
 */
const along = (
  sample: LossSample,
  relative: number,
  derive: (f: Objective, points: readonly Tensor[], direction: readonly Tensor[]) => number | undefined,
): Verdict | 'excluded' => {
  const { loss, prediction, target, weights, key } = sample;
  const direction = normals(prediction.shape, Key.foldIn(7)(key));
  const derivative = derive(objective(sample), [prediction], [direction]);
  if (derivative === undefined) return 'excluded';
  const by = cotangent(key);
  const gradient = numbers(value(f64, loss, prediction, target, weights).pullback(scalar('f64', by)));
  const costs = numbers(loss.costs(f64, prediction, target).values);
  const received = dot(gradient, numbers(direction));
  const tolerance =
    relative * norm(gradient) * norm(numbers(direction)) +
    // A cost is not rounded to its own size alone: where it is log(1 + δ), 1 + δ was rounded to that of 1.
    1e-12 * Math.abs(by) * costs.reduce((sum, cost) => sum + 4 * (1 + Math.abs(cost)), 0);
  return Math.abs(by * derivative - received) <= tolerance
    ? undefined
    : { expected: `${by * derivative}`, received: `${received}`, tolerance: `${tolerance}` };
};

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
 * targets pass the loss's own check.
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
      (sample) =>
        along(
          sample,
          1e-8,
          (f, points, direction) => byDifferences(f, random('f64', sample.key), points, direction)?.derivative,
        ),
      options,
    ),
    law(
      of('pullback against dual numbers'),
      'along random directions, ⟨pullback(c), direction⟩ is c times the derivative that dual numbers carry',
      samples,
      (sample) => {
        const verdict = along(sample, 1e-11, (f, points, direction) =>
          byDuals(f, random('f64', sample.key), points, direction),
        );
        return verdict === 'excluded' ? undefined : verdict;
      },
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
