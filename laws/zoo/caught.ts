/** How soon a law notices a fault. */
import * as fc from 'fast-check';
import { seedOf } from '../law/options.ts';
import { isExcluded, type Law, type LawSet } from '../law.ts';
import type { Broken } from './broken.ts';

/** The laws of a set and of the sets in it. */
export const lawsOf = ({ laws, sets }: LawSet): readonly Law[] => [...laws, ...sets.flatMap(lawsOf)];

/** The seeds at each of which a fault must be caught. */
export const SEEDS = [1, 2, 3] as const;

/** The samples until a law fails, as its own check counts them; none where it holds. The smallest sample that fails is not looked for, which takes longer. */
const samplesUntil = (law: Law, seed: number): number | undefined =>
  law.open(({ arbitrary, predicate }) => {
    const { failed, numRuns } = fc.check(
      fc.property(arbitrary, (sample) => {
        const verdict = predicate(sample);
        return verdict === undefined || isExcluded(verdict);
      }),
      { seed: seedOf(law.name, seed), numRuns: law.runs, endOnFailure: true },
    );
    if (failed) return numRuns;
    // A law of listed cases goes through all of them.
    const outcome = law.check({ seed });
    return outcome.tag === 'failed' ? outcome.failure.runs : undefined;
  });

/** After how many samples the law that must fail fails at a seed; nothing where it holds. */
export const caught = ({ laws, law: name }: Broken, seed: number): number | undefined => {
  const named = lawsOf(laws).filter((law) => law.name === name);
  if (named.length === 0)
    throw new Error(
      `no law "${name}"; there are ${lawsOf(laws)
        .map((law) => `"${law.name}"`)
        .join(', ')}`,
    );
  const found = named.map((law) => samplesUntil(law, seed)).filter((samples) => samples !== undefined);
  return found.length === 0 ? undefined : Math.min(...found);
};
