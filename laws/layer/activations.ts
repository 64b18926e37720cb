/**
 * The named activations against their formulas, written out again in plain JavaScript with the machine's `Math`.
 *
 * Tolerances: our elementary functions are within 2 ulp and `Math`'s within 1, so two values of one differ by at most
 * 3 ulp ≤ 6u of it; each arithmetic operation beside adds at most u of its result on either side. Every formula here has at
 * most four elementary functions and ten operations, whose intermediate results are at most 2·(1 + |x|) in size (that of
 * the derivative of geluTanh: 10), and whose factors carry an error on with a slope of at most 5 (again geluTanh's). That
 * gives at most (4·6 + 2·10)·5·2 = 440 roundings of 1 + |x|; the power of two above is taken.
 */
import * as fc from 'fast-check';
import type { Elementwise } from '../../src/layer/activation.ts';
import * as Activation from '../../src/layer/activations.ts';
import { inference } from '../../src/layer/context.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { differentiate } from '../../src/scalar/differentiate.ts';
import { type Dtype, round, unitRoundoff } from '../../src/scalar/dtype.ts';
import { evaluate } from '../../src/scalar/evaluate.ts';
import { generate } from '../../src/tensor/tensor.ts';
import { sinusoid } from '../arbitrary/layers.ts';
import { dtypes } from '../arbitrary/tensors.ts';
import { all, holds, type Law, type LawSet, law, lawOf, lawSet, same, type Verdict } from '../law.ts';

type Curve = (x: number) => number;

/** An activation, its formula and its derivative, transcribed. */
interface Transcript {
  readonly name: string;
  readonly layer: Elementwise;
  readonly value: Curve;
  readonly slope: Curve;
  /** Where the derivative jumps: samples keep away. */
  readonly kinks: readonly number[];
}

