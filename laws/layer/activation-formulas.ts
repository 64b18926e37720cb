import * as Activation from '../../src/layer/activations.ts';
import type { Unshaped } from '../../src/layer/layer.ts';
import type { Form } from '../../src/tensor/tree.ts';
import { sinusoid } from '../arbitrary/layers.ts';

import type { Curve as Transcribed } from '../pack/activation.ts';

type Curve = (x: number) => number;

/** An activation, its formula and its derivative, transcribed. */
export interface Transcript {
  readonly name: string;
  readonly layer: Unshaped<Form, Form>;
  readonly value: Transcribed;
  readonly slope: Transcribed;
  /** Where the derivative jumps: samples keep away. */
  readonly kinks: readonly number[];
  /** Why it overflows where the formula does not, if it does. */
  readonly overflows?: string;
}

const logistic: Curve = (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));
const soft: Curve = (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const sech2: Curve = (x) => 1 / Math.cosh(x) ** 2;

/** erf x = 2/√π·e^(−x²)·Σ 2ⁿx^(2n+1)/(2n + 1)!!, whose terms have one sign, within 3; beyond by the continued fraction of
 * erfc (Abramowitz and Stegun 7.1.6 and 7.1.14). */
const erf: Curve = (x) => {
  const a = Math.abs(x);
  if (a < 3) {
    let [sum, term] = [0, x];
    for (let n = 0; n < 80; n++) {
      sum += term;
      term *= (2 * x * x) / (2 * n + 3);
    }
    return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
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
  layer: Unshaped<Form, Form>,
  value: Transcribed,
  slope: Transcribed,
  kinks: readonly number[] = [],
): Transcript => ({ name, layer, value, slope, kinks });

/** Klambauer et al. 2017, equation 14, with m = 1 − erf(1/√2) and n = 1 − erf(√2). */
const [m, n] = [1 - erf(Math.SQRT1_2), 1 - erf(Math.SQRT2)];
const alpha = -Math.sqrt(2 / Math.PI) / (m * Math.exp(0.5) - 1);
const lambda =
  (1 - m * Math.exp(0.5)) *
  Math.sqrt(2 * Math.PI) *
  (2 * n * Math.exp(2) + Math.PI * m ** 2 * Math.E - 2 * (2 + Math.PI) * m * Math.exp(0.5) + Math.PI + 2) ** -0.5;

export const transcripts: readonly Transcript[] = [
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
    'prelu',
    Activation.prelu(),
    (x, { slope: [by = NaN] = [] }) => (x < 0 ? by * x : x),
    (x, { slope: [by = NaN] = [] }) => (x < 0 ? by : 1),
    [0],
  ),
  {
    ...of(
      'a user’s',
      sinusoid,
      (x) => (x * (2 + Math.sin(x))) / 3,
      (x) => (2 + Math.sin(x) + x * Math.cos(x)) / 3,
    ),
    overflows: 'x·(2 + sin x) is divided by 3 last',
  },
];
