/**
 * The derivative of each primitive as the expression that calculus gives, term by term: what does not depend on the
 * input is left out, a factor of 1 too, and nodes of the formula itself are used again.
 */
import { differentiate } from '../../src/scalar/differentiate.ts';
import type { Expr } from '../../src/scalar/expr.ts';
import * as X from '../../src/scalar/expr.ts';
import { exprCodec } from '../../src/scalar/expr-codec.ts';
import { fold, mapOperands } from '../../src/scalar/nodes.ts';
import { lawOf, lawSet, same } from '../law.ts';
import { saying } from '../reach/said.ts';

const [x, y, z] = [X.input('x'), X.input('y'), X.input('z')];
/** x·z, whose derivative in x is z. */
const u = X.multiply(x, z);
/** y − x·z, whose derivative in x is −z. */
const minusZ = X.subtract(y, u);
const power = 2 ** 24;

type Derivative = readonly [of: Expr, slope: (node: Expr) => Expr];

const zero = (): Expr => X.constant(0);
const one = (): Expr => X.constant(1);

/** Arithmetic: sums, products, quotients, and what is constant by pieces. */
const arithmetic: readonly Derivative[] = [
  [X.constant(3), zero],
  [x, one],
  [y, zero],
  [X.negate(x), () => X.constant(-1)],
  [X.negate(X.negate(x)), one],
  [X.negate(u), () => X.negate(z)],
  [X.negate(X.negate(u)), () => z],
  [X.abs(x), () => X.sign(x)],
  [X.abs(u), () => X.multiply(z, X.sign(u))],
  [X.sqrt(x), (root) => X.divide(1, X.add(root, root))],
  [X.significand(x), () => X.scale(1, X.negate(X.exponent(x)))],
  [X.significand(y), zero],
  [X.sign(x), zero],
  [X.floor(x), zero],
  [X.exponent(x), zero],
  [X.add(x, y), one],
  [X.add(y, x), one],
  [X.add(u, x), () => X.add(z, 1)],
  [X.subtract(x, y), one],
  [X.subtract(y, x), () => X.constant(-1)],
  [X.subtract(y, u), () => X.negate(z)],
  [X.subtract(y, X.negate(u)), () => z],
  [X.subtract(u, x), () => X.subtract(z, 1)],
  [X.multiply(x, y), () => y],
  [X.multiply(y, x), () => y],
  [X.multiply(y, z), zero],
  [X.multiply(X.negate(x), 3), () => X.constant(-3)],
  [X.multiply(X.negate(x), X.negate(y)), () => y],
  [X.multiply(X.negate(x), y), () => X.negate(y)],
  [X.multiply(x, u), () => X.add(u, X.multiply(z, x))],
  [X.multiply(minusZ, y), () => X.negate(X.multiply(z, y))],
  [X.multiply(u, 1), () => z],
  [X.divide(x, y), () => X.divide(1, y)],
  [X.divide(y, x), (quotient) => X.divide(X.negate(quotient), x)],
  [X.divide(u, x), (quotient) => X.divide(X.subtract(z, quotient), x)],
  [X.divide(y, z), zero],
  [X.scale(x, y), () => X.scale(1, y)],
  [X.scale(y, x), zero],
];

/** Choices: the slope of what is chosen, 0 of what does not depend on x. */
const choices: readonly Derivative[] = [
  [X.max(x, y), () => X.ifLess(y, x, 1, 0)],
  [X.max(y, x), () => X.ifLess(y, x, 1, 0)],
  [X.min(x, y), () => X.ifLess(x, y, 1, 0)],
  [X.min(y, x), () => X.ifLess(x, y, 1, 0)],
  [X.max(x, u), () => X.ifLess(u, x, 1, z)],
  [X.min(x, u), () => X.ifLess(x, u, 1, z)],
  [X.max(y, z), zero],
  [X.min(y, z), zero],
  [X.ifLess(x, y, x, z), () => X.ifLess(x, y, 1, 0)],
  [X.ifEqual(x, y, z, x), () => X.ifEqual(x, y, 0, 1)],
  [X.ifLessOrEqual(y, x, u, x), () => X.ifLessOrEqual(y, x, z, 1)],
  [X.ifLess(x, 0, y, z), zero],
];

