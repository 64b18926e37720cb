/** What a loss makes of a batch: shapes, examples one by one, weights, one number of many, and nothing written. */
import * as fc from 'fast-check';
import { value as lossValue } from '../../../src/loss/loss.ts';
import { reference } from '../../../src/ops/reference/reference.ts';
import { equals, show } from '../../../src/tensor/shape.ts';
import { cast, generate, scalar, type Tensor, takeRows } from '../../../src/tensor/tensor.ts';
import { all, holds, type Law, law, nearTensor, same, sameTensor, type Verdict } from '../../law.ts';
import { dtypesOf, runsOf, toleranceOf } from '../options.ts';
import { bounded, roundingOf } from './rounding.ts';
import { f64, type LossOptions, type LossSample, numbers, showSample, showWith } from './sample.ts';

const ones = (n: number): Tensor => generate('f64', [n], () => 1);
const batchOf = ({ prediction }: LossSample): number => prediction.shape[0] ?? 0;

const shapes = ({ loss, prediction, target, cotangent }: LossSample): Verdict => {
  const { values, pullback } = loss.costs(f64, prediction, target);
  const gradient = pullback(cotangent);
  const expected = loss.expected(prediction.shape).shape;
  return all(
    holds(equals(values.shape, cotangent.shape), show(cotangent.shape), show(values.shape), 'the shape of the costs'),
    holds(
      equals(gradient.shape, prediction.shape),
      show(prediction.shape),
      show(gradient.shape),
      'the shape of the gradient',
    ),
    same(prediction.shape[0], expected[0], 'the batch of the targets'),
  );
};

/** An example is computed alone by the same operations in the same order, but for axes that mix examples. */
const independent = (sample: LossSample, dtype: 'f32' | 'f64'): Verdict => {
  const [ops, to] = [reference(dtype), cast(dtype)];
  const [prediction, target, cotangent] = [to(sample.prediction), to(sample.target), to(sample.cotangent)];
  const together = sample.loss.costs(ops, prediction, target);
  const gradient = together.pullback(cotangent);
  return all(
    ...Array.from({ length: batchOf(sample) }, (_, i) => {
      const row = takeRows([i]);
      const alone = sample.loss.costs(ops, row(prediction), row(target));
      return all(
        sameTensor(alone.values, row(together.values), `example ${i} alone: costs`),
        sameTensor(alone.pullback(row(cotangent)), row(gradient), `example ${i} alone: dPrediction`),
      );
    }),
  );
};

/** Each example's part of the loss: its weight, over the sum of weights where the loss is a mean. */
const sharesOf = ({ loss }: LossSample, weights: readonly number[]): readonly number[] => {
  const all = loss.reduction === 'sum' ? 1 : weights.reduce((sum, w) => sum + w, 0);
  return weights.map((w) => w / all);
};

/** Sums of at most 4 products in two orders and a quotient: 2⁻⁴⁸ > 30·2⁻⁵³ of the sizes. */
const REORDERED = 2 ** -48;

const reduced =
  (options: LossOptions) =>
  (sample: LossSample, weighted: boolean): Verdict => {
    const { loss, prediction, target, weights } = sample;
    const of = options.value ?? lossValue;
    const batch = batchOf(sample);
    const shares = sharesOf(sample, weighted ? numbers(weights) : numbers(ones(batch)));
    const { values, pullback } = loss.costs(f64, prediction, target);
    const { value, pullback: back } = of(f64, loss, prediction, target, weighted ? weights : undefined);
    const parts = numbers(values).map((cost, i) => (shares[i] ?? NaN) * cost);
    const size = parts.reduce((sum, part) => sum + Math.abs(part), 0);
    const share = generate('f64', [batch], (i) => shares[i] ?? NaN);
    const expected = pullback(share);
    const bounds = roundingOf('f64', { ...sample, cotangent: share }).gradient;
    const most = Math.max(...numbers(expected).map(Math.abs));
    const bound = (bounded(bounds) ? 4 * Math.max(...bounds) : 0) + REORDERED * most;
    const tolerance = toleranceOf(options);
    return all(
      nearTensor(
        scalar(
          'f64',
          parts.reduce((sum, part) => sum + part, 0),
        ),
        value,
        'the loss',
        tolerance * REORDERED * size,
        'sums in another order',
      ),
      nearTensor(expected, back(scalar('f64', 1)), 'dPrediction', tolerance * bound, 'products in another order'),
    );
  };

