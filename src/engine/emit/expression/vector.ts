/**
 * Computations on vectors as a graph of instructions, of which no two are equal: what expressions are lowered to. A value is
 * the number of its node; operands have lower numbers.
 */
import type { VectorOp } from '../../wasm/instructions.ts';

/** A node's number. */
export type Value = number;

export type VectorNode =
  | { readonly kind: 'input'; readonly name: string }
  /** The same bits in every lane. */
  | { readonly kind: 'constant'; readonly type: 'f32' | 'f64'; readonly bits: bigint }
  | { readonly kind: 'operation'; readonly op: VectorOp; readonly operands: readonly Value[] }
  /** All lanes shifted by one number of places. */
  | { readonly kind: 'shift'; readonly op: VectorOp; readonly operands: readonly Value[]; readonly places: number };

/** Makes nodes; asked for an equal one again, it gives the first. */
export interface Builder {
  readonly add: (node: VectorNode) => Value;
  readonly nodes: () => readonly VectorNode[];
}

const commutative: ReadonlySet<VectorOp> = new Set<VectorOp>([
  'f32x4.add',
  'f64x2.add',
  'f32x4.mul',
  'f64x2.mul',
  'f32x4.eq',
  'f64x2.eq',
  'v128.and',
  'v128.or',
  'v128.xor',
]);

const keyOf = (node: VectorNode): string => {
  switch (node.kind) {
    case 'input':
      return `input ${node.name}`;
    case 'constant':
      return `${node.type} ${node.bits}`;
    case 'operation': {
      const operands = commutative.has(node.op) ? node.operands.toSorted((a, b) => a - b) : node.operands;
      return `${node.op} ${operands.join(' ')}`;
    }
    case 'shift':
      return `${node.op} ${node.operands.join(' ')} ${node.places}`;
  }
};

/** An empty graph. */
export const builder = (): Builder => {
  const nodes: VectorNode[] = [];
  const known = new Map<string, Value>();
  return {
    nodes: () => nodes,
    add: (node) => {
      const key = keyOf(node);
      const same = known.get(key);
      if (same !== undefined) return same;
      known.set(key, nodes.length);
      nodes.push(node);
      return nodes.length - 1;
    },
  };
};
