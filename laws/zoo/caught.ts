/** How soon a law notices a fault. */
import type { Law, LawSet, Outcome } from '../law.ts';
import type { Broken } from './broken.ts';

/** The laws of a set and of the sets in it. */
export const lawsOf = ({ laws, sets }: LawSet): readonly Law[] => [...laws, ...sets.flatMap(lawsOf)];

/** Every seed at which a fault must be caught. */
export const SEEDS = [1, 2, 3] as const;

export type Failed = Extract<Outcome, { readonly tag: 'failed' }>;

/** How the law that must fail fails at a seed, and after how many samples; nothing where it holds. */
export const caught = ({ laws, law: name }: Broken, seed: number): Failed | undefined => {
  const named = lawsOf(laws).filter((law) => law.name === name);
  if (named.length === 0)
    throw new Error(
      `no law "${name}"; there are ${lawsOf(laws)
        .map((law) => `"${law.name}"`)
        .join(', ')}`,
    );
  for (const law of named) {
    const outcome = law.check({ seed });
    if (outcome.tag === 'failed') return outcome;
  }
  return undefined;
};
