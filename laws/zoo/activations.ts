/** Wrong activations, each with one fault, and the right ones that they were made from. */
import { Expr, Layer } from '../../src/index.ts';
import type { LawSet } from '../law.ts';
import { type ActivationOptions, activation, type Curves } from '../pack/activation.ts';
import { curve, type Free, prelu } from './activation/parts.ts';
import type { Broken } from './broken.ts';
import { overwrite } from './writing.ts';

const [x, y, dy] = [Expr.input('x'), Expr.input('y'), Expr.input('dy')];
const { abs, add, divide, exp, expm1, ifLess, log, max, min, multiply, sqrt, subtract, tanh } = Expr;

const lawsOf = (of: Free, expected: Curves, options: ActivationOptions = {}): LawSet => {
  const { kind } = of.description;
  const registry = { ...Layer.registry, [kind]: Layer.kind(kind, {}, () => of) };
  return activation(of, { registry, expected, ...options });
};

const entry = (name: string, fault: string, law: string, of: Free, expected: Curves): Broken => ({
  name,
  fault,
  law,
  laws: lawsOf(of, expected, { name }),
});

const tanhs: Curves = { value: Math.tanh };
const leaky: Curves = { value: (v) => (v < 0 ? 0.01 * v : v), slope: (v) => (v < 0 ? 0.01 : 1), kinks: [0] };
const leakyBy = (by: number): Expr.Expr<'x'> => ifLess(x, 0, multiply(by, x), x);
const slopeBy = (by: number): Expr.Expr<'x'> => ifLess(x, 0, by, 1);

const C = Math.sqrt(2 / Math.PI);
const gelus = (by: number): { readonly value: Expr.Expr<'x'>; readonly derivative: Expr.Expr<'x'> } => {
  const inner = multiply(C, add(x, multiply(by, multiply(x, multiply(x, x)))));
  const t = tanh(inner);
  return {
    value: multiply(0.5, multiply(x, add(1, t))),
    derivative: add(
      multiply(0.5, add(1, t)),
      multiply(
        multiply(0.5, x),
        multiply(subtract(1, multiply(t, t)), multiply(C, add(1, multiply(3 * by, multiply(x, x))))),
      ),
    ),
  };
};
const gelu: Curves = { value: (v) => 0.5 * v * (1 + Math.tanh(C * (v + 0.044715 * v ** 3))) };
const geluOf = (by: number): Free => curve('gelu', gelus(by).value, gelus(by).derivative);

const soft: Curves = {
  value: (v) => Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v))),
  slope: (v) => (v >= 0 ? 1 / (1 + Math.exp(-v)) : Math.exp(v) / (1 + Math.exp(v))),
};
const logistic = Expr.sigmoid(x);
const softplus = add(max(x, 0), Expr.log1p(exp(Expr.negate(abs(x)))));

const swishes: Curves = { value: (v) => (v >= 0 ? v / (1 + Math.exp(-v)) : (v * Math.exp(v)) / (1 + Math.exp(v))) };
const swish = multiply(x, logistic);

const sigmoids: Curves = { value: (v) => (v >= 0 ? 1 / (1 + Math.exp(-v)) : Math.exp(v) / (1 + Math.exp(v))) };
const ofOutput = multiply(y, subtract(1, y));

const ALPHA = 2;
const elus: Curves = { value: (v) => (v < 0 ? ALPHA * Math.expm1(v) : v), kinks: [0] };
const elu = ifLess(x, 0, multiply(ALPHA, expm1(min(x, 0))), x);
const eluSlope = (by: number): Expr.Expr<'x'> => ifLess(x, 0, multiply(by, exp(min(x, 0))), 1);

const hards: Curves = { value: (v) => Math.min(1, Math.max(0, (v + 3) / 6)), kinks: [-3, 3] };
const hard = (by: number, from: number): Free =>
  curve('hard', min(1, max(0, add(multiply(by, x), 0.5))), ifLess(abs(x), from, by, 0));

