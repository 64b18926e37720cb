/** What every subject of the pack may be told. */

import type { Dtype } from '../../src/scalar/dtype.ts';
import { code, except, type Law, type LawSet, lawSet } from '../law.ts';

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

/** The formats of a run. No format at all would be no law at all. */
export const dtypesOf = ({ dtypes = ['f32', 'f64'] }: PackOptions): readonly Dtype[] => {
  if (dtypes.length === 0) throw new RangeError('laws: the formats (dtypes) are one at least, not none');
  return dtypes;
};

/** What multiplies the tolerances. */
export const toleranceOf = ({ tolerance = 1 }: PackOptions): number => {
  if (!(Number.isFinite(tolerance) && tolerance > 0))
    throw new RangeError(`laws: a tolerance is a finite number above 0, not ${tolerance}`);
  return tolerance;
};

/** Throws unless a subject is of a kind that there is: one of another would have next to no laws. */
export const checkKind = <K extends string>(what: string, kinds: Readonly<Record<K, null>>, kind: K): void => {
  if (!Object.hasOwn(kinds, kind))
    throw new RangeError(`${what}: the kind is one of ${Object.keys(kinds).join(', ')}, not ${code(kind)}`);
};

/** How many samples a law draws that would draw `own`. */
export const runsOf = (options: PackOptions, own: number): number => options.runs ?? own;

/** The set of a subject's laws under the name that the options give, or its own, without those that are not expected. */
export const packed = (
  own: string,
  options: PackOptions,
  laws: readonly Law[],
  sets: readonly LawSet[] = [],
): LawSet => {
  // What no law would hold to is refused when the set is made.
  dtypesOf(options);
  toleranceOf(options);
  return except(options.except ?? {})(lawSet(options.name ?? own, laws, sets));
};
