/**
 * The tensor algebra interpreted as a graph: running a computation once, on nodes, records what it would do. Equal
 * values are recorded once; what nobody asks for is never computed, as only what is reachable from the results counts.
 *
 * Shapes were checked when the network was built, and the reference checks them again where it runs: an operation that it
 * would refuse throws here too.
 */

import type { Ops } from '../../ops/ops.ts';
import type { Random } from '../../ops/random.ts';
import type { Dtype } from '../../scalar/dtype.ts';
import { evaluate } from '../../scalar/evaluate.ts';
import * as S from '../../scalar/expr.ts';
import { inputs as inputNames } from '../../scalar/inputs.ts';
import { fold, mapOperands, operands } from '../../scalar/nodes.ts';
import { equals, isShape, type Shape, show, size, strides } from '../../tensor/shape.ts';
import { constantOf, isDense, isUniform, isWhole, type Node, type Operation, type Value, whole } from './node.ts';
import * as View from './view.ts';

/** A computation being recorded. */
export interface Recorder {
  readonly ops: Ops<Node>;
  /** A tensor that the host writes before a step. */
  readonly input: (name: string, shape: Shape) => Node;
  /** Asks of a slot that it become NaN where an element is not finite. */
  readonly watch: (slot: number, node: Node) => void;
  /** What was asked to be watched. */
  readonly watched: () => readonly Node[];
  /** A copy of a view as a value of its own. */
  readonly dense: (node: Node) => Node;
  /** Draws from numbered sites, of keys that the host writes: inputs `key 0`, `key 1`, … for masks, `normal 0 4,3`, …
   * with their shape. */
  readonly random: Random<Node>;
}

const wrong = (op: string, why: string): never => {
  throw new RangeError(`${op}: ${why}`);
};

const plus0 = S.add(S.input('x'), 0);

const nodeKey = ({ value, shape, offset, strides }: Node): string =>
  `${value.id}:${shape.join(',')}:${offset}:${strides.join(',')}`;

/** What a part of a formula is, but for its operands. */
const shallow = (part: S.Expr): string => {
  switch (part.kind) {
    case 'constant':
      return `constant ${Object.is(part.value, -0) ? '-0' : part.value}`;
    case 'input':
      return `input ${part.name}`;
    case 'select':
      return `select ${part.relation}`;
    case 'call':
      return `call ${part.name}`;
    default:
      return part.op;
  }
};

