/** `nabla search`: what it finds, that it goes on where it was stopped, and what it refuses. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { Json } from '../../src/index.ts';
import { classes, folder, sums } from './fixture.ts';
import { interrupted, nabla, type Ran } from './in-process.ts';

const box = folder();
afterAll(box.remove);

const space = {
  learningRate: { kind: 'logUniform', low: 0.001, high: 0.1 },
  width: { kind: 'choice', options: [2, 4, 8] },
  optimizer: { kind: 'choice', options: ['adam', 'momentum'] },
  momentum: {
    kind: 'conditional',
    on: 'optimizer',
    values: ['momentum'],
    dimension: { kind: 'uniform', low: 0.5, high: 0.9 },
  },
};
const asked = {
  space,
  search: { kind: 'random', trials: 6, budget: 2 },
  settings: { layers: 1, batchSize: 16 },
  folds: 2,
};
const file = (name: string, content: Readonly<Record<string, unknown>>): string =>
  box.file(name, JSON.stringify(content));
const good = box.file('good.csv', classes());
const values = box.file('values.csv', sums());
const small = file('space.json', asked);

/** A search in this thread. */
const search = (...words: readonly string[]): Promise<Ran> => nabla('search', ...words, '--threads', '0');

interface Found {
  readonly best: { readonly number: number; readonly value: number; readonly point: Json } | null;
  readonly trials: ReadonlyArray<{
    readonly number: number;
    readonly budget: number;
    readonly from?: number;
    readonly value?: number;
    readonly failed?: string;
    readonly scores: readonly number[] | null;
  }>;
  readonly epochs: number;
  readonly stopped: boolean;
  readonly importance: Readonly<Record<string, number>> | null;
}
const found = async (...words: readonly string[]): Promise<Found> => {
  const { status, out, err } = await search(...words, '--json');
  expect([status, err.includes('expected')]).toEqual([0, false]);
  const { timings: _, ...rest } = JSON.parse(out);
  return rest;
};

