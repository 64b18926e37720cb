/** Laws that cannot judge every sample: they count what they exclude, and fail when that is more than half. */
import type * as fc from 'fast-check';
import { type Law, law, type Verdict } from '../law.ts';

/** A law whose predicate may answer that a sample cannot be judged. */
export const counted = <A>(
  name: string,
  statement: string,
  arbitrary: fc.Arbitrary<A>,
  predicate: (sample: A) => Verdict | 'excluded',
  options: { readonly runs?: number; readonly show?: (sample: A) => string } = {},
): Law => ({
  ...law(name, statement, arbitrary, () => undefined, options),
  check: (run) => {
    const count = { drawn: 0, excluded: 0 };
    const judged = law(
      name,
      statement,
      arbitrary,
      (sample) => {
        const verdict = predicate(sample);
        count.drawn += 1;
        if (verdict !== 'excluded') return verdict;
        count.excluded += 1;
        return undefined;
      },
      options,
    ).check(run);
    return judged.tag === 'failed' || 2 * count.excluded <= count.drawn
      ? judged
      : {
          tag: 'failed',
          message: `law       ${name}\nstates    ${statement}\n  excluded ${count.excluded} of ${count.drawn} samples, more than half`,
        };
  },
});
