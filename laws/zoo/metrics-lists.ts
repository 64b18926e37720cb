/** Wrong residuals and calibration curves, in plain numbers as they are often written. */
import type { LawSet } from '../law.ts';
import { type Metric, metric } from '../pack/metric.ts';
import type { Broken } from './broken.ts';

type Residuals = Extract<Metric, { readonly kind: 'residuals' }>;
type Residual = NonNullable<ReturnType<Residuals['of']>>[number];
type Curve = Extract<Metric, { readonly kind: 'calibrationCurve' }>;
type Bin = NonNullable<ReturnType<Curve['of']>>[number];

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** Residuals told what becomes of a target and a prediction, which may be said otherwise. */
const residuals = (of: (own: Residual, target: number) => Residual): LawSet =>
  metric({
    kind: 'residuals',
    of: (targets, predictions) => {
      const fine =
        targets.length === predictions.length &&
        predictions.every((own, row) => own.length === targets[row]?.length && own.every(Number.isFinite));
      return fine
        ? targets.flatMap((own, row) =>
            own.map((target, output) => {
              const prediction = predictions[row]?.[output] ?? NaN;
              return of({ row, output, prediction, residual: target - prediction }, target);
            }),
          )
        : undefined;
    },
  });

const BINS = 5;

/** A curve told the bin of each row; rows of no bin are left out. */
const curve = (
  binOf: (p: number, row: number, rows: number) => number,
  saying: (bin: Bin, number: number) => Bin = (bin) => bin,
  kept: (rows: number) => boolean = (rows) => rows > 0,
): LawSet =>
  metric({
    kind: 'calibrationCurve',
    of: (labels, probabilities) => {
      const fine = probabilities.every((p) => p >= 0 && p <= 1) && labels.every((label) => label === 0 || label === 1);
      const places = probabilities.map((p, row) => binOf(p, row, probabilities.length));
      return fine
        ? Array.from({ length: BINS }, (_, number) => {
            const rows = places.flatMap((place, row) => (place === number ? [row] : []));
            const of = (values: readonly number[]): number => mean(rows.map((row) => values[row] ?? NaN));
            return saying({ count: rows.length, confidence: of(probabilities), frequency: of(labels) }, number);
          }).filter(({ count }) => kept(count))
        : undefined;
    },
  });

const equalWidth = (p: number): number => Math.min(BINS - 1, Math.floor(p * BINS));

export const broken: readonly Broken[] = [
  {
    name: 'residuals the wrong way round',
    fault: 'the prediction less the target: a plot of them hangs upside down',
    law: 'a residual is what is left of the target',
    laws: residuals((own) => ({ ...own, residual: 0 - own.residual })),
  },
  {
    name: 'residuals without a sign',
    fault: 'absolute errors, among which a bend is not seen',
    law: 'a residual is what is left of the target',
    laws: residuals((own) => ({ ...own, residual: Math.abs(own.residual) })),
  },
  {
    name: 'residuals column by column',
    fault: 'rows and outputs are exchanged, which one output does not tell',
    law: 'a residual is what is left of the target',
    laws: residuals((own) => ({ ...own, row: own.output, output: own.row })),
  },
  {
    name: 'residuals over their targets',
    fault: 'the axis has the target, against which residuals rise however good the fit is',
    law: 'it stands over its prediction',
    laws: residuals((own, target) => ({ ...own, prediction: target })),
  },
  {
    name: 'residuals without a partner',
    fault: 'a prediction that is missing leaves NaN, which no plot shows',
    law: 'rows without a partner are refused',
    laws: metric({
      kind: 'residuals',
      of: (targets, predictions) =>
        targets.flatMap((own, row) =>
          own.map((target, output) => {
            const prediction = predictions[row]?.[output] ?? NaN;
            return { row, output, prediction, residual: target - prediction };
          }),
        ),
    }),
  },
  {
    name: 'a curve that loses the certain',
    fault: 'a probability of 1 is in the bin after the last',
    law: 'every row is in one bin',
    laws: curve((p) => Math.floor(p * BINS)),
  },
  {
    name: 'a curve with empty bins',
    fault: 'bins without rows stay, and their means are NaN',
    law: 'every row is in one bin',
    laws: curve(equalWidth, undefined, () => true),
  },
  {
    name: 'a curve by rows',
    fault: 'rows are cut into bins in the order of the file, not of their probabilities',
    law: 'bins are of like probabilities',
    laws: curve((_, row, rows) => Math.floor((row * BINS) / rows)),
  },
  {
    name: 'a curve that cuts ties',
    fault: 'a row’s own number decides between bins where probabilities are near their bound',
    law: 'one probability is one bin',
    laws: curve((p, row) => Math.min(BINS - 1, equalWidth(p) + (row % 2))),
  },
  {
    name: 'a curve over the middles of bins',
    fault: 'the middle of the bin stands for what was said in it',
    law: 'bins together are the whole',
    laws: curve(equalWidth, (bin, number) => ({ ...bin, confidence: (number + 0.5) / BINS })),
  },
  {
    name: 'a curve upside down',
    fault: 'confidence and frequency are exchanged: overconfidence looks like its opposite',
    law: 'bins together are the whole',
    laws: curve(equalWidth, ({ count, confidence, frequency }) => ({
      count,
      confidence: frequency,
      frequency: confidence,
    })),
  },
];

export const correct: readonly LawSet[] = [residuals((own) => own), curve(equalWidth)];
