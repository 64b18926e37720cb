/** What every subject of the pack may be told. */

import type { Dtype } from '../../src/scalar/dtype.ts';
import { except, type Law, type LawSet, lawSet } from '../law.ts';

/** What every subject of the pack may be told. */
export interface PackOptions {
  /** What the set is called: the value's name. */
  readonly name?: string;
  /** How many samples every law draws, instead of its own number. */
  readonly runs?: number;
  /** The formats in which the value is asked to work; both where nothing is said. */
  readonly dtypes?: readonly Dtype[];
  /** Multiplies every derived tolerance; 1 where nothing is said. */
  readonly tolerance?: number;
  /** Laws that are not to be expected, and why: the name of each with the reason, which is printed. */
  readonly except?: Readonly<Record<string, string>>;
}

/** The formats of a run. */
export const dtypesOf = (options: PackOptions): readonly Dtype[] => options.dtypes ?? ['f32', 'f64'];

/** What multiplies the tolerances. */
export const toleranceOf = (options: PackOptions): number => options.tolerance ?? 1;

/** How many samples a law draws that would draw `own`. */
export const runsOf = (options: PackOptions, own: number): number => options.runs ?? own;

/** The set of a subject's laws under the name that the options give, or its own, without those that are not expected. */
export const packed = (own: string, options: PackOptions, laws: readonly Law[], sets: readonly LawSet[] = []): LawSet =>
  except(options.except ?? {})(lawSet(options.name ?? own, laws, sets));
