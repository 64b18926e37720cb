/** Mixup: examples between examples. */
import { evaluate } from '../scalar/evaluate.ts';
import { add, divide, exp, input, log, subtract } from '../scalar/expr.ts';
import { foldIn, type Key, normal, permutation, split, uniform } from '../tensor/key.ts';
import { generate, type Tensor } from '../tensor/tensor.ts';
import type { Examples } from '../train/examples.ts';

const logarithm = evaluate('f64')(log(input('x')));
/** 1/(1 + e^(b − a)): the part of the first of two numbers, from their logarithms. */
const partOf = evaluate('f64')(divide(1, add(1, exp(subtract(input('b'), input('a'))))));

/**
 * The logarithm of a draw from the gamma distribution of a shape and scale 1: Marsaglia and Tsang's rejection for
 * shape + 1 (*A simple method for generating gamma variables*, 2000), times U^(1/shape). The logarithm, as draws of a small
 * shape are often below what a number can be.
 */
const logGamma =
  (shape: number) =>
  (key: Key): number => {
    const d = shape + 2 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (let attempt = 0; ; attempt++) {
      const [forNormal = key, forUniform = key] = split(2)(foldIn(attempt)(key));
      const x = normal([], 'f64')(forNormal).data[0] ?? Number.NaN;
      const [u = Number.NaN, boost = Number.NaN] = Array.from(uniform([2], 'f64')(forUniform).data);
      const root = 1 + c * x;
      // Of a root of 0 this is −∞, and of one below it NaN: no such draw is accepted.
      const logCube = 3 * logarithm({ x: root });
      // 1 − u is above 0, and as uniform as u.
      if (logarithm({ x: 1 - u }) < (x * x) / 2 + d - d * root * root * root + d * logCube)
        return logarithm({ x: d }) + logCube + logarithm({ x: 1 - boost }) / shape;
    }
  };

/** A draw from the beta distribution whose two shapes are equal: the part of one of two gamma draws in their sum. */
export const symmetricBeta =
  (shape: number) =>
  (key: Key): number => {
    const [first = key, second = key] = split(2)(key);
    return partOf({ a: logGamma(shape)(first), b: logGamma(shape)(second) });
  };

export interface MixupConfig {
  /** Of the distribution Beta(α, α) of the part that a row keeps of itself: above 0; 0.2 unless told. Small ones mix little,
   * 1 mixes uniformly. */
  readonly alpha?: number;
}

/**
 * Mixes the rows of each batch (Zhang, Cissé, Dauphin and Lopez-Paz, *mixup: beyond empirical risk minimization*, 2018):
 * inputs become λx + (1 − λ)x′ and targets λt + (1 − λ)t′, where x′ and t′ are another row of the batch, by a random order,
 * and λ is drawn from Beta(α, α) once a batch, as there. Weights of rows are mixed alike. For `augment` of a training
 * configuration, with targets of which a mixture is one: numbers, or probabilities (`Data.oneHot`); class labels are
 * refused by the loss. Computed in f64, rounded once. Throws unless α is finite and above 0.
 *
 * @example
 * ```ts
 * import { Data, Key, Tensor } from 'nabla-ts';
 * const ramp = Tensor.generate('f32', [2, 1], (i) => i);
 * const mixed = Data.mixup({ alpha: 1 })(Key.fromSeed(4))({ inputs: ramp, targets: ramp });
 * Tensor.equals(mixed.inputs, mixed.targets) // => true
 * ```
 */
export const mixup = ({ alpha = 0.2 }: MixupConfig = {}) => {
  if (!(alpha > 0 && Number.isFinite(alpha))) throw new RangeError(`Data.mixup: ${alpha} is not an α`);
  return (key: Key) =>
    ({ inputs, targets, weights }: Examples): Examples => {
      const [forPart = key, forOrder = key] = split(2)(key);
      const part = symmetricBeta(alpha)(forPart);
      const rows = inputs.shape[0] ?? 0;
      const order = permutation(rows)(forOrder);
      const mixed = ({ dtype, shape, data }: Tensor): Tensor => {
        const width = data.length / rows;
        return generate(dtype, shape, (i) => {
          const row = Math.floor(i / width);
          const other = (order[row] ?? Number.NaN) * width + (i - row * width);
          return part * (data[i] ?? Number.NaN) + (1 - part) * (data[other] ?? Number.NaN);
        });
      };
      return {
        inputs: mixed(inputs),
        targets: mixed(targets),
        ...(weights === undefined ? {} : { weights: mixed(weights) }),
      };
    };
};
