/**
 * Expressions as plain JSON. An expression is written as the list of its nodes, each once, operands before the nodes
 * that use them and by their place in the list, the expression itself last: a tree would write a shared node once for
 * each path to it. Numbers that JSON has no form for (NaN, ±∞, −0) are written as text.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { closed } from './closed.ts';
import type { Expr } from './expr.ts';
import { type NodeOf, nodeCodec } from './node-codec.ts';
import { nodes } from './nodes.ts';

/** An expression as JSON. */
export interface ExprJson {
  readonly nodes: ReadonlyArray<NodeOf<string, number, number | string>>;
}

/** The operands of a node, by the names of their fields. */
const fieldsOf = <N, P>(node: NodeOf<N, P>): ReadonlyArray<readonly [string, P]> => {
  switch (node.kind) {
    case 'constant':
    case 'input':
      return [];
    case 'unary':
      return [['x', node.x]];
    case 'binary':
      return [
        ['left', node.left],
        ['right', node.right],
      ];
    case 'select':
      return [
        ['left', node.left],
        ['right', node.right],
        ['yes', node.yes],
        ['no', node.no],
      ];
    case 'call':
      return node.args.map((arg, i) => [`args.${i}`, arg] as const);
  }
};

/** The same node with other operands. */
const withOperands = <N, P, Q>(node: NodeOf<N, P>, of: (operand: P) => Q): NodeOf<N, Q> => {
  switch (node.kind) {
    case 'constant':
    case 'input':
      return node;
    case 'unary':
      return { ...node, x: of(node.x) };
    case 'binary':
      return { ...node, left: of(node.left), right: of(node.right) };
    case 'select':
      return { ...node, left: of(node.left), right: of(node.right), yes: of(node.yes), no: of(node.no) };
    case 'call':
      return { ...node, args: Object.freeze(node.args.map(of)) };
  }
};

const anyNode = nodeCodec(t.string, t.unknown);

/** Whether a value is an expression whose names are all of a type. */
const isExpr =
  <N extends string>(name: t.Type<N>) =>
  (u: unknown): u is Expr<N> => {
    const seen = new Set<unknown>();
    const pending: unknown[] = [u];
    while (pending.length > 0) {
      const node = pending.pop();
      if (seen.has(node)) continue;
      if (!anyNode.is(node) || (node.kind === 'input' && !name.is(node.name))) return false;
      seen.add(node);
      pending.push(...fieldsOf(node).map(([, operand]) => operand));
    }
    return true;
  };

/** The expression whose nodes these are, or the first place where they are not those of one. */
const link = <N extends string>(list: ReadonlyArray<NodeOf<N, number>>, context: t.Context): t.Validation<Expr<N>> => {
  const refuse = (received: unknown, path: string, expected: string): t.Validation<Expr<N>> =>
    t.failure(received, t.appendContext(context, path, t.number), expected);
  const used = new Set<number>();
  const built: Expr<N>[] = [];
  const at = (place: number): Expr<N> => {
    const found = built[place];
    // never: only places before were let through
    if (found === undefined) throw new Error(`exprCodec: no node ${place}`);
    return found;
  };
  for (const [i, node] of list.entries()) {
    for (const [field, place] of fieldsOf(node)) {
      if (!(Number.isInteger(place) && place >= 0 && place < i))
        return refuse(
          place,
          `nodes.${i}.${field}`,
          i === 0 ? 'no operand before it' : `the place of a node before ${i}`,
        );
      used.add(place);
    }
    built.push(Object.freeze(withOperands(node, at)));
  }
  const unused = list.findIndex((_, i) => i < list.length - 1 && !used.has(i));
  if (unused >= 0) return refuse(list[unused], `nodes.${unused}`, 'a node that a later node uses');
  return list.length === 0 ? refuse(list, 'nodes', 'at least one node') : t.success(at(list.length - 1));
};

const codecOf = <N extends string>(title: string, name: t.Type<N>): t.Type<Expr<N>, ExprJson> => {
  const json = closed('an expression', { nodes: t.readonlyArray(nodeCodec(name, t.number)) });
  return new t.Type<Expr<N>, ExprJson>(
    title,
    isExpr(name),
    (u, context) =>
      pipe(
        json.validate(u, context),
        E.chain((decoded) => link(decoded.nodes, context)),
      ),
    (expr) => {
      const list = nodes(expr);
      const places = new Map(list.map((node, i) => [node, i]));
      return json.encode({ nodes: list.map((node) => withOperands(node, (operand) => places.get(operand) ?? -1)) });
    },
  );
};

/**
 * The codec of expressions with inputs of any name. Refuses what is not one: an unknown kind, operation or field, too
 * few or too many operands, an operand that does not stand before its node, a node that nothing uses.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.exprCodec.encode(Expr.max(Expr.input('x'), -0))
 * // => { nodes: [{ kind: 'input', name: 'x' }, { kind: 'constant', value: '-0' }, { kind: 'binary', op: 'max', left: 0, right: 1 }] }
 * Expr.exprCodec.decode({ nodes: [{ kind: 'unary', op: 'cube', x: 0 }] })._tag // => 'Left'
 * ```
 */
export const exprCodec: t.Type<Expr, ExprJson> = codecOf('an expression', t.string);

/**
 * The codec of expressions whose inputs all have one of some names; refuses others, and what {@link exprCodec} does.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * const activation = Expr.exprCodecOf(['x']);
 * activation.decode({ nodes: [{ kind: 'input', name: 'x' }] })._tag // => 'Right'
 * activation.decode({ nodes: [{ kind: 'input', name: 'y' }] })._tag // => 'Left'
 * ```
 */
export const exprCodecOf = <const N extends string>(names: readonly N[]): t.Type<Expr<N>, ExprJson> => {
  const is = (u: unknown): u is N => names.some((name) => name === u);
  const title = names.length === 1 ? `the name ${names.join('')}` : `one of the names ${names.join(', ')}`;
  return codecOf(
    `an expression of ${names.join(', ')}`,
    new t.Type<N>(title, is, (u, context) => (is(u) ? t.success(u) : t.failure(u, context, title)), t.identity),
  );
};
