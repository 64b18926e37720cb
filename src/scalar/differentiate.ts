/**
 * The derivative of a formula as a formula. It refers to nodes of the formula itself wherever the rule allows (the
 * derivative of tanh x is 1 − t² with t the node of tanh x), so a forward and a backward pass share their work, and
 * what it adds is linear in the number of nodes. Derivatives can be differentiated again.
 *
 * A term that cannot depend on the input is left out rather than multiplied by zero, so a constant factor of ∞ or NaN
 * makes no NaN, and the derivative of a formula that does not mention the input is the constant 0.
 *
 * Where a formula has no derivative, these are the values taken:
 * - `abs` at 0: 0. `sign`, `floor` and `exponent`: 0 everywhere, also at their jumps. The second operand of `scale`: 0.
 * - `min` and `max` where both operands are equal: the derivative of the operand that does not depend on the input, if
 *   there is one, so ReLU = max(x, 0), max(0, x) and the clamps built so have derivative 0 at their kinks; else that of
 *   the right operand. A NaN operand counts as equal.
 * - `select`: the derivative of the branch that is taken.
 * - `sqrt` at 0: ∞. `significand` is x·2⁻ᵏ with k fixed, so its derivative is 2⁻ᵏ.
 * - `pow(x, y)` in y: 0 where xʸ is 0, the limit; NaN for x < 0, where only whole y have a power.
 *
 * How accurate: tanh' = 1 − t² and sigmoid' = s(1 − s) are within a few units of rounding *absolutely*; where t is
 * within u of ±1, or s of 1, they are 0. erf' = 2/√π·e^(−x²) inherits the rounding of x², a relative error of x²u.
 */
import {
  add,
  type Binary,
  type Call,
  constant,
  cos,
  type Expr,
  exp,
  exponent,
  ifEqual,
  ifLess,
  log,
  multiply,
  negate,
  pow,
  scale,
  select,
  sigmoid,
  sign,
  sin,
  subtract,
  type Unary,
} from './expr.ts';
import { fold } from './nodes.ts';
import { isConstant, minus, over, plus, type Term, times } from './term.ts';

/** `da` where a stands before b, else `db`. Where only one depends on the input, it is `da`. */
const chosen = <N extends string>(before: Expr<N>, after: Expr<N>, da: Term<N>, db: Term<N>): Term<N> =>
  da === undefined ? undefined : ifLess(before, after, da, db ?? constant(0));

const ofUnary = <N extends string>(node: Unary<N>, dx: Term<N>): Term<N> => {
  switch (node.op) {
    case 'negate':
      return minus(undefined, dx);
    case 'abs':
      return times(dx, sign(node.x));
    case 'sqrt':
      return over(dx, add(node, node));
    case 'significand':
      return dx === undefined ? undefined : scale(dx, negate(exponent(node.x)));
    case 'sign':
    case 'floor':
    case 'exponent':
      return undefined;
  }
};

const ofBinary = <N extends string>(node: Binary<N>, da: Term<N>, db: Term<N>): Term<N> => {
  const { left: a, right: b } = node;
  switch (node.op) {
    case 'add':
      return plus(da, db);
    case 'subtract':
      return minus(da, db);
    case 'multiply':
      return plus(times(da, b), times(db, a));
    case 'divide':
      // (da − q·db)/b with q = a/b, the node itself.
      return over(minus(da, times(db, node)), b);
    case 'max':
      return da === undefined ? chosen(a, b, db, da) : chosen(b, a, da, db);
    case 'min':
      return da === undefined ? chosen(b, a, db, da) : chosen(a, b, da, db);
    case 'scale':
      return da === undefined ? undefined : scale(da, b);
  }
};

/** y − 1; at once where that is exact in either format. */
const less1 = <N extends string>(y: Expr<N>): Expr<N> =>
  y.kind === 'constant' && Number.isInteger(y.value) && Math.abs(y.value) < 2 ** 24
    ? constant(y.value - 1)
    : subtract(y, 1);

/** d/dx xʸ = y·xʸ⁻¹, which is 0 for y = 0 also at x = 0. */
const powInBase = <N extends string>(x: Expr<N>, y: Expr<N>): Term<N> => {
  const raised = less1(y);
  const slope = isConstant(raised, 0)
    ? constant(1)
    : isConstant(raised, 1)
      ? multiply(y, x)
      : multiply(y, pow(x, raised));
  return y.kind === 'constant' ? (y.value === 0 ? undefined : slope) : ifEqual(y, 0, 0, slope);
};

/** d/dy xʸ = xʸ·log x, which tends to 0 with xʸ. */
const powInExponent = <N extends string>(power: Expr<N>, x: Expr<N>): Expr<N> =>
  ifEqual(power, 0, 0, multiply(power, log(x)));

const ofCall = <N extends string>(node: Call<N>, of: (operand: Expr<N>) => Term<N>): Term<N> => {
  const [x, y] = node.args;
  // never: a call has operands
  if (x === undefined) throw new Error(`differentiate: a call of ${node.name} has no operand`);
  const dx = of(x);
  switch (node.name) {
    case 'exp':
      return times(dx, node);
    case 'expm1':
      return times(dx, exp(x));
    case 'log':
      return over(dx, x);
    case 'log1p':
      return over(dx, add(1, x));
    case 'tanh':
      return times(dx, subtract(1, multiply(node, node)));
    case 'sigmoid':
      return times(dx, multiply(node, subtract(1, node)));
    case 'softplus':
      return times(dx, sigmoid(x));
    case 'erf':
      return times(dx, multiply(2 / Math.sqrt(Math.PI), exp(negate(multiply(x, x)))));
    case 'sin':
      return times(dx, cos(x));
    case 'cos':
      return times(dx, negate(sin(x)));
    case 'pow': {
      // never: pow has two
      if (y === undefined) throw new Error('differentiate: a call of pow has one operand');
      const slope = powInBase(x, y);
      const inBase = slope === undefined ? undefined : times(dx, slope);
      return plus(inBase, times(of(y), powInExponent(node, x)));
    }
  }
};

/**
 * The derivative of an expression with respect to one of its inputs, the others held fixed.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * const x = Expr.input('x');
 * const slope = Expr.differentiate('x')(Expr.multiply(x, Expr.multiply(x, x)));
 * Expr.evaluate('f64')(slope)({ x: 2 }) // => 12
 *
 * const relu = Expr.max(x, 0);
 * [-1, 0, 1].map((at) => Expr.evaluate('f64')(Expr.differentiate('x')(relu))({ x: at })) // => [0, 0, 1]
 * ```
 */
export const differentiate =
  (name: string) =>
  <N extends string>(expr: Expr<N>): Expr<N> =>
    fold<N, Term<N>>((node, of) => {
      switch (node.kind) {
        case 'constant':
          return undefined;
        case 'input':
          return node.name === name ? constant(1) : undefined;
        case 'unary':
          return ofUnary(node, of(node.x));
        case 'binary':
          return ofBinary(node, of(node.left), of(node.right));
        case 'select': {
          const [yes, no] = [of(node.yes), of(node.no)];
          return yes === undefined && no === undefined
            ? undefined
            : select(node.relation)(node.left, node.right, yes ?? constant(0), no ?? constant(0));
        }
        case 'call':
          return ofCall(node, of);
      }
    })(expr) ?? constant(0);
