/** The gradient of a loss, held against derivatives that are found without its pullback. */
import type * as fc from 'fast-check';
import { multiply, total } from '../../../src/ops/derived.ts';
import { random } from '../../../src/ops/reference/random.ts';
import * as Key from '../../../src/tensor/key.ts';
import { generate, type Tensor } from '../../../src/tensor/tensor.ts';
import { parting, traced } from '../../gradient/branches.ts';
import { byDifferences, byDuals, type Objective } from '../../gradient/directional.ts';
import { all, type Law, law, nearTensor, type Verdict } from '../../law.ts';
import { runsOf, toleranceOf } from '../options.ts';
import { bounded, roundingOf } from './rounding.ts';
import { f64, type LossOptions, type LossSample, numbers, showSample, tensor } from './sample.ts';

const norm = (xs: readonly number[]): number => Math.sqrt(xs.reduce((sum, x) => sum + x * x, 0));
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? NaN), 0);

/** A loss draws nothing. */
const still = random('f64', Key.fromSeed(0));

/** Σ cᵢ·costᵢ as a function of the prediction; `beside` is the size of what is added up to it. */
const objective =
  ({ loss, target, cotangent }: LossSample, beside: number): Objective =>
  ({ ops, constant }, [prediction]) => {
    if (prediction === undefined) throw new Error('objective: no prediction');
    const { values } = loss.costs(ops, prediction, constant(target));
    const weighed = multiply(ops, values, constant(cotangent));
    const terms = ops.reshape([1], constant(tensor([], [beside])));
    return { value: total(ops, weighed), terms: ops.concatenate(0, [weighed, terms]) };
  };

const gradientOf = ({ loss, prediction, target, cotangent }: LossSample): Tensor =>
  loss.costs(f64, prediction, target).pullback(cotangent);

/** A kink this near lets neither side say what the derivative is. */
const NEAR = 2 ** -30;

/** Whether the loss takes the same branches at all points around, each number moved by another small amount. */
const smooth = ({ loss, prediction, target }: LossSample): boolean => {
  const at = (by: number) =>
    traced('f64', (ops) =>
      loss.costs(
        ops,
        generate('f64', prediction.shape, (i) => (prediction.data[i] ?? NaN) + by * (1 + i / 16)),
        target,
      ),
    ).trace;
  const here = at(0);
  return parting(here, at(NEAR)) === undefined && parting(here, at(-NEAR)) === undefined;
};

const KINK = { excluded: 'a kink within 2⁻³⁰ of the prediction' };

/**
 * Both sides round: the pullback within what running error analysis says, the dual numbers likewise, in another order of
 * operations that may be some times as long. Beside that, a relative error of 2⁻³⁶.
 */
const againstDuals =
  (tolerance: number) =>
  (sample: LossSample): Verdict => {
    if (!smooth(sample)) return KINK;
    const gradient = gradientOf(sample);
    const { gradient: bounds } = roundingOf('f64', sample);
    const rounding = bounded(bounds) ? 16 * Math.max(...bounds) : 0;
    const size = Math.max(
      ...numbers(gradient).map(Math.abs),
      ...(bounded(bounds) ? [] : numbers(sample.cotangent).map(Math.abs)),
    );
    const expected = generate('f64', gradient.shape, (at) =>
      byDuals(
        objective(sample, 0),
        still,
        [sample.prediction],
        [generate('f64', gradient.shape, (i) => (i === at ? 1 : 0))],
      ),
    );
    const bound = tolerance * (rounding + 2 ** -36 * size);
    return nearTensor(
      expected,
      gradient,
      'dPrediction',
      bound,
      '2⁻³⁶ of the greatest, and 16 times what rounding may do',
    );
  };

/** Less than this part of ‖gradient‖·‖direction‖ must be in doubt, or a sample says nothing. */
const DOUBT = 1e-3;

