/**
 * The named activations. Each takes whatever shape it is given, and is at once a layer and the expression `expr` that it
 * applies. All are finite at every finite number, to the greatest, and so are their derivatives; NaN gives NaN.
 */
import {
  abs,
  add,
  divide,
  type Expr,
  erf,
  exp,
  expm1,
  ifLess,
  ifLessOrEqual,
  input,
  max,
  min,
  multiply,
  negate,
  type Operand,
  sigmoid as sigmoidOf,
  softplus as softplusOf,
  tanh as tanhOf,
} from '../scalar/expr.ts';
import { type Elementwise, elementwise } from './activation.ts';
import { checked, finite, positive } from './config.ts';

export { identity } from './identity.ts';
export { prelu } from './prelu.ts';

const x: Expr<'x'> = input('x');
const named = (kind: string, expr: Expr<'x'>): Elementwise => elementwise({ kind }, expr);
const clip = (low: number, of: Expr<'x'>, high: number): Expr<'x'> => min(max(of, low), high);
/** a·(eˣ − 1) below 0, of x over a scale. */
const exponentialBelow0 = (a: Operand<never>, scaled: Expr<'x'>): Expr<'x'> =>
  ifLess(x, 0, multiply(a, expm1(scaled)), x);

/**
 * 1/(1 + e⁻ˣ), from 0 to 1.
 *
 * @example
 * ```ts
 * import { Activation, Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Activation.sigmoid.expr)({ x: 0 }) // => 0.5
 * ```
 */
export const sigmoid: Elementwise = named('sigmoid', sigmoidOf(x));

/**
 * (eˣ − e⁻ˣ)/(eˣ + e⁻ˣ), from −1 to 1.
 *
 * @example
 * ```ts
 * import { Activation, Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Activation.tanh.expr)({ x: 0 }) // => 0
 * ```
 */
export const tanh: Elementwise = named('tanh', tanhOf(x));

/**
 * max(x, 0). Its derivative at 0 is 0.
 *
 * @example
 * ```ts
 * import { Activation, Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Activation.relu.expr)({ x: -2 }) // => 0
 * ```
 */
export const relu: Elementwise = named('relu', max(x, 0));

/**
 * x, and slope·x below 0 (Maas, Hannun and Ng 2013). Its derivative at 0 is 1. Throws unless the slope is finite.
 *
 * @example
 * ```ts
 * import { Activation, Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Activation.leakyRelu().expr)({ x: -2 }) // => -0.02
 * ```
 */
export const leakyRelu = (slope = 0.01): Elementwise =>
  elementwise(
    { kind: 'leakyRelu', slope: checked(finite, 'leakyRelu: slope', slope) },
    ifLess(x, 0, multiply(slope, x), x),
  );

/**
 * x, and α(eˣ − 1) below 0 (Clevert, Unterthiner and Hochreiter 2015). Throws unless α is above 0.
 *
 * @example
 * ```ts
 * import { Activation, Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Activation.elu(2).expr)({ x: -1000 }) // => -2
 * ```
 */
export const elu = (alpha = 1): Elementwise =>
  elementwise({ kind: 'elu', alpha: checked(positive, 'elu: alpha', alpha) }, exponentialBelow0(alpha, x));

/** The fixed point of mean 0 and variance 1, Klambauer et al. 2017, equation 14. */
const SELU = { alpha: 1.6732632423543772, lambda: 1.0507009873554805 } as const;

/**
 * λ·x, and λα(eˣ − 1) below 0, with λ and α such that mean 0 and variance 1 are kept (Klambauer, Unterthiner, Mayr and
 * Hochreiter, *Self-normalizing neural networks*, 2017). Goes with `lecunNormal`.
 *
 * @example
 * ```ts
 * import { Activation, Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Activation.selu.expr)({ x: 1 }) // => 1.0507009873554805
 * ```
 */
export const selu: Elementwise = named('selu', multiply(SELU.lambda, exponentialBelow0(SELU.alpha, x)));

/**
 * x, and α(e^(x/α) − 1) below 0: an elu whose derivative is continuous for every α (Barron 2017). Throws unless α is
 * above 0.
 *
 * @example
 * ```ts
 * import { Activation, Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Activation.celu(2).expr)({ x: -10000 }) // => -2
 * ```
 */
export const celu = (alpha = 1): Elementwise =>
  elementwise(
    { kind: 'celu', alpha: checked(positive, 'celu: alpha', alpha) },
    exponentialBelow0(alpha, divide(x, alpha)),
  );

/**
 * x·Φ(x), with Φ the normal distribution function (1 + erf(x/√2))/2 (Hendrycks and Gimpel 2016).
 *
 * @example
 * ```ts
 * import { Activation, Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Activation.gelu.expr)({ x: 100 }) // => 100
 * ```
 */
export const gelu: Elementwise = named('gelu', multiply(x, multiply(0.5, add(1, erf(multiply(x, Math.SQRT1_2))))));

