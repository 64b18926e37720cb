/**
 * Matrix products in WebAssembly: each element sums over k in ascending order from +0, every product and sum rounded, as
 * the reference has it, so that the results are the same in every bit.
 *
 * The right side is cut into panels of a few vectors, which are copied so that they are read in order; tiles of the result
 * are kept in registers while k runs (after Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", 2008).
 */
import type { Dtype } from '../../scalar/dtype.ts';
import { type Code, type Func, i32 } from '../wasm/code.ts';
import { blocked } from './product/blocked.ts';
import { addresses } from './product/part.ts';
import { planOf } from './product/plan.ts';
import { straight } from './product/straight.ts';

/** Where the elements of a matrix lie: distances in elements. */
export interface Operand {
  readonly row: number;
  readonly column: number;
}

/** c[i, j] = Σ a[i, p]·b[p, j] with p < k; c is dense and row-major. */
export interface Product {
  readonly dtype: Dtype;
  readonly m: number;
  readonly k: number;
  readonly n: number;
  /** Element (i, p) lies at i·row + p·column. */
  readonly a: Operand;
  /** Element (p, j) lies at p·row + j·column. */
  readonly b: Operand;
  /** What registers hold at a time; it changes the speed, never a bit. */
  readonly tile?: { readonly rows: number; readonly columns: number };
}

export interface Emitted {
  /** The one of the product's name takes the addresses of a, b, c and of scratch memory; c overlaps neither a nor b. */
  readonly functions: readonly Func[];
  /** Bytes. */
  readonly scratch: number;
}

/**
 * The functions of a product. `whenRowsDone(from, to)` is put after the code that finishes rows from … to − 1 of c: every
 * row once, in ascending order, while they are in the cache.
 */
export const product = (name: string, p: Product, whenRowsDone?: (from: Code, to: Code) => Code): Emitted => {
  const plan = planOf(p);
  // One column is computed as one row: its elements are done together.
  const done = (from: Code, to: Code): Code =>
    whenRowsDone === undefined ? [] : plan.m === p.m ? whenRowsDone(from, to) : whenRowsDone(i32(0), i32(p.m));
  const { functions, body, scratch } = plan.straight ? straight(plan, done) : blocked(name, plan, done);
  const { a, b, c, scratch: free } = addresses;
  const main: Func = { name, parameters: plan.m === p.m ? [a, b, c, free] : [b, a, c, free], results: [], body };
  return { functions: [...functions, main], scratch };
};