const againstDifferences =
  (tolerance: number) =>
  (sample: LossSample): Verdict => {
    const { values, gradient: bounds } = roundingOf('f64', sample);
    if (!bounded(values)) return { excluded: 'no bound of the rounding' };
    const cotangent = numbers(sample.cotangent);
    // Ridders's estimate takes a value as rounded once; what it is rounded by more is added as a term of that size.
    const beside = values.reduce((sum, e, i) => sum + Math.abs(cotangent[i] ?? NaN) * (e / 2 ** -53), 0);
    const direction = numbers(sample.direction);
    const estimate = byDifferences(objective(sample, beside), still, [sample.prediction], [sample.direction]);
    if (estimate === undefined) return KINK;
    const gradient = numbers(gradientOf(sample));
    const received = dot(gradient, direction);
    const size = norm(gradient) * norm(direction);
    const floor = 8 * estimate.error + (bounded(bounds) ? norm(bounds) * norm(direction) : 0);
    const bound = tolerance * (1e-8 * size + floor);
    if (!(Math.abs(estimate.derivative - received) <= bound))
      return {
        expected: `${estimate.derivative}`,
        received: `${received}`,
        where: '⟨dPrediction, direction⟩',
        tolerance: `${bound}: 1e-8·‖gradient‖·‖direction‖, and 8 times the error of the differences`,
      };
    return floor <= DOUBT * Math.max(size, Math.abs(estimate.derivative), 2 ** -40) || size === 0
      ? undefined
      : { excluded: 'the differences are in doubt' };
  };

/**
 * Each law in f64, where differences and dual numbers are sharp. Both derivatives are of the costs as they are computed, so
 * nothing is known here of what the loss should be.
 */
export const gradientLaws = (samples: fc.Arbitrary<LossSample>, options: LossOptions): readonly Law[] => [
  law(
    'pullback: dual numbers',
    'every number of the gradient is the derivative that dual numbers carry through the costs',
    samples,
    againstDuals(toleranceOf(options)),
    { runs: runsOf(options, 24), show: showSample, formula: 'pullback(c)ᵢⱼ = ∂(Σₖ cₖ·costₖ) ÷ ∂predictionᵢⱼ' },
  ),
  law(
    'pullback: differences',
    'along a direction, the gradient is the slope of the costs by Ridders’s extrapolated differences',
    samples,
    againstDifferences(toleranceOf(options)),
    {
      runs: runsOf(options, 12),
      show: showSample,
      formula: '⟨pullback(c), v⟩ = lim (C(x + hv) − C(x − hv)) ÷ 2h, C = Σ cₖ·costₖ',
    },
  ),
];

/** Bounds are of computed values: sums of two pullbacks differ from the pullback of the sum by all three roundings. */
export const linearLaw = (samples: fc.Arbitrary<LossSample>, options: LossOptions): Law =>
  law(
    'pullback: linear',
    'doubling what comes back doubles the gradient, bit for bit; the gradient of a sum is the sum of gradients, each example’s its own',
    samples,
    (sample): Verdict => {
      const { loss, prediction, target, cotangent, weights } = sample;
      const { pullback } = loss.costs(f64, prediction, target);
      const by = (f: (i: number) => number): Tensor => generate('f64', cotangent.shape, f);
      const c = (i: number): number => cotangent.data[i] ?? NaN;
      const w = (i: number): number => weights.data[i] ?? NaN;
      const [one, two, sum] = [pullback(cotangent), pullback(weights), pullback(by((i) => c(i) + w(i)))];
      const doubled = pullback(by((i) => 2 * c(i)));
      const bounds = [cotangent, weights, by((i) => c(i) + w(i))].flatMap(
        (way) => roundingOf('f64', { ...sample, cotangent: way }).gradient,
      );
      const size = Math.max(...[one, two].flatMap((x) => numbers(x).map(Math.abs)));
      const at = (x: Tensor, i: number): number => x.data[i] ?? NaN;
      return all(
        nearTensor(
          generate('f64', one.shape, (i) => 2 * at(one, i)),
          doubled,
          'pullback(2c)',
          0,
          'multiplying by 2 is exact',
        ),
        nearTensor(
          generate('f64', one.shape, (i) => at(one, i) + at(two, i)),
          sum,
          'pullback(c + w)',
          toleranceOf(options) * ((bounded(bounds) ? 4 * Math.max(...bounds) : 0) + 2 ** -36 * size),
          '2⁻³⁶ of the greatest, and 4 times what rounding may do',
        ),
      );
    },
    {
      runs: runsOf(options, 15),
      show: showSample,
      formula: 'pullback(2c) = 2·pullback(c), pullback(c + w) = pullback(c) + pullback(w)',
    },
  );
