/** Searches from JSON. */
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, failure, quote } from '../../tensor/failure.ts';
import type { Space } from '../space/space.ts';
import { asynchronousHalvingKind } from './asynchronousHalving.ts';
import { hyperbandKind, successiveHalvingKind } from './halving.ts';
import { gridKind, quasiRandomKind, randomKind } from './random.ts';
import type { Search } from './search.ts';
import { treeParzenKind } from './treeParzen.ts';

/** Reads a kind of search from its fields. */
export type ReadSearch = (fields: unknown) => <A>(space: Space<A>) => E.Either<Failure, Search<A>>;

/**
 * The kinds that a description may name, unless told. Spread it to add one's own.
 *
 * @example
 * ```ts
 * import { Search } from 'nabla-ts';
 * Object.keys(Search.registry) // => ['grid', 'random', 'quasiRandom', 'successiveHalving', 'hyperband', 'asynchronousHalving', 'treeParzen']
 * ```
 */
export const registry: Readonly<Record<string, ReadSearch>> = Object.freeze({
  grid: gridKind.read,
  random: randomKind.read,
  quasiRandom: quasiRandomKind.read,
  successiveHalving: successiveHalvingKind.read,
  hyperband: hyperbandKind.read,
  asynchronousHalving: asynchronousHalvingKind.read,
  treeParzen: treeParzenKind.read,
});

/**
 * The search that a description says, in a space; the kinds are ours unless told. Fails on another kind, on unknown fields
 * and on values out of their range, naming the field.
 *
 * @example
 * ```ts
 * import { Failure, Search, Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * pipe(
 *   Space.make({ x: Space.choice(1, 2) }),
 *   E.chain(Search.decode()({ kind: 'random', trials: 0, key: { words: [0, 1] } })),
 *   E.mapLeft(Failure.show),
 * ) // => E.left('Search.random.trials: expected a whole number from 1 to 1000000, received 0')
 * ```
 */
export const decode =
  (kinds: Readonly<Record<string, ReadSearch>> = registry) =>
  (json: unknown) =>
  <A>(space: Space<A>): E.Either<Failure, Search<A>> => {
    if (typeof json !== 'object' || json === null || !('kind' in json) || typeof json.kind !== 'string')
      return E.left(failure('config', 'Search', 'an object with a kind', quote(json)));
    const { kind, ...fields } = json;
    const read = Object.hasOwn(kinds, json.kind) ? kinds[json.kind] : undefined;
    return read === undefined
      ? E.left(failure('config', 'Search.kind', `one of ${Object.keys(kinds).join(', ')}`, quote(kind)))
      : read(fields)(space);
  };