/** λ and α of Klambauer et al. 2017. */
const [LAMBDA, SELU] = [1.0507009873554805, 1.6732632423543772];
const selu = (lambda: number, alpha: number): Free =>
  curve(
    'selu',
    multiply(lambda, ifLess(x, 0, multiply(alpha, expm1(min(x, 0))), x)),
    multiply(lambda, ifLess(x, 0, multiply(alpha, exp(min(x, 0))), 1)),
  );
const selus: Curves = { value: (v) => LAMBDA * (v < 0 ? SELU * Math.expm1(v) : v), kinks: [0] };

const prelus: Curves = { value: (v, { slope: [by = NaN] = [] }) => (v < 0 ? by * v : v), kinks: [0] };
const inSlope = multiply(dy, ifLess(x, 0, x, 0));

const relus: Curves = { value: (v) => Math.max(v, 0), kinks: [0] };
const relu = curve('rectifier', max(x, 0), ifLess(0, x, 1, 0));

/** ReLU that writes its output over its input. */
const inPlace: Free = {
  ...relu,
  at: (shape) => {
    const layer = relu.at(shape);
    return {
      ...layer,
      forward: (ops, params, state, given, context) => {
        const run = layer.forward(ops, params, state, given, context);
        overwrite(given, run.y);
        return run;
      },
    };
  },
};
/** (x + √(x² + 4))/2, of which x² may be kept within bounds. */
const squareplus = (within: boolean): Free => {
  const size = within ? max(abs(x), 1) : Expr.constant(1);
  const part = divide(x, size);
  const root = multiply(size, sqrt(add(multiply(part, part), divide(divide(4, size), size))));
  return curve('squareplus', add(multiply(0.5, x), multiply(0.5, root)), add(0.5, multiply(0.5, divide(x, root))));
};
const squares: Curves = { value: (v) => 0.5 * v + 0.5 * Math.hypot(v, 2) };

/** ReLU divided by the greatest of the row. */
const relative: Free = {
  description: { kind: 'relative' },
  at: (shape) => {
    const flat = shape.reduce((n, length) => n * length, 1);
    return {
      ...Layer.plain,
      input: shape,
      output: shape,
      description: { kind: 'relative' },
      parameters: Layer.none,
      forward: (ops, _params, _state, given) => {
        const whole = ops.shape(given);
        const rows = ops.reshape([whole[0] ?? 0, flat], given);
        const greatest = ops.reshape(whole, ops.broadcast(ops.shape(rows), ops.max([1], rows)));
        return {
          y: ops.map(subtract(x, y), { x: given, y: greatest }),
          state: Layer.noValues,
          pullback: (gradient) => ({ dParams: Layer.noValues, dx: gradient }),
        };
      },
    };
  },
};

export const correct: readonly LawSet[] = [
  lawsOf(curve('squash', tanh(x), subtract(1, multiply(y, y))), tanhs),
  lawsOf(curve('leaky', leakyBy(0.01), slopeBy(0.01)), leaky),
  lawsOf(geluOf(0.044715), gelu, {
    except: { 'finite at extremes': 'x³ overflows where the formula, in the other order, does not' },
  }),
  lawsOf(curve('smooth', softplus, logistic), soft),
  lawsOf(curve('swish', swish, add(logistic, multiply(swish, subtract(1, logistic)))), swishes),
  lawsOf(curve('logistic', logistic, ofOutput), sigmoids),
  lawsOf(curve('elu', elu, eluSlope(ALPHA)), elus),
  lawsOf(hard(1 / 6, 3), hards),
  lawsOf(selu(LAMBDA, SELU), selus, {
    except: {
      'finite at extremes': 'λ takes the greatest number out of the format, and its transcription is rounded later',
    },
  }),
  lawsOf(prelu(inSlope), prelus),
  lawsOf(relu, relus),
  lawsOf(squareplus(true), squares),
  lawsOf(curve('cube', Expr.pow(x, 3), multiply(3, multiply(x, x))), { value: (v) => v ** 3, slope: (v) => 3 * v * v }),
];

