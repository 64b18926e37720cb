/** What is said to be equivalent is about the source as it is, and its page says the same. */
import { readFileSync } from 'node:fs';
import { lawOf, lawSet, same } from '../law.ts';
import { runLaws } from '../run.ts';
import { page } from './page.ts';
import { partsOf } from './survivors/survivor.ts';
import { survivors } from './survivors.ts';

const joined = (text: string): string => text.replace(/\s+/g, ' ');

/** How often a piece of code stands in a text, where a name or a number is a whole one. */
const timesIn = (code: string, text: string): number => {
  const [begins, ends] = [/^\w/.test(code) ? '(?<![\\w.])' : '', /\w$/.test(code) ? '(?![\\w.])' : ''];
  return [...text.matchAll(new RegExp(`${begins}${code.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}${ends}`, 'g'))].length;
};

const lines = (text: string) => text.split('\n').map((line, at) => ({ line, at }));
const found = readFileSync('docs/survivors.md', 'utf8').split('\n');

runLaws(
  lawSet('survivors', [
    lawOf('place', 'what is changed stands in its file, in as many places as are meant', survivors, (one) =>
      same(one.places ?? 1, timesIn(partsOf(one).join(''), joined(readFileSync(one.file, 'utf8'))), one.from),
    ),
    lawOf('page', 'has each line that `npm run docs` writes', lines(page), ({ line, at }) => same(line, found[at])),
    lawOf('no more', 'the page ends where `npm run docs` ends', [found.length], (count) =>
      same(lines(page).length, count),
    ),
  ]),
);
