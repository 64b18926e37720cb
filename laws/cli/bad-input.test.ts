/** Bad input: a clear message on standard error, exit status 1 or 2, never a stack trace, nothing written. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { filesIn, inFolder } from './fixture.ts';
import { nabla } from './in-process.ts';

/** A table of 40 rows that trains: two features and a class. */
const good = (): string[] => [
  'a,b,kind',
  ...Array.from({ length: 40 }, (_, i) => `${(i * 7) % 11},${(i * 5) % 13},${i % 2 === 0 ? 'cat' : 'dog'}`),
];
const changed = (line: number, text: string): string => good().with(line, text).join('\n');

interface Bad {
  readonly name: string;
  /** What is in the file; without it there is none. */
  readonly content?: string | Uint8Array;
  readonly options?: readonly string[];
  readonly status: 1 | 2;
  /** What the message must say. */
  readonly says: readonly RegExp[];
}

const table = good().join('\n');

const cases: readonly Bad[] = [
  { name: 'a missing file', status: 1, says: [/table\.csv/, /file/] },
  { name: 'an empty file', content: '', status: 1, says: [/table\.csv/, /row|empty/] },
  { name: 'a header alone', content: 'a,b,kind\n', status: 1, says: [/row/] },
  { name: 'a ragged row', content: changed(7, '1,2'), status: 1, says: [/line 8/, /3/, /2/] },
  { name: 'text in a number column', content: changed(9, 'abc,2,cat'), status: 1, says: [/line 10/, /"?a"?/, /abc/] },
  { name: 'NaN', content: changed(3, '1,NaN,dog'), status: 1, says: [/line 4/, /NaN/] },
  { name: 'an empty cell', content: changed(3, '1,,dog'), status: 1, says: [/line 4/] },
  {
    name: 'one class only',
    content: table.replaceAll('dog', 'cat'),
    status: 1,
    says: [/class/, /cat|one/],
  },
  {
    name: 'a constant target',
    content: good()
      .map((line, i) => (i === 0 ? line : line.replace(/cat|dog/, '3.5')))
      .join('\n'),
    options: ['--task', 'regression'],
    status: 1,
    says: [/target|kind/, /3\.5|same|varies/],
  },
  {
    name: 'no feature that varies',
    content: good()
      .map((line, i) => (i === 0 ? line : line.replace(/^\d+,\d+/, '1,2')))
      .join('\n'),
    status: 1,
    says: [/feature/, /varies/],
  },
  {
    name: 'a target that does not exist',
    content: table,
    options: ['--target', 'colour'],
    status: 1,
    says: [/colour/, /a, b|kind/],
  },
  { name: 'a target position that does not exist', content: table, options: ['--target', '9'], status: 1, says: [/9/] },
  {
    name: 'too few rows to divide',
    content: good().slice(0, 3).join('\n'),
    status: 1,
    says: [/row/],
  },
  {
    name: 'lines skipped beyond the end',
    content: table,
    options: ['--skip-lines', '100'],
    status: 1,
    says: [/row|empty|line/],
  },
  { name: 'a layer of width 0', content: table, options: ['--layers', '64,0'], status: 2, says: [/--layers/, /0/] },
  {
    name: 'a layer of width 1e9',
    content: table,
    options: ['--layers', '1000000000'],
    status: 2,
    says: [/--layers|layers/, /1000000000|1e9|parameters/],
  },
  {
    name: 'layers that are no numbers',
    content: table,
    options: ['--layers', 'a,b'],
    status: 2,
    says: [/--layers/, /a,b|"a"/],
  },
  {
    name: 'a number of epochs below one',
    content: table,
    options: ['--epochs', '-1'],
    status: 2,
    says: [/--epochs/, /-1/],
  },
  { name: 'a seed that is no number', content: table, options: ['--seed', 'x'], status: 2, says: [/--seed/, /x/] },
  {
    name: 'an unknown task',
    content: table,
    options: ['--task', 'clustering'],
    status: 2,
    says: [/--task/, /classification/],
  },
  { name: 'an unknown option', content: table, options: ['--depth', '3'], status: 2, says: [/--depth/] },
  {
    name: 'gzip that cannot be read',
    content: Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3, 4]),
    status: 1,
    says: [/gzip/],
  },
  {
    name: 'bytes that are not text',
    content: Uint8Array.from([0xff, 0xfe, 0xfa, 0x80, 0x0a]),
    status: 1,
    says: [/UTF-8|text/],
  },
  {
    name: 'a file of letters to train on as numbers',
    content: table,
    options: ['--task', 'regression'],
    status: 1,
    says: [/kind|target/],
  },
];

const clear = (text: string): void => {
  expect(text).not.toMatch(/^\s+at /m);
  expect(text).not.toMatch(/mistake in nabla/);
  expect(text.trim().split('\n').length).toBeLessThanOrEqual(3);
};

describe('bad input', () => {
  for (const { name, content, options = [], status, says } of cases)
    it(`${name} ends in words`, () =>
      inFolder(async (folder) => {
        const file = join(folder, 'table.csv');
        if (content !== undefined) writeFileSync(file, content);
        const before = filesIn(folder);
        const model = join(folder, 'model.json');
        const ran = await nabla('--data', file, '--out', join(folder, 'out'), '--save', model, ...options);
        expect(ran.err).toMatch(/^nabla/);
        for (const pattern of says) expect(ran.err).toMatch(pattern);
        expect(ran.status).toBe(status);
        expect(ran.out).toBe('');
        clear(ran.err);
        expect(filesIn(folder)).toEqual(before);
      }));

  it('a folder in place of a file', () =>
    inFolder(async (folder) => {
      const ran = await nabla('--data', folder, '--json');
      expect(ran.status).toBe(1);
      expect(ran.err).toContain(folder);
      clear(ran.err);
    }));

  it('a model that is not one, and one that is cut off', () =>
    inFolder(async (folder) => {
      const data = join(folder, 'table.csv');
      const model = join(folder, 'model.json');
      writeFileSync(data, table);
      for (const text of ['', '{', '[]', '{"format":"other"}']) {
        writeFileSync(model, text);
        const ran = await nabla('predict', model, '--data', data);
        expect(ran.status).toBe(1);
        expect(ran.err).toContain('model.json');
        expect(ran.out).toBe('');
        clear(ran.err);
      }
    }));

  it('a place that cannot be written to', () =>
    inFolder(async (folder) => {
      const data = join(folder, 'table.csv');
      writeFileSync(data, table);
      mkdirSync(join(folder, 'taken'));
      const ran = await nabla('--data', data, '--json', '--epochs', '1', '--save', join(folder, 'taken'));
      expect(ran.status).toBe(1);
      expect(ran.err).toContain('taken');
      expect(ran.out).toBe('');
    }));

  it('as a process, too: message, status and no trace', () => {
    const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
    const ran = spawnSync(process.execPath, ['--import', 'tsx', main, '--data', 'no-such-file.csv'], {
      encoding: 'utf8',
    });
    expect(ran.status).toBe(1);
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toMatch(/^nabla: .*no-such-file\.csv.*\n$/);
  });
});
