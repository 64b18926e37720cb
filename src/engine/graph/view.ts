/** Views of views. Each is again a view, or `undefined` where the elements would have to be moved. */
import { type Shape, strides } from '../../tensor/shape.ts';
import type { Node } from './node.ts';

export interface Axis {
  readonly length: number;
  readonly strides: readonly number[];
}

/** The axes of a shape under several ways to step through it, without those of length 1, and with one for two
 * wherever every way goes through both at one pace. */
export const merged = (shape: Shape, ways: ReadonlyArray<readonly number[]>): readonly Axis[] => {
  const axes: Axis[] = [];
  for (const [axis, length] of shape.entries()) {
    if (length === 1) continue;
    const own = ways.map((way) => way[axis] ?? 0);
    const last = axes.at(-1);
    if (last?.strides.every((stride, i) => stride === (own[i] ?? 0) * length) === true)
      axes.splice(-1, 1, { length: last.length * length, strides: own });
    else axes.push({ length, strides: own });
  }
  return axes;
};

/** Nodes of a shape in step with a dense tensor of it, over at most two axes, the last of them element by element or
 * standing still: the ways that a loop can read. */
export const inTwoAxes = (shape: Shape, nodes: readonly Node[]): boolean => {
  const axes = merged(shape, [strides(shape), ...nodes.map((node) => node.strides)]);
  return axes.length <= 2 && (axes.at(-1)?.strides.every((stride) => stride === 0 || stride === 1) ?? true);
};

/** Steps through another shape of the same size, which must cut or join axes where the view's own are at one pace. */
const reshaped = (node: Node, shape: Shape): readonly number[] | undefined => {
  const axes = merged(node.shape, [node.strides]).map(({ length, strides: [stride = 0] }) => ({ length, stride }));
  const result: number[] = [];
  let at = axes.length - 1;
  let left = axes[at]?.length ?? 1;
  let stride = axes[at]?.stride ?? 0;
  for (const length of shape.toReversed()) {
    if (length === 1) {
      result.unshift(0);
      continue;
    }
    if (left === 1) {
      at -= 1;
      left = axes[at]?.length ?? 1;
      stride = axes[at]?.stride ?? 0;
    }
    if (left % length !== 0) return undefined;
    result.unshift(stride);
    stride *= length;
    left /= length;
  }
  return result;
};

export const reshape = (shape: Shape, node: Node): Node | undefined => {
  const steps = reshaped(node, shape);
  return steps === undefined ? undefined : { ...node, shape, strides: steps };
};

export const transpose = (permutation: readonly number[], node: Node): Node => ({
  ...node,
  shape: permutation.map((axis) => node.shape[axis] ?? 0),
  strides: permutation.map((axis) => node.strides[axis] ?? 0),
});

export const broadcast = (shape: Shape, node: Node): Node => ({
  ...node,
  shape,
  strides: shape.map((_, axis) => (node.shape[axis] === 1 ? 0 : (node.strides[axis] ?? 0))),
});

export const slice = (axis: number, start: number, end: number, node: Node): Node => ({
  ...node,
  shape: node.shape.with(axis, end - start),
  offset: node.offset + start * (node.strides[axis] ?? 0),
});

/** A node of shape [] as one of any shape. */
export const spread = (shape: Shape, node: Node): Node => ({ ...node, shape, strides: strides(shape).map(() => 0) });
