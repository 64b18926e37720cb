/** A folder of its own for a test, and tables to put there. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Folder {
  readonly path: (name: string) => string;
  /** Writes a file: its path. */
  readonly file: (name: string, content: string | Uint8Array) => string;
  /** All names in the folder, those of folders inside included. */
  readonly names: () => readonly string[];
  readonly remove: () => void;
}

/** What a folder holds: all names, those of folders inside included. */
export const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

/** A new, empty folder. */
export const folder = (): Folder => {
  const root = mkdtempSync(join(tmpdir(), 'nabla-'));
  const path = (name: string): string => join(root, name);
  return {
    path,
    file: (name, content) => {
      writeFileSync(path(name), content);
      return path(name);
    },
    names: () => filesIn(root),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
};

/** Calls `use` with the path of an empty folder, which is gone afterwards. */
export const inFolder = async <A>(use: (folder: string) => Promise<A>): Promise<A> => {
  const { path, remove } = folder();
  try {
    return await use(path('.'));
  } finally {
    remove();
  }
};

/** A table with a header: two features, one of them words, and whether the first is above 5. */
export const classes = (rows = 60): string =>
  [
    'size,colour,big',
    ...Array.from({ length: rows }, (_, i) => {
      const size = (i * 37) % 100;
      return `${size / 10},${['red', 'blue'][i % 2]},${size > 50 ? 'yes' : 'no'}`;
    }),
    '',
  ].join('\n');

/** A table without a header: two numbers and their sum. */
export const sums = (rows = 60): string =>
  Array.from({ length: rows }, (_, i) => {
    const [a, b] = [((i * 37) % 100) / 7, ((i * 53) % 100) / 9];
    return `${a},${b},${a + b}\n`;
  }).join('');
