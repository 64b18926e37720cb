/** What is said to be equivalent is about the source as it is, and its page says the same. */
import { readFileSync } from 'node:fs';
import { holds, lawOf, lawSet, same } from '../law.ts';
import { runLaws } from '../run.ts';
import { page } from './page.ts';
import { survivors } from './survivors.ts';

const joined = (text: string): string => text.replace(/\s+/g, ' ');

runLaws(
  lawSet('survivors', [
    lawOf('place', 'what is changed stands in its file', survivors, ({ file, from }) =>
      holds(joined(readFileSync(file, 'utf8')).includes(from), `${from} in ${file}`, 'no such text'),
    ),
    lawOf('page', 'is what `npm run docs` writes', [page], (text) =>
      same(text, readFileSync('docs/survivors.md', 'utf8')),
    ),
  ]),
);