describe('nabla search', () => {
  it('gives one JSON object, the same for the same seed and another for another', async () => {
    const words = [small, '--data', good];
    const first = await found(...words);
    expect(first.trials).toHaveLength(6);
    expect(first.epochs).toBe(12);
    expect(first.best?.value).toBe(Math.min(...first.trials.map(({ value }) => value ?? 1)));
    for (const { value, scores } of first.trials) {
      expect(scores).toHaveLength(2);
      // Two folds of a table of even length are equally large, and the value is the mean over folds.
      expect(value).toBeCloseTo(((scores?.[0] ?? 9) + (scores?.[1] ?? 9)) / 2, 12);
    }
    expect(Object.keys(first.importance ?? {}).toSorted()).toEqual(Object.keys(space).toSorted());
    expect(await found(...words)).toEqual(first);
    expect(await found(...words, '--seed', '2')).not.toEqual(first);
  });

  it('searches in every way, by numbers, too', async () => {
    const few = file('few.json', {
      ...asked,
      space: { learningRate: space.learningRate, width: { kind: 'choice', options: [2, 4] } },
    });
    for (const [method, trials] of [
      ['grid', 3 * 2],
      ['quasiRandom', 4],
      ['treeParzen', 4],
      ['successiveHalving', 4 + 1],
      ['asynchronousHalving', 4 + 1],
      ['hyperband', 3 + 1 + 2],
    ] as const) {
      const most = method === 'grid' || method === 'hyperband' ? [] : ['--trials', '4'];
      const result = await found(
        method === 'grid' ? few : small,
        '--data',
        values,
        '--method',
        method,
        '--epochs',
        '3',
        ...most,
      );
      expect([method, result.trials.length]).toEqual([method, trials]);
      // The mean of the training targets has a squared error of about 1 in these units.
      expect(result.best?.value).toBeLessThan(2);
      // A trial that goes on from another costs what it adds.
      const costs = result.trials.map(
        ({ budget, from }) => budget - (from === undefined ? 0 : (result.trials[from]?.budget ?? 0)),
      );
      expect(result.epochs).toBe(costs.reduce((sum, cost) => sum + cost, 0));
    }
  });

  it('is told by the command line before the file', async () => {
    const result = await found(small, '--data', good, '--trials', '2', '--epochs', '1', '--folds', '3');
    expect(result.trials.map(({ budget, scores }) => [budget, scores?.length])).toEqual([
      [1, 3],
      [1, 3],
    ]);
  });

  it('does without all but the space', async () => {
    const alone = file('alone.json', { space: { width: { kind: 'choice', options: [2, 3] } } });
    const result = await found(alone, '--data', good, '--trials', '1', '--epochs', '1');
    expect(result.trials).toHaveLength(1);
    expect(result.importance).toBeNull();
  });

  it('keeps a trial that diverges as a result, and says why none has a value', async () => {
    const wild = { kind: 'choice', options: [0.01, 1e30] };
    const settings = { layers: 1, width: 4, optimizer: 'gradientDescent', loss: 'squaredError' };
    const mixed = file('mixed.json', {
      ...asked,
      space: { learningRate: wild },
      search: { kind: 'grid', budget: 3 },
      settings,
    });
    const { trials, best } = await found(mixed, '--data', values);
    expect(trials.map(({ failed }) => failed === undefined)).toEqual([true, false]);
    expect(trials[1]?.failed).toMatch(/expected a finite/);
    expect(best?.number).toBe(0);
    const all = file('all.json', {
      ...asked,
      space: { width: { kind: 'choice', options: [3, 4] } },
      search: { kind: 'grid', budget: 3 },
      settings: { optimizer: 'gradientDescent', learningRate: 1e30 },
    });
    const none = await search(all, '--data', values, '--json');
    expect([none.status, none.out]).toEqual([1, '']);
    expect(none.err).toMatch(/expected a trial that ends with a value, received 2 without one, the first because: /);
    expect(none.err).not.toMatch(/\n\s+at /);
  });

  it('writes a report that stands by itself, and the history beside it', async () => {
    const out = box.path('report');
    const ran = await search(small, '--data', good, '--out', out);
    expect(ran.status).toBe(0);
    expect(ran.out).toMatch(/^best {6}error rate \d+\.\d\d % .*\(trial \d\): learningRate /m);
    expect(ran.err).toContain('100%');
    const html = readFileSync(`${out}/report.html`, 'utf8');
    expect(html.match(/https?:\/\/[^"'\s<]*/g)?.filter((url) => !url.startsWith('http://www.w3.org/'))).toEqual([]);
    for (const name of Object.keys(space)) expect(html).toContain(name);
    // Two curves, parallel coordinates, a plot for each hyperparameter in one, importance.
    expect(html.match(/<figure>/g)).toHaveLength(5);
    // The trials, the best first.
    const rows = [...(html.split('class="sortable"')[1] ?? '').matchAll(/<tr><td>\d+<\/td><td>(\d+\.\d\d) %/g)];
    const shown = rows.map(([, value]) => Number(value));
    expect(shown).toHaveLength(6);
    expect(shown).toEqual(shown.toSorted((a, b) => a - b));
    expect(JSON.parse(readFileSync(`${out}/history.json`, 'utf8')).history.events).toHaveLength(12);
    // The same command gives the same page.
    await search(small, '--data', good, '--out', out);
    expect(readFileSync(`${out}/report.html`, 'utf8') === html).toBe(true);
  });
});

/** A search that is interrupted when it says for the first time how far it is. */
const stoppedEarly = (...words: readonly string[]): Promise<Ran> => interrupted('search', ...words, '--threads', '0');

describe('nabla search --history', () => {
  it('goes on from where it was stopped, as if it never had been', async () => {
    for (const words of [[], ['--method', 'successiveHalving', '--trials', '9', '--epochs', '9']]) {
      const history = box.path(`history${words.length}.json`);
      const plain = [small, '--data', good, ...words];
      const whole = await found(...plain);
      const stopped = await stoppedEarly(...plain, '--json', '--history', history);
      expect(stopped.status).toBe(130);
      expect(stopped.err).toMatch(/stopped; \d+ trials are kept in .*The same command with --history .* goes on/);
      const part: Found = JSON.parse(stopped.out);
      expect(part.stopped).toBe(true);
      expect(part.trials.length).toBeGreaterThan(0);
      expect(part.trials.length).toBeLessThan(whole.trials.length);
      expect(await found(...plain, '--history', history)).toEqual(whole);
      // It is done, and says the same again; the states of trials are gone.
      expect(await found(...plain, '--history', history)).toEqual(whole);
      expect(existsSync(`${history}.states`)).toBe(false);
    }
  });

  it('keeps what is finished beside the report where no file is named', async () => {
    const out = box.path('stopped');
    const stopped = await stoppedEarly(small, '--data', good, '--out', out);
    expect(stopped.status).toBe(130);
    expect(stopped.err).toContain(`--history ${out}/history.json goes on from there`);
    expect(readFileSync(`${out}/report.html`, 'utf8')).toContain('stopped before its end');
    const resumed = await search(small, '--data', good, '--out', out, '--history', `${out}/history.json`);
    expect([resumed.status, resumed.err.includes('going on after')]).toEqual([0, true]);
    expect(resumed.out).toContain('trials    6 ended; 12 epochs in each fold');
  });

  it('refuses a history of anything else', async () => {
    const history = box.path('kept.json');
    const words = [small, '--data', good, '--history', history];
    await found(...words);
    const kept = readFileSync(history, 'utf8');
    const other = { ...asked, space: { ...space, width: { kind: 'choice', options: [2, 4] } } };
    const cases: ReadonlyArray<readonly [message: RegExp, words: readonly string[], text?: string]> = [
      [
        /of this space, its .*options\.2 being none, received one of another, 8$/m,
        [file('other.json', other), '--data', good],
      ],
      [/expected a history of this table/, [small, '--data', box.file('more.csv', classes(80))]],
      [/of this search, its trials being 7, received one of another, 6$/m, [small, '--data', good, '--trials', '7']],
      [/expected a history of this seed, 3, received one of another, 1$/m, [small, '--data', good, '--seed', '3']],
      [
        /expected a history of this number of folds, 3, received one of another, 2$/m,
        [small, '--data', good, '--folds', '3'],
      ],
      [/expected a history of this target/, [small, '--data', good, '--target', 'colour']],
      [/expected a history as nabla search/, [small, '--data', good], '{}'],
      [/received text that is not JSON/, [small, '--data', good], kept.slice(0, 200)],
      [/received an empty file/, [small, '--data', good], ''],
      [/expected a history of version 1/, [small, '--data', good], kept.replace('"version":1', '"version":2')],
      [/no such field/, [small, '--data', good], kept.replace('{', '{"more":1,')],
      [/received "seed" twice in one object/, [small, '--data', good], kept.replace('{', '{"seed":1,')],
      [/history/, [small, '--data', good], kept.replace('"history":', '"story":')],
      [/trial.*depth/, [small, '--data', good], kept.replace(/("point":\{.*?)"width":/, '$1"depth":')],
      [
        /what the search suggests/,
        [small, '--data', good],
        kept.replace(/"learningRate":0\.\d+/, '"learningRate":0.05'),
      ],
    ];
    for (const [message, asks, text] of cases) {
      writeFileSync(history, text ?? kept);
      const ran = await search(...asks, '--history', history, '--json');
      expect(ran.err).toMatch(message);
      expect([ran.status, ran.out]).toEqual([1, '']);
      expect(ran.err.trim().split('\n')).toHaveLength(1);
      expect(readFileSync(history, 'utf8')).toBe(text ?? kept);
    }
  });
});

describe('what the tutorial shows', () => {
  const chapter = readFileSync(new URL('../../docs/10-hyperparameters.md', import.meta.url), 'utf8');
  const shown = [...chapter.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);

  it('searches every file of it, made short', async () => {
    expect(shown.length).toBeGreaterThan(1);
    for (const text of shown) {
      const short = ['--method', 'random', '--trials', '3', '--epochs', '1', '--folds', '2'];
      const ran = await search(box.file('shown.json', text), '--data', good, ...short, '--out', box.path('shown'));
      expect([ran.status, ran.err.includes('3 trials')], ran.err).toEqual([0, true]);
    }
  });
});

describe('what it refuses', () => {
  const refuses = async (status: 1 | 2, message: RegExp, ...words: readonly string[]): Promise<void> => {
    const before = box.names();
    const ran = await search(...words);
    expect(ran.err).toMatch(message);
    expect([ran.status, ran.out]).toEqual([status, '']);
    expect(ran.err).toMatch(/^nabla: |^error: /);
    expect(ran.err).not.toMatch(/\n\s+at |mistake in nabla/);
    expect(ran.err.trim().split('\n').length).toBeLessThanOrEqual(2);
    expect(box.names()).toEqual(before);
  };
  const never = ['--data', good, '--out', box.path('never')];

  it('a file that says no search', async () => {
    const cases: ReadonlyArray<readonly [RegExp, string]> = [
      [/received an empty file/, ''],
      [/bad\.json, line 1, column 11: .*text that is not JSON: it ends too early/, '{"space": '],
      [/bad\.json, line 3, column 1: .*text that is not JSON: "}}"/, '{"space": {\n"a": 1,\n}}'],
      [/bad\.json, line 2, column 2: .*received "folds" twice/, '{"space": {}, "folds": 2,\n "folds": 3}'],
      [/line 1, column 35: .*received "a" twice/, '{"space": {"b": {"a": 1}, "a": 1, "\\u0061": 2}}'],
      [
        /key: expected a key, \{"words": \[a, b\]\}.*received 3/,
        JSON.stringify({ ...asked, search: { kind: 'random', key: 3 } }),
      ],
      [/expected an object/, '[]'],
      [/no field "space"/, '{}'],
      [/record of dimensions/, '{"space": []}'],
      [/none: the space is empty/, '{"space": {}}'],
      [/no such field, .*space, search, settings/, JSON.stringify({ ...asked, spaces: {} })],
      [/settings: expected an object/, JSON.stringify({ ...asked, settings: [3] })],
      [/dimension of kind/, '{"space": {"width": {"kind": "gaussian"}}}'],
      [/no such field/, '{"space": {"width": {"kind": "choice", "options": [1], "values": []}}}'],
      [/at least one option/, '{"space": {"width": {"kind": "choice", "options": []}}}'],
      [/lower bound below/, '{"space": {"dropout": {"kind": "uniform", "low": 0.5, "high": 0.1}}}'],
      [/finite bounds|number/, '{"space": {"dropout": {"kind": "uniform", "low": 0, "high": 1e999}}}'],
      [/number/, '{"space": {"dropout": {"kind": "uniform", "low": null, "high": 1}}}'],
      [/text that is not JSON/, '{"space": {"dropout": {"kind": "uniform", "low": NaN, "high": 1}}}'],
      [
        /a condition that can hold/,
        JSON.stringify({ space: { ...space, momentum: { ...space.momentum, values: ['adagrad'] } } }),
      ],
      [/a condition on a dimension of the space/, JSON.stringify({ space: { momentum: space.momentum } })],
      [/depth: expected one of hidden, /, '{"space": {"depth": {"kind": "choice", "options": [1, 2]}}}'],
      [/activation/, JSON.stringify({ ...asked, settings: { layers: 1, activation: 'rely' } })],
      [/width: expected a setting that is fixed or searched/, JSON.stringify({ ...asked, settings: { width: 3 } })],
      [/one of grid, random/, JSON.stringify({ ...asked, search: { kind: 'guess' } })],
      [/an object with a kind/, JSON.stringify({ ...asked, search: { trials: 3 } })],
      [/trials/, JSON.stringify({ ...asked, search: { kind: 'random', trials: 0 } })],
      [/no such field/, JSON.stringify({ ...asked, search: { kind: 'random', trial: 3 } })],
      [/minimum|maximum/, JSON.stringify({ ...asked, search: { kind: 'hyperband', maximum: 10 } })],
      [
        /Search\.random\.budget: expected a whole number of epochs, at least 1, received 1\.5/,
        JSON.stringify({ ...asked, search: { kind: 'random', trials: 2, budget: 1.5 } }),
      ],
      [
        /Search\.successiveHalving\.minimum: expected a whole number of epochs/,
        JSON.stringify({ ...asked, search: { kind: 'successiveHalving', trials: 9, minimum: 0.5, maximum: 4.5 } }),
      ],
      [
        /trials: expected at least 9 trials, for one of them to be trained for all 9 epochs, received 8, of which the best would be trained for 3/,
        JSON.stringify({ ...asked, search: { kind: 'successiveHalving', trials: 8, maximum: 9 } }),
      ],
      [
        /asynchronousHalving\.trials: expected at least 3 trials/,
        JSON.stringify({ ...asked, search: { kind: 'asynchronousHalving', trials: 1, maximum: 3 } }),
      ],
      [
        /settings\.batchSize: expected batches of at least 2 rows/,
        JSON.stringify({ ...asked, settings: { layers: 1, batchSize: 1, normalisation: 'batchNorm' } }),
      ],
      [/folds: a whole number from 2/, JSON.stringify({ ...asked, folds: 1 })],
      [/folds: a whole number from 2/, JSON.stringify({ ...asked, folds: 2.5 })],
      [/folds/, JSON.stringify({ ...asked, folds: 1000 })],
      [/measure/, JSON.stringify({ ...asked, measure: 'accuracy' })],
      [/measure/, JSON.stringify({ ...asked, measure: 'squaredError' })],
    ];
    for (const [message, text] of cases) await refuses(1, message, box.file('bad.json', text), ...never);
  });

  it('a table that cannot be searched on', async () => {
    await refuses(1, /none\.csv.*no file/, small, '--data', box.path('none.csv'));
    const table = (content: string): readonly string[] => ['--data', box.file('bad.csv', content)];
    await refuses(1, /line 2/, small, ...table('a,b\nNaN,1\n2,3\n'));
    await refuses(
      1,
      /a target that varies|class/,
      small,
      ...table('a,b\n1,1.5\n2,1.5\n3,1.5\n'),
      '--task',
      'regression',
    );
    await refuses(1, /a feature that varies/, small, ...table('a,b\n1,cat\n1,dog\n1,cat\n1,dog\n'));
    await refuses(
      1,
      /settings\.loss: expected a loss of what is predicted, received one of values that are −1 or 1, not -?\d/,
      file('hinge.json', { ...asked, settings: { layers: 1, loss: 'hinge' } }),
      ...['--data', values, '--out', box.path('never')],
    );
    await refuses(1, /folds.*rows.*received/, small, ...table('a,b\n1,1.5\n2,2.5\n3,3.5\n'), '--folds', '4');
    await refuses(1, /at least 9 rows of class "no", received \d$/m, small, ...table(classes(12)), '--folds', '9');
  });

  it('files that are missing or cannot be written', async () => {
    await refuses(1, /none\.json.*no file/, box.path('none.json'), ...never);
    await refuses(1, /directory/, box.path('.'), ...never);
    const inTheWay = box.file('inTheWay', '');
    await refuses(1, /directory|leads through/, small, '--data', good, '--out', inTheWay);
    await refuses(1, /leads through/, small, '--data', good, '--json', '--history', `${inTheWay}/where/h.json`);
    mkdirSync(box.path('taken'));
    await refuses(1, /no file/, small, '--data', good, '--json', '--history', box.path('taken'));
  });

  it('options that make no sense', async () => {
    for (const words of [
      ['--method', 'guess'],
      ['--trials', '0'],
      ['--epochs', 'many'],
      ['--folds', '-1'],
      ['--folds', '0'],
      ['--folds', '1'],
      ['--seed', 'x'],
      ['--history', ''],
      ['--out', ''],
    ])
      await refuses(2, new RegExp(`${words[0]}: expected`), small, '--data', good, ...words);
    await refuses(2, /--data/, small);
    await refuses(2, /argument|space/, '--data', good);
    const ran = await nabla('search', small, '--data', good, '--threads', 'two');
    expect([ran.status, ran.err.includes('--threads: expected')]).toEqual([2, true]);
    await refuses(
      2,
      /--trials: expected a kind of search that has it, the fields of grid being/,
      small,
      ...never,
      '--method',
      'grid',
      '--trials',
      '3',
    );
    const halving = ['--method', 'successiveHalving', '--trials', '9'];
    await refuses(2, /--epochs: expected .*received 10/, small, ...never, ...halving, '--epochs', '10');
    await refuses(
      2,
      /--trials: expected at least 9 trials/,
      small,
      ...never,
      '--method',
      'successiveHalving',
      '--trials',
      '8',
      '--epochs',
      '9',
    );
  });
});

describe('as a process', () => {
  it('runs in threads, and Ctrl-C keeps what is finished', async () => {
    const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
    const history = box.path('process.json');
    const words = ['search', small, '--data', good, '--json', '--threads', '2', '--history', history];
    const start = (...more: readonly string[]) =>
      spawn(process.execPath, ['--import', 'tsx', main, ...words, ...more], { stdio: ['ignore', 'pipe', 'pipe'] });
    const child = start('--trials', '100000');
    const said: string[] = [];
    child.stderr.on('data', (chunk) => said.push(String(chunk)));
    const closed = new Promise((resolve) => child.on('close', resolve));
    const kept = (): number =>
      existsSync(history) ? JSON.parse(readFileSync(history, 'utf8')).history.events.length : 0;
    while (kept() < 10 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill('SIGINT');
    expect(await closed).toBe(130);
    expect(said.join('')).toMatch(/nabla: stopped; \d+ trials are kept/);
    expect(said.join('')).not.toMatch(/^\s+at /m);
    expect(kept()).toBeGreaterThanOrEqual(10);
  });

  it('without threads, too: in the midst of a trial that takes for ever', async () => {
    const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
    const history = box.path('unthreaded.json');
    const words = ['search', small, '--data', good, '--json', '--threads', '0', '--epochs', '1000000'];
    const child = spawn(process.execPath, ['--import', 'tsx', main, ...words, '--history', history], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const said: string[] = [];
    child.stderr.on('data', (chunk) => said.push(String(chunk)));
    const closed = new Promise((resolve) => child.on('close', resolve));
    while (!existsSync(`${history}.lock`) && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 50));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    child.kill('SIGINT');
    expect([await closed, said.join('')]).toEqual([130, expect.stringContaining('nabla: stopped; 0 trials are kept')]);
    expect(JSON.parse(readFileSync(history, 'utf8')).history.events).toHaveLength(1);
  });

  it('ends at once at a second Ctrl-C, whatever it is at', async () => {
    const world = new URL('../../src/cli/world.ts', import.meta.url);
    const busy = `import { world } from '${world}'; world.onInterrupt(() => { console.log('first'); for (;;); });
      setInterval(() => undefined, 1000); console.log('begun');`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', busy], { stdio: 'pipe' });
    // Each word is an interrupt: at the first there is time for it, at the second none.
    child.stdout.on('data', () => child.kill('SIGINT'));
    expect(await new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)))).toBe('SIGINT');
  });

  it('decides the same in threads as in none', async () => {
    const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', main, 'search', small, '--data', good, '--json', '--threads', '2'],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const out: string[] = [];
    child.stdout.on('data', (chunk) => out.push(String(chunk)));
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
    const { timings: _, ...threaded } = JSON.parse(out.join(''));
    expect(threaded).toEqual(await found(small, '--data', good));
  });
});
