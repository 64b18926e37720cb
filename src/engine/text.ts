/** A recorded graph and its kernels' code as text, to be read. */
import type { Expr } from '../scalar/expr.ts';
import { operands } from '../scalar/nodes.ts';
import { show, strides } from '../tensor/shape.ts';
import { constantOf, isWhole, type Node, type Value } from './graph/node.ts';
import type { Plan } from './plan.ts';
import { functionText } from './wasm/text.ts';

const signs: Readonly<Record<string, string>> = { add: '+', subtract: '−', multiply: '·', divide: '÷' };
const relations = { less: '<', lessOrEqual: '≤', equal: '=' } as const;

/** A view of a value: its number, and where it is not all of it as it lies, its shape and steps. */
const nodeText = (node: Node): string => {
  const known = constantOf(node);
  if (known !== undefined) return `${known}`;
  const name = `%${node.value.id}`;
  if (isWhole(node)) return name;
  const from = node.offset === 0 ? '' : ` from ${node.offset}`;
  const own = node.strides.join(',');
  return own === strides(node.shape).join(',') && from === ''
    ? `${name}${show(node.shape)}`
    : `${name}${show(node.shape)}${from} in steps of ${own}`;
};

const formulaText = (expr: Expr, inputs: Readonly<Record<string, Node>>): string => {
  const text = (part: Expr): string => {
    switch (part.kind) {
      case 'constant':
        return `${part.value}`;
      case 'input': {
        const node = inputs[part.name];
        return node === undefined ? part.name : nodeText(node);
      }
      case 'select':
        return `(${text(part.left)} ${relations[part.relation]} ${text(part.right)} ? ${text(part.yes)} : ${text(part.no)})`;
      default: {
        const name = part.kind === 'call' ? part.name : part.op;
        const parts = operands(part).map(text);
        const sign = signs[name];
        return sign === undefined ? `${name}(${parts.join(', ')})` : `(${parts.join(` ${sign} `)})`;
      }
    }
  };
  return text(expr);
};

const operationText = ({ operation }: Value): string => {
  switch (operation.kind) {
    case 'input':
      return operation.name;
    case 'constant':
      return operation.elements.join(' ');
    case 'map':
      return formulaText(operation.expr, operation.inputs);
    case 'sum':
    case 'max':
      return `${operation.kind} of ${nodeText(operation.of)} over its middle axis`;
    case 'assemble':
      return operation.parts.map(({ of, at }) => `${nodeText(of)} at ${show(at)}`).join(', ');
    case 'matmul':
      return `product of ${nodeText(operation.left)} and ${nodeText(operation.right)}`;
    case 'bernoulli':
      return `draws of ${operation.key}, 1 with probability ${operation.p}`;
    case 'watch':
      return `watch that ${nodeText(operation.of)} is finite`;
  }
};

/** A line for each value: its number, its shape, and what it is computed from. */
export const graphText = ({ schedule: { values } }: Plan): string =>
  values.map((value) => `%${value.id} ${show(value.shape)} = ${operationText(value)}`).join('\n');

/** The WebAssembly of the kernel at an index of the schedule. */
export const kernelCode = ({ module: { functions } }: Plan, index: number): string =>
  functions
    .filter(({ name }) => new RegExp(`^[a-z]+${index}(_|$)`).test(name))
    .map(functionText)
    .join('\n');
