/** The laws of a metric. */
import type { Law, LawSet } from '../law.ts';
import { calibrationLaws } from './metric/calibration.ts';
import { calibrationCurveLaws } from './metric/calibrationCurve.ts';
import { accuracyLaws, confusionLaws, logLossLaws } from './metric/classes.ts';
import { meanLaws, r2Laws, rocAucLaws } from './metric/numbers.ts';
import { residualLaws } from './metric/residuals.ts';
import type { Metric } from './metric/subject.ts';
import { checkKind, type PackOptions, packed } from './options.ts';

export type { Metric } from './metric/subject.ts';

const KINDS: Readonly<Record<Metric['kind'], null>> = {
  accuracy: null,
  confusionMatrix: null,
  rocAuc: null,
  logLoss: null,
  r2: null,
  calibration: null,
  calibrationCurve: null,
  residuals: null,
  mean: null,
};

const lawsOf = (of: Metric, options: PackOptions): readonly Law[] => {
  switch (of.kind) {
    case 'accuracy':
      return accuracyLaws(of, options);
    case 'confusionMatrix':
      return confusionLaws(of, options);
    case 'rocAuc':
      return rocAucLaws(of, options);
    case 'logLoss':
      return logLossLaws(of, options);
    case 'r2':
      return r2Laws(of, options);
    case 'calibration':
      return calibrationLaws(of, options);
    case 'calibrationCurve':
      return calibrationCurveLaws(of, options);
    case 'residuals':
      return residualLaws(of, options);
    case 'mean':
      return meanLaws(of, options);
  }
};

/**
 * The laws of anybody's metric, told and answering in plain numbers: its definition counted out, the invariances that the
 * definition implies, and what has no value. The kind says which metric it is meant to be; `mean` is any mean over rows
 * of a cost that is given. Throws where there is no such kind.
 *
 * @example
 * ```ts
 * import { check, laws } from 'nabla-ts/laws';
 * // Compared element by element over one-hot rows, most of what is wrong counts as right.
 * const elementwise = laws.metric({
 *   kind: 'accuracy',
 *   of: (labels, scores) => {
 *     const right = scores.flatMap((row, i) => row.map((s, c) => (s > 0) === (labels[i] === c)));
 *     return right.filter((yes) => yes).length / right.length;
 *   },
 * });
 * check(elementwise)[0]?.outcome.tag // => 'failed'
 * ```
 */
export const metric = (of: Metric, options: PackOptions = {}): LawSet => {
  checkKind('laws.metric', KINDS, of.kind);
  return packed(of.kind, options, lawsOf(of, options));
};
