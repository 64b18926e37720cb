/** Which laws of a set a run asks for. */
import type { RunOptions } from './options.ts';
import { type LawSet, lawSet, lawsOf } from './set.ts';

const within = (around: readonly string[], only: string | undefined, set: LawSet): LawSet => {
  const path = [...around, set.name];
  return only === undefined
    ? set
    : lawSet(
        set.name,
        set.laws.filter(({ name }) => name === only || [...path, name].join(' / ') === only),
        set.sets.map((inner) => within(path, only, inner)).filter((inner) => lawsOf(inner).length > 0),
      );
};

/**
 * The laws of a set that a run asks for: all, or the one that it names. Throws where the set has no such law, and where a
 * sample is to be tried again but the run does not say of which law.
 */
export const asked = ({ only, path }: RunOptions, set: LawSet): LawSet => {
  const chosen = within([], only, set);
  const names = lawsOf(only === undefined || lawsOf(chosen).length === 0 ? set : chosen).map((law) =>
    law.path.join(' / '),
  );
  if (lawsOf(chosen).length === 0)
    throw new Error(`laws: "${set.name}" has no law "${only}"; it has ${names.join(', ')}`);
  if (path !== undefined && names.length > 1)
    throw new Error(`laws: a path is of one law, to be named with "only": one of ${names.join(', ')}`);
  return chosen;
};
