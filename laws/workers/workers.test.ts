/** Searches in threads: played ones, in which results arrive in every order. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { describe, expect, it } from 'vitest';
import { Failure, Key, Search, Space } from '../../src/index.ts';
import { type MakeObjective, Store, Workers } from '../../src/workers/index.ts';
import { setupOf } from '../pack/trial/samples.ts';
import { runs } from '../run.ts';
import { got } from '../search/search-mistakes.ts';
import { objective, type Point, played, searches, valueOf } from './played.ts';

const kinds = fc.constantFrom(...Object.keys(searches));
const made = (kind: string, seed: number): Search.Search<Point> => {
  const make = searches[kind];
  if (make === undefined) throw new Error(kind);
  return make(Key.fromSeed(seed));
};

const make = () => TE.right(objective);
const alone = (search: Search.Search<Point>, more: Partial<Workers.Options<Point>> = {}) =>
  Workers.run(search, { module: make, threads: 0, ...more })();
const among =
  (threads: number, seed: number) =>
  (search: Search.Search<Point>, more: Partial<Workers.Options<Point>> = {}) =>
    Workers.runWith(played(seed))(search, { module: 'played', threads, ...more })();

const historyOf = async (
  ran: Promise<E.Either<Failure.Failure, Workers.Ran<Point>>>,
): Promise<Search.History<Point>> => {
  const { history, stopped } = got(await ran);
  expect(stopped).toBe(false);
  return history;
};

/** A signal that is given when so many events have happened. */
const stopAfter = (count: number) => {
  const controller = new AbortController();
  let seen = 0;
  return {
    signal: controller.signal,
    onEvent: () =>
      TE.fromIO<void, Failure.Failure>(() => {
        seen += 1;
        if (seen === count) controller.abort();
      }),
  };
};

