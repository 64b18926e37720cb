/** A small wrong value, and what must notice. */
import type { LawSet } from '../law.ts';

/** A small wrong value, and what must notice. */
export interface Broken {
  readonly name: string;
  /** What is wrong with it, in one sentence. */
  readonly fault: string;
  /** The name of the law that must fail. */
  readonly law: string;
  /** What the author of the value would call. */
  readonly laws: LawSet;
  /** One of the eight faults of a published teaching implementation. */
  readonly teaching?: true;
}
