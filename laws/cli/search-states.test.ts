/** `nabla search` that is stopped and goes on: no trial that ended is trained again, and no file of anybody else is touched. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { run } from '../../src/cli/run.ts';
import type * as Epochs from '../../src/train/epochs.ts';
import { classes, folder } from './fixture.ts';
import type { Ran } from './in-process.ts';

/** Epochs that were trained since it was last set to 0, in all folds together. */
const trained = vi.hoisted(() => ({ epochs: 0 }));
vi.mock('../../src/train/epochs.ts', async (original): Promise<typeof Epochs> => {
  const epochs = await original<typeof Epochs>();
  return {
    ...epochs,
    epochs: (config) =>
      function* (from) {
        let before = from.epoch;
        for (const state of epochs.epochs(config)(from)) {
          if (E.isRight(state)) {
            trained.epochs += state.right.epoch - before;
            before = state.right.epoch;
          }
          yield state;
        }
      },
  };
});

const box = folder();
afterAll(box.remove);

const good = box.file('good.csv', classes());
const space = box.file(
  'space.json',
  JSON.stringify({
    space: { learningRate: { kind: 'logUniform', low: 0.001, high: 0.1 } },
    search: { kind: 'successiveHalving', trials: 9, maximum: 9 },
    settings: { layers: 1, width: 4, batchSize: 16 },
    folds: 2,
  }),
);
/** 9 trials of 1 epoch, 3 of 2 more, 1 of 6 more; in 2 folds. */
const EPOCHS = 2 * (9 + 3 * 2 + 6);
const plain = [space, '--data', good];

/** Runs a search, which is interrupted as soon as `file` names so many trials that ended. */
const search = async (words: readonly string[], after = Number.POSITIVE_INFINITY, file = ''): Promise<Ran> => {
  const out: string[] = [];
  const err: string[] = [];
  let stop = (): void => undefined;
  const watching = setInterval(() => {
    if (existsSync(file) && readFileSync(file, 'utf8').split('"tag":"finished"').length > after) stop();
  }, 0);
  const status = await run({
    print: (text) => void out.push(text),
    log: (text) => void err.push(text),
    terminal: undefined,
    now: () => 0,
    breathe: () => Promise.resolve(),
    onInterrupt: (asked) => {
      stop = asked;
      return () => {
        stop = () => undefined;
      };
    },
  })(['search', ...words, '--threads', '0'])();
  clearInterval(watching);
  return { status, out: out.join(''), err: err.join('') };
};

describe('a search that halves', () => {
  for (const asked of [true, false])
    it(`trains no epoch of a trial that ended twice ${asked ? 'with' : 'without'} --history`, async () => {
      for (const after of [11]) {
        const out = box.path(`stopped-${asked}-${after}`);
        const history = asked ? `${out}.json` : `${out}/history.json`;
        const words = [...plain, '--out', out];
        trained.epochs = 0;
        const stopped = await search(asked ? [...words, '--history', history] : words, after, history);
        expect([stopped.status, existsSync(`${history}.states`)]).toEqual([130, true]);
        // What the trial under way had is lost: it is not among those that ended, and is trained anew.
        const kept = 2 * Number(/(\d+) epochs in each fold/.exec(`${stopped.out}${stopped.err}`)?.[1]);
        expect([kept <= trained.epochs, trained.epochs < EPOCHS]).toEqual([true, true]);
        expect(`${stopped.out}${stopped.err}`).toMatch(/best .*, after [13] of 9 epochs\)/);
        const more = /The same command with (--history .*) goes on from there/.exec(stopped.err)?.[1]?.split(' ') ?? [];
        expect(more).toEqual(['--history', history]);
        trained.epochs = 0;
        const resumed = await search([...words, ...more]);
        expect([resumed.status, resumed.err.includes('going on after')]).toEqual([0, true]);
        expect(trained.epochs).toBe(EPOCHS - kept);
        expect(resumed.out).toContain(`${EPOCHS / 2} epochs in each fold`);
        expect(existsSync(`${history}.states`)).toBe(false);
      }
    });

  it('says what is missing when a state is, and trains nothing in its place', async () => {
    const out = box.path('lost');
    const words = [...plain, '--out', out];
    const history = `${out}/history.json`;
    await search(words, 9, history);
    rmSync(`${history}.states`, { recursive: true });
    const before = readFileSync(history, 'utf8');
    trained.epochs = 0;
    const resumed = await search([...words, '--history', history]);
    expect(resumed.err).toMatch(/history\.json\.states: expected the state that trial \d left, .*received none/);
    expect(resumed.err).toContain(`the search can only begin anew, without the file ${history}\n`);
    expect([resumed.status, trained.epochs, readFileSync(history, 'utf8') === before]).toEqual([1, 0, true]);
  });

  it('begins anew without --history, whatever was stopped there', async () => {
    const out = box.path('anew');
    const words = [...plain, '--out', out];
    await search(words, 9, `${out}/history.json`);
    trained.epochs = 0;
    expect((await search(words)).status).toBe(0);
    expect(trained.epochs).toBe(EPOCHS);
  });

  it('keeps nothing where it writes no history', async () => {
    const out = box.path('nowhere');
    expect((await search([...plain, '--json', '--out', out])).status).toBe(0);
    expect(existsSync(out)).toBe(false);
  });

  it('refuses a folder that another made, and leaves it as it is', async () => {
    const history = box.path('theirs.json');
    const theirs = `${history}.states`;
    mkdirSync(join(theirs, 'inner'), { recursive: true });
    writeFileSync(join(theirs, 'trial-0.json'), 'precious');
    const ran = await search([...plain, '--json', '--history', history]);
    expect(ran.err).toMatch(
      /theirs\.json\.states: expected a folder for the states of trials: .*received one of other/,
    );
    expect([ran.status, existsSync(history), readdirSync(theirs)]).toEqual([1, false, ['inner', 'trial-0.json']]);
    expect(readFileSync(join(theirs, 'trial-0.json'), 'utf8')).toBe('precious');
    writeFileSync(`${history}.file`, '');
    symlinkSync(`${history}.file`, box.path('linked.json.states'));
    const file = await search([...plain, '--json', '--history', box.path('linked.json')]);
    expect([file.status, file.err.includes('expected a directory')]).toEqual([1, true]);
  });

  it('leaves what others put beside the states', async () => {
    const history = box.path('shared.json');
    const states = `${history}.states`;
    await search([...plain, '--json', '--history', history], 3, history);
    writeFileSync(join(states, 'notes.txt'), 'precious');
    // A history that is gone: the search begins anew, and what was kept of the one before is of no use.
    rmSync(history);
    expect((await search([...plain, '--json', '--history', history], 1, history)).status).toBe(130);
    const some = readdirSync(states).filter((name) => name.startsWith('trial-'));
    expect(some.length).toBeLessThan(3);
    expect((await search([...plain, '--json', '--history', history])).status).toBe(0);
    expect(readdirSync(states)).toEqual(['notes.txt']);
  });

  it('removes the states of trials none of which has a value', async () => {
    const wild = box.file(
      'wild.json',
      JSON.stringify({
        space: { width: { kind: 'choice', options: [3, 4] } },
        search: { kind: 'successiveHalving', trials: 3, maximum: 3 },
        settings: { layers: 1, optimizer: 'gradientDescent', learningRate: 1e30, loss: 'squaredError' },
        folds: 2,
      }),
    );
    const history = box.path('wild-history.json');
    const ran = await search([wild, '--data', good, '--json', '--history', history]);
    expect([ran.status, existsSync(history), existsSync(`${history}.states`)]).toEqual([1, true, false]);
  });
});
