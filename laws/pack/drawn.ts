/** A value, or values drawn at random, as samples. */
import * as fc from 'fast-check';

/** The samples of an arbitrary; those of a value are the value. */
export const drawn = <A>(value: A | fc.Arbitrary<A>): fc.Arbitrary<A> =>
  value instanceof fc.Arbitrary ? value : fc.constant(value);
