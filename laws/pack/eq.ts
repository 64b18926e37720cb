/** The laws of an equality. */

import * as fc from 'fast-check';
import type { Eq } from 'fp-ts/lib/Eq.js';
import { all, code, holds, type LawSet, law, type Verdict } from '../law.ts';
import { copied, difference } from './difference.ts';
import { type PackOptions, packed, runsOf } from './options.ts';

/** What laws of an equality may be told. */
export interface EqOptions<A> extends PackOptions {
  /** Whether two values are meant to be equal; unless given, values that are the same in every bit are, and no others are
   * asked for. */
  readonly expected?: (a: A, b: A) => boolean;
}

/**
 * The laws of anybody's equality, over values that an arbitrary draws: an equivalence that knows a copy of a value, and,
 * where it is said which values are meant to be equal, tells them and no others.
 *
 * @example
 * ```ts
 * import * as fc from 'fast-check';
 * import * as N from 'fp-ts/lib/number.js';
 * import { check, laws } from 'nabla-ts/laws';
 * // By ===, NaN is not itself.
 * check(laws.eq(N.Eq, fc.double()), { multiplier: 20 })[0]?.outcome.tag // => 'failed'
 * ```
 */
export const eq = <A>({ equals }: Eq<A>, values: fc.Arbitrary<A>, options: EqOptions<A> = {}): LawSet => {
  const { expected } = options;
  // Some values and a copy of one: nothing drawn twice would ever be equal, and relatives are found among all pairs.
  const some = fc
    .tuple(fc.array(values, { minLength: 3, maxLength: 8, size: 'max' }), fc.nat(7))
    .map(([all, i]): readonly A[] => [...all, ...all.slice(i % all.length, (i % all.length) + 1).map(copied)]);
  const stated = (name: string, statement: string, formula: string, of: (some: readonly A[]) => Verdict) =>
    law(name, statement, some, of, { runs: runsOf(options, 100), formula });
  const ofPairs = (some: readonly A[], of: (a: A, b: A) => boolean, expected: string): Verdict =>
    all(...some.flatMap((a) => some.map((b) => holds(of(a, b), expected, 'not so', `${code(a)} and ${code(b)}`))));
  return packed('eq', options, [
    stated('reflexive', 'a value equals itself, and a copy of it', 'a = a', (some) =>
      all(...some.map((a) => holds(equals(a, a) && equals(a, copied(a)), 'true', 'false', code(a)))),
    ),
    stated('symmetric', 'a equals b where b equals a', 'a = b ⇔ b = a', (some) =>
      ofPairs(some, (a, b) => equals(a, b) === equals(b, a), 'one answer either way round'),
    ),
    stated('transitive', 'what equals the same is equal', 'a = b ∧ b = c ⇒ a = c', (some) =>
      all(
        ...some.map((c) =>
          ofPairs(some, (a, b) => !(equals(a, b) && equals(b, c)) || equals(a, c), `equal, as both equal ${code(c)}`),
        ),
      ),
    ),
    stated(
      'asks without a trace',
      'asking twice gives one answer, and changes nothing',
      '(a = b) = (a = b)',
      (some) => {
        const before = copied(some);
        return all(
          ofPairs(
            some,
            (a, b) => {
              const first = equals(a, b);
              return first === equals(a, b);
            },
            'one answer twice',
          ),
          difference(before, some, 'the values asked about'),
        );
      },
    ),
    ...(expected === undefined
      ? []
      : [
          stated(
            'tells what is meant',
            'values are equal exactly where they are meant to be',
            'a = b ⇔ expected(a, b)',
            (some) => ofPairs(some, (a, b) => equals(a, b) === expected(a, b), 'what is meant'),
          ),
        ]),
  ]);
};
