/** Laws in named, nested sets, and which of them are not expected to hold. */
import { type Law, skipped } from './law.ts';

/** A named, nested set of laws. */
export interface LawSet {
  readonly name: string;
  readonly laws: readonly Law[];
  readonly sets: readonly LawSet[];
}

/**
 * A named set of laws.
 *
 * @example
 * ```ts
 * import { lawSet } from 'nabla-ts/laws';
 * lawSet('nothing', []) // => { name: 'nothing', laws: [], sets: [] }
 * ```
 */
export const lawSet = (name: string, laws: readonly Law[], sets: readonly LawSet[] = []): LawSet =>
  Object.freeze({ name, laws, sets });

/**
 * Every law of a set with the names of the sets around it, in order.
 *
 * @example
 * ```ts
 * import { holds, lawOf, lawSet, lawsOf } from 'nabla-ts/laws';
 * const one = lawOf('one', 'is 1', [1], (n) => holds(n === 1, '1', `${n}`));
 * lawsOf(lawSet('a', [], [lawSet('b', [one])])).map(({ path }) => path) // => [['a', 'b', 'one']]
 * ```
 */
export const lawsOf = (set: LawSet): ReadonlyArray<{ readonly path: readonly string[]; readonly law: Law }> => [
  ...set.laws.map((law) => ({ path: [set.name, law.name], law })),
  ...set.sets.flatMap((inner) => lawsOf(inner).map(({ path, law }) => ({ path: [set.name, ...path], law }))),
];

/**
 * A set in which some laws are not expected to hold, each by its name with the reason, which reports print. Throws where
 * the set has no law of a name, or a reason is empty.
 *
 * @example
 * ```ts
 * import { check, except, holds, lawOf, lawSet } from 'nabla-ts/laws';
 * const odd = lawOf('odd', 'is odd', [1, 2], (n) => holds(n % 2 === 1, 'odd', `${n}`));
 * const set = except({ odd: 'half of them are even' })(lawSet('numbers', [odd]));
 * check(set).map(({ outcome }) => outcome) // => [{ tag: 'skipped', reason: 'half of them are even' }]
 * ```
 */
export const except =
  (reasons: Readonly<Record<string, string>>) =>
  (set: LawSet): LawSet => {
    const names = lawsOf(set).map(({ law }) => law.name);
    for (const [name, reason] of Object.entries(reasons)) {
      if (!names.includes(name))
        throw new Error(`except: "${set.name}" has no law "${name}"; it has ${[...new Set(names)].join(', ')}`);
      if (reason.trim() === '') throw new Error(`except: "${name}" needs a reason`);
    }
    const without = (inner: LawSet): LawSet =>
      lawSet(
        inner.name,
        inner.laws.map((law) => {
          const reason = Object.hasOwn(reasons, law.name) ? reasons[law.name] : undefined;
          return reason === undefined ? law : skipped(law, reason);
        }),
        inner.sets.map(without),
      );
    return without(set);
  };
