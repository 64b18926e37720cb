/** What is said to be equivalent is about the source as it is, and its page says the same. */
import { readFileSync } from 'node:fs';
import { holds, lawOf, lawSet, same } from '../law.ts';
import { runLaws } from '../run.ts';
import { page } from './page.ts';
import { survivors } from './survivors.ts';

const joined = (text: string): string => text.replace(/\s+/g, ' ');

const lines = (text: string) => text.split('\n').map((line, at) => ({ line, at }));
const found = readFileSync('docs/survivors.md', 'utf8').split('\n');

runLaws(
  lawSet('survivors', [
    lawOf('place', 'what is changed stands in its file', survivors, ({ file, from }) =>
      holds(joined(readFileSync(file, 'utf8')).includes(from), `${from} in ${file}`, 'no such text'),
    ),
    lawOf('page', 'has each line that `npm run docs` writes', lines(page), ({ line, at }) => same(line, found[at])),
    lawOf('no more', 'the page ends where `npm run docs` ends', [found.length], (count) =>
      same(lines(page).length, count),
    ),
  ]),
);
