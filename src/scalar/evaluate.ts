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

/** One operation on registers: where its operands lie and where its result goes. */
interface Step {
  readonly op: UnaryOp | BinaryOp | Relation;
  readonly out: number;
  readonly a: number;
  readonly b: number;
  readonly yes: number;
  readonly no: number;
}

/** An expression laid out: registers that hold its constants, the inputs to put beside them, the steps in order. */
interface Layout<N extends string> {
  readonly registers: Float32Array | Float64Array;
  readonly inputs: readonly { readonly name: N; readonly out: number }[];
  readonly steps: readonly Step[];
}

/** Every node of an expression without calls has a register; a register rounds what is stored in it to the format. */
const layout = <N extends string>(dtype: Dtype, expr: Expr<N>): Layout<N> => {
  const order = nodes(expr);
  const places = new Map(order.map((node, i) => [node, i]));
  const at = (node: Expr<N>): number => places.get(node) ?? 0;
  const constants = order.map((node) => (node.kind === 'constant' ? node.value : 0));
  const stepOf = (node: Expr<N>, out: number): readonly Step[] => {
    switch (node.kind) {
      case 'constant':
      case 'input':
        return [];
      case 'unary':
        return [{ op: node.op, out, a: at(node.x), b: 0, yes: 0, no: 0 }];
      case 'binary':
        return [{ op: node.op, out, a: at(node.left), b: at(node.right), yes: 0, no: 0 }];
      case 'select':
        return [{ op: node.relation, out, a: at(node.left), b: at(node.right), yes: at(node.yes), no: at(node.no) }];
      case 'call':
        throw new Error(`evaluate: ${node.name} was not expanded`);
    }
  };
  return {
    registers: dtype === 'f32' ? Float32Array.from(constants) : Float64Array.from(constants),
    inputs: order.flatMap((node, out) => (node.kind === 'input' ? [{ name: node.name, out }] : [])),
    steps: order.flatMap(stepOf),
  };
};

/** What a step gives, the commonest operations first. */
const result = ({ op, a, b, yes, no }: Step, r: Float32Array | Float64Array): number => {
  const x = r[a] ?? Number.NaN;
  const y = r[b] ?? Number.NaN;
  switch (op) {
    case 'multiply':
      return x * y;
    case 'add':
      return x + y;
    case 'subtract':
      return x - y;
    case 'less':
      return (x < y ? r[yes] : r[no]) ?? Number.NaN;
    case 'divide':
      return x / y;
    case 'lessOrEqual':
    case 'equal':
      return (relations[op](x, y) ? r[yes] : r[no]) ?? Number.NaN;
    case 'min':
    case 'max':
    case 'scale':
      return binaryOps[op](x, y);
    default:
      return unaryOps[op](x);
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
    const { registers: initial, inputs: names, steps } = layout(dtype, expand(dtype)(expr));
    return (inputs) => {
      const registers = initial.slice();
      for (const { name, out } of names) registers[out] = inputs[name];
      for (const step of steps) registers[step.out] = result(step, registers);
      return registers.at(-1) ?? Number.NaN;
    };
  };