/** Elementary functions: f′(x), and the chain rule. */
const functions: readonly Derivative[] = [
  [X.exp(x), (e) => e],
  [X.exp(u), (e) => X.multiply(z, e)],
  [X.exp(X.negate(x)), (e) => X.negate(e)],
  [X.exp(X.negate(u)), (e) => X.negate(X.multiply(z, e))],
  [X.exp(y), zero],
  [X.expm1(x), () => X.exp(x)],
  [X.log(x), () => X.divide(1, x)],
  [X.log1p(x), () => X.divide(1, X.add(1, x))],
  [X.tanh(x), (t) => X.subtract(1, X.multiply(t, t))],
  [X.sigmoid(x), (s) => X.multiply(s, X.subtract(1, s))],
  [X.softplus(x), () => X.sigmoid(x)],
  [X.erf(x), () => X.multiply(2 / Math.sqrt(Math.PI), X.exp(X.negate(X.multiply(x, x))))],
  [X.sin(x), () => X.cos(x)],
  [X.cos(x), () => X.negate(X.sin(x))],
];

const inExponent = (p: Expr): Expr => X.ifEqual(p, 0, 0, X.multiply(p, X.log(x)));

/** Powers: y·xʸ⁻¹ and xʸ·log x, short where y is 0, 1 or 2; y − 1 at once where y is whole and below 2²⁴. */
const powers: readonly Derivative[] = [
  [X.pow(x, 0), zero],
  [X.pow(x, -0), zero],
  [X.pow(x, 1), one],
  [X.pow(x, 2), () => X.multiply(2, x)],
  [X.pow(x, 3), () => X.multiply(3, X.pow(x, 2))],
  [X.pow(x, -1), () => X.multiply(-1, X.pow(x, -2))],
  [X.pow(u, 3), () => X.multiply(z, X.multiply(3, X.pow(u, 2)))],
  [X.pow(x, 2.5), () => X.multiply(2.5, X.pow(x, X.subtract(2.5, 1)))],
  [X.pow(x, power - 1), () => X.multiply(power - 1, X.pow(x, power - 2))],
  [X.pow(x, 1 - power), () => X.multiply(1 - power, X.pow(x, -power))],
  [X.pow(x, power), () => X.multiply(power, X.pow(x, X.subtract(power, 1)))],
  [X.pow(x, -power), () => X.multiply(-power, X.pow(x, X.subtract(-power, 1)))],
  [X.pow(x, 2 * power), () => X.multiply(2 * power, X.pow(x, X.subtract(2 * power, 1)))],
  [X.pow(x, y), () => X.ifEqual(y, 0, 0, X.multiply(y, X.pow(x, X.subtract(y, 1))))],
  [X.pow(y, x), (p) => X.ifEqual(p, 0, 0, X.multiply(p, X.log(y)))],
  [X.pow(y, z), zero],
  [X.pow(x, x), (p) => X.add(X.ifEqual(x, 0, 0, X.multiply(x, X.pow(x, X.subtract(x, 1)))), inExponent(p))],
  [
    X.pow(x, u),
    (p) => X.add(X.ifEqual(u, 0, 0, X.multiply(u, X.pow(x, X.subtract(u, 1)))), X.multiply(z, inExponent(p))),
  ],
];

/** With one node for equal constants: it is no matter which of two fours stands where. */
const withOneOfEach = (expr: Expr): Expr => {
  const constants = new Map<string, Expr>();
  return fold<string, Expr>((node, of) => {
    if (node.kind === 'input') return node;
    if (node.kind !== 'constant') return mapOperands<string, string>(of)(node);
    const known = constants.get(show(node)) ?? node;
    constants.set(show(node), known);
    return known;
  })(expr);
};
const show = (expr: Expr): string => JSON.stringify(exprCodec.encode(expr));

/** The two as one expression, so that it shows which nodes of the formula the derivative uses. */
const together = (node: Expr, slope: Expr): string => show(withOneOfEach(X.scale(node, slope)));

export const termLaws = lawSet('terms', [
  lawOf(
    'are those of calculus',
    'the derivative of each formula is the expression beside it, the nodes of the formula used again',
    [...arithmetic, ...choices, ...functions, ...powers],
    ([node, slope]) => same(together(node, slope(node)), together(node, differentiate('x')(node))),
  ),
  saying('name what is not a call', 'a call without its operands has no derivative', [
    [() => differentiate('x')({ kind: 'call', name: 'exp', args: [] }), 'differentiate: a call of exp has no operand'],
    [
      () => differentiate('x')({ kind: 'call', name: 'pow', args: [x] }),
      'differentiate: a call of pow has one operand',
    ],
  ]),
]);
