/** Where the emitters find what they read and write. */
import type { Value } from '../graph/node.ts';

/** Constant addresses in the plan's memory. */
export interface Layout {
  /** Of a value's buffer. */
  readonly at: (value: Value) => number;
  /** Whether a value has a buffer. */
  readonly stored: ReadonlySet<number>;
  /** Of the vector that marks a slot of `watch`. */
  readonly slot: (slot: number) => number;
  /** Of a key's two words. */
  readonly key: (name: string) => number;
}
