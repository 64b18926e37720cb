/**
 * The definitional interpreter of `Expr`: one number in, one number out, each operation rounded once to the format.
 * The block interpreter in `src/ops/reference` and the engine are held to it bit for bit.
 */
import type { Dtype } from './dtype.ts';
import { expand } from './elementary/index.ts';
import type { BinaryOp, Expr, Relation, UnaryOp } from './expr.ts';
import { nodes } from './nodes.ts';
import { exponentOf, scaleBy, significandOf } from './powers.ts';

const unaryOps: Readonly<Record<UnaryOp, (x: number) => number>> = {
  negate: (x) => -x,
  abs: Math.abs,
  sign: Math.sign,
  sqrt: Math.sqrt,
  floor: Math.floor,
  exponent: exponentOf,
  significand: significandOf,
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

type Step<N extends string> = (registers: Float32Array | Float64Array, inputs: Readonly<Record<N, number>>) => number;

const step = <N extends string>(node: Expr<N>, place: (operand: Expr<N>) => number): Step<N> => {
  switch (node.kind) {
    case 'constant':
      return () => node.value;
    case 'input':
      return (_, inputs) => inputs[node.name];
    case 'unary': {
      const x = place(node.x);
      const op = unaryOps[node.op];
      return (r) => op(r[x] ?? Number.NaN);
    }
    case 'binary': {
      const left = place(node.left);
      const right = place(node.right);
      const op = binaryOps[node.op];
      return (r) => op(r[left] ?? Number.NaN, r[right] ?? Number.NaN);
    }
    case 'select': {
      const [left, right, yes, no] = [place(node.left), place(node.right), place(node.yes), place(node.no)];
      const holds = relations[node.relation];
      return (r) => (holds(r[left] ?? Number.NaN, r[right] ?? Number.NaN) ? r[yes] : r[no]) ?? Number.NaN;
    }
    case 'call':
      throw new Error(`evaluate: ${node.name} was not expanded`);
  }
};

/** The steps of an expression without calls, operands before their users, each node once. */
const steps = <N extends string>(expr: Expr<N>): readonly Step<N>[] => {
  const list = nodes(expr);
  const places = new Map(list.map((node, i) => [node, i]));
  return list.map((node) => step(node, (operand) => places.get(operand) ?? Number.NaN));
};

/**
 * The value of an expression in a format, given its inputs, which are rounded to the format first, as are constants.
 * The expression is laid out as a list of steps once: keep `evaluate(dtype)(expr)` to use it on many numbers.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts'
 * const logistic = Expr.evaluate('f64')(Expr.sigmoid(Expr.input('x')))
 * logistic({ x: 0 }) // => 0.5
 * ```
 */
export const evaluate =
  (dtype: Dtype) =>
  <N extends string>(expr: Expr<N>): ((inputs: Readonly<Record<N, number>>) => number) => {
    const list = steps(expand(dtype)(expr));
    return (inputs) => {
      // A register rounds what is stored in it to the format.
      const registers = dtype === 'f32' ? new Float32Array(list.length) : new Float64Array(list.length);
      list.forEach((step, i) => {
        registers[i] = step(registers, inputs);
      });
      return registers.at(-1) ?? Number.NaN;
    };
  };
