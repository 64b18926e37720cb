/** Scalers fitted to training rows. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../tensor/failure.ts';
import { show as showShape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { FeatureScale, Scaler } from './scaler.ts';

/** A feature that scales to 0 whatever its value, and why. */
export interface ScaleWarning {
  readonly feature: string;
  readonly reason: 'constant';
}

/** What fitting gives. */
export interface Fitted {
  readonly scaler: Scaler;
  readonly warnings: readonly ScaleWarning[];
}

const columns =
  (names: readonly string[] | undefined) =>
  (
    training: Tensor,
  ): E.Either<Failure, ReadonlyArray<{ readonly name: string; readonly values: readonly number[] }>> => {
    const [rows = 0, width = 0] = training.shape;
    if (training.shape.length !== 2 || rows === 0)
      return E.left(failure('shape', 'Scaler', 'shape [rows ≥ 1, features]', showShape(training.shape)));
    if (names !== undefined && names.length !== width)
      return E.left(failure('shape', 'Scaler', `${width} feature names`, `${names.length}`));
    return pipe(
      Array.from({ length: width }, (_, j) => ({
        name: names?.[j] ?? `feature ${j + 1}`,
        values: Array.from({ length: rows }, (_, i) => training.data[i * width + j] ?? Number.NaN),
      })),
      (all) => {
        for (const { name, values } of all) {
          const wrong = values.findIndex((value) => !Number.isFinite(value));
          if (wrong >= 0)
            return E.left(failure('value', `${name}, row ${wrong}`, 'a finite number', String(values[wrong])));
          if (!Number.isFinite(Math.max(...extremes(values)) - Math.min(...extremes(values))))
            return E.left(failure('value', name, 'values whose range f64 can hold', extremes(values).join(' to ')));
        }
        return E.right(all);
      },
    );
  };

const extremes = (values: readonly number[]): readonly [number, number] =>
  values.reduce<readonly [number, number]>(
    ([low, high], x) => [Math.min(low, x), Math.max(high, x)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );

const fitted =
  (
    names: readonly string[] | undefined,
    fit: (values: readonly number[], low: number, range: number) => Omit<FeatureScale, 'name'>,
    scaler: (features: readonly FeatureScale[]) => Scaler,
  ) =>
  (training: Tensor): E.Either<Failure, Fitted> =>
    pipe(
      training,
      columns(names),
      E.map((all) => {
        const features = all.map(({ name, values }): FeatureScale => {
          const [low, high] = extremes(values);
          // `+ 0` turns −0 into 0, which JSON keeps.
          if (low === high) return { name, shift: low + 0, scale: 0 };
          const { shift, scale } = fit(values, low, high - low);
          return { name, shift: shift + 0, scale };
        });
        return {
          scaler: scaler(features),
          warnings: features
            .filter(({ scale }) => scale === 0)
            .map(({ name }): ScaleWarning => ({ feature: name, reason: 'constant' })),
        };
      }),
    );

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/**
 * Fits a scaler that takes each feature of the training rows [rows, features] to mean 0 and standard deviation 1 (of the
 * rows themselves: divided by n). A feature that does not vary scales to 0, and is named in the warnings. Fails on
 * another shape, and on numbers that are not finite.
 *
 * @example
 * ```ts
 * import { Data, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * const training = Tensor.generate('f64', [2, 2], (i) => [1, 5, 3, 5][i] ?? 0);
 * const features = [{ name: 'size', shift: 2, scale: 1 }, { name: 'age', shift: 5, scale: 0 }];
 * Data.standardise(['size', 'age'])(training) // => E.right({ scaler: { kind: 'standardise', features }, warnings: [{ feature: 'age', reason: 'constant' }] })
 * ```
 */
export const standardise = (names?: readonly string[]): ((training: Tensor) => E.Either<Failure, Fitted>) =>
  fitted(
    names,
    // Computed on [0, 1], so that no sum or square overflows or vanishes.
    (values, low, range) => {
      const unit = values.map((x) => (x - low) / range);
      const middle = mean(unit);
      return {
        shift: low + range * middle,
        // Among the least subnormal numbers the deviation may round to 0, which would say that nothing varies.
        scale: range * Math.sqrt(mean(unit.map((x) => (x - middle) * (x - middle)))) || range,
      };
    },
    (features) => ({ kind: 'standardise', features }),
  );

/**
 * Fits a scaler that takes each feature's least training value to `low` and its greatest to `high` (0 and 1 by default).
 * A feature that does not vary scales to 0, and is named in the warnings. Fails as `standardise` does; throws unless
 * low < high.
 *
 * @example
 * ```ts
 * import { Data, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const x = Tensor.generate('f64', [3, 1], (i) => 10 * i);
 * pipe(x, Data.minMax(), E.chain(({ scaler }) => Data.Scaler.apply(scaler)(x)), E.map(Tensor.toArray)) // => E.right([0, 0.5, 1])
 * ```
 */
export const minMax = (
  names?: readonly string[],
  { low, high }: { readonly low: number; readonly high: number } = { low: 0, high: 1 },
): ((training: Tensor) => E.Either<Failure, Fitted>) => {
  if (!(low < high && Number.isFinite(high - low)))
    throw new RangeError(`Data.minMax: ${low} to ${high} is not a range`);
  return fitted(
    names,
    (_, shift, scale) => ({ shift, scale }),
    (features) => ({ kind: 'minMax', low, high, features }),
  );
};
