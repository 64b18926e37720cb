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
import * as Activation from '../../src/layer/activations.ts';
import { inference } from '../../src/layer/context.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { differentiate } from '../../src/scalar/differentiate.ts';
import { type Dtype, round, unitRoundoff } from '../../src/scalar/dtype.ts';
import { evaluate } from '../../src/scalar/evaluate.ts';
import { generate } from '../../src/tensor/tensor.ts';
import { dtypes } from '../arbitrary/tensors.ts';
import { all, holds, type Law, type LawSet, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { type Transcript, transcripts } from './activation-formulas.ts';

const near = (expected: number, received: number, tolerance: number, where: string): Verdict =>
  Math.abs(expected - received) <= tolerance
    ? undefined
    : { expected: `${expected}`, received: `${received}`, where, tolerance: `${tolerance}` };

/** 512 roundings of 1 + |x|, see above; erf's series adds 2⁻⁴⁰ to the transcript of gelu, in either format. */
const tolerance = (name: string, dtype: Dtype, x: number): number =>
  (1 + Math.abs(x)) * (512 * unitRoundoff(dtype) + (name === 'gelu' ? 2 ** -40 : 0));

/** Evenly between −30 and 30 and closer to 0, where most of them bend; and doubles of every size, most of them tiny. */
const places = fc.oneof(
  fc.integer({ min: -30_000_000, max: 30_000_000 }).map((millionths) => millionths / 1e6),
  fc.integer({ min: -4_000_000, max: 4_000_000 }).map((millionths) => millionths / 1e6),
  fc.double({ min: -30, max: 30, noNaN: true }),
);

const samples = fc.record({ dtype: dtypes, x: places, which: fc.nat() });

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
