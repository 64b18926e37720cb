/** Products that are not emitted: something outside of WebAssembly does them, in the memory of the plan. */
import type * as O from 'fp-ts/lib/Option.js';
import type { Product } from './product.ts';

/** Byte addresses of the operands and of the dense, row-major result, which overlaps neither. */
export interface Addresses {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** What does a product at its addresses in a memory, as often as it is called. */
export type Bound = (memory: ArrayBuffer) => () => void;

/** What does a product, or none where it is better emitted: it says so by the product alone. */
export type Outside = (product: Product) => O.Option<(at: Addresses) => Bound>;

/** A function that a plan imports. */
export interface Imported {
  /** The number of the kernel whose product it does. */
  readonly kernel: number;
  readonly name: string;
  readonly bind: Bound;
}
