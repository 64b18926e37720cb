/** The laws of calibration curves and residuals that are this project's own: bins by their definitions, and rows in them. */
import * as fc from 'fast-check';
import { generate } from '../../../src/tensor/tensor.ts';
import * as Metric from '../../../src/train/metrics/index.ts';
import { right } from '../../data/helpers.ts';
import { all, holds, type Law, law, same } from '../../law.ts';
import { saying } from '../../reach/said.ts';
import { close, tensorOf, u, vectorOf } from './samples.ts';

const sixtyFourths = fc.array(fc.integer({ min: 0, max: 64 }), { minLength: 1, maxLength: 40 });

const width = law(
  'equal-width-bins',
  'of eight bins, the i-th holds the probabilities above i/8 and not above (i + 1)/8, the first one 0 too',
  sixtyFourths,
  (parts) =>
    all(
      ...Metric.equalWidth(8)(parts.map((n) => n / 64)).map((bin, row) => {
        const n = parts[row] ?? 0;
        return holds((n > 8 * bin || (n === 0 && bin === 0)) && n <= 8 * (bin + 1), `the bin of ${n}/64`, `${bin}`);
      }),
    ),
);

const mass = law(
  'equal-mass-bins',
  'without ties bins differ by at most one row and ascend with the probability; equal probabilities share the bin that their first would have',
  fc.tuple(sixtyFourths, fc.integer({ min: 1, max: 8 })),
  ([parts, bins]) => {
    const binning = Metric.equalMass(bins);
    const distinct = [...new Set(parts)];
    const found = binning(distinct.map((n) => n / 64));
    const sizes = Array.from({ length: bins }, (_, bin) => found.filter((one) => one === bin).length);
    const ties = binning(parts.map((n) => n / 64));
    return all(
      holds(Math.max(...sizes) - Math.min(...sizes) <= 1, 'sizes within one', `${sizes}`),
      ...distinct.map((n, i) =>
        holds(
          distinct.every((other, j) => other <= n || (found[j] ?? 0) >= (found[i] ?? 0)),
          'bins that ascend',
          `${found}`,
        ),
      ),
      ...parts.map((n, i) => {
        // The rows before the first of its kind, times bins over rows, rounded down.
        const before = parts.filter((other) => other < n).length;
        const bin =
          Array.from({ length: bins }, (_, b) => b).filter((b) => b * parts.length <= before * bins).length - 1;
        return same(bin, ties[i], `row ${i}`);
      }),
    );
  },
);

/** Rows of three probabilities in 32nds that add up to 1, and a label. */
const judged = fc.array(
  fc
    .tuple(fc.nat(2), fc.nat(32), fc.nat(32))
    .map(([label, a, b]) => [label, Math.min(a, b), Math.abs(a - b), 32 - Math.max(a, b)] as const),
  { minLength: 1, maxLength: 20 },
);

const curve = law(
  'calibration-curve-counted',
  'each bin holds the rows whose highest probability is in it: their number, extremes, mean and share of right ones; bins ascend and none is empty',
  judged,
  (rows) => {
    const best = rows.map(([label, ...parts]) => {
      const most = Math.max(...parts);
      return { most, right: parts.indexOf(most) === label };
    });
    return right(
      Metric.calibrationCurve(Metric.equalWidth(4))(rows.map(([label]) => label))(
        tensorOf(rows.map(([, ...parts]) => parts.map((n) => n / 32))),
      ),
      (bins) =>
        all(
          same(
            rows.length,
            bins.reduce((sum, { count }) => sum + count, 0),
            'rows',
          ),
          ...bins.map(({ low, high, count, confidence, frequency }, i) => {
            const place = Math.ceil(high * 4) - 1;
            const own = best.filter(({ most }) => most > 8 * place && most <= 8 * (place + 1));
            const numbers = own.map(({ most }) => most);
            return all(
              holds(count > 0 && (i === 0 || low > (bins[i - 1]?.high ?? 1)), 'bins that ascend', `${low}`),
              same(own.length, count, 'count'),
              same(Math.min(...numbers) / 32, low, 'low'),
              same(Math.max(...numbers) / 32, high, 'high'),
              // Sums of 32nds are exact; a quotient is rounded once.
              close(numbers.reduce((sum, n) => sum + n, 0) / 32 / own.length, confidence, 2 * u, 'one quotient'),
              close(own.filter((one) => one.right).length / own.length, frequency, 2 * u, 'one quotient'),
            );
          }),
        ),
    );
  },
);

