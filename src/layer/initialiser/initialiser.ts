/**
 * How a parameter gets its first value. An initialiser knows the parameter's shape and how many inputs and outputs each
 * of its units has; it draws from a key and from nothing else. It draws in f64 and rounds once, so that a network in f32
 * begins as the rounding of the same network in f64.
 */
import type { Dtype } from '../../scalar/dtype.ts';
import type { Json } from '../../tensor/json.ts';
import type { Key } from '../../tensor/key.ts';
import type { Shape } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** What an initialiser is told of a parameter. */
export interface Fans {
  readonly shape: Shape;
  /** How many numbers each output of the unit is computed from. */
  readonly fanIn: number;
  /** How many outputs each input of the unit has a part in. */
  readonly fanOut: number;
}

/** A way to begin a parameter: plain data, and the draw that it describes. */
export interface Initialiser {
  /** The initialiser as JSON: its kind and hyperparameters. */
  readonly description: { readonly kind: string; readonly [field: string]: Json };
  readonly draw: (dtype: Dtype, fans: Fans) => (key: Key) => Tensor;
}
