/**
 * Interval arithmetic on f64 with outward rounding: the value of a formula over a range of each input, with every
 * rounding error of every way to compute it inside. `undefined` is a value that is not known: outside a domain, not
 * finite, or on both sides of a comparison or a jump. So two results that stand for the same real number must overlap.
 */
import { evaluate, relation, unaryOp } from '../../src/scalar/evaluate.ts';
import { type Binary, type Call, call, type Expr, input, pow, type Select, type Unary } from '../../src/scalar/expr.ts';
import { fold } from '../../src/scalar/nodes.ts';
import { calls } from './arbitrary.ts';

export interface Interval {
  readonly lo: number;
  readonly hi: number;
}
export type Maybe = Interval | undefined;

export const point = (x: number): Interval => ({ lo: x, hi: x });

/** The interval widened by a relative and an absolute amount; unknown where it is not finite. */
export const widened = (lo: number, hi: number, relative: number, absolute: number): Maybe => {
  const [below, above] = [lo - Math.abs(lo) * relative - absolute, hi + Math.abs(hi) * relative + absolute];
  return Number.isFinite(below) && Number.isFinite(above) ? { lo: below, hi: above } : undefined;
};

/** An operation rounded once: half an ulp is at most 2⁻⁵³ of the result, or half the least subnormal. */
const rounded = (lo: number, hi: number): Maybe => widened(lo, hi, 2 ** -52, 2 ** -1074);

/** Wide enough for an elementary function: ours are within 2 ulp ≤ 2⁻⁵¹ of the truth, on either side of it. */
const ELEMENTARY = 2 ** -50;

const hull = (values: readonly number[]): Maybe => rounded(Math.min(...values), Math.max(...values));

const isPoint = ({ lo, hi }: Interval): boolean => lo === hi;

/** Whether a sum has no rounding error: the error is itself a number, which Knuth's TwoSum finds. */
const addsExactly = (a: number, b: number): boolean => {
  const sum = a + b;
  const part = sum - a;
  return a - (sum - part) + (b - part) === 0;
};

export const negate = ({ lo, hi }: Interval): Interval => ({ lo: -hi, hi: -lo });
export const add = (a: Interval, b: Interval): Maybe =>
  isPoint(a) && isPoint(b) && addsExactly(a.lo, b.lo) ? point(a.lo + b.lo) : rounded(a.lo + b.lo, a.hi + b.hi);
export const multiply = (a: Interval, b: Interval): Maybe =>
  (isPoint(a) && a.lo === 0) || (isPoint(b) && b.lo === 0)
    ? point(0)
    : hull([a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi]);
export const divide = (a: Interval, b: Interval): Maybe =>
  b.lo <= 0 && b.hi >= 0 ? undefined : hull([a.lo / b.lo, a.lo / b.hi, a.hi / b.lo, a.hi / b.hi]);
/** x·2ⁿ for one whole number n. */
export const scale = (a: Interval, n: number): Maybe =>
  Number.isInteger(n) && Math.abs(n) < 1000 ? rounded(a.lo * 2 ** n, a.hi * 2 ** n) : undefined;

/** The value that a function takes on the whole interval, where it is one. */
const constantOn = (f: (x: number) => number, { lo, hi }: Interval): number | undefined =>
  Object.is(f(lo), f(hi)) && Number.isFinite(f(lo)) ? f(lo) : undefined;

/** ⌊log₂|x|⌋ on the whole interval, where it is one number. */
export const exponent = (x: Interval): number | undefined =>
  x.lo <= 0 && x.hi >= 0 ? undefined : constantOn(unaryOp('exponent'), x);

/** Whether a ≤ b for all of both, b < a for all of both, or neither. */
export const ordered = (a: Interval, b: Interval): 'less' | 'greater' | undefined =>
  a.hi < b.lo ? 'less' : b.hi < a.lo ? 'greater' : undefined;

/** Whether a comparison holds on the whole of both intervals. */
export const decided = (name: Select<string>['relation'], a: Interval, b: Interval): boolean | undefined => {
  const order = ordered(a, b);
  if (order !== undefined || (isPoint(a) && isPoint(b))) return relation(name)(a.lo, b.lo);
  return undefined;
};

const evaluators = new Map(
  calls.map((name) => [
    name,
    name === 'pow' ? evaluate('f64')(pow(input('a'), input('b'))) : evaluate('f64')(call(name)(input('a'))),
  ]),
);