// From here on the hyperbolic tangent is ±1 in either format; clipped, the cube cannot overflow there.
const saturated = 10;
const inner = clip(-saturated, x, saturated);

/**
 * x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))/2, the approximation of {@link gelu} in the same article.
 *
 * @example
 * ```ts
 * import { Activation, Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Activation.geluTanh.expr)({ x: 100 }) // => 100
 * ```
 */
export const geluTanh: Elementwise = named(
  'geluTanh',
  multiply(
    x,
    multiply(
      0.5,
      add(
        1,
        tanhOf(
          multiply(Math.sqrt(2 / Math.PI), add(inner, multiply(0.044715, multiply(inner, multiply(inner, inner))))),
        ),
      ),
    ),
  ),
);

/**
 * x·sigmoid(x), also called swish (Elfwing, Uchibe and Doya 2017).
 *
 * @example
 * ```ts
 * import { Activation, Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Activation.silu.expr)({ x: 1000 }) // => 1000
 * ```
 */
export const silu: Elementwise = named('silu', multiply(x, sigmoidOf(x)));

/**
 * x·tanh(softplus(x)) (Misra 2019).
 *
 * @example
 * ```ts
 * import { Activation, Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Activation.mish.expr)({ x: 1000 }) // => 1000
 * ```
 */
export const mish: Elementwise = named('mish', multiply(x, tanhOf(softplusOf(x))));

/**
 * log(1 + eˣ).
 *
 * @example
 * ```ts
 * import { Activation, Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Activation.softplus.expr)({ x: 1000 }) // => 1000
 * ```
 */
export const softplus: Elementwise = named('softplus', softplusOf(x));

/**
 * x/(1 + |x|).
 *
 * @example
 * ```ts
 * import { Activation, Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Activation.softsign.expr)({ x: -1 }) // => -0.5
 * ```
 */
export const softsign: Elementwise = named('softsign', divide(x, add(1, abs(x))));

const hard: Expr<'x'> = clip(0, add(divide(x, 6), 0.5), 1);

/**
 * x/6 + ½, cut off at 0 and 1 (as in PyTorch; Keras's was x/5 + ½).
 *
 * @example
 * ```ts
 * import { Activation, Expr } from 'nabla-ts';
 * [-4, 0, 4].map((x) => Expr.evaluate('f64')(Activation.hardSigmoid.expr)({ x })) // => [0, 0.5, 1]
 * ```
 */
export const hardSigmoid: Elementwise = named('hardSigmoid', hard);

/**
 * x, cut off at −1 and 1.
 *
 * @example
 * ```ts
 * import { Activation, Expr } from 'nabla-ts';
 * [-4, 0.25, 4].map((x) => Expr.evaluate('f64')(Activation.hardTanh.expr)({ x })) // => [-1, 0.25, 1]
 * ```
 */
export const hardTanh: Elementwise = named('hardTanh', clip(-1, x, 1));

/**
 * x·hardSigmoid(x) (Howard et al., *Searching for MobileNetV3*, 2019).
 *
 * @example
 * ```ts
 * import { Activation, Expr } from 'nabla-ts';
 * [-4, 0, 4].map((x) => Expr.evaluate('f64')(Activation.hardSwish.expr)({ x })) // => [-0, 0, 4]
 * ```
 */
export const hardSwish: Elementwise = named('hardSwish', multiply(x, hard));

/**
 * log(1/(1 + e⁻ˣ)) = −softplus(−x).
 *
 * @example
 * ```ts
 * import { Activation, Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Activation.logSigmoid.expr)({ x: -1000 }) // => -1000
 * ```
 */
export const logSigmoid: Elementwise = named('logSigmoid', negate(softplusOf(negate(x))));

// From here on the value is 0 in either format; clipped, neither the square nor the derivative's 2x can overflow there.
const vanished = 30;
const bounded = clip(-vanished, x, vanished);

/**
 * e^(−x²).
 *
 * @example
 * ```ts
 * import { Activation, Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Activation.gaussian.expr)({ x: 0 }) // => 1
 * ```
 */
export const gaussian: Elementwise = named('gaussian', exp(negate(multiply(bounded, bounded))));

/**
 * 0 below 0 and 1 from 0 on (at ±0 too). Its derivative is 0 everywhere, so nothing before it learns: it is for networks
 * that are built, not trained.
 *
 * @example
 * ```ts
 * import { Activation, Expr } from 'nabla-ts';
 * [-1, 0, 1].map((x) => Expr.evaluate('f64')(Activation.heaviside.expr)({ x })) // => [0, 1, 1]
 * ```
 */
export const heaviside: Elementwise = named(
  'heaviside',
  // The last branch is taken by NaN alone, and keeps it.
  ifLess(x, 0, 0, ifLessOrEqual(0, x, 1, x)),
);
