/**
 * Which way a computation went: the sides that it took at each select, min, max, abs, sign and floor. Where two points of
 * a stencil went different ways a kink lies between them, and differences say nothing.
 */
import type { Ops } from '../../src/ops/ops.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import type { Dtype } from '../../src/scalar/dtype.ts';
import { type Expr, exponent, floor, ifEqual, input, select, sign, subtract } from '../../src/scalar/expr.ts';
import { nodes } from '../../src/scalar/nodes.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';

/** The sides that one operation took at the elements it was computed at. */
export interface Decision {
  /** The operation: `max`, `select less`, … */
  readonly what: string;
  readonly sides: ArrayLike<number>;
}

/** What was decided, in order. */
export type Trace = readonly Decision[];

/** −0 is the side of 0, and NaN one of its own. */
const sameSide = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));

/**
 * Where two runs of a computation first went different ways, in words; `undefined` where they went the same way.
 *
 * @example
 * ```ts
 * import { parting } from 'nabla-ts/laws';
 * parting([{ what: 'abs', sides: [1, 1] }], [{ what: 'abs', sides: [1, -1] }]) // => 'abs takes another side at element 1'
 * ```
 */
export const parting = (a: Trace, b: Trace): string | undefined => {
  if (a.length !== b.length) return `${a.length} decisions become ${b.length}`;
  for (const [i, { what, sides }] of a.entries()) {
    const other = b[i];
    if (other === undefined || other.what !== what) return `${what} becomes ${other?.what}`;
    for (let at = 0; at < Math.max(sides.length, other.sides.length); at++)
      if (!sameSide(sides[at] ?? NaN, other.sides[at] ?? NaN))
        return `${what} takes another side${sides.length > 1 ? ` at element ${at}` : ''}`;
  }
  return undefined;
};

/**
 * Whether two runs of a computation went the same way everywhere.
 *
 * @example
 * ```ts
 * import { sameWay } from 'nabla-ts/laws';
 * sameWay([{ what: 'abs', sides: [1, 1] }], [{ what: 'abs', sides: [1, 1] }]) // => true
 * ```
 */
export const sameWay = (a: Trace, b: Trace): boolean => parting(a, b) === undefined;

/** An operation that branches, and its outcome as a formula. */
interface Branch<N extends string> {
  readonly what: string;
  readonly side: Expr<N>;
}

const branch = <N extends string>(node: Expr<N>): readonly Branch<N>[] => {
  switch (node.kind) {
    case 'select':
      return [{ what: `select ${node.relation}`, side: select(node.relation)(node.left, node.right, 1, 0) }];
    case 'binary':
      return node.op === 'min' || node.op === 'max'
        ? [{ what: node.op, side: sign(subtract(node.left, node.right)) }]
        : [];
    case 'unary':
      switch (node.op) {
        case 'abs':
        case 'sign':
          return [{ what: node.op, side: sign(node.x) }];
        case 'floor':
          return [{ what: node.op, side: floor(node.x) }];
        case 'exponent':
        case 'significand':
          return [{ what: node.op, side: exponent(node.x) }];
        default:
          return [];
      }
    default:
      return [];
  }
};

const known = new WeakMap<Expr, readonly Branch<string>[]>();
/** The operations of an expression that branch, found once. Elementary functions count as smooth: what they branch on
 * inside is not noted. */
const branchesOf = (expr: Expr): readonly Branch<string>[] => {
  const found = known.get(expr) ?? nodes(expr).flatMap(branch<string>);
  known.set(expr, found);
  return found;
};

const isGreatest = ifEqual(input('x'), input('greatest'), 1, 0);

/**
 * Runs a computation in the reference, and says which way it went.
 *
 * @example
 * ```ts
 * import { Expr, Ops, Tensor } from 'nabla-ts';
 * import { traced } from 'nabla-ts/laws';
 * const relu = Expr.max(Expr.input('x'), 0);
 * const x = Tensor.generate('f64', [3], (i) => i - 1);
 * const { trace } = traced('f64', (ops) => ops.map(relu, { x }));
 * trace.map(({ what, sides }) => [what, ...Array.from(sides)]) // => [['max', -1, 0, 1]]
 * ```
 */
export const traced = <A>(
  dtype: Dtype,
  computation: (ops: Ops<Tensor>) => A,
): { readonly result: A; readonly trace: Trace } => {
  const plain = reference(dtype);
  const trace: Decision[] = [];
  const result = computation({
    ...plain,
    map: <N extends string>(expr: Expr<N>, inputs: Readonly<Record<N, Tensor>>) => {
      for (const { what, side } of branchesOf(expr)) trace.push({ what, sides: plain.map<string>(side, inputs).data });
      return plain.map(expr, inputs);
    },
    max: (axes, x) => {
      const greatest = plain.max(axes, x);
      const sides = plain.map(isGreatest, { x, greatest: plain.broadcast(x.shape, greatest) });
      trace.push({ what: 'the greatest', sides: sides.data });
      return greatest;
    },
  });
  return { result, trace };
};
