/** What a step is: the rule, on the gradient of the batch, once for all layers. */
import * as fc from 'fast-check';
import { unitRoundoff } from '../../../src/scalar/dtype.ts';
import { all, code, type Law, law, same, type Verdict } from '../../law.ts';
import { dtypesOf, type PackOptions, runsOf, toleranceOf } from '../options.ts';
import { costOf, descended, gradientOf, type Matrix, type Problem, type Rule, type Training } from './problem.ts';
import { later } from './states.ts';

const whole = fc.integer({ min: -2, max: 2 });
const matrix = (rows: number, columns: number): fc.Arbitrary<Matrix> =>
  fc.array(fc.array(whole, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });

/** The layers of a network of given widths. */
const layers = (widths: readonly number[]): fc.Arbitrary<readonly Matrix[]> =>
  fc.tuple(...widths.slice(1).map((width, i) => matrix(widths[i] ?? 1, width)));

/** One batch of 1, 2, 4 or 8 rows of small whole numbers, and a rate that is a power of two: a step of these is exact in
 * both formats, whatever the order of its sums. */
const exact = (options: PackOptions, widths: fc.Arbitrary<readonly number[]>): fc.Arbitrary<Problem> =>
  fc.tuple(fc.constantFrom(1, 2, 4, 8), widths).chain(([rows, all]) =>
    fc.record({
      dtype: fc.constantFrom(...dtypesOf(options)),
      inputs: matrix(rows, all[0] ?? 1),
      targets: fc.array(whole, { minLength: rows, maxLength: rows }),
      weights: layers(all),
      batchSize: fc.constant(rows),
      rule: fc.constant<Rule>({ kind: 'gradientDescent', learningRate: 2 ** -4 }),
      seed: fc.nat(2 ** 31 - 1),
    }),
  );

const moved =
  <S>({ start, epoch, weights }: Training<S>) =>
  (problem: Problem): Verdict => {
    const gradient = gradientOf(problem);
    const received = weights(epoch(problem)(start(problem)));
    const { learningRate } = problem.rule;
    return all(
      same(gradient.length, received.length, 'how many weights'),
      // −0 is 0 here: how a difference of equal numbers came about is not asked.
      ...problem.weights
        .flat(2)
        .map((w, i) => same(w - learningRate * (gradient[i] ?? NaN) + 0, (received[i] ?? NaN) + 0, `weight ${i}`)),
    );
  };

/** One example, over and over: every batch has the same gradient, so the weight goes as a scalar would. */
const alike = (dtype: Problem['dtype'], rule: Rule, rows: number, batchSize: number, seed: number): Problem => ({
  dtype,
  inputs: Array.from({ length: rows }, () => [1]),
  targets: Array.from({ length: rows }, () => 64),
  weights: [[[0]]],
  batchSize,
  rule,
  seed,
});

/** The rules, with rates so small that the target is never passed: no sum of gradients cancels. */
const slow: Readonly<Record<Rule['kind'], Rule>> = {
  gradientDescent: { kind: 'gradientDescent', learningRate: 2 ** -6 },
  momentum: { kind: 'momentum', learningRate: 2 ** -9, momentum: 0.5 },
  adam: { kind: 'adam', learningRate: 0.5, beta1: 0.5, beta2: 0.75, epsilon: 2 ** -10 },
};

