/** The command in this process: every option, and what it refuses of files and of options. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { VERSION } from '../../src/cli/version.ts';
import { classes, folder, sums } from './fixture.ts';
import { nabla as ran } from './in-process.ts';

const box = folder();
afterAll(box.remove);
const good = box.file('good.csv', classes());
const values = box.file('values.csv', sums());
const quick = ['--epochs', '3', '--layers', '8'];

describe('nabla', () => {
  it('has the version of the package', async () => {
    expect(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version).toBe(VERSION);
    expect(await ran('--version')).toEqual({ status: 0, out: `${VERSION}\n`, err: '' });
  });

  it('helps on standard output, for itself and for each command', async () => {
    for (const words of [
      ['--help'],
      ['train', '--help'],
      ['predict', '--help'],
      ['check', '--help'],
      ['demo', '--help'],
      ['help'],
    ]) {
      const { status, out, err } = await ran(...words);
      expect([status, err]).toEqual([0, '']);
      expect(out).toMatch(/^Usage: nabla/);
    }
    expect((await ran('--help')).out).toContain('Examples:');
  });
});

describe('nabla train', () => {
  it('takes the target by name and by position, gzip, skipped lines and no hidden layer', async () => {
    const zipped = box.file('z.csv.gz', gzipSync(new TextEncoder().encode(`a note\n${classes()}`)));
    for (const words of [
      ['--target', 'big'],
      ['--target', '3'],
      ['--target', '-1'],
      ['--layers', 'none'],
    ]) {
      const { status, err } = await ran('--data', zipped, '--skip-lines', '1', '--json', ...quick, ...words);
      expect([status, err.includes('expected')]).toEqual([0, false]);
    }
    const other = JSON.parse((await ran('--data', good, '--target=size', '--json', ...quick)).out);
    expect([other.task, other.target]).toEqual(['regression', 'size']);
  });
});

describe('nabla train --engine', () => {
  const trained = async (engine: string) => {
    const { status, out, err } = await ran('--data', good, '--json', '--engine', engine, ...quick);
    const { timings: _, ...rest } = status === 0 ? JSON.parse(out) : {};
    return { status, rest, err };
  };

  it('gives the same numbers on the reference as on wasm', async () => {
    const [wasm, reference] = [await trained('wasm'), await trained('reference')];
    expect([wasm.status, reference.status]).toEqual([0, 0]);
    expect(reference.rest).toEqual(wasm.rest);
  });

  it('takes the BLAS of the system, or says what to install', async () => {
    const { status, rest, err } = await trained('native');
    if (status === 0) expect(rest.history).toHaveLength(3);
    else expect(err).toMatch(/^nabla: native engine: expected .*install/m);
  });

  it('refuses other names', async () => {
    expect(await trained('gpu')).toMatchObject({
      status: 2,
      err: expect.stringContaining('wasm or native or reference'),
    });
  });
});

describe('nabla predict', () => {
  it('says of a saved model what training said', async () => {
    for (const [data, key] of [
      [good, 'accuracy'],
      [values, 'R²'],
    ] as const) {
      const model = box.path('model.json');
      expect((await ran('--data', data, '--json', '--save', model, ...quick)).status).toBe(0);
      const { status, out, err } = await ran('predict', model, '--data', data);
      expect(status).toBe(0);
      expect(err).toContain(key);
      expect(out.trim().split('\n')).toHaveLength(61);
      const json = JSON.parse((await ran('predict', model, '--data', data, '--json')).out);
      expect(json.predictions).toHaveLength(60);
    }
  });

  it('says why, where it does not say how good predictions are', async () => {
    const model = box.path('model.json');
    await ran('--data', values, '--json', '--save', model, ...quick);
    const { status, out, err } = await ran('predict', model, '--data', box.file('one.csv', '1,2,3\n'));
    expect([status, out.split('\n')]).toEqual([0, ['prediction', expect.stringMatching(/^\d/), '']]);
    expect(err).toMatch(/^nabla: note: how good .* is not known: r2, .*expected a target that varies/);
  });

  it('says numbers, or that a row is too large for them', async () => {
    const model = box.path('model.json');
    await ran('--data', values, '--json', '--save', model, ...quick);
    const statuses = [];
    // The columns deviate by about 4.1 and 3.2: what is 3e38 when it is scaled overflows on its way, what is more as it comes in.
    for (const [a, b] of [
      ['1e38', '-1e38'],
      ['-1e38', '1e38'],
      ['1.3e39', '1e39'],
      ['-1.3e39', '-1e39'],
      ['1e40', '0'],
      ['0', '1e308'],
    ]) {
      const { status, out, err } = await ran('predict', model, '--data', box.file('huge.csv', `1,2\n${a},${b}\n`));
      statuses.push(status);
      if (status === 0) expect(out).not.toMatch(/NaN|Infinity/);
      else
        expect([out, err]).toEqual(['', expect.stringMatching(/huge\.csv, line 2: expected numbers that stay finite/)]);
    }
    expect(statuses).toEqual([0, 0, 1, 1, 1, 1]);
  });

  it('does without the target column', async () => {
    const model = box.path('model.json');
    await ran('--data', good, '--json', '--save', model, ...quick);
    const bare = box.file('bare.csv', 'size,colour\n9.5,red\n0.1,blue\n');
    const { status, out, err } = await ran('predict', model, '--data', bare);
    expect([status, err]).toEqual([0, '']);
    expect(out).toMatch(/^prediction,probability no,probability yes\n(yes|no),0\.\d{4},0\.\d{4}\n/);
  });
});

describe('what it refuses', () => {
  const refuses = async (status: 1 | 2, message: RegExp, ...argv: readonly string[]): Promise<void> => {
    const before = box.names();
    const done = await ran(...argv);
    expect(done.err).toMatch(message);
    expect([done.status, done.out]).toEqual([status, '']);
    expect(done.err).toMatch(/^nabla: /);
    expect(done.err).not.toMatch(/\n\s+at |Error:/);
    expect(done.err.trim().split('\n').length).toBeLessThanOrEqual(2);
    expect(box.names()).toEqual(before);
  };
  const out = ['--out', box.path('never')];
  const data = (name: string, content: string | Uint8Array): readonly string[] => [
    '--data',
    box.file(name, content),
    ...quick,
    ...out,
  ];

  it('asks for options that make sense', async () => {
    for (const words of [
      ['--epochs', '-1'],
      ['--epochs', '0'],
      ['--epochs', 'many'],
      ['--seed', 'x'],
      ['--seed', '-1'],
      ['--seed', '1e99'],
      ['--task', 'guess'],
      ['--skip-lines', '-2'],
      ['--target', ''],
      ['--save', ''],
    ])
      await refuses(2, new RegExp(`${words[0]}: expected`), '--data', good, ...words);
    await refuses(2, /unknown option/, '--data', good, '--epoch', '3');
    await refuses(2, /unknown command/, 'learn');
    await refuses(2, /--data/, 'train');
    await refuses(2, /missing/, '--data');
    await refuses(2, /model/i, 'predict', '--data', good);
    await refuses(2, /too many/, '--data', good, 'another.csv');
  });

  it('refuses gzip that was cut or changed', async () => {
    const zipped = gzipSync(new TextEncoder().encode(classes()));
    await refuses(1, /gzip/, ...data('cut.csv.gz', zipped.slice(0, 60)));
    await refuses(1, /gzip/, ...data('wrong.csv.gz', zipped.with(30, (zipped[30] ?? 0) ^ 255)));
  });

  it('finds out before training that results could not be written', async () => {
    const inTheWay = box.file('inTheWay', '');
    await refuses(1, /leads through/, '--data', good, '--json', '--save', `${inTheWay}/deeper/m.json`);
    await refuses(1, /no file/, '--data', good, '--json', '--save', box.path('.'));
    await refuses(1, /directory|leads through/, '--data', good, '--out', inTheWay);
    await refuses(1, /leads through/, '--data', good, '--out', `${inTheWay}/deeper`);
    await refuses(1, /directory|leads through/, 'demo', '--out', inTheWay);
    await refuses(1, /leads through/, 'demo', '--picture', `${inTheWay}/deeper/x.svg`);
  });

  it('writes no result over the table, or over another', async () => {
    symlinkSync(good, box.path('link.csv'));
    for (const [path, other] of [
      [good, '--data'],
      [box.path('link.csv'), '--data'],
      [box.path('both/report.html'), 'the report'],
    ] as const)
      await refuses(
        1,
        new RegExp(`--save: expected a file of its own, .*where ${other} is: `),
        ...['--data', good, '--save', path, '--out', box.path('both')],
      );
    expect(readFileSync(good, 'utf8')).toBe(classes());
    const { status } = await ran('--data', good, '--json', '--save', box.path('both/model.json'), ...quick);
    expect([status, existsSync(box.path('both/model.json'))]).toEqual([0, true]);
  });

  it('refuses a model that is damaged, of another version, or for other columns', async () => {
    const model = box.path('model.json');
    await ran('--data', good, '--json', '--save', model, ...quick);
    const text = readFileSync(model, 'utf8');
    const predict = (name: string, content: string, table = good): readonly string[] => [
      'predict',
      box.file(name, content),
      '--data',
      table,
    ];
    await refuses(1, /version 1.*version 2/, ...predict('later.json', text.replace('"version":1', '"version":2')));
    await refuses(1, /extra/, ...predict('more.json', text.replace('{', '{"extra":0,')));
    await refuses(1, /expected/, ...predict('layer.json', text.replace('"kind":"relu"', '"kind":"rely"')));
    await refuses(
      1,
      /network that fits/,
      ...predict(
        'fit.json',
        text
          .replace('"red"', '"red","green"')
          .replace(/("name":"colour=red"[^}]*})/, '$1,{"name":"colour=green","shift":0,"scale":1}'),
      ),
    );
    await refuses(1, /column "size"/, ...predict('same.json', text, box.file('else.csv', 'weight,colour\n1,red\n')));
    await refuses(1, /"red"/, ...predict('same.json', text, box.file('hue.csv', 'size,colour\n1,green\n')));
    await refuses(1, /no file/, 'predict', box.path('none.json'), '--data', good);
    await refuses(1, /no file/, 'predict', box.file('whole.json', text), '--data', box.path('none.csv'));
  });
});

describe('as a process', () => {
  it('ends in words when its reader goes away', async () => {
    const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', main, '--data', good, '--json', ...quick]);
    child.stdout.destroy();
    const said: string[] = [];
    child.stderr.on('data', (chunk) => said.push(String(chunk)));
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect(said.join('')).toContain('nabla: standard output: expected a reader, received a closed pipe');
    expect(said.join('')).not.toMatch(/^\s+at /m);
    expect(status).toBe(1);
  });
});