/** As many copies of each example as it weighs. */
const copies =
  (options: LossOptions) =>
  (sample: LossSample): Verdict => {
    const { loss, prediction, target, weights } = sample;
    const of = options.value ?? lossValue;
    const repeated = numbers(weights).flatMap((weight, i) => Array.from({ length: weight }, () => i));
    const many = of(f64, loss, takeRows(repeated)(prediction), takeRows(repeated)(target)).value;
    const few = of(f64, loss, prediction, target, weights).value;
    const costs = numbers(loss.costs(f64, prediction, target).values);
    const size = costs.reduce((sum, cost, i) => sum + Math.abs(cost) * (weights.data[i] ?? NaN), 0);
    return nearTensor(many, few, 'the loss', toleranceOf(options) * REORDERED * size, 'sums in another order');
  };

const copied = (x: Tensor): Tensor => generate(x.dtype, x.shape, (i) => x.data[i] ?? NaN);

const unwritten = ({ loss, prediction, target, cotangent }: LossSample): Verdict => {
  const given = [prediction, target, cotangent];
  const before = given.map(copied);
  loss.costs(f64, prediction, target).pullback(cotangent);
  return all(...given.map((x, i) => sameTensor(before[i] ?? x, x, ['prediction', 'target', 'dCosts'][i] ?? '')));
};

/** Calls in between must not matter: whoever keeps something from call to call shows it here. */
const apart = ({ loss, prediction, target, weights, cotangent, direction }: LossSample): Verdict => {
  const first = loss.costs(f64, prediction, target);
  const [values, gradient] = [copied(first.values), copied(first.pullback(cotangent))];
  const other = loss.costs(f64, direction, target);
  const late = first.pullback(cotangent);
  other.pullback(weights);
  const second = loss.costs(f64, prediction, target);
  return all(
    sameTensor(values, first.values, 'costs'),
    sameTensor(values, second.values, 'asked again: costs'),
    sameTensor(gradient, late, 'the first call, after another: dPrediction'),
    sameTensor(gradient, second.pullback(cotangent), 'asked again: dPrediction'),
  );
};

/** The laws of what a loss makes of a batch. */
export const batchLaws = (samples: fc.Arbitrary<LossSample>, options: LossOptions): readonly Law[] => {
  const runs = runsOf(options, 15);
  return [
    law(
      'shapes',
      'a batch has one cost an example, the gradient has the shape of the prediction, and there are as many targets',
      samples,
      shapes,
      { runs, show: showSample, formula: 'costs : [batch, …] → [batch], pullback : [batch] → [batch, …]' },
    ),
    law(
      'examples are independent',
      'an example costs what it would alone, and has the gradient it would have alone, bit for bit',
      fc.tuple(samples, fc.constantFrom(...dtypesOf(options))),
      ([sample, dtype]) => independent(sample, dtype),
      { runs, show: showWith('dtype'), formula: 'costs(x, t)ᵢ = costs([xᵢ], [tᵢ])₀' },
    ),
    law(
      'reduction',
      'the loss of a batch is the sum of its weighted costs, over the sum of the weights where it is a mean; its gradient is averaged likewise',
      fc.tuple(samples, fc.boolean()),
      ([sample, weighted]) => reduced(options)(sample, weighted),
      {
        runs,
        show: showWith('weighted'),
        formula: 'L = Σ wᵢ·costᵢ ÷ Σ wᵢ and ∂L = Σ wᵢ·∂costᵢ ÷ Σ wᵢ (or neither divided)',
      },
    ),
    law('weights count copies', 'an example of weight n counts as n copies of it', samples, copies(options), {
      runs,
      show: showSample,
      formula: 'L(x, t; w) = L(wᵢ copies of each xᵢ, tᵢ)',
    }),
    law('writes to nothing', 'nothing that a loss is given is written to', samples, unwritten, {
      runs,
      show: showSample,
      formula: 'costs(x, t) and pullback(c) leave x, t and c as they were',
    }),
    law(
      'calls share nothing',
      'equal calls give equal bits whatever was called between, and a pullback belongs to its own call',
      samples,
      apart,
      { runs, show: showSample, formula: 'costs(x, t) = costs(x, t), pullback(c) = pullback(c)' },
    ),
  ];
};
