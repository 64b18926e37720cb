/** Laws of dual numbers: derivatives from a table, first and second, by arithmetic alone. */
import { reference } from '../../../src/ops/reference/reference.ts';
import { evaluate } from '../../../src/scalar/evaluate.ts';
import {
  abs,
  call,
  constant,
  divide,
  type Expr,
  input,
  max,
  min,
  multiply,
  pow,
  significand,
  sqrt,
} from '../../../src/scalar/expr.ts';
import { generate, scalar, type Tensor } from '../../../src/tensor/tensor.ts';
import { all, holds, type LawSet, law, lawOf, lawSet, same } from '../../law.ts';
import { type Dual, duals, dualsOver, still } from '../dual.ts';
import { tangent } from '../tangent.ts';
import { places, showPlace, U } from './table.ts';

const x = input('x');

/** How fast a formula moves as x, at a place, moves at a rate. */
const rate = (expr: Expr<'x'>, at: number, by: number): number =>
  evaluate('f64')(tangent({ x: 'dx' })(expr) ?? constant(0))({ x: at, dx: by });

const near = (expected: number, received: number) =>
  holds(Math.abs(received - expected) <= 64 * U * (1 + Math.abs(expected)), `${expected}`, `${received}`);

const twice = dualsOver(duals);
const one = scalar('f64', 1);
const number = (of: Tensor | undefined): number => of?.data[0] ?? 0;

/** f″ by dual numbers of dual numbers. */
const bent = (expr: Expr<'x'>, at: number): number => {
  const moved: Dual<Dual<Tensor>> = { value: { value: scalar('f64', at), tangent: one }, tangent: still(one) };
  return number(twice.map(expr, { x: moved }).tangent?.tangent);
};

const values = (...xs: readonly number[]): Tensor => generate('f64', [xs.length], (i) => xs[i] ?? NaN);

/** What has no slope, one side's slope, or an infinite one: the formula, where, how fast, and what comes of it. */
const corners: readonly (readonly [string, Expr<'x'>, number, number, number])[] = [
  ['|x| at 0', abs(x), 0, 1, NaN],
  ['|x| at 0, still', abs(x), 0, 0, 0],
  ['max(x, 1) at 1', max(x, 1), 1, 1, NaN],
  ['min(1, x) at 1', min(1, x), 1, 1, NaN],
  ['max(x, x)', max(x, x), 1, 3, 3],
  ['max(x, 1) above', max(x, 1), 2, 3, 3],
  ['max(1, x) below', max(1, x), 0, 3, 0],
  ['min(x, 1) below', min(x, 1), 0, 3, 3],
  ['√x at 0', sqrt(x), 0, 1, Number.POSITIVE_INFINITY],
  ['√x at 0, still', sqrt(x), 0, 0, 0],
  ['log x at 0, still', call('log')(x), 0, 0, 0],
  ['x^½ at 0, still', pow(x, 0.5), 0, 0, 0],
  ['x^0 at 0', pow(x, 0), 0, 1, 0],
  ['0^x at 1', pow(0, x), 1, 1, 0],
  ['significand of 12', significand(x), 12, 1, 1 / 8],
  ['1/x at 2', divide(1, x), 2, 1, -0.25],
];

export const tangentLaws: LawSet = lawSet('dual numbers', [
  law(
    'derivatives from a table',
    'a rate of 2 becomes 2f′(x), within 64 roundings',
    places,
    ([{ name, slope }, at]) => near(2 * slope(at), rate(call(name)(x), at, 2)),
    { show: showPlace },
  ),
  law(
    'second derivatives from a table',
    'dual numbers of dual numbers carry f″(x), within 64 roundings',
    places,
    ([{ name, bend }, at]) => near(bend(at), bent(call(name)(x), at)),
    { show: showPlace },
  ),
  law(
    'pow',
    'y·x^(y−1) and x^y·log x; y(y−1)x^(y−2) and x^y·log²x',
    places,
    ([{ name }, at]) => {
      const y = (name.length - 5) / 2;
      return all(
        near(y * at ** (y - 1), rate(pow(x, y), at, 1)),
        near(at ** y * Math.log(at), rate(pow(at, x), y, 1)),
        near(y * (y - 1) * at ** (y - 2), bent(pow(x, y), at)),
        near(at ** y * Math.log(at) ** 2, bent(pow(at, x), y)),
      );
    },
    { runs: 30, show: showPlace },
  ),
  lawOf(
    'corners',
    'no slope where the sides differ, one where they agree; what stands still stays so beside an infinite slope',
    corners,
    ([, expr, at, by, expected]) => same(expected, rate(expr, at, by) + 0),
    { show: ([name]) => name },
  ),
  lawOf('rates of rates', '∂∂(x·y) = ∂x·∂y + ∂y·∂x: the rates of two directions are told apart', [0], () => {
    const product = twice.map(multiply(x, input('y')), {
      x: { value: { value: values(2), tangent: values(3) }, tangent: still(values(5)) },
      y: { value: { value: values(7), tangent: values(11) }, tangent: still(values(13)) },
    });
    return all(
      same(14, number(product.value.value)),
      same(3 * 7 + 2 * 11, number(product.value.tangent)),
      same(5 * 7 + 2 * 13, number(product.tangent?.value)),
      same(3 * 13 + 5 * 11, number(product.tangent?.tangent)),
    );
  }),
  lawOf('operations', 'each operation of the algebra is linear in the rates, but for max and products', [0], () => {
    const ops = duals;
    const plain = reference('f64');
    const moving = { value: values(1, 3, 2, 3), tangent: values(10, 20, 30, 40) };
    const column = ops.reshape([4, 1], moving);
    const row = ops.transpose([1, 0], column);
    const tangentOf = (of: Dual<Tensor>): string => Array.from(of.tangent?.data ?? []).join();
    return all(
      same('100', tangentOf(ops.sum([0], moving)), 'sum'),
      // The greatest is there twice, and the one that rises faster leads from here on.
      same('40', tangentOf(ops.max([0], moving)), 'max'),
      same('20,30', tangentOf(ops.slice(0, 1, 3, moving)), 'slice'),
      same('0,10,20,30,40,0,0', tangentOf(ops.pad(0, 1, 2, moving)), 'pad'),
      same('10,20,30,40,0', tangentOf(ops.concatenate(0, [moving, still(values(9))])), 'concatenate'),
      same('', tangentOf(ops.concatenate(0, [still(values(9)), still(values(9))])), 'concatenate, still'),
      same('10,10,20,20,30,30,40,40', tangentOf(ops.broadcast([4, 2], column)), 'broadcast'),
      same(`${2 * (10 + 60 + 60 + 120)}`, tangentOf(ops.matmul(row, column)), 'matmul'),
      same(
        '10,20,30,40',
        tangentOf(ops.matmul(ops.reshape([1, 1], still(values(1))), ops.reshape([1, 4], moving))),
        'matmul, still',
      ),
      same('', tangentOf(ops.map(multiply(x, 2), { x: still(values(1)) })), 'map, still'),
      same('', tangentOf(ops.iota(3)) + tangentOf(ops.scalar(3)), 'constants'),
      same('4', ops.shape(moving).join(), 'shape'),
      same(plain.dtype, ops.dtype, 'dtype'),
    );
  }),
]);
