/**
 * The graph that a computation leaves when it is recorded: values, each computed once into a dense buffer, and nodes, which
 * are views of values. Moving data (reshape, transpose, broadcast, slice) makes another view and costs nothing.
 */
import type { Expr } from '../../scalar/expr.ts';
import { type Shape, size, strides } from '../../tensor/shape.ts';

/** Elements of a value: that at index i lies at offset + Σ iₐ·strideₐ, in elements. */
export interface Node {
  readonly value: Value;
  readonly shape: Shape;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** How a value comes about. */
export type Operation =
  /** Written by the host before the step, or kept from the step before. */
  | { readonly kind: 'input'; readonly name: string }
  /** Known when the graph is made; a constant of one number is written into formulas instead. */
  | { readonly kind: 'constant'; readonly elements: readonly number[] }
  | { readonly kind: 'map'; readonly expr: Expr; readonly inputs: Readonly<Record<string, Node>> }
  /** Over the middle axis of a view [outer, reduced, inner]. */
  | { readonly kind: 'sum' | 'max'; readonly of: Node }
  /** Nodes side by side in a dense tensor, each from its own index on; what none covers is 0. */
  | { readonly kind: 'assemble'; readonly parts: readonly Part[] }
  /** [batch, m, k]·[batch, k, n]. */
  | { readonly kind: 'matmul'; readonly left: Node; readonly right: Node }
  /** Draws of a key that the host writes: 1 with probability p, else 0. */
  | { readonly kind: 'bernoulli'; readonly key: string; readonly p: number }
  /** Nothing but a mark: a slot of the plan becomes NaN if an element of the node is not finite. */
  | { readonly kind: 'watch'; readonly slot: number; readonly of: Node };

/** Whether all of a node's elements are one and the same. */
export const isUniform = ({ shape, strides: own }: Node): boolean =>
  shape.every((n, axis) => n === 1 || own[axis] === 0);

export interface Part {
  readonly of: Node;
  readonly at: readonly number[];
}

export interface Value {
  /** In the order of recording: operands come before what is computed from them. */
  readonly id: number;
  readonly shape: Shape;
  readonly operation: Operation;
}

/** All of a value, as it lies. */
export const whole = (value: Value): Node => ({
  value,
  shape: value.shape,
  offset: 0,
  strides: strides(value.shape),
});

/** Whether a node's elements lie side by side, row-major; axes of length 1 have no say. */
export const isDense = ({ shape, strides: own }: Node): boolean => {
  const dense = strides(shape);
  return shape.every((n, axis) => n === 1 || own[axis] === dense[axis]);
};

/** Whether a node is its whole value. */
export const isWhole = (node: Node): boolean =>
  node.offset === 0 && isDense(node) && size(node.shape) === size(node.value.shape);

/** The number that all elements of a node are, if the graph knows it. */
export const constantOf = (node: Node): number | undefined => {
  const { operation } = node.value;
  return operation.kind === 'constant' && isUniform(node) ? operation.elements[node.offset] : undefined;
};

/** The nodes that a value is computed from. */
export const operandsOf = ({ operation }: Value): readonly Node[] => {
  switch (operation.kind) {
    case 'map':
      return Object.values(operation.inputs);
    case 'sum':
    case 'max':
    case 'watch':
      return [operation.of];
    case 'assemble':
      return operation.parts.map(({ of }) => of);
    case 'matmul':
      return [operation.left, operation.right];
    default:
      return [];
  }
};

/** The values that some nodes need, operands first. */
export const reachable = (nodes: readonly Node[]): readonly Value[] => {
  const seen = new Map<number, Value>();
  const waiting = nodes.map(({ value }) => value);
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (seen.has(value.id)) continue;
    seen.set(value.id, value);
    waiting.push(...operandsOf(value).map((node) => node.value));
  }
  return [...seen.values()].sort((a, b) => a.id - b.id);
};
