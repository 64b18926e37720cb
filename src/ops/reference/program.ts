/**
 * The reference's way to apply an expression to whole arrays: a list of instructions over registers that hold a block
 * of numbers each, so that the cost of choosing an operation is paid once a block. Bit for bit the same as `evaluate`.
 */
import type { Dtype } from '../../scalar/dtype.ts';
import { expand } from '../../scalar/elementary/index.ts';
import { binaryOp, relation, unaryOp } from '../../scalar/evaluate.ts';
import type { BinaryOp, Expr, UnaryOp } from '../../scalar/expr.ts';
import { buffer, type Floats } from '../../tensor/tensor.ts';

const BLOCK = 512;

type Block = Float64Array;
/** Computes one register from others, for the first n numbers of the block. */
type Kernel = (out: Block, n: number, a: Block, b: Block, c: Block, d: Block) => void;

interface Instruction {
  readonly kernel: Kernel;
  readonly out: number;
  readonly args: readonly number[];
}
interface Load {
  readonly name: string;
  readonly out: number;
}

/** An expression compiled for a format. */
export interface Program {
  /** The expression at each of `length` elements; an input of length 1 serves all of them. */
  readonly run: (inputs: Readonly<Record<string, Floats>>, length: number) => Floats;
}

const common: { readonly [K in UnaryOp | BinaryOp]?: Kernel } = {
  negate: (out, n, a) => {
    for (let i = 0; i < n; i++) out[i] = -(a[i] ?? NaN);
  },
  abs: (out, n, a) => {
    for (let i = 0; i < n; i++) out[i] = Math.abs(a[i] ?? NaN);
  },
  sqrt: (out, n, a) => {
    for (let i = 0; i < n; i++) out[i] = Math.sqrt(a[i] ?? NaN);
  },
  floor: (out, n, a) => {
    for (let i = 0; i < n; i++) out[i] = Math.floor(a[i] ?? NaN);
  },
  add: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = (a[i] ?? NaN) + (b[i] ?? NaN);
  },
  subtract: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = (a[i] ?? NaN) - (b[i] ?? NaN);
  },
  multiply: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = (a[i] ?? NaN) * (b[i] ?? NaN);
  },
  divide: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = (a[i] ?? NaN) / (b[i] ?? NaN);
  },
  min: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = Math.min(a[i] ?? NaN, b[i] ?? NaN);
  },
  max: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = Math.max(a[i] ?? NaN, b[i] ?? NaN);
  },
};

const eachUnary =
  (f: (x: number) => number): Kernel =>
  (out, n, a) => {
    for (let i = 0; i < n; i++) out[i] = f(a[i] ?? NaN);
  };
const eachBinary =
  (f: (x: number, y: number) => number): Kernel =>
  (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = f(a[i] ?? NaN, b[i] ?? NaN);
  };
const selecting =
  (test: (x: number, y: number) => boolean): Kernel =>
  (out, n, a, b, c, d) => {
    for (let i = 0; i < n; i++) out[i] = (test(a[i] ?? NaN, b[i] ?? NaN) ? c[i] : d[i]) ?? NaN;
  };
const roundToF32 = (block: Block, n: number): void => {
  for (let i = 0; i < n; i++) block[i] = Math.fround(block[i] ?? NaN);
};

/** Which operations can leave the format: those that cannot need no rounding. */
const exact: ReadonlySet<string> = new Set<UnaryOp | BinaryOp>([
  'negate',
  'abs',
  'sign',
  'floor',
  'exponent',
  'significand',
  'min',
  'max',
]);

const kernelOf = (e: Expr): Kernel => {
  switch (e.kind) {
    case 'unary':
      return common[e.op] ?? eachUnary(unaryOp(e.op));
    case 'binary':
      return common[e.op] ?? eachBinary(binaryOp(e.op));
    case 'select':
      return selecting(relation(e.relation));
    default:
      throw new Error(`compile: ${e.kind} is not an operation`);
  }
};

const argsOf = (e: Expr): readonly Expr[] => {
  switch (e.kind) {
    case 'unary':
      return [e.x];
    case 'binary':
      return [e.left, e.right];
    case 'select':
      return [e.left, e.right, e.yes, e.no];
    default:
      return [];
  }
};

/** Every node of an expression once, operands first. */
const ordered = (root: Expr): readonly Expr[] => {
  const seen = new Set<Expr>();
  const order: Expr[] = [];
  const visit = (e: Expr): void => {
    if (seen.has(e)) return;
    seen.add(e);
    argsOf(e).forEach(visit);
    order.push(e);
  };
  visit(root);
  return order;
};

const compileFor = (dtype: Dtype, expr: Expr): Program => {
  const order = ordered(expand(dtype)(expr));
  const lastUse = new Map<Expr, number>(order.map((e, i) => [e, i]));
  for (const [i, e] of order.entries()) for (const arg of argsOf(e)) lastUse.set(arg, i);
  // Inputs and constants keep their registers; that of a value is free again after its last use.
  const registers = new Map<Expr, number>();
  const free: number[] = [];
  let count = 0;
  const take = (): number => free.pop() ?? count++;
  const loads: Load[] = [];
  const constants: { readonly value: number; readonly out: number }[] = [];
  const instructions: Instruction[] = [];
  const register = (e: Expr): number => registers.get(e) ?? 0;
  for (const e of order) if (e.kind === 'input' || e.kind === 'constant') registers.set(e, count++);
  order.forEach((e, i) => {
    if (e.kind === 'input') loads.push({ name: e.name, out: register(e) });
    else if (e.kind === 'constant')
      constants.push({ value: dtype === 'f32' ? Math.fround(e.value) : e.value, out: register(e) });
    else {
      const args = argsOf(e);
      const out = take();
      registers.set(e, out);
      const kernel = kernelOf(e);
      const rounds = dtype === 'f32' && e.kind !== 'select' && !('op' in e && exact.has(e.op));
      instructions.push({
        kernel: rounds
          ? (o, n, a, b, c, d) => {
              kernel(o, n, a, b, c, d);
              roundToF32(o, n);
            }
          : kernel,
        out,
        args: args.map(register),
      });
      for (const arg of new Set(args))
        if (arg.kind !== 'input' && arg.kind !== 'constant' && lastUse.get(arg) === i) free.push(register(arg));
    }
  });
  const result = register(order[order.length - 1] ?? expr);

  return {
    run: (inputs, length) => {
      const out = buffer(dtype, length);
      const width = Math.min(BLOCK, length);
      const blocks = Array.from({ length: count }, () => new Float64Array(width));
      const none = new Float64Array(0);
      const at = (i: number | undefined): Block => (i === undefined ? none : (blocks[i] ?? none));
      for (const { value, out: o } of constants) at(o).fill(value);
      const sources = loads.map((load) => ({ data: inputs[load.name] ?? none, block: at(load.out) }));
      for (const { data, block } of sources) if (data.length === 1) block.fill(data[0] ?? NaN);
      const steps = instructions.map(({ kernel, out: o, args }) => ({
        kernel,
        out: at(o),
        a: at(args[0]),
        b: at(args[1]),
        c: at(args[2]),
        d: at(args[3]),
      }));
      const last = at(result);
      for (let start = 0; start < length; start += width) {
        const n = Math.min(width, length - start);
        for (const { data, block } of sources)
          if (data.length !== 1) for (let i = 0; i < n; i++) block[i] = data[start + i] ?? NaN;
        for (const { kernel, out: o, a, b, c, d } of steps) kernel(o, n, a, b, c, d);
        for (let i = 0; i < n; i++) out[start + i] = last[i] ?? NaN;
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
