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
import { byKind } from '../scalar/alternatives.ts';
import { closed } from '../scalar/closed.ts';
import { type Failure, failure, fromErrors } from '../tensor/failure.ts';
import { show as showShape } from '../tensor/shape.ts';
import { generate, type Tensor } from '../tensor/tensor.ts';
import { finite, refined } from './codec.ts';

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

const transform =
  (one: (x: number, feature: FeatureScale) => number) =>
  (scaler: Scaler) =>
  (x: Tensor): E.Either<Failure, Tensor> => {
    const width = scaler.features.length;
    return x.shape.length === 2 && x.shape[1] === width
      ? E.right(
          generate(x.dtype, x.shape, (i) => {
            const feature = scaler.features[i % width];
            // never: there is a feature at every remainder
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
const features = t.readonlyArray(
  closed('a feature scale', { name: t.string, shift: finite, scale }),
  'a list of feature scales',
);

/**
 * The JSON codec of a scaler; unknown fields are refused.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 * Data.Scaler.codec.is({ kind: 'standardise', features: [] }) // => true
 * ```
 */
export const codec: t.Type<Scaler> = refined(
  'a scaler',
  byKind<Scaler>('a scaler', {
    standardise: closed('a standardising scaler', { kind: t.literal('standardise'), features }),
    minMax: closed('a min–max scaler', { kind: t.literal('minMax'), low: finite, high: finite, features }),
  }),
  (scaler) => (scaler.kind === 'standardise' || scaler.low < scaler.high ? undefined : 'low < high'),
);

/**
 * A scaler from JSON. Fails where it is not one, or holds a field that a scaler has not.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 * Data.Scaler.decode({ kind: 'standardise', features: [{ name: 'a', shift: 0, scale: 1 }] })._tag // => 'Right'
 * ```
 */
export const decode = (json: unknown): E.Either<Failure, Scaler> =>
  pipe(codec.decode(json), E.mapLeft(fromErrors('scaler')));
