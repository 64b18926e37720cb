/**
 * Where a value's elements lie: every loop goes over rows and columns, and reads an operand at row·r + column·c with a
 * column step of 1 (element by element) or 0 (standing still).
 */
import { size } from '../../tensor/shape.ts';
import { isDense, type Node, type Value } from '../graph/node.ts';
import { merged } from '../graph/view.ts';

export type Direction = 'rows' | 'columns';

/** Rows and columns that are gone through. A flat domain is one row that any rows × columns of its size could be. */
export interface Domain {
  readonly rows: number;
  readonly columns: number;
  readonly flat: boolean;
  /** Along which the elements are reduced: `rows` for one number a row. */
  readonly direction?: Direction;
}

/** How an operand is read in a domain, in elements. */
export interface Access {
  readonly node: Node;
  readonly row: number;
  readonly column: number;
}

/** The domain of a value that a loop can compute; of others `undefined`. */
export const domainOf = ({ operation, shape }: Value): Domain | undefined => {
  switch (operation.kind) {
    case 'map': {
      const axes = merged(shape, [denseSteps(shape), ...Object.values(operation.inputs).map((node) => node.strides)]);
      const [rows, columns] = axes.map(({ length }) => length);
      return columns === undefined
        ? { rows: 1, columns: rows ?? 1, flat: true }
        : { rows: rows ?? 1, columns, flat: false };
    }
    case 'sum':
    case 'max': {
      const [outer = 1, reduced = 1, inner = 1] = operation.of.shape;
      return inner === 1
        ? { rows: outer, columns: reduced, flat: false, direction: 'rows' }
        : { rows: reduced, columns: inner, flat: false, direction: 'columns' };
    }
    case 'watch':
      return { rows: 1, columns: size(operation.of.shape), flat: true };
    default:
      return undefined;
  }
};

const denseSteps = (shape: readonly number[]): readonly number[] => shape.map((_, axis) => size(shape.slice(axis + 1)));

/** How a node is read by a value of a shape in a domain of as many elements. */
export const accessOf = (node: Node, { rows, columns }: Domain): Access => {
  if (isDense(node)) return { node, row: rows === 1 ? 0 : columns, column: columns === 1 ? 0 : 1 };
  const axes = merged(node.shape, [denseSteps(node.shape), node.strides]);
  const steps = axes.map(({ strides: [, own = 0] }) => own);
  // One axis in two: all elements one, or a dense row over and over.
  if (steps.length === 0) return { node, row: 0, column: 0 };
  const [first = 0, second] = steps;
  return second === undefined
    ? { node, row: rows === 1 ? 0 : first * columns, column: first }
    : { node, row: first, column: second };
};
