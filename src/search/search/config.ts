/** What settings of searches may be: plain data, read by one codec whether a program or a file gives them. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { decodeFields, type Fields, such } from '../../optimizer/config.ts';
import { closed } from '../../scalar/closed.ts';
import type { Failure } from '../../tensor/failure.ts';
import type { Key } from '../../tensor/key.ts';
import type { Space } from '../space/space.ts';
import type { Search } from './search.ts';

const word = such(t.number, 'a whole number in [0, 2^32)', (x) => Number.isInteger(x) && x >= 0 && x < 2 ** 32);

const wordsOfKey = closed('key', { words: t.readonly(t.tuple([word, word])) });
const KEY = 'a key, {"words": [a, b]} with whole numbers in [0, 2^32)';

/** A key. What has another form is told the form, what has it which part is wrong. */
export const keyCodec: t.Type<Key, unknown> = new t.Type(
  KEY,
  wordsOfKey.is,
  (u, context) =>
    typeof u === 'object' && u !== null && 'words' in u && Array.isArray(u.words) && u.words.length === 2
      ? wordsOfKey.validate(u, context)
      : t.failure(u, context, KEY),
  t.identity,
);

/** More trials than these are a mistake, and would not fit in memory. */
export const MOST = 1_000_000;

/** How many trials. */
export const trialCount = such(
  t.number,
  `a whole number from 1 to ${MOST}`,
  (x) => Number.isInteger(x) && x >= 1 && x <= MOST,
);

/** How many times as much training the next rung has. */
export const factorField = such(t.number, 'a whole number of at least 2', (x) => Number.isSafeInteger(x) && x >= 2);

/** What the number of trials is divided by from rung to rung. */
export const reductionField = such(t.number, 'a finite number above 1', (x) => Number.isFinite(x) && x > 1);

/** A kind of search: made of a program's settings, and read from JSON. */
export interface Kind<C extends object> {
  readonly make: (config: Partial<C>) => <A>(space: Space<A>) => E.Either<Failure, Search<A>>;
  readonly read: (fields: unknown) => <A>(space: Space<A>) => E.Either<Failure, Search<A>>;
}

/** Both of the settings' fields; `filled` adds to an object of settings those left out that depend on others. */
export const makesSearch = <C extends object>(
  fields: Fields<C>,
  build: (config: C) => <A>(space: Space<A>) => E.Either<Failure, Search<A>>,
  filled: (given: object) => object = (given) => given,
): Kind<C> => {
  const read =
    (config: unknown) =>
    <A>(space: Space<A>): E.Either<Failure, Search<A>> =>
      pipe(
        typeof config === 'object' && config !== null && !Array.isArray(config) ? filled(config) : config,
        decodeFields(fields, `Search.${fields.kind}`),
        E.chain((complete) => build(complete)(space)),
      );
  return { make: read, read };
};
