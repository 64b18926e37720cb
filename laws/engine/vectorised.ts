/** Expressions as a WebAssembly function over columns of numbers: what the laws of the emitter hold to `evaluate`. */
import { straightLine } from '../../src/engine/emit/expression.ts';
import { type Code, count, get, i32, load, local, type Module, store } from '../../src/engine/wasm/code.ts';
import { encode } from '../../src/engine/wasm/encode.ts';
import type { Dtype } from '../../src/scalar/dtype.ts';
import type { Expr } from '../../src/scalar/expr.ts';

/** How many numbers a column has at most: 128 KiB of f64. */
export const COLUMN = 2 ** 14;
const BYTES = COLUMN * 8;
const PAGES = 32;

// One memory for all: each reserves gigabytes of addresses. A call writes all that it reads, and nothing else reads it.
const memory = new WebAssembly.Memory({ initial: PAGES });

/** Columns of inputs to columns of outputs. */
export type Vectorised = (columns: readonly ArrayLike<number>[]) => readonly (readonly number[])[];

/** The module: the inputs' columns, in the order of their names, and after them the outputs' at multiples of BYTES. */
export const moduleOf = (dtype: Dtype, exprs: readonly Expr[], names: readonly string[]): Module => {
  const [at, end] = [local('i32', 'at'), local('i32', 'end')];
  const inputs = names.map((name, i) => ({ name, variable: local('v128', `input${i}`), offset: i * BYTES }));
  const input = (name: string): Code => {
    const found = inputs.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no input ${name}`);
    return get(found.variable);
  };
  const { before, body, outputs } = straightLine(dtype, 'e', exprs, input);
  const loads = inputs.map(
    ({ variable, offset }): Code => [
      load('v128.load', get(at), offset),
      { kind: 'local', op: 'local.set', local: variable },
    ],
  );
  const stores = outputs.map((output, i) => store('v128.store', get(at), output, (names.length + i) * BYTES));
  return {
    pages: PAGES,
    functions: [
      {
        name: 'run',
        parameters: [end],
        results: [],
        exported: true,
        body: [before, count(at, i32(0), get(end), 16, loads, body, stores)],
      },
    ],
  };
};

/** Compiles expressions and gives them as a function. Throws where the module does not validate. */
export const vectorised = (dtype: Dtype, exprs: readonly Expr[], names: readonly string[]): Vectorised => {
  if ((names.length + exprs.length) * BYTES > PAGES * 65536) throw new Error('more columns than there is memory');
  const instance = new WebAssembly.Instance(new WebAssembly.Module(encode(moduleOf(dtype, exprs, names))), {
    env: { memory },
  });
  const run = instance.exports.run;
  if (typeof run !== 'function') throw new Error('the module exports no function');
  const column = (i: number, length: number): Float32Array | Float64Array =>
    dtype === 'f32'
      ? new Float32Array(memory.buffer, i * BYTES, length)
      : new Float64Array(memory.buffer, i * BYTES, length);
  return (columns) => {
    const length = columns[0]?.length ?? 0;
    if (length > COLUMN) throw new Error(`${length} numbers are more than a column has`);
    for (const [i, values] of columns.entries()) column(i, length).set(values);
    run(Math.ceil((length * (dtype === 'f32' ? 4 : 8)) / 16) * 16);
    return exprs.map((_, i) => [...column(names.length + i, length)]);
  };
};