/** Begins a recording in a format. */
export const record = (dtype: Dtype): Recorder => {
  // What was recorded so far: within one recording, which is over when the caller has its results.
  const known = new Map<string, Value>();
  const formulas = new Map<string, number>();
  const leaves = new Map<string, Node>();
  let count = 0;

  const value = (key: string, shape: Shape, operation: () => Operation): Node => {
    if (!isShape(shape) || size(shape) === 0) wrong('engine', `${show(shape)} holds nothing to compute`);
    const id = `${key}>${shape.join(',')}`;
    const before = known.get(id);
    if (before !== undefined) return whole(before);
    const made: Value = { id: count++, shape, operation: operation() };
    known.set(id, made);
    return whole(made);
  };
  /** A node as an input that bears its name in every formula. */
  const leaf = (node: Node): S.Expr => {
    const name = nodeKey(node);
    leaves.set(name, node);
    return S.input(name);
  };
  /** A number for each formula, the same for the same formula. */
  const structure = (expr: S.Expr): number =>
    fold<string, number>((part, of) => {
      const key = [shallow(part), ...operands(part).map(of)].join(' ');
      const before = formulas.get(key);
      if (before !== undefined) return before;
      formulas.set(key, formulas.size);
      return formulas.size - 1;
    })(expr);

  const constant = (shape: Shape, elements: readonly number[]): Node => {
    const rounded = dtype === 'f32' ? elements.map(Math.fround) : elements;
    const text = rounded.map((x) => (Object.is(x, -0) ? '-0' : `${x}`)).join(' ');
    return value(`constant ${text}`, shape, () => ({ kind: 'constant', elements: rounded }));
  };
  const scalar = (x: number): Node => constant([], [x]);

  const map = (expr: S.Expr, inputs: Readonly<Record<string, Node>>): Node => {
    const given = Object.entries(inputs);
    const shape = given.find(([, node]) => node.shape.length > 0)?.[1].shape ?? [];
    for (const [name, node] of given)
      if (node.shape.length > 0 && !equals(node.shape, shape))
        wrong('map', `input "${name}" is ${show(node.shape)}, another ${show(shape)}`);
    const constants = given.map(([name, node]) => [name, constantOf(node)] as const);
    if (constants.every(([, x]) => x !== undefined)) {
      const x = evaluate(dtype)(expr)(
        Object.fromEntries(constants.map(([name, known]) => [name, known ?? Number.NaN])),
      );
      return View.spread(shape, scalar(x));
    }
    const wide = new Map(
      given.map(([name, node]) => [name, node.shape.length === 0 ? View.spread(shape, node) : node] as const),
    );
    /** A formula over nodes by their own names, as a value. */
    const formula = (own: S.Expr): Node => {
      const nodes = [...inputNames(own)].map((name) => [name, leaves.get(name)] as const);
      const found = nodes.flatMap(([name, node]) => (node === undefined ? [] : [[name, node] as const]));
      const stepped = View.inTwoAxes(
        shape,
        found.map(([, node]) => node),
      )
        ? found
        : found.map(([name, node]) => [name, isDense(node) || isUniform(node) ? node : copied(node)] as const);
      return value(`map ${structure(own)}`, shape, () => ({
        kind: 'map',
        expr: own,
        inputs: Object.fromEntries(stepped),
      }));
    };
    // An elementary function is a value of its own, so that a derivative finds what the function itself has computed.
    const named = fold<string, S.Expr>((part, of) => {
      if (part.kind === 'input') {
        const node = wide.get(part.name);
        if (node === undefined)
          throw new TypeError(`map: no input "${part.name}", only ${[...wide.keys()].join(', ')}`);
        const known = constantOf(node);
        return known === undefined ? leaf(node) : S.constant(known);
      }
      const mapped = mapOperands(of)(part);
      return mapped.kind === 'call' && inputNames(mapped).size > 0 ? leaf(formula(mapped)) : mapped;
    })(expr);
    return named.kind === 'input' ? (leaves.get(named.name) ?? formula(named)) : formula(named);
  };

  /** A dense copy. */
  const copied = (node: Node): Node =>
    value(`copy ${nodeKey(node)}`, node.shape, () => ({
      kind: 'assemble',
      parts: [{ of: node, at: node.shape.map(() => 0) }],
    }));
  const reshape = (shape: Shape, node: Node): Node => {
    if (!isShape(shape) || size(shape) !== size(node.shape))
      return wrong('reshape', `${show(node.shape)} does not have the size of ${show(shape)}`);
    return View.reshape(shape, node) ?? { ...copied(node), shape, strides: strides(shape) };
  };

  const reduced = (kind: 'sum' | 'max', axes: readonly number[], node: Node): Node => {
    if (axes.some((axis, i) => node.shape[axis] === undefined || axes.indexOf(axis) !== i))
      wrong(kind, `no axes [${axes}] in ${show(node.shape)}`);
    const shape = node.shape.map((n, axis) => (axes.includes(axis) ? 1 : n));
    const length = (some: readonly number[]): number => size(some.map((axis) => node.shape[axis] ?? 0));
    const ordered = axes.toSorted((a, b) => a - b);
    const kept = node.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
    const [first = 0] = ordered;
    const [before, after] = [kept.filter((axis) => axis < first), kept.filter((axis) => axis > first)];
    const together = ordered.every((axis, i) => axis === first + i) && (length(before) === 1 || length(after) === 1);
    const [outer, inner] = together ? [before, after] : [kept, []];
    const count = length(ordered);
    if (count === 1) {
      // The greatest of one number is that number; a sum begins with +0, which makes +0 of −0.
      const same = reshape(shape, node);
      return kind === 'max' ? same : map(plus0, { x: same });
    }
    const moved = together ? node : View.transpose([...kept, ...ordered], node);
    const folded = reshape([length(outer), count, length(inner)], moved);
    const blocks = View.inTwoAxes(folded.shape, [folded]) ? folded : copied(folded);
    return reshape(
      shape,
      value(`${kind} ${nodeKey(blocks)}`, [length(outer), length(inner)], () => ({ kind, of: blocks })),
    );
  };

  const assembled = (shape: Shape, parts: readonly { readonly of: Node; readonly at: readonly number[] }[]): Node =>
    value(`assemble ${parts.map(({ of, at }) => `${nodeKey(of)}@${at.join(',')}`).join(' ')}`, shape, () => ({
      kind: 'assemble',
      parts,
    }));

  const matmul = (a: Node, b: Node): Node => {
    const lead = a.shape.slice(0, -2);
    const [m = 0, k = 0] = a.shape.slice(-2);
    const [inner, n = 0] = b.shape.slice(-2);
    if (a.shape.length < 2 || inner !== k || !equals(lead, b.shape.slice(0, -2)))
      return wrong('matmul', `${show(a.shape)} times ${show(b.shape)}`);
    const [left, right] = [reshape([size(lead), m, k], a), reshape([size(lead), k, n], b)];
    return reshape(
      [...lead, m, n],
      value(`matmul ${nodeKey(left)} ${nodeKey(right)}`, [size(lead), m, n], () => ({ kind: 'matmul', left, right })),
    );
  };

  const input = (name: string, shape: Shape): Node => value(`input ${name}`, shape, () => ({ kind: 'input', name }));

  const random = (site: number): Random<Node> => ({
    skip: (sites) => random(site + sites),
    bernoulli: (shape, p) =>
      value(`bernoulli ${site} ${p}`, shape, () => ({ kind: 'bernoulli', key: `key ${site}`, p })),
    // A site may be asked for several shapes.
    normal: (shape) => input(`normal ${site} ${shape.join(',')}`, shape),
  });

  const marks: Node[] = [];
  const watch = (slot: number, node: Node): void =>
    void marks.push(
      value(`watch ${slot} ${nodeKey(node)}`, [], () => ({
        kind: 'watch',
        slot,
        of: isWhole(node) ? node : copied(node),
      })),
    );

  const along = (op: string, axis: number, { shape }: Node): number =>
    shape[axis] ?? wrong(op, `no axis ${axis} in ${show(shape)}`);

  return {
    input,
    watch,
    watched: () => marks,
    dense: copied,
    random: random(0),
    ops: Object.freeze<Ops<Node>>({
      dtype,
      shape: (node) => node.shape,
      scalar,
      iota: (length) =>
        constant(
          [length],
          Array.from({ length }, (_, i) => i),
        ),
      map: (expr, inputs) => map(expr, inputs),
      reshape,
      transpose: (permutation, node) => {
        if (permutation.length !== node.shape.length || new Set(permutation).size !== permutation.length)
          wrong('transpose', `[${permutation}] is not an order of the axes of ${show(node.shape)}`);
        return View.transpose(permutation, node);
      },
      broadcast: (shape, node) => {
        if (
          shape.length !== node.shape.length ||
          shape.some((n, axis) => node.shape[axis] !== n && node.shape[axis] !== 1)
        )
          wrong('broadcast', `${show(node.shape)} does not repeat to ${show(shape)}`);
        return View.broadcast(shape, node);
      },
      sum: (axes, node) => reduced('sum', axes, node),
      max: (axes, node) => reduced('max', axes, node),
      slice: (axis, start, end, node) => {
        if (!(0 <= start && start < end && end <= along('slice', axis, node)))
          wrong('slice', `no range ${start}–${end} along axis ${axis} of ${show(node.shape)}`);
        return View.slice(axis, start, end, node);
      },
      pad: (axis, before, after, node) =>
        assembled(node.shape.with(axis, before + along('pad', axis, node) + after), [
          { of: node, at: node.shape.map((_, i) => (i === axis ? before : 0)) },
        ]),
      concatenate: (axis, nodes) => {
        const [first] = nodes;
        if (first === undefined) return wrong('concatenate', `nothing to join along axis ${axis}`);
        const lengths = nodes.map((node) => {
          if (!equals(node.shape.with(axis, 1), first.shape.with(axis, 1)))
            wrong('concatenate', `${show(node.shape)} beside ${show(first.shape)}`);
          return along('concatenate', axis, node);
        });
        const start = (i: number): number => lengths.slice(0, i).reduce((sum, n) => sum + n, 0);
        return assembled(
          first.shape.with(axis, start(lengths.length)),
          nodes.map((of, i) => ({ of, at: of.shape.map((_, at) => (at === axis ? start(i) : 0)) })),
        );
      },
      matmul,
    }),
  };
};
