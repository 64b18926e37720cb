/** Whether a history is one of a search. */
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, failure, quote } from '../../tensor/failure.ts';
import { sameJson } from '../space/same.ts';
import { begin, type History } from './history.ts';
import type { Search } from './search.ts';

/**
 * A history again, event by event: every trial that it begins must be the one that the search suggests there. Fails at the
 * first that is not, for the history is then of another search, space or key.
 *
 * @example
 * ```ts
 * import { Search, Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * pipe(
 *   Space.make({ x: Space.choice(1, 2) }),
 *   E.chain(Search.grid()),
 *   E.chain((search) => Search.replay(search)({ events: [Search.started({ number: 0, point: { x: 2 as const }, budget: 1 })] })),
 *   E.isLeft,
 * ) // => true
 * ```
 */
export const replay =
  <A>(search: Search<A>) =>
  (history: History<A>): E.Either<Failure, History<A>> => {
    let known: History<A> = begin;
    for (const event of history.events) {
      if (event.tag === 'started') {
        const suggested = search.suggest(known);
        if (E.isLeft(suggested)) return suggested;
        if (!sameJson(suggested.right, event.trial))
          return E.left(
            failure(
              'value',
              `trial ${event.trial.number}`,
              `what the search suggests, ${quote(suggested.right)}`,
              quote(event.trial),
            ),
          );
      }
      const after = search.observe(known, event);
      if (E.isLeft(after)) return after;
      known = after.right;
    }
    return E.right(known);
  };
