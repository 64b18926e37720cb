/** What the documentation says of penalties: what is refused, and how they are joined. */
import * as E from 'fp-ts/lib/Either.js';
import { concatAll } from 'fp-ts/lib/Monoid.js';
import * as Penalty from '../../src/loss/penalty.ts';
import * as Failure from '../../src/tensor/failure.ts';
import { type Law, lawOf, same } from '../law.ts';

const penalties: ReadonlyArray<readonly [description: unknown, says: string]> = [
  [7, 'penalty: expected a list, received 7'],
  [[7], 'penalty.0: expected a penalty: an object with a kind, received 7'],
  [[{ kind: 'l1', strength: 1 }, { kind: 'l3' }], 'penalty.1.kind: expected one of l1, l2, received "l3"'],
  [[{ kind: 'l2', strength: -1 }], 'penalty.0.strength: expected a finite number not below 0, received -1'],
];

const refusedPenalties: Law = lawOf(
  'what is no penalty',
  'is refused, saying which term',
  penalties,
  ([description, text]) => {
    const result = Penalty.decode(Penalty.registry)(description);
    return same(text, E.isLeft(result) ? Failure.show(result.left) : 'a penalty');
  },
);

const joined: Law = lawOf('the monoid', 'is none and concat', [[], [1], [1, 2, 3]], (strengths) =>
  same(
    JSON.stringify(strengths.map((strength) => ({ kind: 'l2', strength }))),
    JSON.stringify(Penalty.describe(concatAll(Penalty.monoid)(strengths.map(Penalty.l2)))),
  ),
);

export const penaltyDefaults: readonly Law[] = [refusedPenalties, joined];
