/** The files of `nabla search`: none is written over another, and no two searches are at one history. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { classes, folder } from './fixture.ts';
import { interrupted, nabla, type Ran } from './in-process.ts';

const box = folder();
afterAll(box.remove);

const space = box.file(
  'space.json',
  JSON.stringify({
    space: { learningRate: { kind: 'logUniform', low: 0.001, high: 0.1 } },
    search: { kind: 'random', trials: 3, budget: 1 },
    settings: { layers: 1, width: 4, batchSize: 16 },
    folds: 2,
  }),
);
const good = box.file('good.csv', classes());
const plain = ['search', space, '--data', good, '--threads', '0'] as const;
const search = (...words: readonly string[]): Promise<Ran> => nabla(...plain, ...words);

describe('the files of nabla search', () => {
  it('are each of their own, by whatever name', async () => {
    mkdirSync(box.path('inner'));
    symlinkSync(good, box.path('link.csv'));
    symlinkSync(box.path('.'), box.path('round'));
    const out = box.path('out');
    const history = box.path('history.json');
    symlinkSync('round/out/history.json', box.path('soon.json'));
    const before = box.names();
    for (const [one, other, words] of [
      ['--save', '--data', ['--save', good]],
      ['--save', '--data', ['--save', box.path('link.csv')]],
      ['--save', '--data', ['--save', box.path('round/good.csv')]],
      ['--save', '--data', ['--save', box.path('inner/../good.csv')]],
      ['--save', 'SPACE', ['--save', box.path('round/space.json')]],
      ['--save', 'the history', ['--save', box.path('soon.json')]],
      ['--save', '--history', ['--save', box.path('round/history.json'), '--history', history]],
      ['--save', 'the states of trials', ['--save', `${history}.states/best.json`, '--history', history]],
      ['--save', 'the lock of the history', ['--save', `${history}.lock`, '--history', history]],
      ['--save', 'the history', ['--save', `${out}/history.json`]],
      ['--save', 'the history before', ['--save', `${out}/history.json.old`]],
      ['--save', 'the report', ['--save', box.path('round/out/report.html')]],
      ['--history', 'the report', ['--history', `${out}/report.html`]],
      ['--history', '--data', ['--history', box.path('link.csv')]],
      ['the report', '--history', ['--history', out]],
      ['--history', 'SPACE', ['--history', box.path('round/space.json')]],
    ] as const) {
      const { status, out: said, err } = await search('--out', out, ...words);
      expect([words, status, said]).toEqual([words, 1, '']);
      const names = [
        /^nabla: ([^:]*): /.exec(err)?.[1],
        /expected a file of its own, .*where (.*) is: /.exec(err)?.[1],
      ];
      expect(names.toSorted()).toEqual([one, other].toSorted());
      expect(box.names()).toEqual(before);
    }
    expect(readFileSync(good, 'utf8')).toBe(classes());
  });

  it('lie in folders that are made', async () => {
    const out = box.path('made');
    const ran = await search('--out', out, '--history', `${out}/kept/history.json`, '--save', `${out}/best.json`);
    expect([ran.status, ran.err.includes('expected')]).toEqual([0, false]);
    expect(readdirSync(out).toSorted()).toEqual(['best.json', 'kept', 'report.html']);
  });

  it('leave the history of an earlier search where it can be gone on from', async () => {
    const out = box.path('again');
    const history = `${out}/history.json`;
    const words = ['--out', out, '--method', 'successiveHalving', '--trials', '9', '--epochs', '9'];
    expect((await interrupted(...plain, ...words)).err).not.toContain('earlier');
    const first = readFileSync(history, 'utf8');
    const { status, err } = await search('--out', out);
    expect([status, err.includes(`the history of an earlier search is now in ${history}.old\n`)]).toEqual([0, true]);
    expect(readFileSync(`${history}.old`, 'utf8')).toBe(first);
    expect(existsSync(`${history}.states`)).toBe(false);
    const resumed = await search(...words, '--history', `${history}.old`);
    expect([resumed.status, resumed.err.includes('going on after')]).toEqual([0, true]);
  });
});

describe('a history', () => {
  it('is of one process at a time, by whatever name', async () => {
    const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
    const history = box.path('busy.json');
    const words = ['search', space, '--data', good, '--json', '--threads', '0', '--trials', '100000'];
    const child = spawn(process.execPath, ['--import', 'tsx', main, ...words, '--history', history], {
      stdio: 'ignore',
    });
    const closed = new Promise((resolve) => child.on('close', resolve));
    while (!existsSync(history) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 50));
    symlinkSync('busy.json', box.path('busy-link.json'));
    for (const name of [history, box.path('busy-link.json')]) {
      const { status, err } = await search('--json', '--history', name);
      expect(err).toContain(
        `expected a history that no other search is at, received one that process ${child.pid} is at`,
      );
      expect([status, err.trim().split('\n').length]).toEqual([1, 1]);
    }
    child.kill('SIGINT');
    expect(await closed).toBe(130);
    expect(existsSync(`${history}.lock`)).toBe(false);
  });

  it('is free when the process that was at it is gone, however the search ended', async () => {
    const history = box.path('left.json');
    const lock = `${history}.lock`;
    const { pid } = spawnSync(process.execPath, ['--eval', '']);
    for (const gone of [pid, process.pid]) {
      writeFileSync(lock, `${gone}\n`);
      expect((await search('--json', '--history', history)).status).toBe(0);
      expect(existsSync(lock)).toBe(false);
    }
    expect((await search('--json', '--history', history, '--seed', '7')).status).toBe(1);
    expect(existsSync(lock)).toBe(false);
  });

  it('is not taken from who may live', async () => {
    const history = box.path('held.json');
    const lock = `${history}.lock`;
    for (const holder of [`${process.ppid}\n`, '']) {
      writeFileSync(lock, holder);
      const { status, err } = await search('--json', '--history', history);
      expect([status, err.includes(`where that is no search, remove ${lock}`)]).toEqual([1, true]);
      expect([readFileSync(lock, 'utf8'), existsSync(history)]).toEqual([holder, false]);
    }
  });
});