describe('a search in threads', () => {
  it('does the trials that it does alone, which are those of a pure run', () =>
    fc.assert(
      fc.asyncProperty(kinds, fc.nat(1000), fc.integer({ min: 1, max: 4 }), async (kind, seed, threads) => {
        const search = made(kind, seed);
        const expected = await historyOf(alone(search));
        expect(Search.trials(await historyOf(among(threads, seed)(search)))).toEqual(Search.trials(expected));
        const known = Search.trials(expected);
        const budgetsOf = ({ budget, from }: Search.Trial<Point>): readonly number[] => {
          const before = from === undefined ? undefined : known[from];
          return [...(before === undefined ? [] : budgetsOf(before.trial)), budget];
        };
        const pure = Search.run(search)((point, trial) => valueOf(point, budgetsOf(trial)))(Search.begin);
        expect(Search.trials(got(pure))).toEqual(Search.trials(expected));
      }),
      runs(15),
    ));

  it('goes on from wherever it was stopped as if it never had been', () =>
    fc.assert(
      fc.asyncProperty(
        kinds,
        fc.nat(1000),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 1, max: 30 }),
        async (kind, seed, threads, count) => {
          const search = made(kind, seed);
          const run = threads === 0 ? alone : among(threads, seed);
          const states = Store.memory();
          const first = got(await run(search, { states, ...stopAfter(count) }));
          expect(first.stopped).toBe(first.history.events.length === count);
          // Through JSON, as a file would keep it.
          const history = got(
            E.mapLeft(Failure.fromErrors('history'))(
              Search.historyCodec(search.space).decode(JSON.parse(JSON.stringify(first.history))),
            ),
          );
          const whole = await historyOf(run(search, { states, history }));
          expect(whole.events.slice(0, history.events.length)).toEqual(history.events);
          expect(Search.trials(whole)).toEqual(Search.trials(await historyOf(alone(search))));
        },
      ),
      runs(30),
    ));

  it('goes on from every beginning of its history, with the states that were kept then or later', () =>
    fc.assert(
      fc.asyncProperty(kinds, fc.nat(1000), fc.integer({ min: 1, max: 3 }), async (kind, seed, threads) => {
        const search = made(kind, seed);
        const states = Store.memory();
        const whole = await historyOf(among(threads, seed)(search, { states }));
        for (const at of [0, 1, 5, 11, whole.events.length - 1, whole.events.length]) {
          const history = { events: whole.events.slice(0, at) };
          const again = await historyOf(among(threads, seed + 1)(search, { states, history }));
          expect(Search.trials(again)).toEqual(Search.trials(whole));
        }
      }),
      runs(8),
    ));

  it('tells every event once, with the history that it ends; each trial is one that the search suggests', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(1000), fc.integer({ min: 1, max: 4 }), async (seed, threads) => {
        const key = Key.fromSeed(seed);
        for (const search of [
          got(Search.asynchronousHalving({ trials: 8, maximum: 4, factor: 2, key })(made('grid', 0).space)),
          got(Search.treeParzen({ trials: 8, startup: 3, key })(made('grid', 0).space)),
          made('hyperband', seed),
        ]) {
          const told: Array<Search.Event<Point>> = [];
          const history = await historyOf(
            among(threads, seed)(search, {
              onEvent: (event, so) =>
                TE.fromIO(() => {
                  told.push(event);
                  expect(so.events).toEqual(told);
                }),
            }),
          );
          expect(history.events).toEqual(told);
          expect(Search.replay(search)(history)).toEqual(E.right(history));
        }
      }),
      runs(6),
    ));

  it('has at most as many trials under way as threads, and never fewer than it can', async () => {
    for (const threads of [1, 2, 3, 9]) {
      let most = 0;
      await historyOf(
        among(threads, threads)(made('random', 3), {
          onEvent: (_, history) =>
            TE.fromIO(() => {
              most = Math.max(most, Search.pending(history).length);
            }),
        }),
      );
      expect(most).toBe(threads);
    }
  });

  it('that is stopped by who is told that a trial begins does not begin it', async () => {
    let done = 0;
    const counted = () =>
      TE.right((point: Point, trial: Search.Trial<Point>, state: string | undefined) => {
        done += 1;
        return objective(point, trial, state);
      });
    const ran = got(await alone(made('random', 1), { module: counted, ...stopAfter(3) }));
    await new Promise(setImmediate);
    expect(ran.stopped).toBe(true);
    expect(ran.history.events.map(({ tag }) => tag)).toEqual(['started', expect.anything(), 'started']);
    expect(done).toBe(1);
  });

  it('that is stopped in this process leaves the trial under way undone: the objective is told, and ours heeds it', async () => {
    const space = got(Space.make({ width: Space.integer({ low: 1, high: 4 }) }));
    const search = got(Search.random({ trials: 1, budget: 1e8, key: Key.fromSeed(1) })(space));
    const stopped = async (module: URL | MakeObjective<unknown>) => {
      const controller = new AbortController();
      const data = setupOf('regression', 1);
      const ran = Workers.run(search, { module, data, threads: 0, signal: controller.signal })();
      setTimeout(() => controller.abort(), 100);
      return got(await ran);
    };
    const pending = { history: { events: [Search.started(expect.anything())] }, stopped: true };
    const signals: Array<AbortSignal | undefined> = [];
    const waits = () =>
      TE.right((_point: unknown, _trial: unknown, _state: string | undefined, signal?: AbortSignal) => {
        signals.push(signal);
        return () => new Promise<never>(() => undefined);
      });
    expect(await stopped(waits)).toEqual(pending);
    expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
    expect(await stopped(Workers.trials)).toEqual(pending);
  });

  it('that is stopped before it begins does nothing', async () => {
    const ran = await alone(made('random', 1), { signal: AbortSignal.abort() });
    expect(ran).toEqual(E.right({ history: { events: [] }, stopped: true }));
  });
});

const failure = Failure.failure('file', 'a disk', 'room', 'none');
const reason = (result: E.Either<Failure.Failure, unknown>): string =>
  E.isLeft(result) ? Failure.show(result.left) : 'no failure';

describe('a run that cannot go on fails in words', () => {
  const search = made('successive halving', 1);
  const module = (text: string) => `data:text/javascript,${encodeURIComponent(text)}`;

  it('where states or histories cannot be kept', async () => {
    const full: Store.Store = { read: () => TE.right(undefined), write: () => TE.left(failure) };
    const lost: Store.Store = { read: () => TE.left(failure), write: () => TE.right(undefined) };
    expect(await alone(search, { states: full })).toEqual(E.left(failure));
    expect(await alone(search, { states: lost })).toEqual(E.left(failure));
    expect(await alone(search, { onEvent: () => TE.left(failure) })).toEqual(E.left(failure));
  });

  it('where there is no objective', async () => {
    const of = async (text: string) => reason(await alone(search, { module: module(text) }));
    expect(await alone(search, { module: () => TE.left(failure) })).toEqual(E.left(failure));
    expect(reason(await alone(search, { module: new URL('file:///no/such/module.mjs') }))).toContain('can be loaded');
    expect(await of('export const a = 1')).toContain('a function as the default export');
    expect(await of('export default () => () => 7')).toContain('an objective');
    expect(await of('export default () => { throw new Error("no data") }')).toContain('no data');
    expect(reason(await alone(search, { module: Workers.trials, data: 7 }))).toContain('a Trial.Setup');
    expect(reason(await alone(search, { module: Workers.trials, data: { fold: [] } }))).toContain('"fold"');
  });

  it('on no number of threads, on a function for threads, and without piscina', async () => {
    for (const threads of [-1, 1.5, Number.NaN, 2000])
      expect(reason(await alone(search, { threads }))).toContain('a whole number from 0 to 1024');
    expect(reason(await alone(search, { threads: 2 }))).toContain('a function cannot be sent');
    const missing = () => Promise.reject(new Error("Cannot find package 'piscina'"));
    expect(reason(await Workers.runWith(missing)(search, { module: 'any', threads: 2 })())).toBe(
      "threads: expected the package piscina (npm install piscina), or threads: 0, received Cannot find package 'piscina'",
    );
  });

  it('on a history that is not of the search', async () => {
    const none = { events: [Search.started({ number: 3, point: { x: 1 }, budget: 1 })] };
    expect(reason(await alone(search, { history: none }))).toContain('trial 3');
    const other = await historyOf(alone(made('successive halving', 2)));
    expect(reason(await alone(search, { history: other }))).toContain('what the search suggests');
  });
});

