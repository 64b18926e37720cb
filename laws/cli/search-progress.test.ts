/** How long a search is said to take, beside the same played through. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { expect, it } from 'vitest';
import { expected } from '../../src/cli/search/progress.ts';
import { Key, Search, Space } from '../../src/index.ts';
import { got } from '../search/search-mistakes.ts';

const key = Key.fromSeed(1);
const space = got(
  Space.make<Space.Dimensions>({ rate: Space.uniform({ low: 0, high: 1 }), layers: Space.choice(1, 2, 3) }),
);

it.each<readonly [string, ReturnType<typeof Search.random>]>([
  ['grid', Search.grid({ levels: 4, budget: 5 })],
  ['grid', Search.grid({ levels: { rate: 7 } })],
  ['random', Search.random({ trials: 11, budget: 3, key })],
  ['quasi-random', Search.quasiRandom({ trials: 11, key })],
  ['successive halving', Search.successiveHalving({ trials: 20, maximum: 27, key })],
  [
    'successive halving',
    Search.successiveHalving({ trials: 20, minimum: 2, maximum: 8, factor: 2, reduction: 1.5, key }),
  ],
  ['asynchronous halving', Search.asynchronousHalving({ trials: 20, maximum: 9, key })],
  ['hyperband', Search.hyperband({ maximum: 81, key })],
  ['tree-structured Parzen estimator', Search.treeParzen({ trials: 7, budget: 2, key })],
])('%s takes as much training as is expected of it', (_, make) => {
  const search = got(make(space));
  const history = got(Search.run(search)(() => E.right(0))(Search.begin));
  expect(expected(search)).toBe(Search.spent(history));
});

it('is told at once of a search of a million trials', () => {
  const of = (trials: number) => pipe(Search.successiveHalving({ trials, maximum: 3, key })(space), E.map(expected));
  expect(of(1_000_000)).toEqual(E.right(1_000_000 + 2 * 333_333));
});
