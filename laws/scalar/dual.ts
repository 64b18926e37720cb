/**
 * Derivatives a second way, that shares nothing with `differentiate`: forward over dual numbers, whose parts are
 * intervals, with the derivatives of the elementary functions in other forms (1/cosh² x, not 1 − tanh² x) from the
 * `Math` of the machine. Unknown where the formula has a kink or a jump within the intervals.
 */
import type { Binary, Call, Expr, Unary } from '../../src/scalar/expr.ts';
import { inputs } from '../../src/scalar/inputs.ts';
import { fold } from '../../src/scalar/nodes.ts';
import {
  add,
  decided,
  divide,
  exponent,
  type Interval,
  type Maybe,
  multiply,
  negate,
  ofNode,
  ordered,
  point,
  scale,
  widened,
} from './interval.ts';

/** A value and its derivative. */
export interface Dual {
  readonly value: Interval;
  readonly slope: Interval;
}

const plus = (a: Maybe, b: Maybe): Maybe => a && b && add(a, b);
const times = (a: Maybe, b: Maybe): Maybe => a && b && multiply(a, b);
const over = (a: Maybe, b: Maybe): Maybe => a && b && divide(a, b);
const minus = (a: Maybe, b: Maybe): Maybe => a && b && add(a, negate(b));

/**
 * A function over an interval from its value at one end and a bound on its derivative. `Math` is within a few ulp, and
 * what the functions below lose besides is at most 2⁻⁵⁰ absolutely: their values are at most 1.13, and e^(−x²)·x² < ½.
 */
const smooth =
  (f: (x: number) => number, steepest: number) =>
  ({ lo, hi }: Interval): Maybe => {
    const radius = (hi - lo) * steepest;
    return widened(f(lo) - radius, f(lo) + radius, 2 ** -49, 2 ** -50);
  };

const increasing =
  (f: (x: number) => number) =>
  ({ lo, hi }: Interval): Maybe =>
    widened(f(lo), f(hi), 2 ** -49, 2 ** -1074);

const slopes: Readonly<Record<Exclude<Call<string>['name'], 'pow'>, (x: Interval) => Maybe>> = {
  exp: increasing(Math.exp),
  expm1: increasing(Math.exp),
  log: (x) => divide(point(1), x),
  log1p: (x) => over(point(1), add(point(1), x)),
  tanh: smooth((x) => 1 / Math.cosh(x) ** 2, 0.77),
  sigmoid: smooth((x) => 0.25 / Math.cosh(x / 2) ** 2, 0.1),
  softplus: smooth((x) => 1 / (1 + Math.exp(-x)), 0.25),
  erf: smooth((x) => 1.1283791670955126 * Math.exp(-x * x), 0.97),
  sin: smooth(Math.cos, 1),
  cos: smooth((x) => -Math.sin(x), 1),
};

/** (xʸ)′ = xʸ·(y′ log x + y x′/x), where the second term is all there is if y is fixed. */
const ofPower = (value: Interval, x: Dual, y: Dual, fixed: boolean): Maybe => {
  const inBase = over(times(y.value, x.slope), x.value);
  if (fixed) return times(value, inBase);
  return times(value, plus(times(y.slope, increasing(Math.log)(x.value)), inBase));
};

const ofUnary = (op: Unary<string>['op'], value: Interval, x: Dual): Maybe => {
  switch (op) {
    case 'negate':
      return negate(x.slope);
    case 'abs': {
      const side = ordered(point(0), x.value);
      return side === undefined ? undefined : side === 'less' ? x.slope : negate(x.slope);
    }
    case 'sqrt':
      return over(x.slope, multiply(point(2), value));
    case 'significand': {
      const k = exponent(x.value);
      return k === undefined ? undefined : scale(x.slope, -k);
    }
    case 'sign':
    case 'floor':
    case 'exponent':
      return point(0);
  }
};

const ofBinary = (op: Binary<string>['op'], a: Dual, b: Dual): Maybe => {
  const order = ordered(a.value, b.value);
  switch (op) {
    case 'add':
      return add(a.slope, b.slope);
    case 'subtract':
      return add(a.slope, negate(b.slope));
    case 'multiply':
      return plus(multiply(a.slope, b.value), multiply(a.value, b.slope));
    case 'divide':
      return over(minus(multiply(a.slope, b.value), multiply(a.value, b.slope)), multiply(b.value, b.value));
    case 'min':
      return order === undefined ? undefined : order === 'less' ? a.slope : b.slope;
    case 'max':
      return order === undefined ? undefined : order === 'less' ? b.slope : a.slope;
    case 'scale':
      return scale(a.slope, b.value.lo);
  }
};

/** The value and the derivative of an expression with respect to one input, over intervals of the inputs. */
export const dual =
  (name: string, at: Readonly<Record<string, Interval>>) =>
  (expr: Expr): Dual | undefined =>
    fold<string, Dual | undefined>((node, of) => {
      const value = ofNode(at)(node, (operand) => of(operand)?.value);
      if (value === undefined) return undefined;
      const slope = ((): Maybe => {
        switch (node.kind) {
          case 'constant':
            return point(0);
          case 'input':
            return point(node.name === name ? 1 : 0);
          case 'unary': {
            const x = of(node.x);
            return x && ofUnary(node.op, value, x);
          }
          case 'binary': {
            const [a, b] = [of(node.left), of(node.right)];
            return a && b && ofBinary(node.op, a, b);
          }
          case 'select': {
            const [a, b] = [of(node.left), of(node.right)];
            const holds = a && b && decided(node.relation, a.value, b.value);
            return holds === undefined ? undefined : of(holds ? node.yes : node.no)?.slope;
          }
          case 'call': {
            const [x, y] = node.args.map(of);
            if (x === undefined) return undefined;
            if (node.name !== 'pow') return times(x.slope, slopes[node.name](x.value));
            const fixed = node.args[1] !== undefined && !inputs(node.args[1]).has(name);
            return y && ofPower(value, x, y, fixed);
          }
        }
      })();
      return slope && { value, slope };
    })(expr);
