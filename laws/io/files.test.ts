/** Files: whole or not at all, and failures that say which file and why. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { makeable, makeDirectory, readBytes, readText, writable, writeText } from '../../src/io/files.ts';
import { filesIn, inFolder } from '../cli/fixture.ts';

const reason = (result: E.Either<{ readonly received: string }, unknown>): string =>
  E.isLeft(result) ? result.left.received : 'none';

describe('files', () => {
  it('are read as they were written, and leave no draft behind', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'a.txt');
      expect(await writeText(file)('first')()).toEqual(E.right(undefined));
      expect(await writeText(file)('zweite — ∂')()).toEqual(E.right(undefined));
      expect(await readText(file)()).toEqual(E.right('zweite — ∂'));
      expect(filesIn(folder)).toEqual(['a.txt']);
    }));

  it('behind a link keep the link', () =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, 'real.txt'), 'old');
      symlinkSync(join(folder, 'real.txt'), join(folder, 'link.txt'));
      await writeText(join(folder, 'link.txt'))('new')();
      expect(readFileSync(join(folder, 'real.txt'), 'utf8')).toBe('new');
    }));

  it('that are missing, directories or not text are refused by name', () =>
    inFolder(async (folder) => {
      const bytes = join(folder, 'bytes');
      writeFileSync(bytes, Uint8Array.of(0xff, 0xfe, 0x80));
      expect(reason(await readBytes(join(folder, 'none'))())).toBe('no file of that name');
      expect(reason(await readBytes(folder)())).toBe('a directory');
      expect(reason(await readText(bytes)())).toBe('bytes that are not');
      expect(await readText(bytes)()).toMatchObject({ left: { where: bytes } });
    }));

  it('are not written where they cannot be, and nothing is left there', () =>
    inFolder(async (folder) => {
      mkdirSync(join(folder, 'taken'));
      for (const path of ['taken', 'no/such/place.txt'].map((name) => join(folder, name))) {
        expect(await writable(path)()).toSatisfy(E.isLeft);
        expect(await writeText(path)('text')()).toSatisfy(E.isLeft);
      }
      expect(filesIn(folder)).toEqual(['taken']);
    }));
});

describe('directories', () => {
  it('are made with those above them, and twice is once', () =>
    inFolder(async (folder) => {
      const deep = join(folder, 'a', 'b');
      expect(await makeable(deep)()).toEqual(E.right(undefined));
      expect(filesIn(folder)).toEqual([]);
      expect(await makeDirectory(deep)()).toEqual(E.right(undefined));
      expect(await makeDirectory(deep)()).toEqual(E.right(undefined));
      expect(filesIn(folder)).toEqual(['a', join('a', 'b')]);
    }));

  it('are not made through a file', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'file');
      writeFileSync(file, '');
      for (const path of [file, join(file, 'below')]) {
        expect(await makeable(path)()).toSatisfy(E.isLeft);
        expect(await makeDirectory(path)()).toSatisfy(E.isLeft);
      }
    }));
});
