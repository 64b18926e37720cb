/** How many threads `nabla search` starts. */
import * as E from 'fp-ts/lib/Either.js';
import { expect, it } from 'vitest';
import { threadsOf } from '../../src/cli/search/threads.ts';
import { world } from '../../src/cli/world.ts';
import { Key, Search, Space } from '../../src/index.ts';
import { got } from '../search/search-mistakes.ts';

it('none would have nothing to do', async () => {
  const space = got(
    Space.decode({ width: { kind: 'choice', options: [1, 2, 4] }, rate: { kind: 'uniform', low: 0, high: 1 } }),
  );
  const key = { words: [...Key.fromSeed(1).words] };
  for (const [description, most] of [
    [{ kind: 'grid', levels: 2, budget: 1 }, 6],
    [{ kind: 'random', trials: 2, budget: 1, key }, 2],
    [{ kind: 'quasiRandom', trials: 2, budget: 1, key }, 2],
    [{ kind: 'treeParzen', trials: 7, budget: 1, key }, 7],
    [{ kind: 'successiveHalving', trials: 9, minimum: 1, maximum: 9, key }, 9],
    [{ kind: 'asynchronousHalving', trials: 9, minimum: 1, maximum: 9, key }, 9],
    [{ kind: 'hyperband', minimum: 1, maximum: 9, key }, 9],
  ] as const) {
    const search = got(Search.decode()(description)(space));
    for (const asked of [0, 1, 3, 64]) {
      const found = await threadsOf(world, asked, search)();
      expect([description.kind, found]).toEqual([description.kind, E.right(Math.min(asked, most))]);
    }
  }
});
