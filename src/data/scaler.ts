/**
 * Scaling of features to a common size, fitted on the training rows alone. A scaler is plain data: it can be saved, and
 * inverted.
 *
 * Laws: `invert(scaler)` undoes `apply(scaler)` within rounding on features that vary; rows other than those fitted on
 * change no scaler.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { type Failure, failure, fromErrors } from '../tensor/failure.ts';
import { show as showShape } from '../tensor/shape.ts';
import { generate, type Tensor } from '../tensor/tensor.ts';
import { exactly, finite, refined } from './codec.ts';

/** One feature's part: x scales to (x − shift) / scale, or to 0 where scale is 0, as for a feature that did not vary. */
export interface FeatureScale {
  readonly name: string;
  readonly shift: number;
  readonly scale: number;
}

/** `standardise` scales to mean 0 and standard deviation 1; `minMax` to low + (high − low)·(x − shift) / scale. */
export type Scaler =
  | { readonly kind: 'standardise'; readonly features: readonly FeatureScale[] }
  | {
      readonly kind: 'minMax';
      readonly low: number;
      readonly high: number;
      readonly features: readonly FeatureScale[];
    };

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
 * Data.Scaler.standardise(['size', 'age'])(training) // => E.right({ scaler: { kind: 'standardise', features }, warnings: [{ feature: 'age', reason: 'constant' }] })
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
        scale: range * Math.sqrt(mean(unit.map((x) => (x - middle) * (x - middle)))),
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
 * pipe(x, Data.Scaler.minMax(), E.chain(({ scaler }) => Data.Scaler.apply(scaler)(x)), E.map(Tensor.toArray)) // => E.right([0, 0.5, 1])
 * ```
 */
export const minMax = (
  names?: readonly string[],
  { low, high }: { readonly low: number; readonly high: number } = { low: 0, high: 1 },
): ((training: Tensor) => E.Either<Failure, Fitted>) => {
  if (!(low < high && Number.isFinite(high - low)))
    throw new RangeError(`Scaler.minMax: ${low} to ${high} is not a range`);
  return fitted(
    names,
    (_, shift, scale) => ({ shift, scale }),
    (features) => ({ kind: 'minMax', low, high, features }),
  );
};

const transform =
  (one: (x: number, feature: FeatureScale) => number) =>
  (scaler: Scaler) =>
  (x: Tensor): E.Either<Failure, Tensor> => {
    const width = scaler.features.length;
    return x.shape.length === 2 && x.shape[1] === width
      ? E.right(
          generate(x.dtype, x.shape, (i) => {
            const feature = scaler.features[i % width];
            return feature === undefined ? Number.NaN : one(x.data[i] ?? Number.NaN, feature);
          }),
        )
      : E.left(failure('shape', 'Scaler', `shape [rows, ${width}]`, showShape(x.shape)));
  };

/**
 * Scales rows [rows, features], computing in f64 and rounding once to the rows' format. Fails where the number of
 * features is another.
 *
 * @example
 * ```ts
 * import { Data, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const scaler = { kind: 'standardise', features: [{ name: 'size', shift: 2, scale: 4 }] } as const;
 * pipe(Tensor.full('f32', [1, 1], 10), Data.Scaler.apply(scaler), E.map(Tensor.toArray)) // => E.right([2])
 * ```
 */
export const apply = (scaler: Scaler): ((x: Tensor) => E.Either<Failure, Tensor>) =>
  transform((x, { shift, scale }) => {
    if (scale === 0) return 0;
    const unit = (x - shift) / scale;
    return scaler.kind === 'minMax' ? scaler.low + (scaler.high - scaler.low) * unit : unit;
  })(scaler);

/**
 * Undoes a scaling; a feature that did not vary gets its one training value back. Fails where the number of features is
 * another.
 *
 * @example
 * ```ts
 * import { Data, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const scaler = { kind: 'standardise', features: [{ name: 'size', shift: 2, scale: 4 }] } as const;
 * pipe(Tensor.full('f32', [1, 1], 2), Data.Scaler.invert(scaler), E.map(Tensor.toArray)) // => E.right([10])
 * ```
 */
export const invert = (scaler: Scaler): ((y: Tensor) => E.Either<Failure, Tensor>) =>
  transform((y, { shift, scale }) => {
    if (scale === 0) return shift;
    return (scaler.kind === 'minMax' ? (y - scaler.low) / (scaler.high - scaler.low) : y) * scale + shift;
  })(scaler);

const scale = refined('a scale', finite, (x) => (x >= 0 ? undefined : 'a scale of at least 0'));
const features = t.readonlyArray(exactly('a feature scale', { name: t.string, shift: finite, scale }));

/** The JSON codec of a scaler; unknown fields are refused. */
export const codec: t.Type<Scaler> = refined(
  'a scaler',
  t.union([
    exactly('a standardising scaler', { kind: t.literal('standardise'), features }),
    exactly('a min–max scaler', { kind: t.literal('minMax'), low: finite, high: finite, features }),
  ]),
  (scaler) => (scaler.kind === 'standardise' || scaler.low < scaler.high ? undefined : 'low < high'),
);

/** A scaler from JSON. Fails where it is not one, or holds a field that a scaler has not. */
export const decode = (json: unknown): E.Either<Failure, Scaler> =>
  pipe(codec.decode(json), E.mapLeft(fromErrors('scaler')));
