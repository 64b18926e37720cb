/**
 * Running error analysis of a formula in f32: beside each value, computed in f64, a bound on how far the f32 computation
 * can be from it (Wilkinson; Higham, *Accuracy and stability of numerical algorithms*, section 3.3).
 */
import { evaluate } from '../../src/scalar/evaluate.ts';
import { type Binary, type Call, call, type Expr, input, pow, type Select, type Unary } from '../../src/scalar/expr.ts';
import { fold } from '../../src/scalar/nodes.ts';

export interface Bounded {
  readonly v: number;
  /** |the value in f32 − v| is at most this. */
  readonly e: number;
}

/** The unit roundoff of f32, and a hundredth more for what f64 itself rounds. */
export const U32 = 2 ** -24 * 1.01;
/** Half the least subnormal, twice: what underflow may lose. */
const TINY = 2 ** -149;

/** A result rounded once. */
export const rounded = (v: number, e: number, roundings = 1): Bounded => ({
  v,
  e: e + roundings * U32 * (Math.abs(v) + e) + TINY,
});

type Name = Call<string>['name'];
type Unaries = Exclude<Name, 'pow'>;

/** How far each function moves at most when its argument, at v, moves by e. */
const moves: Readonly<Record<Unaries, (v: number, e: number) => number>> = {
  exp: (v, e) => Math.exp(v) * Math.expm1(e),
  expm1: (v, e) => Math.exp(v) * Math.expm1(e),
  log: (v, e) => (e < v ? -Math.log1p(-e / v) : Number.POSITIVE_INFINITY),
  log1p: (v, e) => (e < 1 + v ? -Math.log1p(-e / (1 + v)) : Number.POSITIVE_INFINITY),
  tanh: (v, e) => e / Math.cosh(Math.max(Math.abs(v) - e, 0)) ** 2,
  sigmoid: (_, e) => e / 4,
  softplus: (_, e) => e,
  erf: (_, e) => (2 / Math.sqrt(Math.PI)) * e,
  sin: (_, e) => e,
  cos: (_, e) => e,
};

const unknown: Bounded = { v: Number.NaN, e: Number.POSITIVE_INFINITY };

const value = {
  exp: evaluate('f64')(call('exp')(input('x'))),
  expm1: evaluate('f64')(call('expm1')(input('x'))),
  log: evaluate('f64')(call('log')(input('x'))),
  log1p: evaluate('f64')(call('log1p')(input('x'))),
  tanh: evaluate('f64')(call('tanh')(input('x'))),
  sigmoid: evaluate('f64')(call('sigmoid')(input('x'))),
  softplus: evaluate('f64')(call('softplus')(input('x'))),
  erf: evaluate('f64')(call('erf')(input('x'))),
  sin: evaluate('f64')(call('sin')(input('x'))),
  cos: evaluate('f64')(call('cos')(input('x'))),
} as const;

/** Ours are within 2 ulp, which is at most 4u of the result. */
const ELEMENTARY = 4;

const ofUnary = ({ op }: Unary<string>, { v, e }: Bounded): Bounded => {
  switch (op) {
    case 'negate':
      return { v: -v, e };
    case 'abs':
      return { v: Math.abs(v), e };
    case 'sign':
      return { v: Math.sign(v), e: Math.abs(v) > e || e === 0 ? 0 : 2 };
    case 'floor':
      return { v: Math.floor(v), e: Math.floor(v - e) === Math.floor(v + e) ? 0 : e + 1 };
    case 'sqrt':
      return rounded(Math.sqrt(v), v > e ? e / (Math.sqrt(v) + Math.sqrt(v - e)) : Math.sqrt(v + e));
    case 'exponent':
    case 'significand':
      return unknown;
  }
};

const ofBinary = ({ op }: Binary<string>, a: Bounded, b: Bounded): Bounded => {
  switch (op) {
    case 'add':
      return rounded(a.v + b.v, a.e + b.e);
    case 'subtract':
      return rounded(a.v - b.v, a.e + b.e);
    case 'multiply':
      return rounded(a.v * b.v, Math.abs(a.v) * b.e + Math.abs(b.v) * a.e + a.e * b.e);
    case 'divide':
      return b.e < Math.abs(b.v)
        ? rounded(a.v / b.v, (a.e + Math.abs(a.v / b.v) * b.e) / (Math.abs(b.v) - b.e))
        : unknown;
    case 'min':
      return { v: Math.min(a.v, b.v), e: Math.max(a.e, b.e) };
    case 'max':
      return { v: Math.max(a.v, b.v), e: Math.max(a.e, b.e) };
    case 'scale':
      return unknown;
  }
};

const ofSelect = ({ relation }: Select<string>, left: Bounded, right: Bounded, yes: Bounded, no: Bounded): Bounded => {
  const holds =
    relation === 'less' ? left.v < right.v : relation === 'lessOrEqual' ? left.v <= right.v : left.v === right.v;
  const taken = holds ? yes : no;
  const other = holds ? no : yes;
  const slack = left.e + right.e;
  return slack === 0 || Math.abs(left.v - right.v) > slack
    ? taken
    : { v: taken.v, e: Math.max(taken.e, Math.abs(other.v - taken.v) + other.e) };
};

const power = evaluate('f64')(pow(input('x'), input('y')));

/** x^y: of a whole y ≥ 1 by its slope, at most y·(|x| + Δx)^(y−1); of a positive x by the corners, as it is monotone in
 * either argument. */
const ofPower = (x: Bounded, y: Bounded): Bounded => {
  const v = power({ x: x.v, y: y.v });
  if (y.e === 0 && Number.isInteger(y.v) && y.v >= 1)
    return rounded(v, y.v * (Math.abs(x.v) + x.e) ** (y.v - 1) * x.e, ELEMENTARY);
  if (!(x.v > x.e)) return unknown;
  const corners = [x.v - x.e, x.v + x.e].flatMap((base) =>
    [y.v - y.e, y.v + y.e].map((exponent) => power({ x: base, y: exponent })),
  );
  return rounded(v, Math.max(...corners.map((corner) => Math.abs(corner - v))), ELEMENTARY);
};

/** The value of a formula in f64, and how far f32 can be from it. */
export const evaluateBounded =
  <N extends string>(expr: Expr<N>) =>
  (inputs: (name: N) => Bounded): Bounded =>
    fold<N, Bounded>((node, of) => {
      switch (node.kind) {
        case 'constant':
          // What f32 holds is not rounded: a comparison with 0 is decided.
          return Math.fround(node.value) === node.value ? { v: node.value, e: 0 } : rounded(node.value, 0);
        case 'input':
          return inputs(node.name);
        case 'unary':
          return ofUnary(node, of(node.x));
        case 'binary':
          return ofBinary(node, of(node.left), of(node.right));
        case 'select':
          return ofSelect(node, of(node.left), of(node.right), of(node.yes), of(node.no));
        case 'call': {
          const [x, y] = node.args;
          if (x === undefined) return unknown;
          if (node.name === 'pow') return y === undefined ? unknown : ofPower(of(x), of(y));
          const { v, e } = of(x);
          return rounded(value[node.name]({ x: v }), moves[node.name](v, e), ELEMENTARY);
        }
      }
    })(expr);
