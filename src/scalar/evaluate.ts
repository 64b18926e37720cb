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

/** The operations in the order of their codes. */
const CODES: ReadonlyArray<UnaryOp | BinaryOp | Relation> = [
  'multiply',
  'add',
  'subtract',
  'less',
  'divide',
  'lessOrEqual',
  'equal',
  'min',
  'max',
  'scale',
  'negate',
  'abs',
  'sign',
  'sqrt',
  'floor',
  'exponent',
  'significand',
];
/** Numbers that a step takes: its operation's code, and the registers of its result, its operands and what it chooses from. */
const WIDTH = 6;

/** An expression laid out: registers that hold its constants, the inputs to put beside them, the steps in order. */
interface Layout<N extends string> {
  readonly registers: Float64Array;
  readonly inputs: readonly { readonly name: N; readonly out: number }[];
  /** {@link WIDTH} numbers for each. */
  readonly steps: Int32Array;
}

/** Every node of an expression without calls has a register. */
const layout = <N extends string>(dtype: Dtype, expr: Expr<N>): Layout<N> => {
  const order = nodes(expr);
  const places = new Map(order.map((node, i) => [node, i]));
  const at = (node: Expr<N>): number => places.get(node) ?? 0;
  const constants = order.map((node) => (node.kind === 'constant' ? node.value : 0));
  const stepOf = (node: Expr<N>, out: number): readonly number[] => {
    switch (node.kind) {
      case 'constant':
      case 'input':
        return [];
      case 'unary':
        return [CODES.indexOf(node.op), out, at(node.x), 0, 0, 0];
      case 'binary':
        return [CODES.indexOf(node.op), out, at(node.left), at(node.right), 0, 0];
      case 'select':
        return [CODES.indexOf(node.relation), out, at(node.left), at(node.right), at(node.yes), at(node.no)];
      // never: functions were expanded
      case 'call':
        throw new Error(`evaluate: ${node.name} was not expanded`);
    }
  };
  return {
    registers: Float64Array.from(dtype === 'f32' ? constants.map(Math.fround) : constants),
    inputs: order.flatMap((node, out) => (node.kind === 'input' ? [{ name: node.name, out }] : [])),
    steps: Int32Array.from(order.flatMap(stepOf)),
  };
};

/** What an operation gives, by its code. */
const result = (code: number, x: number, y: number, yes: number, no: number): number => {
  switch (code) {
    case 0:
      return x * y;
    case 1:
      return x + y;
    case 2:
      return x - y;
    case 3:
      return x < y ? yes : no;
    case 4:
      return x / y;
    case 5:
      return x <= y ? yes : no;
    case 6:
      return x === y ? yes : no;
    case 7:
      return Math.min(x, y);
    case 8:
      return Math.max(x, y);
    case 9:
      return scaleBy(x, y);
    case 10:
      return -x;
    case 11:
      return Math.abs(x);
    case 12:
      return Math.sign(x);
    case 13:
      return Math.sqrt(x);
    case 14:
      return Math.floor(x);
    case 15:
      return exponentOf(x);
    default:
      return significandOf(x);
  }
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
    // What is not a constant is written anew in each run, which nothing interrupts: a run leaves nothing that another reads.
    const { registers, inputs: names, steps } = layout(dtype, expand(dtype)(expr));
    const single = dtype === 'f32';
    return (inputs) => {
      for (const { name, out } of names) registers[out] = single ? Math.fround(inputs[name]) : inputs[name];
      for (let i = 0; i < steps.length; i += WIDTH) {
        const exact = result(
          steps[i] ?? 0,
          registers[steps[i + 2] ?? 0] ?? Number.NaN,
          registers[steps[i + 3] ?? 0] ?? Number.NaN,
          registers[steps[i + 4] ?? 0] ?? Number.NaN,
          registers[steps[i + 5] ?? 0] ?? Number.NaN,
        );
        registers[steps[i + 1] ?? 0] = single ? Math.fround(exact) : exact;
      }
      return registers.at(-1) ?? Number.NaN;
    };
  };
