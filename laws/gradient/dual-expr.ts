/**
 * Formulas over dual numbers, v + d·ε with ε² = 0: a value and its derivative carried together. The rules are written out
 * here, from the functions' own derivatives, and share nothing with `differentiate`.
 */
import { evaluate } from '../../src/scalar/evaluate.ts';
import type { Binary, Call, Expr, Unary } from '../../src/scalar/expr.ts';
import { call, input } from '../../src/scalar/expr.ts';
import { fold } from '../../src/scalar/nodes.ts';

export interface DualNumber {
  readonly v: number;
  readonly d: number;
}

const dual = (v: number, d: number): DualNumber => ({ v, d });

const erf = evaluate('f64')(call('erf')(input('x')));
/** e^−|x|, of which the derivatives of sigmoid and tanh are made without cancellation. */
const decay = (x: number): number => Math.exp(-Math.abs(x));
const sigmoid = (x: number): number => (x < 0 ? decay(x) : 1) / (1 + decay(x));

/** Each function of one number with its derivative. */
const functions: Readonly<
  Record<Exclude<Call<string>['name'], 'pow'>, readonly [f: (x: number) => number, df: (x: number) => number]>
> = {
  exp: [Math.exp, Math.exp],
  expm1: [Math.expm1, Math.exp],
  log: [Math.log, (x) => 1 / x],
  log1p: [Math.log1p, (x) => 1 / (1 + x)],
  // 1/cosh² x = 4e^(−2|x|)/(1 + e^(−2|x|))².
  tanh: [Math.tanh, (x) => (4 * decay(2 * x)) / (1 + decay(2 * x)) ** 2],
  sigmoid: [sigmoid, (x) => decay(x) / (1 + decay(x)) ** 2],
  softplus: [(x) => Math.max(x, 0) + Math.log1p(decay(x)), sigmoid],
  erf: [(x) => erf({ x }), (x) => (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x)],
  sin: [Math.sin, Math.cos],
  cos: [Math.cos, (x) => -Math.sin(x)],
};

/** a·b, but 0 where a is 0: a factor that does not change makes no NaN of an infinite slope. */
const slope = (a: number, b: number): number => (a === 0 ? 0 : a * b);

const ofCall = ({ name }: Call<string>, x: DualNumber, y: DualNumber | undefined): DualNumber => {
  if (name === 'pow') {
    const p = y ?? dual(NaN, NaN);
    return dual(x.v ** p.v, slope(x.d, p.v * x.v ** (p.v - 1)) + slope(p.d, x.v ** p.v * Math.log(x.v)));
  }
  const [f, df] = functions[name];
  return dual(f(x.v), slope(x.d, df(x.v)));
};

const exponent = (x: number): number => {
  // ⌊log₂|x|⌋ by counting, independent of the library's bit patterns.
  let [n, m] = [0, Math.abs(x)];
  if (m === 0 || !Number.isFinite(m)) return m === 0 ? Number.NEGATIVE_INFINITY : m;
  for (; m >= 2; n++) m /= 2;
  for (; m < 1; n--) m *= 2;
  return n;
};

const ofUnary = ({ op }: Unary<string>, x: DualNumber): DualNumber => {
  switch (op) {
    case 'negate':
      return dual(-x.v, -x.d);
    case 'abs':
      return dual(Math.abs(x.v), Math.sign(x.v) * x.d);
    case 'sign':
      return dual(Math.sign(x.v), 0);
    case 'floor':
      return dual(Math.floor(x.v), 0);
    case 'sqrt':
      return dual(Math.sqrt(x.v), slope(x.d, 0.5 / Math.sqrt(x.v)));
    case 'exponent':
      return dual(exponent(x.v), 0);
    case 'significand':
      return Number.isFinite(x.v) && x.v !== 0
        ? dual(x.v / 2 ** exponent(x.v), x.d / 2 ** exponent(x.v))
        : dual(x.v, x.d);
  }
};

const ofBinary = ({ op }: Binary<string>, a: DualNumber, b: DualNumber): DualNumber => {
  switch (op) {
    case 'add':
      return dual(a.v + b.v, a.d + b.d);
    case 'subtract':
      return dual(a.v - b.v, a.d - b.d);
    case 'multiply':
      return dual(a.v * b.v, slope(a.d, b.v) + slope(b.d, a.v));
    case 'divide':
      return dual(a.v / b.v, slope(a.d, 1 / b.v) - slope(b.d, a.v / b.v / b.v));
    case 'min':
      return a.v < b.v ? a : b;
    case 'max':
      return a.v > b.v ? a : b;
    case 'scale':
      return dual(a.v * 2 ** b.v, a.d * 2 ** b.v);
  }
};

const holds = {
  less: (a: number, b: number) => a < b,
  lessOrEqual: (a: number, b: number) => a <= b,
  equal: (a: number, b: number) => a === b,
};

/** The value and derivative of a formula at inputs that are dual numbers. */
export const evaluateDual =
  <N extends string>(expr: Expr<N>) =>
  (inputs: (name: N) => DualNumber): DualNumber =>
    fold<N, DualNumber>((node, of) => {
      switch (node.kind) {
        case 'constant':
          return dual(node.value, 0);
        case 'input':
          return inputs(node.name);
        case 'unary':
          return ofUnary(node, of(node.x));
        case 'binary':
          return ofBinary(node, of(node.left), of(node.right));
        case 'select':
          return of(holds[node.relation](of(node.left).v, of(node.right).v) ? node.yes : node.no);
        case 'call': {
          const [x, y] = node.args;
          return ofCall(node, x === undefined ? dual(NaN, NaN) : of(x), y === undefined ? undefined : of(y));
        }
      }
    })(expr);
