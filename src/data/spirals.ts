/** Two spirals wound around each other: a classification that no straight line comes near. */
import type { Dtype } from '../scalar/dtype.ts';
import { evaluate } from '../scalar/evaluate.ts';
import * as Scalar from '../scalar/expr.ts';
import { type Key, normal, split, uniform } from '../tensor/key.ts';
import { generate } from '../tensor/tensor.ts';
import type { Examples } from '../train/examples.ts';

export interface SpiralOptions {
  /** Rows of each of the two classes. */
  readonly perClass: number;
  /** The standard deviation of the Gaussian noise of each coordinate; 0 by default. */
  readonly noise?: number;
  /** How often each spiral winds; 1½ by default. */
  readonly turns?: number;
  readonly dtype?: Dtype;
}

const angle = Scalar.input('angle');
const cosine = evaluate('f64')(Scalar.cos(angle));
const sine = evaluate('f64')(Scalar.sin(angle));

/**
 * Points [2·perClass, 2] on two spirals, those of class 0 and class 1 in turn, and the classes [2·perClass, 1]. A point
 * is at radius r = √u for u uniform on [0, 1) and at angle 2π·turns·r, class 1 turned by half a circle, before noise.
 * Throws unless perClass is a whole number of at least 1 and noise is not negative.
 *
 * @example
 * ```ts
 * import { Data, Key, Tensor } from 'nabla-ts';
 *
 * const { inputs, targets } = Data.spirals({ perClass: 2 })(Key.fromSeed(1));
 * inputs.shape // => [4, 2]
 * Tensor.toArray(targets) // => [0, 1, 0, 1]
 * ```
 */
export const spirals = ({ perClass, noise = 0, turns = 1.5, dtype = 'f32' }: SpiralOptions) => {
  if (!(Number.isInteger(perClass) && perClass >= 1 && noise >= 0 && Number.isFinite(noise) && Number.isFinite(turns)))
    throw new RangeError(`Data.spirals: ${perClass} rows a class, noise ${noise}, ${turns} turns`);
  return (key: Key): Examples => {
    const [along = key, around = key] = split(2)(key);
    const count = 2 * perClass;
    const places = uniform([count], 'f64')(along).data;
    const noises = noise === 0 ? undefined : normal([count, 2], 'f64')(around).data;
    return {
      inputs: generate(dtype, [count, 2], (i) => {
        const row = i >> 1;
        const radius = Math.sqrt(places[row] ?? Number.NaN);
        const at = { angle: 2 * Math.PI * turns * radius };
        const exact = (row % 2 === 0 ? 1 : -1) * radius * (i % 2 === 0 ? cosine(at) : sine(at));
        return exact + noise * (noises?.[i] ?? 0);
      }),
      targets: generate(dtype, [count, 1], (row) => row % 2),
    };
  };
};
