/**
 * The tests of `MUTATION_TESTS`, folders of `laws`, as one file. A mutant that keeps a file of tests from loading has
 * been noticed, but counts as one that survives where that is no test's failure: here it is.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'vitest';

const folders = (process.env.MUTATION_TESTS ?? '').split(',').filter((name) => name !== '');
const files = folders.flatMap((folder) =>
  readdirSync(join('laws', folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => join(process.cwd(), 'laws', folder, name)),
);

for (const file of files)
  try {
    await import(file);
  } catch (error) {
    it(`${file} loads`, () => {
      throw error;
    });
  }
