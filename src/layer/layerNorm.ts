/** Layer normalisation: each example by its own mean and variance. */
import { multiply, repeat, sumLeading } from '../ops/derived.ts';
import type { EmptyForm } from '../tensor/tree.ts';
import { checked, positive } from './config.ts';
import { constant, zeros } from './initialiser/constant.ts';
import { noValues, plain, type Unshaped } from './layer.ts';
import { type AffineForm, affine, inverseRoot, normalise, scaled } from './normalise.ts';

/** What layer norm is told. */
export interface LayerNormOptions {
  /** Added to the variance, 1e-5 unless given. */
  readonly epsilon?: number;
}

/**
 * Normalises along the last axis of each example to mean 0 and variance 1, then scales and shifts each feature by learned
 * numbers: y = scale·(x − μ)/√(σ² + ε) + shift, σ² biased (Ba, Kiros and Hinton, *Layer normalization*, 2016). Scale and
 * shift have the length of the last axis; penalties leave them alone. Takes whatever shape it is given, of at least one
 * axis. Throws unless ε is above 0.
 *
 * @example
 * ```ts
 * import { Layer } from 'nabla-ts';
 * Layer.layerNorm().at([5, 3]).parameters.specs.scale.shape // => [3]
 * ```
 */
export const layerNorm = ({ epsilon = 1e-5 }: LayerNormOptions = {}): Unshaped<AffineForm, EmptyForm> => {
  const description = { kind: 'layerNorm', epsilon: checked(positive, 'layerNorm: epsilon', epsilon) } as const;
  const root = inverseRoot(epsilon);
  return {
    description,
    at: (shape) => {
      const features = shape[shape.length - 1];
      if (features === undefined) throw new TypeError('layerNorm: takes at least one axis, but is given []');
      const spec = { shape: [features], fanIn: 1, fanOut: 1, role: 'bias' } as const;
      return {
        ...plain,
        input: shape,
        output: shape,
        description,
        parameters: {
          tree: affine,
          specs: { scale: { ...spec, initialiser: constant(1) }, shift: { ...spec, initialiser: zeros } },
        },
        forward: (ops, params, _state, x) => {
          const whole = ops.shape(x);
          const scale = repeat(ops, whole, params.scale);
          const { normal, pullback } = normalise(ops, [whole.length - 1], root, x);
          return {
            y: ops.map(scaled, { x: normal, scale, shift: repeat(ops, whole, params.shift) }),
            state: noValues,
            pullback: (dy) => ({
              dParams: {
                scale: sumLeading(ops, [features], multiply(ops, dy, normal)),
                shift: sumLeading(ops, [features], dy),
              },
              get dx() {
                return pullback(multiply(ops, dy, scale));
              },
            }),
          };
        },
      };
    },
  };
};
