/** Wrong monoids and equalities. */

import * as fc from 'fast-check';
import type { Eq } from 'fp-ts/lib/Eq.js';
import type { Monoid } from 'fp-ts/lib/Monoid.js';
import type { LawSet } from '../law.ts';
import { eq } from '../pack/eq.ts';
import { monoid } from '../pack/monoid.ts';
import type { Broken } from './broken.ts';

const whole = fc.integer({ min: -20, max: 20 });
const lists = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 });
const counts = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 9 }));

type Counts = Record<string, number>;
const added: Monoid<Counts> = {
  empty: {},
  concat: (a, b) =>
    Object.fromEntries(
      [...new Set([...Object.keys(a), ...Object.keys(b)])]
        .toSorted()
        .map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]),
    ),
};
const sameCounts = (a: Counts, b: Counts): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((name) => a[name] === b[name]);

const numbers = (of: Monoid<number>): LawSet => monoid(of, whole);

type List = number[];
const byElement: Eq<List> = { equals: (a, b) => a.length === b.length && a.every((x, i) => Object.is(x, b[i])) };
const text = (list: List): string => list.map((x) => (Object.is(x, -0) ? '-0' : `${x}`)).join();
const equality = (of: Eq<List>): LawSet => eq(of, lists, { expected: (a, b) => text(a) === text(b) });
const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

export const broken: readonly Broken[] = [
  {
    name: 'a mean of means',
    fault: 'two numbers are joined to their mean, whatever they are means of',
    law: 'associative',
    laws: numbers({ empty: 0, concat: (a, b) => (a + b) / 2 }),
  },
  {
    name: 'a sum that saturates',
    fault: 'every join is clipped to ±20',
    law: 'associative',
    laws: numbers({ empty: 0, concat: (a, b) => Math.max(-20, Math.min(20, a + b)) }),
  },
  {
    name: 'a greatest from 0',
    fault: 'the empty maximum is 0, which is more than what is negative',
    law: 'empty on the left',
    laws: numbers({ empty: 0, concat: Math.max }),
  },
  {
    name: 'a separator too many',
    fault: 'names are joined by a dot, the empty one too',
    law: 'empty on the right',
    laws: monoid({ empty: '', concat: (a, b) => (a === '' ? b : `${a}.${b}`) }, fc.string()),
  },
  {
    name: 'counts added in place',
    fault: 'the second is added to the first where that stands',
    law: 'writes to nothing',
    laws: monoid(
      {
        empty: {},
        concat: (a, b) => {
          for (const [name, n] of Object.entries(b)) a[name] = (a[name] ?? 0) + n;
          return a;
        },
      },
      counts,
      { equals: sameCounts },
    ),
  },
  {
    name: 'an equality of beginnings',
    fault: 'only as many elements are compared as the first has',
    law: 'symmetric',
    laws: equality({ equals: (a, b) => a.every((x, i) => Object.is(x, b[i])) }),
  },
  {
    name: 'an equality of neighbours',
    fault: 'numbers that are less than 2 apart count as equal',
    law: 'transitive',
    laws: eq({ equals: (a, b) => Math.abs(a - b) < 2 }, fc.integer({ min: -9, max: 9 })),
  },
  {
    name: 'a NaN that is not itself',
    fault: 'elements are compared by ===',
    law: 'reflexive',
    laws: eq(
      { equals: (a, b) => a.length === b.length && a.every((x, i) => x === b[i]) },
      fc.array(fc.constantFrom(0, -0, 1, NaN)),
    ),
  },
  {
    name: 'an equality of sums',
    fault: 'lists are equal that have one length and one sum',
    law: 'tells what is meant',
    laws: equality({ equals: (a, b) => a.length === b.length && sum(a) === sum(b) }),
  },
  {
    name: 'an equality that sorts',
    fault: 'lists are compared as sets, by sorting them where they stand',
    law: 'asks without a trace',
    laws: eq({ equals: (a, b) => text(a.sort()) === text(b.sort()) }, lists),
  },
];

/** The same as they should be. */
export const correct: readonly LawSet[] = [
  numbers({ empty: 0, concat: (a, b) => a + b }),
  numbers({ empty: Number.NEGATIVE_INFINITY, concat: Math.max }),
  monoid(added, counts, { equals: sameCounts }),
  equality(byElement),
];