const most = law(
  'maximum-calibration-error',
  'no bin is further off, one is as far, and the expected error is not above it',
  judged,
  (rows) =>
    right(
      Metric.calibrationCurve(Metric.equalMass(4))(rows.map(([label]) => label))(
        tensorOf(rows.map(([, ...parts]) => parts.map((n) => n / 32))),
      ),
      (bins) => {
        const gaps = bins.map(({ confidence, frequency }) => Math.abs(frequency - confidence));
        const maximum = Metric.maximumCalibrationError(bins);
        return all(
          same(Math.max(...gaps), maximum),
          holds(Metric.expectedCalibrationError(bins) <= maximum * (1 + 8 * u), `≤ ${maximum}`, 'more'),
        );
      },
    ),
);

const left = law(
  'residuals',
  'a residual and its prediction are the target, row by row and column by column',
  fc.array(fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 })), {
    minLength: 1,
    maxLength: 12,
  }),
  (pairs) => {
    const flat = right(Metric.residuals(vectorOf(pairs.map(([y]) => y)))(vectorOf(pairs.map(([, p]) => p))), (found) =>
      same(
        JSON.stringify(pairs.map(([y, p], row) => ({ row, output: 0, target: y, prediction: p, residual: y - p }))),
        JSON.stringify(found),
      ),
    );
    const two = right(
      Metric.residuals(tensorOf(pairs.map(([y]) => [y, 0])))(tensorOf(pairs.map(([, p]) => [0, p]))),
      (found) =>
        same(
          JSON.stringify(
            pairs.flatMap(([y, p], row) => [
              { row, output: 0, target: y, prediction: 0, residual: y },
              { row, output: 1, target: 0, prediction: p, residual: 0 - p },
            ]),
          ),
          JSON.stringify(found),
        ),
    );
    return all(flat, two);
  },
);

const column = generate('f64', [2], () => 0.5);
const matrix = generate('f64', [2, 2], () => 0.5);

const refusing = saying('calibration-and-residuals-refuse', 'what has no calibration or residual is refused in words', [
  [() => Metric.equalWidth(0), 'Metric.equalWidth: 0 is not a number of bins'],
  [() => Metric.equalMass(2.5), 'Metric.equalMass: 2.5 is not a number of bins'],
  [
    () => Metric.calibrationCurve(Metric.equalWidth(2))([0, 1])(column),
    'calibrationCurve: expected scores of shape [rows ≥ 1, classes ≥ 2], received shape [2]',
  ],
  [
    () => Metric.calibrationCurve(Metric.equalWidth(2))([0, 2])(matrix),
    'calibrationCurve, row 1: expected a label from 0 to 1, received 2',
  ],
  [
    () => Metric.calibrationCurve(Metric.equalWidth(2))([0, 1])(generate('f64', [2, 2], () => 0.25)),
    'calibrationCurve, row 0: expected probabilities that add up to 1 (within 0.01), received 0.5',
  ],
  [
    () => Metric.binaryCalibrationCurve(Metric.equalWidth(2))([0, 1])(matrix),
    'binaryCalibrationCurve: expected scores of shape [rows ≥ 1] or [rows ≥ 1, 1], received shape [2,2]',
  ],
  [
    () => Metric.binaryCalibrationCurve(Metric.equalWidth(2))([0])(column),
    'binaryCalibrationCurve: expected 2 labels, one a row, received 1',
  ],
  [
    () => Metric.binaryCalibrationCurve(Metric.equalWidth(2))([0, 1])(generate('f64', [2], () => 3)),
    'binaryCalibrationCurve, row 0: expected probabilities in [0, 1], received 3',
  ],
  [() => Metric.residuals(column)(matrix), "residuals: expected predictions of the target's shape [2], received [2,2]"],
  [
    () => Metric.residuals(generate('f64', [1, 1, 1], () => 0))(generate('f64', [1, 1, 1], () => 0)),
    'residuals: expected numbers of shape [rows] or [rows, outputs], received [1,1,1]',
  ],
  [
    () => Metric.residuals(column)(generate('f64', [2], () => Number.NaN)),
    'residuals, prediction 0: expected a finite number, received NaN',
  ],
]);

export const calibration: readonly Law[] = [width, mass, curve, most, left, refusing];