/** The laws of steps. */
export const stepLaws = <S>(training: Training<S>, options: PackOptions): readonly Law[] => {
  const { start, weights, loss, rules = ['gradientDescent', 'momentum', 'adam'] } = training;
  /** The weight after whole epochs of equal batches, against the scalar rule. */
  const trajectory = ({ problem, epochs }: { readonly problem: Problem; readonly epochs: number }): Verdict => {
    const steps = epochs * (problem.inputs.length / problem.batchSize);
    const expected = descended(problem.rule, 0, 64, steps);
    const [received = NaN] = weights(later(training, problem, epochs, start(problem)));
    // All that is summed has one sign. A step rounds at most 16 times (both sums of moments, corrections whose
    // cancellation in 1 − β is at most 4-fold, root, quotient, product, sum), the mean over a batch 9 times; what was
    // rounded before enters every later step.
    const tolerance =
      toleranceOf(options) * unitRoundoff(problem.dtype) * 64 * steps * (steps + 1) * Math.abs(expected);
    return Math.abs(received - expected) <= tolerance
      ? undefined
      : {
          expected: `${expected} after ${steps} steps`,
          received: `${received}`,
          where: 'weight 0',
          tolerance: `${tolerance}: 64 roundings a step, each in all later ones`,
        };
  };
  const runsOfRule = (
    kind: Rule['kind'],
    batches: fc.Arbitrary<readonly [size: number, count: number]>,
  ): fc.Arbitrary<{ readonly problem: Problem; readonly epochs: number }> =>
    fc
      .tuple(fc.constantFrom(...dtypesOf(options)), batches, fc.integer({ min: 2, max: 4 }), fc.nat(2 ** 31 - 1))
      .map(([dtype, [size, count], epochs, seed]) => ({
        problem: alike(dtype, slow[kind], size * count, size, seed),
        epochs,
      }));
  const sizes = fc.integer({ min: 1, max: 4 });
  return [
    law(
      'a step is −rate · the averaged gradient',
      'one epoch of one batch moves a layer’s weights by the gradient of the mean over the rows, times −rate, exactly',
      exact(
        options,
        fc.integer({ min: 1, max: 2 }).map((n) => [n, 1]),
      ),
      moved(training),
      { runs: runsOf(options, 60), formula: 'w′ = w − η·(1/n)·Σᵢ 2(yᵢ − tᵢ)·xᵢ' },
    ),
    law(
      'all layers move by the gradient at the same weights',
      'of a deep network, no layer is moved before the gradients of all are known',
      exact(
        options,
        fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 2, maxLength: 3 }).map((widths) => [...widths, 1]),
      ),
      moved(training),
      { runs: runsOf(options, 60), formula: 'W′ₗ = Wₗ − η·∂C/∂Wₗ(W₁, …, W_L) for all l' },
    ),
    ...(rules.includes('momentum')
      ? [
          law(
            'the rule’s state lives on from epoch to epoch',
            'a velocity that was gathered in one epoch moves the weights in the next',
            runsOfRule(
              'momentum',
              sizes.map((size) => [size, 1]),
            ),
            trajectory,
            { runs: runsOf(options, 20), formula: 'v ← μ·v + g; w ← w − η·v, v not set to 0 between epochs' },
          ),
        ]
      : []),
    ...(rules.includes('adam')
      ? [
          law(
            'bias correction counts steps',
            'Adam’s t is the number of the step, not of the epoch',
            runsOfRule('adam', fc.tuple(sizes, fc.integer({ min: 2, max: 4 }))),
            trajectory,
            { runs: runsOf(options, 20), formula: 'm̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ), t = 1, 2, … steps' },
          ),
        ]
      : []),
    ...(loss === undefined
      ? []
      : [
          law(
            'the reported cost is the mean over examples',
            'where nothing is learnt, the cost of an epoch is that of all examples together, however they fall into batches',
            fc.integer({ min: 1, max: 9 }).chain((rows) =>
              fc.record({
                dtype: fc.constantFrom(...dtypesOf(options)),
                inputs: matrix(rows, 2),
                targets: fc.array(whole, { minLength: rows, maxLength: rows }),
                weights: layers([2, 1]),
                batchSize: fc.integer({ min: 1, max: rows + 1 }),
                rule: fc.constant<Rule>({ kind: 'gradientDescent', learningRate: 0 }),
                seed: fc.nat(2 ** 31 - 1),
              }),
            ),
            (problem) => {
              const expected = costOf(problem);
              const received = loss(later(training, problem, 1, start(problem))) ?? NaN;
              // Costs are whole numbers; their shares, sums and quotient round at most 4 times a row.
              const tolerance =
                toleranceOf(options) * (4 * problem.inputs.length + 8) * unitRoundoff(problem.dtype) * expected;
              return Math.abs(received - expected) <= tolerance
                ? undefined
                : {
                    expected: code(expected),
                    received: code(received),
                    where: 'loss',
                    tolerance: `${tolerance}: 4 roundings a row`,
                  };
            },
            { runs: runsOf(options, 50), formula: 'C = (1/n)·Σᵢ cᵢ over all n examples' },
          ),
        ]),
  ];
};
