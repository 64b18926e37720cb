/** How a model does on rows that it was not trained on. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Data, Failure, Metric, Tensor } from '../../index.ts';
import { probabilities } from './probabilities.ts';

export interface Classified {
  readonly task: 'classification';
  readonly accuracy: number;
  readonly macroF1: number;
  readonly logLoss: number;
  readonly confusion: Metric.ConfusionMatrix;
  readonly classes: readonly string[];
}

export interface Regressed {
  readonly task: 'regression';
  readonly r2: number;
  readonly rmse: number;
  readonly mae: number;
  /** True value and prediction, in the target's own unit. */
  readonly pairs: ReadonlyArray<readonly [number, number]>;
}

export type Outcome = Classified | Regressed;

/** Of logits [rows, classes] and labels. */
export const classified =
  (classes: readonly string[], labels: readonly number[]) =>
  (logits: Tensor.Tensor): E.Either<Failure.Failure, Classified> =>
    pipe(
      E.Do,
      E.apS('accuracy', Metric.accuracy(labels)(logits)),
      E.apS('predicted', Metric.predictedClasses(logits)),
      E.apS('logLoss', Metric.logLoss(labels)(probabilities(logits))),
      E.bind('confusion', ({ predicted }) => Metric.confusionMatrix(classes.length)(labels)(predicted)),
      E.map(({ accuracy, logLoss, confusion }) => ({
        task: 'classification',
        accuracy,
        macroF1: Metric.f1(confusion).macro,
        logLoss,
        confusion,
        classes,
      })),
    );

/** Values in the target's own unit. */
export const unscaled =
  (scaler: Data.Scaler.Scaler) =>
  (values: Tensor.Tensor): E.Either<Failure.Failure, Tensor.Tensor> =>
    Data.Scaler.invert(scaler)(Tensor.cast('f64')(values));

/** Of scaled predictions [rows, 1] and scaled targets. */
export const regressed =
  (scaler: Data.Scaler.Scaler, targets: Tensor.Tensor) =>
  (predictions: Tensor.Tensor): E.Either<Failure.Failure, Regressed> =>
    pipe(
      E.Do,
      E.apS('actual', unscaled(scaler)(targets)),
      E.apS('predicted', unscaled(scaler)(predictions)),
      E.bind('r2', ({ actual, predicted }) => Metric.r2(actual)(predicted)),
      E.bind('rmse', ({ actual, predicted }) => Metric.rootMeanSquaredError(actual)(predicted)),
      E.bind('mae', ({ actual, predicted }) => Metric.meanAbsoluteError(actual)(predicted)),
      E.map(({ actual, predicted, r2, rmse, mae }) => ({
        task: 'regression',
        r2,
        rmse,
        mae,
        pairs: Tensor.toArray(actual).map((value, i) => [value, predicted.data[i] ?? Number.NaN]),
      })),
    );

/** Of a network's output for encoded rows: logits and labels, or scaled values. */
export const judged =
  ({ schema: { target }, target: scaler }: Data.Encoding.Encoding, targets: Tensor.Tensor) =>
  (output: Tensor.Tensor): E.Either<Failure.Failure, Outcome> =>
    target.kind === 'classes'
      ? classified(target.classes, Tensor.toArray(targets))(output)
      : scaler === null
        ? E.left(Failure.failure('codec', 'encoding', 'a scale for the target', 'none'))
        : regressed(scaler, targets)(output);
