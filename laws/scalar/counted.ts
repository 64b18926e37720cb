/** Laws that cannot judge every sample. */
import type * as fc from 'fast-check';
import { type Law, law, type Verdict } from '../law.ts';

/** A law whose predicate may answer that a sample cannot be judged. */
export const counted = <A>(
  name: string,
  statement: string,
  arbitrary: fc.Arbitrary<A>,
  predicate: (sample: A) => Verdict | 'excluded',
  options: { readonly runs?: number; readonly show?: (sample: A) => string } = {},
): Law =>
  law(
    name,
    statement,
    arbitrary,
    (sample) => {
      const verdict = predicate(sample);
      return verdict === 'excluded' ? { excluded: 'too near a kink or the edge of a domain' } : verdict;
    },
    options,
  );
