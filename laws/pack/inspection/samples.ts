/** Networks to look into, all of whose numbers are dyadic: what is added up in a ReLU network is exact. */
import * as fc from 'fast-check';
import type { InspectedActivation, InspectedDense, InspectedNetwork, Rows } from './subject.ts';

const rowsOf = (rows: number, units: number, of: fc.Arbitrary<number>): fc.Arbitrary<Rows> =>
  fc.array(fc.array(of, { minLength: units, maxLength: units }), { minLength: rows, maxLength: rows });

const quarters = (most: number): fc.Arbitrary<number> =>
  fc.integer({ min: -4 * most, max: 4 * most }).map((n) => n / 4);

/** An odd multiple of 2⁻³ in the first layer, of 2⁻⁶ in the second: no sum of coarser numbers and it is 0 or ±1, where ReLU
 * and max(−1, min(1, x)) have no slope. */
const biases = (layer: number, units: number): fc.Arbitrary<readonly number[]> => {
  const unit = 8 ** -(layer + 1);
  const most = Math.round(1 / unit);
  return fc.array(
    fc.integer({ min: -most, max: most - 1 }).map((n) => (2 * n + 1) * unit),
    { minLength: units, maxLength: units },
  );
};

const dense = (layer: number, inputs: number, outputs: number): fc.Arbitrary<InspectedDense> =>
  fc.record({
    // Weights that are all 0 are changed by no share of them.
    weights: rowsOf(inputs, outputs, quarters(2)).filter((rows) => rows.flat().some((w) => w !== 0)),
    biases: biases(layer, outputs),
  });

const activations = fc.constantFrom<InspectedActivation>('relu', 'hardTanh', 'tanh', 'sigmoid', 'softsign');

/** Perceptrons of one or two hidden layers on one to six rows. */
export const inspectedNetworks: fc.Arbitrary<InspectedNetwork> = fc
  .record({
    rows: fc.integer({ min: 1, max: 6 }),
    widths: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 4 }),
  })
  .chain(({ rows, widths }) =>
    fc.record({
      dense: fc.tuple(...widths.slice(1).map((outputs, i) => dense(i, widths[i] ?? 1, outputs))),
      activation: activations,
      inputs: rowsOf(rows, widths[0] ?? 1, fc.integer({ min: -3, max: 3 })),
      dy: rowsOf(rows, widths[widths.length - 1] ?? 1, quarters(2)),
      learningRate: fc.constantFrom(0.125, 0.5, 2),
    }),
  );