const logistic: Curve = (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));
const soft: Curve = (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const sech2: Curve = (x) => 1 / Math.cosh(x) ** 2;

/** erf x = 2/√π·Σ (−1)ⁿx^(2n+1)/(n!(2n+1)) within 3, beyond by the continued fraction of erfc (Abramowitz and Stegun
 * 7.1.5 and 7.1.14); the series loses e⁹·u ≈ 2⁻⁴⁰ at most, see the tolerance of gelu. */
const erf: Curve = (x) => {
  const a = Math.abs(x);
  if (a < 3) {
    let [sum, term] = [0, x];
    for (let n = 0; n < 80; n++) {
      sum += term / (2 * n + 1);
      term *= (-x * x) / (n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  }
  let tail = a;
  for (let k = 120; k >= 1; k--) tail = a + k / 2 / tail;
  return Math.sign(x) * (1 - Math.exp(-a * a) / Math.sqrt(Math.PI) / tail);
};
const Phi: Curve = (x) => 0.5 * (1 + erf(x / Math.SQRT2));
const phi: Curve = (x) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

const below0 =
  (under: Curve, over: Curve): Curve =>
  (x) =>
    x < 0 ? under(x) : over(x);
const line =
  (by: number): Curve =>
  (x) =>
    by * x;
const flat =
  (by: number): Curve =>
  () =>
    by;

const K = Math.sqrt(2 / Math.PI);
const bent: Curve = (x) => K * (x + 0.044715 * x ** 3);

const of = (
  name: string,
  layer: Elementwise,
  value: Curve,
  slope: Curve,
  kinks: readonly number[] = [],
): Transcript => ({ name, layer, value, slope, kinks });

/** Klambauer et al. 2017, equation 14, with m = 1 − erf(1/√2) and n = 1 − erf(√2). */
const [m, n] = [1 - erf(Math.SQRT1_2), 1 - erf(Math.SQRT2)];
const alpha = -Math.sqrt(2 / Math.PI) / (m * Math.exp(0.5) - 1);
const lambda =
  (1 - m * Math.exp(0.5)) *
  Math.sqrt(2 * Math.PI) *
  (2 * n * Math.exp(2) + Math.PI * m ** 2 * Math.E - 2 * (2 + Math.PI) * m * Math.exp(0.5) + Math.PI + 2) ** -0.5;

const transcripts: readonly Transcript[] = [
  of('identity', Activation.identity, line(1), flat(1)),
  of('sigmoid', Activation.sigmoid, logistic, (x) => logistic(x) * logistic(-x)),
  of('tanh', Activation.tanh, Math.tanh, sech2),
  of('relu', Activation.relu, below0(flat(0), line(1)), below0(flat(0), flat(1)), [0]),
  of('leakyRelu', Activation.leakyRelu(), below0(line(0.01), line(1)), below0(flat(0.01), flat(1)), [0]),
  of('leakyRelu(0.3)', Activation.leakyRelu(0.3), below0(line(0.3), line(1)), below0(flat(0.3), flat(1)), [0]),
  of('elu', Activation.elu(), below0(Math.expm1, line(1)), below0(Math.exp, flat(1)), [0]),
  of(
    'elu(2)',
    Activation.elu(2),
    below0((x) => 2 * Math.expm1(x), line(1)),
    below0((x) => 2 * Math.exp(x), flat(1)),
    [0],
  ),
  of(
    'selu',
    Activation.selu,
    below0((x) => lambda * alpha * Math.expm1(x), line(lambda)),
    below0((x) => lambda * alpha * Math.exp(x), flat(lambda)),
    [0],
  ),
  of(
    'celu(2)',
    Activation.celu(2),
    below0((x) => 2 * Math.expm1(x / 2), line(1)),
    below0((x) => Math.exp(x / 2), flat(1)),
  ),
  of(
    'gelu',
    Activation.gelu,
    (x) => x * Phi(x),
    (x) => Phi(x) + x * phi(x),
  ),
  of(
    'geluTanh',
    Activation.geluTanh,
    (x) => 0.5 * x * (1 + Math.tanh(bent(x))),
    (x) => 0.5 * (1 + Math.tanh(bent(x))) + 0.5 * x * sech2(bent(x)) * K * (1 + 3 * 0.044715 * x * x),
  ),
  of(
    'silu',
    Activation.silu,
    (x) => x * logistic(x),
    (x) => logistic(x) * (1 + x * logistic(-x)),
  ),
  of(
    'mish',
    Activation.mish,
    (x) => x * Math.tanh(soft(x)),
    (x) => Math.tanh(soft(x)) + x * sech2(soft(x)) * logistic(x),
  ),
  of('softplus', Activation.softplus, soft, logistic),
  of(
    'softsign',
    Activation.softsign,
    (x) => x / (1 + Math.abs(x)),
    (x) => (1 + Math.abs(x)) ** -2,
  ),
  of(
    'hardSigmoid',
    Activation.hardSigmoid,
    (x) => (x <= -3 ? 0 : x >= 3 ? 1 : (x + 3) / 6),
    (x) => (Math.abs(x) < 3 ? 1 / 6 : 0),
    [-3, 3],
  ),
  of(
    'hardTanh',
    Activation.hardTanh,
    (x) => (Math.abs(x) > 1 ? Math.sign(x) : x),
    (x) => (Math.abs(x) < 1 ? 1 : 0),
    [-1, 1],
  ),
  of(
    'hardSwish',
    Activation.hardSwish,
    (x) => (x <= -3 ? 0 : x >= 3 ? x : (x * (x + 3)) / 6),
    (x) => (x < -3 ? 0 : x > 3 ? 1 : (2 * x + 3) / 6),
    [-3, 3],
  ),
  of(
    'logSigmoid',
    Activation.logSigmoid,
    (x) => -soft(-x),
    (x) => logistic(-x),
  ),
  of(
    'gaussian',
    Activation.gaussian,
    (x) => Math.exp(-x * x),
    (x) => -2 * x * Math.exp(-x * x),
  ),
  of('heaviside', Activation.heaviside, (x) => (x >= 0 ? 1 : 0), flat(0)),
  of(
    'a user’s',
    sinusoid,
    (x) => (x * (2 + Math.sin(x))) / 3,
    (x) => (2 + Math.sin(x) + x * Math.cos(x)) / 3,
  ),
];

const near = (expected: number, received: number, tolerance: number, where: string): Verdict =>
  Math.abs(expected - received) <= tolerance
    ? undefined
    : { expected: `${expected}`, received: `${received}`, where, tolerance: `${tolerance}` };

/** 512 roundings of 1 + |x|, see above; erf's series adds 2⁻⁴⁰ to the transcript of gelu, in either format. */
const tolerance = (name: string, dtype: Dtype, x: number): number =>
  (1 + Math.abs(x)) * (512 * unitRoundoff(dtype) + (name === 'gelu' ? 2 ** -40 : 0));

const samples = fc.record({ dtype: dtypes, x: fc.double({ min: -30, max: 30, noNaN: true }), which: fc.nat() });

const fail = (): never => {
  throw new Error('no activation');
};
const chosen = (which: number): Transcript => transcripts[which % transcripts.length] ?? fail();

/** All finite numbers of a format, the greatest among them. */
const extremes = (dtype: Dtype): readonly number[] =>
  dtype === 'f32'
    ? [3.4028234663852886e38, 1e38, 1e20, 1e4, 100, 2 ** -149, 0]
    : [Number.MAX_VALUE, 1e300, 1e155, 1e4, 800, Number.MIN_VALUE, 0];

const cases = transcripts.flatMap(({ name }, which) =>
  (['f32', 'f64'] as const).flatMap((dtype) =>
    extremes(dtype)
      .flatMap((x) => [x, -x])
      .map((x) => ({ name, which, dtype, x })),
  ),
);

/** y and dx at one number, through the layer. */
const through = ({ layer }: Transcript, dtype: Dtype, x: number): { readonly y: number; readonly dx: number } => {
  const ops = reference(dtype);
  const run = layer.at([1]).forward(
    ops,
    {},
    {},
    generate(dtype, [1, 1], () => x),
    inference(),
  );
  return {
    y: run.y.data[0] ?? NaN,
    dx: run.pullback(generate(dtype, [1, 1], () => 1)).dx.data[0] ?? NaN,
  };
};

const laws: readonly Law[] = [
  law(
    'activations: formula',
    'each is its formula, transcribed, within rounding',
    samples,
    ({ dtype, x, which }) => {
      const { name, layer, value } = chosen(which);
      const at = round(dtype)(x);
      return near(value(at), evaluate(dtype)(layer.expr)({ x: at }), tolerance(name, dtype, at), name);
    },
    { runs: 800 },
  ),
  law(
    'activations: derivative',
    'the derivative of each is that of its formula, transcribed, within rounding, away from kinks',
    samples,
    ({ dtype, x, which }) => {
      const { name, layer, slope, kinks } = chosen(which);
      const at = round(dtype)(x);
      const found = evaluate(dtype)(differentiate('x')(layer.expr))({ x: at });
      return kinks.includes(at) ? undefined : near(slope(at), found, tolerance(name, dtype, at), name);
    },
    { runs: 800 },
  ),
  lawOf(
    'activations: finite at extremes',
    'at every finite number, to the greatest, value and gradient are finite (but where the value itself overflows), and near the formula',
    cases,
    ({ which, dtype, x }) => {
      const transcript = chosen(which);
      const { y, dx } = through(transcript, dtype, x);
      const expected = round(dtype)(transcript.value(x));
      // A user's own formula may overflow; a slope above 1, as selu's, takes the greatest number out of the format.
      if (transcript.name === 'a user’s' || !Number.isFinite(expected)) return undefined;
      return all(
        holds(Number.isFinite(y), `${transcript.name}(${x}) finite in ${dtype}`, `${y}`),
        holds(Number.isFinite(dx), `${transcript.name}′(${x}) finite in ${dtype}`, `${dx}`),
      );
    },
  ),
  lawOf(
    'activations: NaN gives NaN',
    'never a number',
    transcripts.map(({ name }, which) => ({ name, which })),
    ({ name, which }) =>
      all(
        same(Number.NaN, through(chosen(which), 'f64', Number.NaN).y, name),
        same(Number.NaN, through(chosen(which), 'f32', Number.NaN).y, name),
      ),
  ),
  lawOf(
    'activations: at kinks',
    'the derivatives that are stated: relu, hardSigmoid and hardTanh 0; leakyRelu, elu, selu the right side; heaviside 0',
    [
      ['relu', Activation.relu, 0, 0],
      ['leakyRelu', Activation.leakyRelu(), 0, 1],
      ['elu', Activation.elu(2), 0, 1],
      ['hardTanh', Activation.hardTanh, 1, 0],
      ['hardTanh', Activation.hardTanh, -1, 0],
      ['hardSigmoid', Activation.hardSigmoid, 3, 0],
      ['hardSigmoid', Activation.hardSigmoid, -3, 0],
      ['heaviside', Activation.heaviside, 0, 0],
    ] as const,
    ([name, layer, x, slope]) => same(slope, evaluate('f64')(differentiate('x')(layer.expr))({ x }), `${name}′(${x})`),
  ),
];

/** Laws of the named activations. */
export const activationLaws: LawSet = lawSet('activations', laws);
