/** Laws of what gradients are held against: it finds derivatives that are known, and finds faults. */
import * as fc from 'fast-check';
import * as Activation from '../../src/layer/activations.ts';
import * as Layer from '../../src/layer/index.ts';
import { init } from '../../src/layer/network.ts';
import type { Loss } from '../../src/loss/loss.ts';
import { fill, subtract, sumLeading, multiply as times } from '../../src/ops/derived.ts';
import { random } from '../../src/ops/reference/random.ts';
import { evaluate } from '../../src/scalar/evaluate.ts';
import {
  abs,
  type Call,
  call,
  constant,
  type Expr,
  floor,
  input,
  max,
  min,
  multiply,
  pow,
  select,
  sign,
} from '../../src/scalar/expr.ts';
import * as Key from '../../src/tensor/key.ts';
import { generate, scalar } from '../../src/tensor/tensor.ts';
import { keys, normals } from '../arbitrary/keys.ts';
import { all, holds, type Law, type LawSet, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { sameWay, traced } from './branches.ts';
import { checkGradient } from './check-gradient.ts';
import { byDifferences, byDuals, type Objective } from './directional.ts';
import { ridders } from './ridders.ts';
import { tangent } from './tangent.ts';

const x = input('x');
const U = 2 ** -53;

/** Functions with their derivatives, from any table. */
const table: ReadonlyArray<readonly [Exclude<Call<string>['name'], 'pow'>, (x: number) => number]> = [
  ['exp', Math.exp],
  ['expm1', Math.exp],
  ['log', (at) => 1 / at],
  ['log1p', (at) => 1 / (1 + at)],
  ['tanh', (at) => 1 - Math.tanh(at) ** 2],
  ['sigmoid', (at) => Math.exp(-at) / (1 + Math.exp(-at)) ** 2],
  ['softplus', (at) => 1 / (1 + Math.exp(-at))],
  ['erf', (at) => (2 / Math.sqrt(Math.PI)) * Math.exp(-(at ** 2))],
  ['sin', Math.cos],
  ['cos', (at) => -Math.sin(at)],
];

const places = fc.tuple(fc.nat(), fc.double({ min: 0.25, max: 3, noNaN: true }));
const entry = (which: number) => table[which % table.length] ?? ['exp', Math.exp];

const extrapolation: readonly Law[] = [
  law(
    'Ridders: derivatives from a table',
    'within 1e-9 of the value and of its own estimate of the error, a hundredfold',
    places,
    ([which, at]): Verdict => {
      const [name, slope] = entry(which);
      const f = evaluate('f64')(call(name)(x));
      const { derivative, error } = ridders((t) => {
        const value = f({ x: at + t });
        return { value, magnitude: Math.abs(value) };
      }, 2 ** -3);
      const off = Math.abs(derivative - slope(at));
      return all(
        holds(off <= 1e-9 * (1 + Math.abs(slope(at))), `${slope(at)}`, `${derivative}`),
        // The estimate is no bound, but it is of the size of the error; at + t is rounded too, by u·|at| over t.
        holds(off <= 100 * (error + U * at * 2 ** 10), `error at most ${100 * error}`, `${off}`),
      );
    },
  ),
  law(
    'Ridders: rounding is not mistaken for agreement',
    'of a function that is noise of size u about 1, the estimate of the error is at least a tenth of the noise over the widest step',
    fc.nat(),
    (seed) => {
      // A rough function of t with values 1 and 1 + 2u: its differences vanish by chance, which agreement alone believes.
      const noise = (t: number): number => (Math.imul(Math.round(t * 2 ** 20) ^ seed, 0x9e3779b1) >>> 31) * 2 * U;
      const { error } = ridders((t) => ({ value: 1 + noise(t), magnitude: 1 }), 2 ** -3);
      return holds(error >= (0.1 * U) / 2 ** -3, `at least ${(0.1 * U) / 2 ** -3}`, `${error}`);
    },
  ),
];

/** How fast a formula moves as x, at a place, moves at a rate. */
const rate = (expr: Expr<'x'>, at: number, by: number): number =>
  evaluate('f64')(tangent({ x: 'dx' })(expr) ?? constant(0))({ x: at, dx: by });

const duals: readonly Law[] = [
  law('dual numbers: derivatives from a table', 'within 64 roundings', places, ([which, at]) => {
    const [name, slope] = entry(which);
    const d = rate(call(name)(x), at, 2);
    const expected = 2 * slope(at);
    return holds(Math.abs(d - expected) <= 64 * U * (1 + Math.abs(expected)), `${expected}`, `${d}`);
  }),
  law('dual numbers: pow', 'y·x^(y−1) and x^y·log x', places, ([which, at]) => {
    const y = ((which % 7) - 3) / 2;
    const inBase = rate(pow(x, y), at, 1);
    const inExponent = rate(pow(at, x), y, 1);
    const [base, power] = [y * at ** (y - 1), at ** y * Math.log(at)];
    return all(
      holds(Math.abs(inBase - base) <= 64 * U * (1 + Math.abs(base)), `${base}`, `${inBase}`),
      holds(Math.abs(inExponent - power) <= 64 * U * (1 + Math.abs(power)), `${power}`, `${inExponent}`),
    );
  }),
];

/** Everything that branches, at a kink, and where its branches meet. */
const kinked: ReadonlyArray<readonly [string, Expr<'x'>, number]> = [
  ['max', max(x, 1), 1],
  ['min', min(2, multiply(x, x)), Math.SQRT2],
  ['abs', abs(x), 0],
  ['sign', sign(x), 0],
  ['floor', floor(x), 3],
  ['select less', select('less')(x, 1, x, multiply(x, x)), 1],
  ['select lessOrEqual', select('lessOrEqual')(2, x, x, 0), 2],
];

const applied =
  (expr: Expr<'x'>): Objective =>
  ({ ops }, [point]) => {
    if (point === undefined) throw new Error('no point');
    const value = ops.map(expr, { x: point });
    return { value, terms: value };
  };

const noDraws = random('f64', Key.fromSeed(0));
const at1 = (value: number) => [scalar('f64', value)];

const kinks: readonly Law[] = [
  lawOf(
    'kinks: found',
    'at a kink nothing is said, and beside it the derivative of its side is found',
    kinked,
    ([name, expr, kink]) => {
      const said = byDifferences(applied(expr), noDraws, at1(kink), at1(1));
      const beside = [-0.01, 0.01].map((by) => byDifferences(applied(expr), noDraws, at1(kink + by), at1(1)));
      const dual = [-0.01, 0.01].map((by) => byDuals(applied(expr), noDraws, at1(kink + by), at1(1)));
      return all(
        same(undefined, said?.derivative, name),
        ...beside.map((estimate, i) =>
          holds(
            Math.abs((estimate?.derivative ?? NaN) - (dual[i] ?? NaN)) <= 1e-9 * (1 + Math.abs(dual[i] ?? NaN)),
            `${dual[i]}`,
            `${estimate?.derivative} beside ${name}`,
          ),
        ),
      );
    },
  ),
  lawOf(
    'kinks: elementary functions have none',
    'the pieces that they are made of are not noted',
    table.map(([name]) => name),
    (name) => {
      const ways = [0.3, 0.7, 1.4, 2.9].map(
        (point) => traced('f64', (ops) => ops.map(call(name)(x), { x: generate('f64', [1], () => point) })).trace,
      );
      return all(...ways.map((way) => holds(sameWay(ways[0] ?? [], way), 'one way', `another, for ${name}`)));
    },
  ),
  lawOf('kinks: the greatest changes', 'a maximum over an axis is a branch', [0], () => {
    const greatest = (first: number) =>
      traced('f64', (ops) =>
        ops.max(
          [0],
          generate('f64', [2], (i) => (i === 0 ? first : 1)),
        ),
      ).trace;
    return all(
      holds(!sameWay(greatest(0), greatest(2)), 'another way', 'the same'),
      holds(sameWay(greatest(0), greatest(0.5)), 'the same way', 'another'),
    );
  }),
];

/** Σ over the outputs of (y − t)², written here so that nothing of the library's losses is used. */
const squares: Loss = {
  description: { kind: 'squares' },
  reduction: 'sum',
  expected: (shape) => ({ shape, values: 'numbers', holds: () => true }),
  costs: (ops, prediction, target) => {
    const difference = subtract(ops, prediction, target);
    const [batch = 0] = ops.shape(prediction);
    const square = times(ops, difference, difference);
    return {
      values: sumLeading(ops, [batch], ops.transpose([1, 0], square)),
      pullback: (dValues) =>
        times(
          ops,
          times(ops, difference, fill(ops, ops.shape(prediction), 2)),
          ops.broadcast(ops.shape(prediction), ops.reshape([batch, 1], dValues)),
        ),
    };
  },
};

/** A tanh whose pullback is off by a factor. */
const faulty = (by: number): Layer.Elementwise => ({
  ...Activation.tanh,
  at: (shape) => {
    const layer = Activation.tanh.at(shape);
    return {
      ...layer,
      forward: (ops, params, state, given, context) => {
        const run = layer.forward(ops, params, state, given, context);
        return {
          ...run,
          pullback: (dy) => ({ dParams: {}, dx: ops.map(multiply(x, by), { x: run.pullback(dy).dx }) }),
        };
      },
    };
  },
});

const checks: readonly Law[] = [
  law(
    'checkGradient: a three-layer tanh network',
    'the relative error is at most 1e-9; with a factor of 1.0001 wrong in one pullback it is at least 1e-6',
    keys,
    (key) => {
      const [given, target] = [normals([4, 3], Key.foldIn(1)(key)), normals([4, 2], Key.foldIn(2)(key))];
      const network = (middle: Layer.Elementwise) =>
        init(
          Layer.sequential(Layer.dense(3, 4), middle, Layer.dense(4, 3), Activation.tanh, Layer.dense(3, 2)),
          key,
          'f64',
        );
      const right = checkGradient(network(Activation.tanh), squares, given, target, { coordinates: 6, key });
      const wrong = checkGradient(network(faulty(1.0001)), squares, given, target, { coordinates: 6, key });
      return all(
        same(0, right.excluded, 'excluded'),
        same('0.weight 0.bias 2.weight 2.bias 4.weight 4.bias', right.parameters.map(({ path }) => path).join(' ')),
        same('6,4,6,3,6,2', right.parameters.map(({ checked }) => checked).join()),
        holds(right.relativeError <= 1e-9, 'at most 1e-9', `${right.relativeError}`),
        holds(wrong.relativeError >= 1e-6, 'at least 1e-6', `${wrong.relativeError}`),
        // What comes after the fault is right.
        holds(
          (wrong.parameters[4]?.relativeError ?? NaN) <= 1e-8,
          'at most 1e-8',
          `${wrong.parameters[4]?.relativeError}`,
        ),
      );
    },
    { runs: 3 },
  ),
];

/** Laws of gradient checking. */
export const gradientLaws: LawSet = lawSet('gradients', [...extrapolation, ...duals, ...kinks, ...checks]);
