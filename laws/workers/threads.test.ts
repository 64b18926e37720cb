/** Searches in real threads: what played ones cannot show, that is threads that die, loading, and stopping at once. */
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { describe, expect, it } from 'vitest';
import { type Failure, Search, Space, type Trial } from '../../src/index.ts';
import { Store, Workers } from '../../src/workers/index.ts';
import { setupOf } from '../pack/trial/samples.ts';
import { got, KEY } from '../search/search-mistakes.ts';

const module = new URL('./objective.mjs', import.meta.url);
/** Threads are to read TypeScript. */
const execArgv = ['--import', 'tsx'];

const space = got(Space.make({ x: Space.integer({ low: 0, high: 8 }) }));
type Point = typeof space extends Space.Space<infer A> ? A : never;
const grid = got(Search.grid({ levels: 9 })(space));
const halving = got(Search.successiveHalving({ trials: 9, maximum: 9, key: KEY })(space));

const run = async <A>(
  search: Search.Search<A>,
  threads: number,
  data: unknown,
  more: Partial<Workers.Options<A>> = {},
) => got(await Workers.run(search, { module, data, threads, execArgv, ...more })());

const reasons = (history: Search.History<unknown>): readonly string[] =>
  Search.trials(history).map(({ result }) => (result?.tag === 'failed' ? result.reason : (result?.tag ?? 'under way')));

describe('a search in threads', () => {
  it('does the same trials in 1, 2 and 3 threads as in this process', async () => {
    for (const search of [grid, halving]) {
      const alone = await run(search, 0, {});
      for (const threads of [1, 2, 3]) {
        const { history, stopped } = await run(search, threads, { slowness: 3 });
        expect(stopped).toBe(false);
        expect(Search.trials(history)).toEqual(Search.trials(alone.history));
      }
    }
  });

  it('goes on where a trial throws, fails, diverges, gives nothing, or takes its thread with it', async () => {
    const odd = { throws: 0, fails: 1, diverges: 2, nothing: 3, dies: 4 };
    for (const threads of [1, 2]) {
      const { history } = await run(grid, threads, odd);
      expect(reasons(history)).toEqual([
        'an oversight',
        'in words',
        'its value is NaN',
        'the objective gave {}, and no value',
        'its thread died: worker exited with code: 7',
        'finished',
        'finished',
        'finished',
        'finished',
      ]);
    }
  });

  it('fails in words where threads have no objective, do not start, or cannot be sent the data', async () => {
    const fails = async (more: Partial<Workers.Options<Point>>): Promise<Failure.Failure | undefined> => {
      const ran = await Workers.run(grid, { module, threads: 2, execArgv, ...more })();
      return E.isLeft(ran) ? ran.left : undefined;
    };
    expect(await fails({ data: { refuses: true } })).toMatchObject({ where: 'data', expected: 'data' });
    expect(await fails({ module: 'file:///no/such/module.mjs' })).toMatchObject({
      expected: 'a module that can be loaded',
    });
    expect(await fails({ execArgv: ['--import', 'file:///no/such/loader.mjs'] })).toMatchObject({
      where: 'threads',
      expected: 'threads that start',
    });
    expect(await fails({ data: () => 1 })).toMatchObject({ where: 'threads' });
  });

  it('is stopped at once, keeps what has ended, and goes on from there', async () => {
    const controller = new AbortController();
    const states = Store.memory();
    let finished = 0;
    const stopped = await run(
      halving,
      2,
      { waitsFrom: 5 },
      {
        states,
        signal: controller.signal,
        onEvent: ({ tag }) =>
          TE.fromIO(() => {
            if (tag === 'finished') finished += 1;
            if (finished === 5) controller.abort();
          }),
      },
    );
    expect(stopped.stopped).toBe(true);
    expect(reasons(stopped.history).filter((reason) => reason === 'finished')).toHaveLength(5);
    const resumed = await run(halving, 2, {}, { states, history: stopped.history });
    expect(Search.trials(resumed.history)).toEqual(Search.trials((await run(halving, 0, {})).history));
  });

  it('trains what points say, with the bits of this process', async () => {
    const setup: Trial.Setup = { ...setupOf('classification', 5), settings: { layers: 1, optimizer: 'momentum' } };
    const points = got(
      Space.make({
        width: Space.integer({ low: 1, high: 4 }),
        learningRate: Space.logUniform({ low: 0.01, high: 1e30 }),
      }),
    );
    const search = got(Search.successiveHalving({ trials: 6, maximum: 3, key: KEY })(points));
    const stored = async (threads: number) => {
      const states = Store.memory();
      const { history } = await run(search, threads, setup, { module: Workers.trials, states });
      const kept = await Promise.all(Search.trials(history).map(({ trial }) => states.read(trial.number)()));
      return { trials: Search.trials(history), kept };
    };
    const alone = await stored(0);
    expect(alone.trials.some(({ trial }) => trial.from !== undefined)).toBe(true);
    expect(alone.trials.some(({ result }) => result?.tag === 'failed')).toBe(true);
    expect(await stored(2)).toEqual(alone);
  });
});
