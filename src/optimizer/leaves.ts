/** Parameter records side by side: at each leaf the tensors of several records, by name, and back again. */

import { total } from '../ops/derived.ts';
import type { Ops } from '../ops/ops.ts';
import * as S from '../scalar/expr.ts';
import { type Form, leaves, map, type Of, type Tree, zip } from '../tensor/tree.ts';

/** Tensors by name. */
export type Columns<T> = Readonly<Record<string, T>>;

/** At each leaf of `first`, which is called `name`, the leaves of the other records there. */
export const sideBySide = <P extends Form, T>(
  tree: Tree<P>,
  name: string,
  first: Of<P, T>,
  others: Readonly<Record<string, Of<P, T>>>,
): Of<P, Columns<T>> =>
  Object.entries(others).reduce<Of<P, Columns<T>>>(
    (rows, [other, column]) => zip(tree, (row: Columns<T>, x: T): Columns<T> => ({ ...row, [other]: x }), rows, column),
    map(tree, (x: T): Columns<T> => ({ [name]: x }), first),
  );

/** The record of the leaves of one name. */
export const column = <P extends Form, T>(tree: Tree<P>, name: string, rows: Of<P, Columns<T>>): Of<P, T> =>
  map(
    tree,
    (row: Columns<T>): T => {
      const x = row[name];
      if (x === undefined) throw new Error(`Optimizer: no column "${name}" among ${Object.keys(row).join(', ')}`);
      return x;
    },
    rows,
  );

/** The vectors of a name. Throws where there is none: the slots are then another optimizer's. */
export const vectorOf = <V>(vectors: Readonly<Record<string, V>>, name: string): V => {
  const vector = vectors[name];
  if (vector === undefined)
    throw new Error(`Optimizer: the slots hold no vector "${name}", only ${Object.keys(vectors).join(', ') || 'none'}`);
  return vector;
};

/** The scalar of a name that a phase is run with. Throws where there is none. */
export const scalarOf = <T>(scalars: Columns<T>, name: string): T => {
  const scalar = scalars[name];
  if (scalar === undefined)
    throw new Error(`Optimizer: a phase was run without the scalar "${name}", only ${Object.keys(scalars).join(', ')}`);
  return scalar;
};

/** An expression at every element of two records, called a and b. */
export const combine = <P extends Form, T>(
  ops: Ops<T>,
  tree: Tree<P>,
  expr: S.Expr<string>,
  scalars: Columns<T>,
  a: Of<P, T>,
  b: Of<P, T>,
): Of<P, T> => zip(tree, (x: T, y: T): T => ops.map(expr, { ...scalars, a: x, b: y }), a, b);

const sum = S.add(S.input('a'), S.input('b'));
const product = S.multiply(S.input('a'), S.input('b'));

/** The inner product of two records, of shape []: leaf by leaf, added in their order. */
export const dot = <P extends Form, T>(ops: Ops<T>, tree: Tree<P>, a: Of<P, T>, b: Of<P, T>): T =>
  leaves<P, T>(tree, combine(ops, tree, product, {}, a, b)).reduce<T>(
    (joined, leaf) => ops.map(sum, { a: joined, b: total(ops, leaf) }),
    ops.scalar(0),
  );