describe('what an objective gives', () => {
  it('is a failed trial where it is no value', async () => {
    const search = made('random', 1);
    const reasons = async (give: (x: number) => unknown): Promise<readonly string[]> => {
      // What a module of JavaScript could give.
      const wrong = () => TE.right(give as never);
      const history = await historyOf(alone(search, { module: wrong }));
      return Search.trials(history).map(({ result }) => (result?.tag === 'failed' ? result.reason : 'finished'));
    };
    const all = (text: string) => Array.from({ length: 9 }, () => text);
    expect(await reasons(() => () => Promise.resolve(E.left('so')))).toEqual(all('so'));
    expect(await reasons(() => 7)).toEqual(all('the objective gave 7, and no Either'));
    expect(await reasons(() => E.right({ loss: 1 }))).toEqual(all('the objective gave {"loss":1}, and no value'));
    expect(await reasons(() => E.right({ value: 1, state: 2 }))).toEqual(
      all('the objective gave {"value":1,"state":2}, and no value'),
    );
    expect(await reasons(() => E.right({ value: Number.NaN }))).toEqual(all('its value is NaN'));
    expect(await reasons(() => () => Promise.reject(new Error('lost')))).toEqual(all('lost'));
    expect(
      await reasons(() => {
        throw new Error('an oversight');
      }),
    ).toEqual(all('an oversight'));
    expect(await reasons(() => E.right({ value: 1 }))).toEqual(all('finished'));
  });
});

const inFolder = async (use: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'nabla-ts-states-'));
  try {
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

describe('stores', () => {
  it('give back what was written last, and nothing for what was not', () =>
    inFolder((folder) =>
      fc.assert(
        fc.asyncProperty(
          fc.nat(1e6),
          fc.array(fc.tuple(fc.nat(3), fc.option(fc.string({ unit: 'grapheme-composite' }), { nil: undefined })), {
            maxLength: 8,
          }),
          async (name, written) => {
            for (const store of [Store.memory(), got(await Store.folder(join(folder, `a${name}`, 'b'))())]) {
              for (const [trial, text] of written) expect(await store.write(trial, text)()).toEqual(E.right(undefined));
              for (const trial of [0, 1, 2, 3, 4])
                expect(await store.read(trial)()).toEqual(E.right(written.findLast(([t]) => t === trial)?.[1]));
            }
            rmSync(join(folder, `a${name}`), { recursive: true });
          },
        ),
        runs(10),
      ),
    ));

  it('in a folder keep files that another run finds', () =>
    inFolder(async (folder) => {
      const search = made('successive halving', 2);
      const { signal, onEvent } = stopAfter(20);
      const first = got(await alone(search, { states: got(await Store.folder(folder)()), signal, onEvent }));
      expect(readdirSync(folder).every((name) => /^trial-\d+\.json$/.test(name))).toBe(true);
      const second = await historyOf(
        alone(search, { states: got(await Store.folder(folder)()), history: first.history }),
      );
      expect(Search.trials(second)).toEqual(Search.trials(await historyOf(alone(search))));
      const forgetful = await historyOf(alone(search, { states: Store.none, history: first.history }));
      expect(Search.trials(second)).not.toEqual(Search.trials(forgetful));
    }));

  it('that cannot be made or read fail in words', () =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, 'file'), '');
      expect(reason(await Store.folder(join(folder, 'file'))())).toContain('a directory');
      const store = got(await Store.folder(folder)());
      rmSync(folder, { recursive: true });
      expect(await store.read(1)()).toEqual(E.right(undefined));
      expect(reason(await store.write(1, 'state')())).toContain('a directory to write in');
    }));
});
