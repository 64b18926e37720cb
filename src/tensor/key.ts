/**
 * A key is all the randomness of a computation, as a value: the same key gives the same numbers on every machine, and
 * new keys come from `split` and `foldIn`. Numbers are Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror and Shaw,
 * *Parallel random numbers: as easy as 1, 2, 3*, SC 2011) of a counter.
 *
 * The second word of the counter separates the uses of a key (0 draws, 1 splits, 2 folds), so that a key which is split
 * and drawn from gives independent streams.
 */

import type { Dtype } from '../scalar/dtype.ts';
import { evaluate } from '../scalar/evaluate.ts';
import * as Scalar from '../scalar/expr.ts';
import { isShape, type Shape, show, size } from './shape.ts';
import { adopt, buffer, type Floats, type Tensor } from './tensor.ts';
import { encipher, threefry } from './threefry.ts';

export { threefry };

export interface Key {
  readonly words: readonly [number, number];
}

const key = (words: readonly [number, number]): Key => Object.freeze({ words: Object.freeze(words) });

/**
 * The key of a seed. Throws unless the seed is a whole number in [0, 2⁵³).
 *
 * @example
 * ```ts
 * import { Key } from 'nabla-ts';
 * Key.fromSeed(7).words // => [0, 7]
 * ```
 */
export const fromSeed = (seed: number): Key => {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new RangeError(`Key.fromSeed: ${seed} is not a whole number in [0, 2^53)`);
  return key([Math.floor(seed / 2 ** 32), seed >>> 0]);
};

/**
 * `count` keys, independent of one another and of what else is made from the key: key i is the cipher of (i, 1).
 *
 * @example
 * ```ts
 * import { Key } from 'nabla-ts';
 * const [first, second] = Key.split(2)(Key.fromSeed(7));
 * first?.words[0] === second?.words[0] // => false
 * ```
 */
export const split =
  (count: number) =>
  (parent: Key): readonly Key[] => {
    if (!Number.isInteger(count) || count < 0) throw new RangeError(`Key.split: ${count} keys`);
    return Array.from({ length: count }, (_, i) => key(threefry(parent.words, [i, 1])));
  };

/**
 * The key for a number n (a step, an epoch, a position) under a key: the cipher of (n, 2). Throws unless it is a whole
 * number in [0, 2³²).
 *
 * @example
 * ```ts
 * import { Key } from 'nabla-ts';
 * Key.foldIn(3)(Key.fromSeed(7)).words.length // => 2
 * ```
 */
export const foldIn =
  (data: number) =>
  (parent: Key): Key => {
    if (!Number.isInteger(data) || data < 0 || data >= 2 ** 32)
      throw new RangeError(`Key.foldIn: ${data} is not a whole number in [0, 2^32)`);
    return key(threefry(parent.words, [data, 2]));
  };

const empty = (draw: string, dtype: Dtype, shape: Shape): Floats => {
  if (!isShape(shape)) throw new RangeError(`Key.${draw}: ${show(shape)} is not a shape`);
  return buffer(dtype, size(shape));
};

/** Calls `use` with the two words of each of `count` blocks, in order. An odd number of elements leaves the last word
 * over: written beyond the end, where an array drops it. */
const blocks = (parent: Key, count: number, use: (first: number, second: number, block: number) => void): void => {
  const [k0, k1] = parent.words;
  const words = new Int32Array(2);
  for (let i = 0; i < count; i++) {
    encipher(k0, k1, i, 0, words);
    use((words[0] ?? 0) >>> 0, (words[1] ?? 0) >>> 0, i);
  }
};

/**
 * Independent numbers, uniform on [0, 1): multiples of 2⁻²⁴ in f32 (a word each), of 2⁻⁵³ in f64 (a block each).
 *
 * @example
 * ```ts
 * import { Key, Tensor } from 'nabla-ts';
 * Tensor.toArray(Key.uniform([1000])(Key.fromSeed(7))).every((x) => x >= 0 && x < 1) // => true
 * ```
 */
export const uniform =
  (shape: Shape, dtype: Dtype = 'f32') =>
  (from: Key): Tensor => {
    const data = empty('uniform', dtype, shape);
    if (dtype === 'f64')
      blocks(from, data.length, (high, low, i) => {
        data[i] = (high * 2 ** 21 + (low >>> 11)) * 2 ** -53;
      });
    else
      blocks(from, Math.ceil(data.length / 2), (first, second, i) => {
        data[2 * i] = (first >>> 8) * 2 ** -24;
        data[2 * i + 1] = (second >>> 8) * 2 ** -24;
      });
    return adopt(shape, data);
  };

const radius = evaluate('f64')(Scalar.sqrt(Scalar.multiply(-2, Scalar.log(Scalar.input('u')))));
const cosine = evaluate('f64')(Scalar.cos(Scalar.multiply(2 * Math.PI, Scalar.input('v'))));

/**
 * Independent standard normal numbers, by Box and Muller's method in f64 (element i from block i), rounded once.
 *
 * @example
 * ```ts
 * import { Key } from 'nabla-ts';
 * Key.normal([2, 3])(Key.fromSeed(7)).shape // => [2, 3]
 * ```
 */
export const normal =
  (shape: Shape, dtype: Dtype = 'f32') =>
  (from: Key): Tensor => {
    const data = empty('normal', dtype, shape);
    blocks(from, data.length, (first, second, i) => {
      data[i] = radius({ u: (first + 0.5) * 2 ** -32 }) * cosine({ v: second * 2 ** -32 });
    });
    return adopt(shape, data);
  };

/**
 * Independent draws that are 1 with probability p (rounded down to a multiple of 2⁻³²) and 0 otherwise: element i uses
 * word i, so a batch's first rows do not depend on how many follow. Throws unless p is a probability.
 *
 * @example
 * ```ts
 * import { Key, Tensor } from 'nabla-ts';
 * Tensor.toArray(Key.bernoulli([3], 1)(Key.fromSeed(7))) // => [1, 1, 1]
 * ```
 */
export const bernoulli =
  (shape: Shape, p: number, dtype: Dtype = 'f32') =>
  (from: Key): Tensor => {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`Key.bernoulli: ${p} is not a probability`);
    const below = Math.floor(p * 2 ** 32);
    const data = empty('bernoulli', dtype, shape);
    blocks(from, Math.ceil(data.length / 2), (first, second, i) => {
      data[2 * i] = first < below ? 1 : 0;
      data[2 * i + 1] = second < below ? 1 : 0;
    });
    return adopt(shape, data);
  };

/**
 * A random order of the whole numbers below n, each as likely as another up to n·2⁻⁵³ (Fisher and Yates's shuffle).
 *
 * @example
 * ```ts
 * import { Key } from 'nabla-ts';
 * Key.permutation(4)(Key.fromSeed(7)).toSorted() // => [0, 1, 2, 3]
 * ```
 */
export const permutation =
  (n: number) =>
  (from: Key): readonly number[] => {
    const draws = uniform([n], 'f64')(from).data;
    const order: number[] = [];
    for (let i = 0; i < n; i++) order.push(i);
    for (let i = n - 1; i > 0; i--) {
      const j = Math.floor((draws[i] ?? 0) * (i + 1));
      const kept = order[i] ?? 0;
      order[i] = order[j] ?? 0;
      order[j] = kept;
    }
    return order;
  };
