/** One emitted product, run over poisoned memory and looked at from outside. */
import type { Operand, Product } from '../../src/engine/emit/product.ts';
import { product } from '../../src/engine/emit/product.ts';
import { type Code, copy, fill, i32, load, op, store } from '../../src/engine/wasm/code.ts';
import { encode } from '../../src/engine/wasm/encode.ts';
import type { Floats, Tensor } from '../../src/tensor/tensor.ts';

/** Every byte of poisoned memory: a NaN in either format. */
const POISON = 0xff;

/** Memories for all runs, small and large, since to poison and to reserve them is dear. */
const memories = [3, 24, 96].map((pages) => new WebAssembly.Memory({ initial: pages }));

/** Which of the buffers ends where the memory ends, so that to read past its padding traps. */
export const lasts = ['a', 'b', 'c', 'scratch'] as const;
export type Last = (typeof lasts)[number];

export interface Run {
  /** The rows of c as they were when they were reported. */
  readonly rows: Floats;
  /** What was reported, in order. */
  readonly reports: ReadonlyArray<{ readonly from: number; readonly to: number }>;
  /** The first byte that was changed outside of c and scratch, or in c after its rows were reported. */
  readonly trespass: number | undefined;
}

const padded = (bytes: number): number => Math.ceil(bytes / 64) * 64;

/** How many numbers a matrix with these distances spans. */
const span = (rows: number, columns: number, { row, column }: Operand): number =>
  (rows - 1) * row + (columns - 1) * column + 1;

const lay = (to: Floats, { shape: [rows = 0, columns = 0], data }: Tensor, { row, column }: Operand): void => {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) to[i * row + j * column] = data[i * columns + j] ?? NaN;
};

/** Where everything lies; 64 poisoned bytes and more are between any two. */
const places = (p: Product, scratch: number, last: Last) => {
  const bytes = p.dtype === 'f32' ? 4 : 8;
  const c = p.m * p.n * bytes;
  const sizes = {
    a: span(p.m, p.k, p.a) * bytes,
    b: span(p.k, p.n, p.b) * bytes,
    c,
    scratch,
    copied: c,
    log: 8 * p.m + 4,
  };
  const needed = Object.values(sizes).reduce((sum, size) => sum + padded(size) + 64, 64);
  const memory = memories.find(({ buffer }) => buffer.byteLength >= needed);
  if (memory === undefined) throw new Error(`product-run: the memories of the laws have less than ${needed} bytes`);
  const at = {
    a: 0,
    b: 0,
    c: 0,
    scratch: 0,
    copied: 0,
    log: 0,
    [last]: memory.buffer.byteLength - padded(sizes[last]),
  };
  let next = 64;
  for (const name of ['log', 'a', 'copied', 'b', 'scratch', 'c'] as const)
    if (name !== last) {
      at[name] = next;
      next += padded(sizes[name]) + 64;
    }
  return { at, sizes, bytes, memory };
};

const view = (memory: WebAssembly.Memory, { dtype }: Product, at: number, length: number): Floats =>
  dtype === 'f32' ? new Float32Array(memory.buffer, at, length) : new Float64Array(memory.buffer, at, length);

/** Compiled with a report that copies the rows away, poisons them and writes down which they were. */
const compiled = (
  p: Product,
  at: { readonly c: number; readonly copied: number; readonly log: number },
  row: number,
): Uint8Array<ArrayBuffer> => {
  const whenRowsDone = (from: Code, to: Code): Code => {
    const first = op('i32.mul', from, i32(row));
    const bytes = op('i32.mul', op('i32.sub', to, from), i32(row));
    const entry = op('i32.add', i32(at.log), load('i32.load', i32(at.log)));
    return [
      copy(op('i32.add', i32(at.copied), first), op('i32.add', i32(at.c), first), bytes),
      fill(op('i32.add', i32(at.c), first), i32(POISON), bytes),
      store('i32.store', entry, from, 4),
      store('i32.store', entry, to, 8),
      store('i32.store', i32(at.log), op('i32.add', load('i32.load', i32(at.log)), i32(8))),
    ];
  };
  const { functions } = product('product', p, whenRowsDone);
  return encode({
    pages: 1,
    functions: functions.map((one) => (one.name === 'product' ? { ...one, exported: true } : one)),
  });
};

/** The module of a description, without reports. */
export const moduleOf = (p: Product): Uint8Array => encode({ pages: 1, functions: product('product', p).functions });

/** Runs a product of matrices that lie as its description says, in memory that was poisoned. */
export const run = (p: Product, a: Tensor, b: Tensor, last: Last): Run => {
  const { at, sizes, bytes, memory } = places(p, product('product', p).scratch, last);
  const row = p.n * bytes;
  const module = compiled(p, at, row);
  const words = new Uint32Array(memory.buffer);
  words.fill(0xffffffff);
  lay(view(memory, p, at.a, sizes.a / bytes), a, p.a);
  lay(view(memory, p, at.b, sizes.b / bytes), b, p.b);
  words[at.log / 4] = 0;
  const before = words.slice();
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module), { env: { memory } });
  const { product: emitted } = exports;
  if (typeof emitted !== 'function') throw new Error('product-run: no product');
  emitted(at.a, at.b, at.c, at.scratch);
  const rows = view(memory, p, at.copied, p.m * p.n).slice();
  const log = words.slice(at.log / 4, (at.log + sizes.log) / 4);
  // What it may write becomes as it was; what differs then is trespass.
  for (const name of ['scratch', 'copied', 'log'] as const)
    words.set(before.subarray(at[name] / 4, (at[name] + sizes[name]) / 4), at[name] / 4);
  let trespass: number | undefined;
  for (let i = 0; i < words.length && trespass === undefined; i++) if (words[i] !== before[i]) trespass = 4 * i;
  return {
    rows,
    reports: Array.from({ length: (log[0] ?? 0) / 8 }, (_, i) => ({
      from: log[2 * i + 1] ?? -1,
      to: log[2 * i + 2] ?? -1,
    })),
    trespass,
  };
};
