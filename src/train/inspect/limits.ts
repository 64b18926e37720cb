/** From where on something counts as a fault: data, each number with what it means and where it comes from. */

/** One limit. */
export interface Limit {
  readonly value: number;
  readonly meaning: string;
  readonly source: string;
}

/** The names of the limits. */
export type LimitName =
  | 'slope'
  | 'vanishing'
  | 'exploding'
  | 'saturated'
  | 'dying'
  | 'leaking'
  | 'rows'
  | 'leakingRows';

/**
 * The limits of `Inspect.diagnose`. All but `slope`, by which saturation is counted, can be given other values there.
 *
 * @example
 * ```ts
 * import { Inspect } from 'nabla-ts';
 * Inspect.LIMITS.slope.value // => 0.01
 * ```
 */
export const LIMITS: Readonly<Record<LimitName, Limit>> = Object.freeze({
  slope: {
    value: 0.01,
    meaning: 'an activation is saturated at an element where |f′| is below this',
    source: 'convention of this library: |x| > 3.0 for tanh, > 4.6 for sigmoid, > 9 for softsign',
  },
  vanishing: {
    value: 0.01,
    meaning:
      'the gradient (root mean square) at the output of the first layer that learns, as a share of that at the last',
    source:
      'ours: plain gradient descent then needs a hundred times as many steps below as above. Of the networks of Glorot and Bengio (2010), five layers deep, it names sigmoid and leaves tanh alone',
  },
  exploding: {
    value: 100,
    meaning: 'the same share, from above',
    source: 'ours: the reciprocal of `vanishing`',
  },
  saturated: {
    value: 0.5,
    meaning:
      'the share of elements at which a hidden activation has |f′| below `slope`, where it is not flat on a whole side as ReLU is',
    source: 'ours: more elements that pass no gradient than elements that do',
  },
  dying: {
    value: 0.4,
    meaning: 'the share of an activation’s units whose f′ is exactly 0 at every row',
    source:
      'A. Karpathy, notes of Stanford CS231n, “Commonly used activation functions”: with too high a learning rate “as much as 40% of your network can be dead”',
  },
  leaking: {
    value: 0.95,
    meaning:
      'the share of the variance of the targets or of their ranks that one column predicts, each row from its neighbours in that column',
    source: 'ours: 0.95 leaves noise of 5 % of the variance; a network has little left to do',
  },
  rows: {
    value: 8,
    meaning: 'on fewer rows nothing is said of dead units and dead inputs',
    source: 'ours: a unit that is off for half of all inputs is off for 8 of them by chance once in 256',
  },
  leakingRows: {
    value: 32,
    meaning: 'on fewer rows nothing is said of leaking targets',
    source: 'ours: a coin equals a label in 32 rows by chance once in 2³¹',
  },
});
