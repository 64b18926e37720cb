/** The laws of a monoid. */

import * as fc from 'fast-check';
import type { Monoid } from 'fp-ts/lib/Monoid.js';
import { all, code, type LawSet, law, type Verdict } from '../law.ts';
import { copied, difference } from './difference.ts';
import { type PackOptions, packed, runsOf } from './options.ts';

/** What laws of a monoid may be told. */
export interface MonoidOptions<A> extends PackOptions {
  /** Whether two values are the same; to the bit unless given. */
  readonly equals?: (a: A, b: A) => boolean;
}

/**
 * The laws of anybody's monoid, over values that an arbitrary draws: joining is associative, the empty value changes
 * nothing on either side, and nothing that is joined is changed.
 *
 * @example
 * ```ts
 * import * as fc from 'fast-check';
 * import { check, laws } from 'nabla-ts/laws';
 * // A mean of means is no mean of all.
 * const mean = { concat: (a: number, b: number) => (a + b) / 2, empty: 0 };
 * check(laws.monoid(mean, fc.integer())).map(({ outcome }) => outcome.tag) // => ['failed', 'failed', 'failed', 'held']
 * ```
 */
export const monoid = <A>(
  { concat, empty }: Monoid<A>,
  values: fc.Arbitrary<A>,
  options: MonoidOptions<A> = {},
): LawSet => {
  const { equals } = options;
  const agree = (expected: A, received: A, where?: string): Verdict => {
    if (equals === undefined) return difference(expected, received, where);
    return equals(expected, received) ? undefined : { expected: code(expected), received: code(received) };
  };
  const runs = runsOf(options, 100);
  return packed('monoid', options, [
    law(
      'associative',
      'how a join is bracketed does not matter',
      fc.tuple(values, values, values),
      ([a, b, c]) => agree(concat(concat(a, b), c), concat(a, concat(b, c))),
      { runs, formula: '(a ⊕ b) ⊕ c = a ⊕ (b ⊕ c)' },
    ),
    law('empty on the left', 'joining to the empty value changes nothing', values, (a) => agree(a, concat(empty, a)), {
      runs,
      formula: 'ε ⊕ a = a',
    }),
    law('empty on the right', 'joining the empty value changes nothing', values, (a) => agree(a, concat(a, empty)), {
      runs,
      formula: 'a ⊕ ε = a',
    }),
    law(
      'writes to nothing',
      'joining leaves both values, and the empty one, as they were',
      fc.tuple(values, values),
      ([a, b]) => {
        const [copyOfA, copyOfB] = [copied(a), copied(b)];
        const before = copied(concat(empty, copied(b)));
        concat(a, b);
        concat(empty, b);
        concat(a, empty);
        return all(
          difference(copyOfA, a, 'the first'),
          difference(copyOfB, b, 'the second'),
          agree(before, concat(empty, copyOfB), 'the empty value joined to the second, again'),
        );
      },
      { runs, formula: 'a after a ⊕ b = a before' },
    ),
  ]);
};
