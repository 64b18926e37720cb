/** How far predictions are from their targets: all take the target, then the prediction, of one shape. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import { equals as equalShapes, show as showShape } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** The predictions as they are, when they have the target's shape and all numbers of both are finite. */
export const paired =
  (where: string, target: Tensor) =>
  (prediction: Tensor): E.Either<Failure, Tensor> => {
    if (!equalShapes(target.shape, prediction.shape))
      return E.left(
        failure(
          'shape',
          where,
          `predictions of the target's shape ${showShape(target.shape)}`,
          showShape(prediction.shape),
        ),
      );
    if (target.data.length === 0) return E.left(failure('shape', where, 'at least one number', 'none'));
    for (const [name, { data }] of [['target', target] as const, ['prediction', prediction] as const])
      for (let i = 0; i < data.length; i++)
        if (!Number.isFinite(data[i]))
          return E.left(failure('value', `${where}, ${name} ${i}`, 'a finite number', String(data[i])));
    return E.right(prediction);
  };

const finite =
  (where: string) =>
  (value: number): E.Either<Failure, number> =>
    Number.isFinite(value)
      ? E.right(value)
      : E.left(failure('value', where, 'numbers whose squares f64 can hold', 'ones too large or too small'));

const square = (x: number): number => x * x;

const mean =
  (where: string, cost: (difference: number) => number) =>
  (target: Tensor) =>
  (prediction: Tensor): E.Either<Failure, number> =>
    pipe(
      prediction,
      paired(where, target),
      E.map(({ data }) => {
        let total = 0;
        for (let i = 0; i < data.length; i++) total += cost((data[i] ?? Number.NaN) - (target.data[i] ?? Number.NaN));
        return total / data.length;
      }),
      E.chain(finite(where)),
    );

/**
 * The mean of (prediction − target)². Fails where the shapes differ, there is no number, or one is not finite.
 *
 * @example
 * ```ts
 * import { Metric, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * Metric.meanSquaredError(Tensor.zeros('f32', [2]))(Tensor.full('f32', [2], 3)) // => E.right(9)
 * ```
 */
export const meanSquaredError: (target: Tensor) => (prediction: Tensor) => E.Either<Failure, number> = mean(
  'meanSquaredError',
  square,
);

/**
 * The square root of the mean squared error, in the unit of the target. Fails as `meanSquaredError` does.
 *
 * @example
 * ```ts
 * import { Metric, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * Metric.rootMeanSquaredError(Tensor.zeros('f32', [2]))(Tensor.full('f32', [2], 3)) // => E.right(3)
 * ```
 */
export const rootMeanSquaredError =
  (target: Tensor) =>
  (prediction: Tensor): E.Either<Failure, number> =>
    pipe(prediction, mean('rootMeanSquaredError', square)(target), E.map(Math.sqrt));

/**
 * The mean of |prediction − target|, in the unit of the target. Fails as `meanSquaredError` does.
 *
 * @example
 * ```ts
 * import { Metric, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * Metric.meanAbsoluteError(Tensor.zeros('f32', [2]))(Tensor.full('f32', [2], -3)) // => E.right(3)
 * ```
 */
export const meanAbsoluteError: (target: Tensor) => (prediction: Tensor) => E.Either<Failure, number> = mean(
  'meanAbsoluteError',
  Math.abs,
);

/**
 * The coefficient of determination R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)²: 1 for a perfect prediction, 0 for the mean's, negative
 * for a worse one. For targets [rows, outputs] it is the mean of the outputs' R². Fails as `meanSquaredError` does, and
 * for a target that does not vary.
 *
 * @example
 * ```ts
 * import { Metric, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * const target = Tensor.generate('f32', [3], (i) => i);
 * Metric.r2(target)(Tensor.full('f32', [3], 1)) // => E.right(0)
 * ```
 */
export const r2 =
  (target: Tensor) =>
  (prediction: Tensor): E.Either<Failure, number> =>
    pipe(
      prediction,
      paired('r2', target),
      E.chain(({ data }) => {
        const rows = target.shape[0] ?? 1;
        const outputs = data.length / rows;
        let total = 0;
        for (let j = 0; j < outputs; j++) {
          const y = Array.from({ length: rows }, (_, i) => target.data[i * outputs + j] ?? Number.NaN);
          if (y.every((value) => value === y[0]))
            return E.left(failure('value', `r2, output ${j}`, 'a target that varies', `${rows} times ${y[0]}`));
          const middle = y.reduce((sum, value) => sum + value / rows, 0);
          const residual = y.reduce((sum, value, i) => sum + square(value - (data[i * outputs + j] ?? Number.NaN)), 0);
          total += 1 - residual / y.reduce((sum, value) => sum + square(value - middle), 0);
        }
        return finite('r2')(total / outputs);
      }),
    );