export const broken: readonly Broken[] = [
  entry(
    'derivative at the activation',
    'tanh′ is taken at y instead of at x: 1 − tanh²(y)',
    'pullback: dual numbers',
    curve('squash', tanh(x), subtract(1, multiply(tanh(y), tanh(y)))),
    tanhs,
  ),
  entry(
    'sigmoid’s derivative at the pre-activation',
    'y(1 − y) is computed with x in the place of y',
    'pullback: dual numbers',
    curve('logistic', logistic, multiply(x, subtract(1, x))),
    sigmoids,
  ),
  entry(
    'leaky slope off',
    'the slope is 0.1 instead of 0.01',
    'formula',
    curve('leaky', leakyBy(0.1), slopeBy(0.1)),
    leaky,
  ),
  entry(
    'leaky slope missing in the derivative',
    'the derivative is ReLU’s',
    'pullback: dual numbers',
    curve('leaky', leakyBy(0.01), slopeBy(0)),
    leaky,
  ),
  entry('gelu’s constant off', '0.44715 instead of 0.044715', 'formula', geluOf(0.44715), gelu),
  entry('gelu’s constant slightly off', '0.045 instead of 0.044715', 'formula', geluOf(0.045), gelu),
  entry(
    'softplus overflows',
    'log(1 + eˣ) as it is written',
    'large inputs stay finite',
    curve('smooth', log(add(1, exp(x))), logistic),
    soft,
  ),
  entry(
    'sigmoid overflows',
    'eˣ/(1 + eˣ) as it is written: ∞/∞ for large x',
    'large inputs stay finite',
    curve('logistic', divide(exp(x), add(1, exp(x))), ofOutput),
    sigmoids,
  ),
  entry(
    'swish without the second term',
    'the derivative of x·σ(x) is taken to be σ(x)',
    'pullback: dual numbers',
    curve('swish', swish, logistic),
    swishes,
  ),
  entry(
    'elu’s α missing in the derivative',
    'α stands in the value alone',
    'pullback: dual numbers',
    curve('elu', elu, eluSlope(1)),
    elus,
  ),
  entry('hard sigmoid of another source', 'the slope is 0.2, not 1/6', 'formula', hard(0.2, 2.5), hards),
  entry('selu’s constants swapped', 'λ is taken for α, and α for λ', 'formula', selu(SELU, LAMBDA), selus),
  entry(
    'prelu slope gradient missing',
    'the gradient of the slope is 0',
    'pullback: dual numbers',
    prelu(multiply(0, dy)),
    prelus,
  ),
  entry(
    'prelu slope gradient above 0',
    'the gradient of the slope is summed over the elements that are not below 0',
    'pullback: dual numbers',
    prelu(multiply(dy, ifLess(x, 0, 0, x))),
    prelus,
  ),
  entry(
    'NaN hidden',
    'what is not above 0 is 0, NaN too',
    'NaN stays NaN',
    curve('rectifier', ifLess(0, x, x, 0), ifLess(0, x, 1, 0)),
    relus,
  ),
  entry('ReLU in place', 'the output is written over the input', 'writes to nothing', inPlace, relus),
  entry('relative to the greatest', 'every element depends on the row', 'element by element', relative, {
    value: () => 0,
  }),
  entry(
    'a square that overflows',
    'x² leaves f32 where √(x² + 4) would not',
    'finite at extremes',
    squareplus(false),
    squares,
  ),
  entry(
    'derivative with the wrong sign below 0',
    'softplus′ is taken to be σ(|x|)',
    'slope',
    curve('smooth', softplus, Expr.sigmoid(abs(x))),
    soft,
  ),
];
