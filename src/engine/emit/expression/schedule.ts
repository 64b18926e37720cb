/**
 * From a graph of instructions to code: what is used once stays on the stack, what is used again goes into a local, which is
 * free for another value after its last use; constants go into locals beforehand.
 */
import { type Code, get, i32, type Local, local, op, set, vectorConstant } from '../../wasm/code.ts';
import type { Lowered } from './lower.ts';
import type { Value, VectorNode } from './vector.ts';

/** What a loop needs: constants before it, its body, and what then pushes each output. */
export interface StraightLine {
  readonly before: Code;
  readonly body: Code;
  readonly outputs: readonly Code[];
}

/** How a value is pushed, and which values in locals that reads. */
interface Pushed {
  readonly code: Code;
  readonly reads: ReadonlyArray<{ readonly value: Value; readonly home: Local }>;
}

const constantCode = ({ type, bits }: Extract<VectorNode, { readonly kind: 'constant' }>): Code =>
  vectorConstant(
    type === 'f32'
      ? new Int32Array(4).fill(Number(BigInt.asIntN(32, bits)))
      : new BigInt64Array(2).fill(BigInt.asIntN(64, bits)),
  );

const operandsOf = (node: VectorNode | undefined): readonly Value[] =>
  node !== undefined && 'operands' in node ? node.operands : [];

/**
 * The operations that outputs need, each after its operands. Of two operands the one that needs more locals comes first (Sethi
 * and Ullman, 1970), which keeps few values waiting.
 */
const schedule = (nodes: readonly VectorNode[], outputs: readonly Value[]): readonly Value[] => {
  const needs: number[] = [];
  for (const [i, node] of nodes.entries()) {
    const inner = operandsOf(node)
      .map((operand) => needs[operand] ?? 0)
      .toSorted((a, b) => b - a);
    needs[i] =
      node.kind === 'operation' || node.kind === 'shift' ? Math.max(1, ...inner.map((need, k) => need + k)) : 0;
  }
  const placed = new Set<Value>();
  const pending: Value[] = [...outputs].reverse();
  for (let value = pending.at(-1); value !== undefined; value = pending.at(-1)) {
    const waiting = operandsOf(nodes[value]).filter((operand) => !placed.has(operand));
    if (waiting.length === 0) {
      placed.add(value);
      pending.pop();
    } else pending.push(...waiting.toSorted((a, b) => (needs[a] ?? 0) - (needs[b] ?? 0)));
  }
  return [...placed];
};

/** How the names of locals begin: of those that are written for every vector, and of those that hold constants. */
export interface Names {
  readonly prefix: string;
  readonly constants: string;
}

/** The code of a graph, its inputs pushed by `input`. */
export const code = (
  { nodes, outputs }: Lowered,
  { prefix, constants }: Names,
  input: (name: string) => Code,
): StraightLine => {
  const order = schedule(nodes, outputs);
  const uses = new Map<Value, number>();
  for (const value of [...order.flatMap((each) => operandsOf(nodes[each])), ...outputs])
    uses.set(value, (uses.get(value) ?? 0) + 1);
  const kept = new Set(outputs);
  const pushes = new Map<Value, Pushed>();
  const free: Local[] = [];
  const [before, body]: [Code[], Code[]] = [[], []];
  let made = 0;
  const fresh = (): Local => {
    made += 1;
    return local('v128', `${prefix}${made - 1}`);
  };
  const pushed = (value: Value): Code => pushes.get(value)?.code ?? [];
  /** An operation's code: what it reads is free only when it runs, which for code on the stack is with its user. */
  const keep = (value: Value, operands: readonly Value[], result: Code): void => {
    const reads = operands.flatMap((operand) => pushes.get(operand)?.reads ?? []);
    if (uses.get(value) === 1 && !kept.has(value)) {
      pushes.set(value, { code: result, reads });
      return;
    }
    for (const read of reads) {
      const left = (uses.get(read.value) ?? 0) - 1;
      uses.set(read.value, left);
      if (left === 0) free.push(read.home);
    }
    const home = free.pop() ?? fresh();
    body.push(set(home, result));
    pushes.set(value, { code: get(home), reads: [{ value, home }] });
  };
  for (const value of order) {
    const node = nodes[value];
    if (node === undefined) throw new Error(`expression: no node ${value}`);
    switch (node.kind) {
      case 'input':
        pushes.set(value, { code: input(node.name), reads: [] });
        break;
      case 'constant': {
        const home = local('v128', `${constants}${before.length}`);
        before.push(set(home, constantCode(node)));
        pushes.set(value, { code: get(home), reads: [] });
        break;
      }
      case 'operation':
        keep(value, node.operands, op(node.op, ...node.operands.map(pushed)));
        break;
      case 'shift':
        keep(value, node.operands, op(node.op, ...node.operands.map(pushed), i32(node.places)));
    }
  }
  return { before, body, outputs: outputs.map(pushed) };
};
