/**
 * Initialisers that choose their variance so that a signal keeps its own from layer to layer. `normal` ones are not
 * truncated (as in PyTorch; Keras truncates).
 */
import { normalDraw, uniformDraw } from './distribution.ts';
import type { Fans, Initialiser } from './initialiser.ts';

/** Uniform on [−l, l] with l = √(3·variance), so that the variance l²/3 is the one asked for. */
const uniformOf = (kind: string, variance: (fans: Fans) => number): Initialiser => ({
  description: { kind },
  draw: (dtype, fans) => {
    const limit = Math.sqrt(3 * variance(fans));
    return uniformDraw(dtype, fans.shape, -limit, limit);
  },
});

/** Normal with mean 0. */
const normalOf = (kind: string, variance: (fans: Fans) => number): Initialiser => ({
  description: { kind },
  draw: (dtype, fans) => normalDraw(dtype, fans.shape, 0, Math.sqrt(variance(fans))),
});

const glorot = ({ fanIn, fanOut }: Fans): number => 2 / (fanIn + fanOut);
const he = ({ fanIn }: Fans): number => 2 / fanIn;
const lecun = ({ fanIn }: Fans): number => 1 / fanIn;

/**
 * Uniform with variance 2/(fanIn + fanOut), the compromise between keeping the variance of outputs and that of
 * gradients, for units that are linear near 0, such as tanh. The default of dense layers. Glorot and Bengio,
 * *Understanding the difficulty of training deep feedforward neural networks*, AISTATS 2010, equation 16.
 *
 * @example
 * ```ts
 * import { Initialiser } from 'nabla-ts';
 * Initialiser.glorotUniform.description // => { kind: 'glorotUniform' }
 * ```
 */
export const glorotUniform: Initialiser = uniformOf('glorotUniform', glorot);

/**
 * Normal with variance 2/(fanIn + fanOut), see {@link glorotUniform}; equation 12 of the same article.
 *
 * @example
 * ```ts
 * import { Initialiser } from 'nabla-ts';
 * Initialiser.glorotNormal.description // => { kind: 'glorotNormal' }
 * ```
 */
export const glorotNormal: Initialiser = normalOf('glorotNormal', glorot);

/**
 * Uniform with variance 2/fanIn, which makes up for the half that ReLU sets to 0. He, Zhang, Ren and Sun, *Delving deep
 * into rectifiers*, ICCV 2015, equation 10.
 *
 * @example
 * ```ts
 * import { Initialiser } from 'nabla-ts';
 * Initialiser.heUniform.description // => { kind: 'heUniform' }
 * ```
 */
export const heUniform: Initialiser = uniformOf('heUniform', he);

/**
 * Normal with variance 2/fanIn, see {@link heUniform}.
 *
 * @example
 * ```ts
 * import { Initialiser } from 'nabla-ts';
 * Initialiser.heNormal.description // => { kind: 'heNormal' }
 * ```
 */
export const heNormal: Initialiser = normalOf('heNormal', he);

/**
 * Uniform with variance 1/fanIn. LeCun, Bottou, Orr and Müller, *Efficient BackProp*, 1998, section 4.6.
 *
 * @example
 * ```ts
 * import { Initialiser } from 'nabla-ts';
 * Initialiser.lecunUniform.description // => { kind: 'lecunUniform' }
 * ```
 */
export const lecunUniform: Initialiser = uniformOf('lecunUniform', lecun);

/**
 * Normal with variance 1/fanIn, see {@link lecunUniform}: what selu's fixed point asks for.
 *
 * @example
 * ```ts
 * import { Initialiser } from 'nabla-ts';
 * Initialiser.lecunNormal.description // => { kind: 'lecunNormal' }
 * ```
 */
export const lecunNormal: Initialiser = normalOf('lecunNormal', lecun);