/** The value of an elementary function of numbers, by our own definition. */
export const elementary = (name: Call<string>['name'], a: number, b = 0): number =>
  evaluators.get(name)?.({ a, b }) ?? Number.NaN;

const functionOf = (name: Call<string>['name'], x: Interval, y: Interval): Maybe => {
  const monotone = (): Maybe => widened(elementary(name, x.lo), elementary(name, x.hi), ELEMENTARY, 2 ** -1074);
  switch (name) {
    case 'log':
      return x.lo > 0 ? monotone() : undefined;
    case 'log1p':
      return x.lo > -1 ? monotone() : undefined;
    case 'sin':
    case 'cos': {
      // Neither grows faster than its argument.
      const radius = x.hi - x.lo;
      const value = elementary(name, x.lo);
      return Math.abs(x.lo) < 1e5 ? widened(value - radius, value + radius, ELEMENTARY, 2 ** -1074) : undefined;
    }
    case 'pow': {
      // Monotone in each operand where the base keeps its sign, so the extremes are at corners.
      if (!(x.lo > 0 || (x.hi < 0 && isPoint(y) && Number.isInteger(y.lo)))) return undefined;
      const corners = [x.lo, x.hi].flatMap((a) => [y.lo, y.hi].map((b) => elementary('pow', a, b)));
      return widened(Math.min(...corners), Math.max(...corners), ELEMENTARY, 2 ** -1074);
    }
    default:
      return monotone();
  }
};

const ofUnary = (op: Unary<string>['op'], x: Interval): Maybe => {
  switch (op) {
    case 'negate':
      return negate(x);
    case 'abs':
      return x.lo >= 0 ? x : x.hi <= 0 ? negate(x) : { lo: 0, hi: Math.max(-x.lo, x.hi) };
    case 'sqrt':
      return x.lo >= 0 ? rounded(Math.sqrt(x.lo), Math.sqrt(x.hi)) : undefined;
    case 'sign':
    case 'floor': {
      const value = constantOn(unaryOp(op), x);
      return value === undefined || (op === 'sign' && x.lo <= 0 && x.hi >= 0 && !isPoint(x)) ? undefined : point(value);
    }
    case 'exponent': {
      const value = exponent(x);
      return value === undefined ? undefined : point(value);
    }
    case 'significand': {
      const value = exponent(x);
      return value === undefined ? undefined : scale(x, -value);
    }
  }
};

const ofBinary = (op: Binary<string>['op'], a: Interval, b: Interval): Maybe => {
  switch (op) {
    case 'add':
      return add(a, b);
    case 'subtract':
      return add(a, negate(b));
    case 'multiply':
      return multiply(a, b);
    case 'divide':
      return divide(a, b);
    case 'min':
      return { lo: Math.min(a.lo, b.lo), hi: Math.min(a.hi, b.hi) };
    case 'max':
      return { lo: Math.max(a.lo, b.lo), hi: Math.max(a.hi, b.hi) };
    case 'scale':
      return isPoint(b) ? scale(a, b.lo) : undefined;
  }
};

/** The value of one node from those of its operands. */
export const ofNode =
  (inputs: Readonly<Record<string, Interval>>) =>
  (node: Expr, of: (operand: Expr) => Maybe): Maybe => {
    switch (node.kind) {
      case 'constant':
        return Number.isFinite(node.value) ? point(node.value) : undefined;
      case 'input':
        return inputs[node.name];
      case 'unary': {
        const x = of(node.x);
        return x && ofUnary(node.op, x);
      }
      case 'binary': {
        const [a, b] = [of(node.left), of(node.right)];
        return a && b && ofBinary(node.op, a, b);
      }
      case 'select': {
        const [a, b] = [of(node.left), of(node.right)];
        const holds = a && b && decided(node.relation, a, b);
        return holds === undefined ? undefined : of(holds ? node.yes : node.no);
      }
      case 'call': {
        const [x, y] = node.args.map(of);
        const operandsKnown = node.args.every((arg) => of(arg) !== undefined);
        return x === undefined || !operandsKnown ? undefined : functionOf(node.name, x, y ?? point(0));
      }
    }
  };

/** The interval of an expression over intervals of its inputs. */
export const enclose =
  (expr: Expr) =>
  (inputs: Readonly<Record<string, Interval>>): Maybe =>
    fold<string, Maybe>(ofNode(inputs))(expr);
