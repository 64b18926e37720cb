/**
 * An expression of one input as a loop of JavaScript, for the exhaustive check alone: it goes through 2³² numbers, which
 * the interpreters would take days for. Before it is used it is held to `evaluate`.
 */
import type { Dtype } from '../src/scalar/dtype.ts';
import { expand } from '../src/scalar/elementary/index.ts';
import { binaryOp, evaluate, unaryOp } from '../src/scalar/evaluate.ts';
import type { Expr } from '../src/scalar/expr.ts';
import { nodes } from '../src/scalar/nodes.ts';

/** Puts the expression at each of the first `length` inputs into the outputs. */
export type Loop = (inputs: Float32Array, outputs: Float32Array | Float64Array, length: number) => void;

const literal = (value: number): string => (Object.is(value, -0) ? '(-0)' : `(${value})`);

/** One node as an expression over the names of its operands. */
const source = (node: Expr, name: (operand: Expr) => string, round: (text: string) => string): string => {
  switch (node.kind) {
    case 'constant':
      return round(literal(node.value));
    case 'input':
      return 'inputs[i]';
    case 'unary': {
      const x = name(node.x);
      switch (node.op) {
        case 'negate':
          return `-${x}`;
        case 'exponent':
        case 'significand':
          return `${node.op}(${x})`;
        default:
          return round(`Math.${node.op}(${x})`);
      }
    }
    case 'binary': {
      const [a, b] = [name(node.left), name(node.right)];
      switch (node.op) {
        case 'add':
          return round(`${a} + ${b}`);
        case 'subtract':
          return round(`${a} - ${b}`);
        case 'multiply':
          return round(`${a} * ${b}`);
        case 'divide':
          return round(`${a} / ${b}`);
        case 'scale':
          return round(`scale(${a}, ${b})`);
        default:
          return `Math.${node.op}(${a}, ${b})`;
      }
    }
    case 'select': {
      const relation = { less: '<', lessOrEqual: '<=', equal: '===' }[node.relation];
      return `${name(node.left)} ${relation} ${name(node.right)} ? ${name(node.yes)} : ${name(node.no)}`;
    }
    case 'call':
      throw new Error(`exhaustive: ${node.name} was not expanded`);
  }
};

/** The loop of an expression whose only input is `x`. */
export const loopOf = (dtype: Dtype, expr: Expr<'x'>): Loop => {
  const order = nodes(expand(dtype)(expr));
  const names = new Map<Expr, string>(order.map((node, i) => [node, `v${i}`]));
  const name = (node: Expr): string => names.get(node) ?? '';
  const round = (text: string): string => (dtype === 'f32' ? `Math.fround(${text})` : text);
  const statements = order.map((node) => `const ${name(node)} = ${source(node, name, round)};`);
  const last = order.at(-1) ?? expr;
  const make = new Function(
    'exponent',
    'significand',
    'scale',
    `return (inputs, outputs, length) => {
      for (let i = 0; i < length; i += 1) {
        ${statements.join('\n')}
        outputs[i] = ${name(last)};
      }
    };`,
  );
  const loop: Loop = make(unaryOp('exponent'), unaryOp('significand'), binaryOp('scale'));
  agree(dtype, expr, loop);
  return loop;
};

/** The loop must give what `evaluate` gives, or it shows nothing about it: 4096 numbers spread over the format. */
const agree = (dtype: Dtype, expr: Expr<'x'>, loop: Loop): void => {
  const inputs = new Float32Array(Uint32Array.from({ length: 4096 }, (_, i) => i * 1048573).buffer);
  const outputs = dtype === 'f32' ? new Float32Array(4096) : new Float64Array(4096);
  loop(inputs, outputs, 4096);
  const f = evaluate(dtype)(expr);
  inputs.forEach((x, i) => {
    if (!Object.is(f({ x }), outputs[i])) throw new Error(`exhaustive: the ${dtype} loop and evaluate differ at ${x}`);
  });
};
