/**
 * The derivative of a formula along a direction, as a formula: what dual numbers v + d·ε, ε² = 0, do to it. Beside each
 * input that moves stands another, how fast it does. The rules are written out here, with the derivatives of the
 * elementary functions in forms of their own (4/(eˣ + e⁻ˣ)² for tanh, not 1 − tanh²), and share nothing with
 * `differentiate`.
 *
 * Where a formula has a kink (`abs` at 0, `min` and `max` of equal operands) and the derivative from either side differs,
 * there is no derivative: NaN. `select` gives the derivative of the branch that is taken.
 */
import {
  add,
  type Binary,
  type Call,
  cos,
  divide,
  type Expr,
  exp,
  exponent,
  ifEqual,
  ifLess,
  input,
  log,
  multiply,
  negate,
  type Operand,
  pow,
  scale,
  select,
  sin,
  sqrt,
  subtract,
  type Unary,
} from '../../src/scalar/expr.ts';
import { fold } from '../../src/scalar/nodes.ts';

/** How fast something moves; `undefined` where it does not. */
type Rate = Expr | undefined;

const plus = (a: Rate, b: Rate): Rate => (a === undefined ? b : b === undefined ? a : add(a, b));

/** How a rate meets a slope that is infinite at the end of a domain. */
type Meeting = (dx: Expr, slope: Expr) => Expr;

/** dx·slope, and 0 where x does not move, whatever the slope: ∞ at the end of a domain makes no NaN there. */
const guarded: Meeting = (dx, slope) => ifEqual(dx, 0, 0, multiply(dx, slope));

/** da where a is before b, db where it is after; where they are equal either, if they are the same. */
const sided = (before: Operand<string>, after: Operand<string>, a: Operand<string>, b: Operand<string>): Expr =>
  ifLess(before, after, a, ifLess(after, before, b, ifEqual(a, b, a, NaN)));

const ofUnary = ({ op, x }: Unary<string>, dx: Expr, meet: Meeting): Rate => {
  switch (op) {
    case 'negate':
      return negate(dx);
    case 'abs':
      return sided(x, 0, negate(dx), dx);
    case 'sqrt':
      return meet(dx, divide(0.5, sqrt(x)));
    case 'significand':
      return ifEqual(x, 0, dx, scale(dx, negate(exponent(x))));
    case 'sign':
    case 'floor':
    case 'exponent':
      return undefined;
  }
};

const ofBinary = (node: Binary<string>, da: Rate, db: Rate): Rate => {
  const { op, left: a, right: b } = node;
  switch (op) {
    case 'add':
      return plus(da, db);
    case 'subtract':
      return plus(da, db && negate(db));
    case 'multiply':
      return plus(da && multiply(da, b), db && multiply(a, db));
    case 'divide':
      return plus(da && divide(da, b), db && negate(divide(multiply(db, divide(a, b)), b)));
    case 'min':
      return sided(a, b, da ?? 0, db ?? 0);
    case 'max':
      return sided(b, a, da ?? 0, db ?? 0);
    case 'scale':
      return da && scale(da, b);
  }
};

/** The slope of each function of one number. */
const slopes: Readonly<Record<Exclude<Call<string>['name'], 'pow'>, (x: Expr) => Expr>> = {
  exp: (x) => exp(x),
  expm1: (x) => exp(x),
  log: (x) => divide(1, x),
  log1p: (x) => divide(1, add(1, x)),
  // 1/cosh² x.
  tanh: (x) => {
    const reciprocal = divide(2, add(exp(x), exp(negate(x))));
    return multiply(reciprocal, reciprocal);
  },
  // σ(x)·σ(−x).
  sigmoid: (x) => multiply(divide(1, add(1, exp(negate(x)))), divide(1, add(1, exp(x)))),
  softplus: (x) => divide(1, add(1, exp(negate(x)))),
  erf: (x) => multiply(1.1283791670955126, exp(negate(multiply(x, x)))),
  sin: (x) => cos(x),
  cos: (x) => negate(sin(x)),
};

const ofCall = ({ name, args: [x, y] }: Call<string>, rate: (operand: Expr) => Rate, meet: Meeting): Rate => {
  if (x === undefined) throw new Error(`tangent: a call of ${name} has no operand`);
  const dx = rate(x);
  if (name === 'log' || name === 'log1p') return dx && meet(dx, slopes[name](x));
  if (name !== 'pow') return dx && multiply(dx, slopes[name](x));
  if (y === undefined) throw new Error('tangent: a call of pow has one operand');
  const dy = rate(y);
  return plus(
    dx && meet(dx, ifEqual(y, 0, 0, multiply(y, pow(x, subtract(y, 1))))),
    // xʸ·log x tends to 0 with xʸ.
    dy && meet(dy, ifEqual(pow(x, y), 0, 0, multiply(pow(x, y), log(x)))),
  );
};

/**
 * The derivative of a formula as some of its inputs move: `rates` names for each of them the input that says how fast.
 * `undefined` where the formula does not depend on them. Where an input does not move, an infinite slope leaves it so,
 * unless `meet` says otherwise.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * import { tangent } from 'nabla-ts/laws';
 * const slope = tangent({ x: 'dx' })(Expr.multiply(Expr.input('x'), Expr.input('y'))) ?? Expr.constant(0);
 * Expr.evaluate('f64')(slope)({ x: 3, y: 5, dx: 2 }) // => 10
 * ```
 */
export const tangent = (
  rates: Readonly<Record<string, string>>,
  meet: Meeting = guarded,
): ((expr: Expr) => Expr | undefined) =>
  fold<string, Rate>((node, of) => {
    switch (node.kind) {
      case 'constant':
        return undefined;
      case 'input': {
        const rate = Object.hasOwn(rates, node.name) ? rates[node.name] : undefined;
        return rate === undefined ? undefined : input(rate);
      }
      case 'unary': {
        const dx = of(node.x);
        return dx && ofUnary(node, dx, meet);
      }
      case 'binary': {
        const [da, db] = [of(node.left), of(node.right)];
        return da === undefined && db === undefined ? undefined : ofBinary(node, da, db);
      }
      case 'select': {
        const [yes, no] = [of(node.yes), of(node.no)];
        return yes === undefined && no === undefined
          ? undefined
          : select(node.relation)(node.left, node.right, yes ?? 0, no ?? 0);
      }
      case 'call':
        return ofCall(node, of, meet);
    }
  });
