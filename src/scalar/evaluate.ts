/**
 * The definitional interpreter of `Expr`: one number in, one number out, each operation rounded once to the format.
 * The block interpreter in `src/ops/reference` and the engine are held to it bit for bit.
 */
import { type Dtype, round } from './dtype.ts';
import { expand } from './elementary/index.ts';
import type { BinaryOp, Expr, Relation, UnaryOp } from './expr.ts';

const LOWEST_NORMAL = 2 ** -1022;

const exponentOf = (x: number): number => {
  const a = Math.abs(x);
  if (Number.isNaN(a) || a === Number.POSITIVE_INFINITY) return a;
  if (a === 0) return Number.NEGATIVE_INFINITY;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, a < LOWEST_NORMAL ? a * 2 ** 54 : a);
  return (view.getUint32(0) >>> 20) - (a < LOWEST_NORMAL ? 1077 : 1023);
};

/** x·2ⁿ rounded once in f64. The first factors keep x·2ᵏ normal (then exact), so only the last product rounds. */
const scaleBy = (x: number, n: number): number => {
  if (!Number.isInteger(n))
    return n === Number.POSITIVE_INFINITY || n === Number.NEGATIVE_INFINITY ? x * 2 ** n : Number.NaN;
  if (n > 1023)
    return n > 2098
      ? x * 2 ** 1023 * 2 ** 1023 * 2 ** 1023
      : x * 2 ** 1023 * 2 ** Math.min(n - 1023, 1023) * 2 ** Math.max(0, n - 2046);
  if (n >= -1022) return x * 2 ** n;
  // 2^-969 = 2^-1022·2^53: a number that ends up subnormal is still exact after these steps.
  if (n >= -1991) return x * 2 ** -969 * 2 ** (n + 969);
  return x * 2 ** -969 * 2 ** -969 * 2 ** Math.max(n + 1938, -1074);
};

const unaryOps: Readonly<Record<UnaryOp, (x: number) => number>> = {
  negate: (x) => -x,
  abs: Math.abs,
  sign: Math.sign,
  sqrt: Math.sqrt,
  floor: Math.floor,
  exponent: exponentOf,
  significand: (x) => {
    const e = exponentOf(x);
    return Number.isFinite(e) ? scaleBy(x, -e) : x;
  },
};

const binaryOps: Readonly<Record<BinaryOp, (x: number, y: number) => number>> = {
  add: (x, y) => x + y,
  subtract: (x, y) => x - y,
  multiply: (x, y) => x * y,
  divide: (x, y) => x / y,
  min: Math.min,
  max: Math.max,
  scale: scaleBy,
};

const relations: Readonly<Record<Relation, (x: number, y: number) => boolean>> = {
  less: (x, y) => x < y,
  lessOrEqual: (x, y) => x <= y,
  equal: (x, y) => x === y,
};

/** An operation on one number in f64; rounded to f32 its result is that of f32 arithmetic (double rounding is harmless:
 * 53 ≥ 2·24 + 2, Figueroa 1995). */
export const unaryOp = (op: UnaryOp): ((x: number) => number) => unaryOps[op];
/** An operation on two numbers in f64, see {@link unaryOp}. */
export const binaryOp = (op: BinaryOp): ((x: number, y: number) => number) => binaryOps[op];
/** A comparison. */
export const relation = (name: Relation): ((x: number, y: number) => boolean) => relations[name];

/**
 * The value of an expression in a format, given its inputs. Inputs and constants are rounded to the format first.
 */
export const evaluate =
  (dtype: Dtype) =>
  <N extends string>(expr: Expr<N>): ((inputs: Readonly<Record<N, number>>) => number) => {
    const rounded = round(dtype);
    const body = expand(dtype)(expr);
    return (inputs) => {
      const seen = new Map<Expr<N>, number>();
      const visit = (e: Expr<N>): number => {
        const known = seen.get(e);
        if (known !== undefined) return known;
        const value = rounded(compute(e));
        seen.set(e, value);
        return value;
      };
      const compute = (e: Expr<N>): number => {
        switch (e.kind) {
          case 'constant':
            return e.value;
          case 'input':
            return inputs[e.name];
          case 'unary':
            return unaryOps[e.op](visit(e.x));
          case 'binary':
            return binaryOps[e.op](visit(e.left), visit(e.right));
          case 'select':
            return relations[e.relation](visit(e.left), visit(e.right)) ? visit(e.yes) : visit(e.no);
          case 'call':
            throw new Error(`evaluate: ${e.name} was not expanded`);
        }
      };
      return visit(body);
    };
  };
