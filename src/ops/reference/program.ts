/**
 * The reference's way to apply an expression to whole arrays: a list of instructions over registers that hold a block
 * of numbers each, so that the cost of choosing an operation is paid once a block. Bit for bit the same as `evaluate`.
 */
import type { Dtype } from '../../scalar/dtype.ts';
import { expand } from '../../scalar/elementary/index.ts';
import type { Expr } from '../../scalar/expr.ts';
import { nodes, operands } from '../../scalar/nodes.ts';
import { buffer, type Floats } from '../../tensor/tensor.ts';
import { type Block, choice, type Kernel, operation } from './kernels.ts';

/** Numbers in a block: a multiple of the kernels' four, small enough that the registers of a long formula stay near. */
const BLOCK = 128;

interface Instruction {
  readonly kernel: Kernel;
  readonly out: Block;
  readonly a: Block;
  readonly b: Block;
  readonly c: Block;
  readonly d: Block;
}

/** An expression compiled for a format. */
export interface Program {
  /** The expression at each of `length` elements; an input of length 1 serves all of them. Throws without an input. */
  readonly run: (inputs: Readonly<Record<string, Floats>>, length: number) => Floats;
}

const load = (block: Block, n: number, data: Floats, from: number): void => {
  for (let i = 0; i < n; i++) block[i] = data[from + i] ?? NaN;
};
const store = (data: Floats, from: number, n: number, block: Block): void => {
  for (let i = 0; i < n; i++) data[from + i] = block[i] ?? NaN;
};

/** The loop of an operation; leaves have none, and functions were expanded. */
const kernelOf = (dtype: Dtype, node: Expr): Kernel | undefined =>
  node.kind === 'select'
    ? choice(node.relation)
    : node.kind === 'unary' || node.kind === 'binary'
      ? operation(dtype, node.op)
      : undefined;

const none: Block = new Float64Array(BLOCK);

const isLeaf = ({ kind }: Expr): boolean => kind === 'input' || kind === 'constant';

/** Inputs and constants keep their registers; that of another value is free again after its last use. */
const allocate = (order: readonly Expr[]): ReadonlyMap<Expr, Block> => {
  const lastUse = new Map<Expr, number>();
  for (const [i, node] of order.entries()) for (const operand of operands(node)) lastUse.set(operand, i);
  const registers = new Map<Expr, Block>();
  const free: Block[] = [];
  const take = (): Block => free.pop() ?? new Float64Array(BLOCK);
  for (const [i, node] of order.entries())
    if (isLeaf(node)) registers.set(node, new Float64Array(BLOCK));
    else {
      // Operands are read before the result is written, element by element, so it may take the place of one.
      for (const operand of new Set(operands(node))) {
        const register = registers.get(operand);
        if (!isLeaf(operand) && register !== undefined && lastUse.get(operand) === i) free.push(register);
      }
      registers.set(node, take());
    }
  return registers;
};

const compileFor = (dtype: Dtype, expr: Expr): Program => {
  const expanded = expand(dtype)(expr);
  const order = nodes(expanded);
  const registers = allocate(order);
  // never: every node has a register
  const at = (node: Expr | undefined): Block => (node === undefined ? none : (registers.get(node) ?? none));
  const inputs = order.flatMap((node) => (node.kind === 'input' ? [{ name: node.name, block: at(node) }] : []));
  const instructions = order.flatMap((node): readonly Instruction[] => {
    const kernel = kernelOf(dtype, node);
    const [a, b, c, d] = operands(node);
    return kernel === undefined ? [] : [{ kernel, out: at(node), a: at(a), b: at(b), c: at(c), d: at(d) }];
  });
  for (const node of order)
    if (node.kind === 'constant') at(node).fill(dtype === 'f32' ? Math.fround(node.value) : node.value);
  const result = at(expanded);

  // The registers are written anew by each run, which nothing interrupts: a run leaves nothing that another reads.
  return {
    run: (given, length) => {
      const sources = inputs.map(({ name, block }) => {
        const data = given[name];
        if (data === undefined) throw new TypeError(`map: no input "${name}", only ${Object.keys(given).join(', ')}`);
        if (data.length === 1) block.fill(data[0] ?? NaN);
        return { data, block };
      });
      const varying = sources.filter(({ data }) => data.length !== 1);
      const out = buffer(dtype, length);
      for (let start = 0; start < length; start += BLOCK) {
        const n = Math.min(BLOCK, length - start);
        for (const { data, block } of varying) load(block, n, data, start);
        for (const { kernel, out: to, a, b, c, d } of instructions) kernel(to, n, a, b, c, d);
        store(out, start, n, result);
      }
      return out;
    },
  };
};

// Compiling is a pure function of an immutable expression; these remember its values, which nobody can observe.
const compiled: Readonly<Record<Dtype, WeakMap<Expr, Program>>> = { f32: new WeakMap(), f64: new WeakMap() };

/** The program of an expression in a format. */
export const compile =
  (dtype: Dtype) =>
  (expr: Expr): Program => {
    const known = compiled[dtype].get(expr);
    if (known !== undefined) return known;
    const program = compileFor(dtype, expr);
    compiled[dtype].set(expr, program);
    return program;
  };
