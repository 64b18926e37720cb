/** The chapters of the tutorial follow one another: each leads on to the next, and back. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const docs = new URL('../../docs/', import.meta.url);
const chapters = readdirSync(docs)
  .filter((name) => /^\d\d-.*\.md$/.test(name))
  .sort();

it.each(chapters.map((name, i) => ({ name, next: chapters[i + 1], back: chapters[i - 1] })))(
  '$name ends with links to the chapters beside it',
  ({ name, next, back }) => {
    const last = readFileSync(new URL(name, docs), 'utf8').trimEnd().split('\n\n').at(-1);
    const link = (word: string, file: string | undefined): string =>
      file === undefined ? '' : `${word}:\\s\\[[^\\]]+\\]\\(${file}\\)[^:]*`;
    expect(last).toMatch(new RegExp(`^${link('Next', next)}${link('Back', back)}$`));
  },
);

it('the first chapter lists all others', () => {
  const first = readFileSync(new URL(chapters[0] ?? '', docs), 'utf8');
  const listed = [...first.matchAll(/^\| \[.*?\]\((\d\d-.*?\.md)\) \|/gm)].map(([, file]) => file);
  expect(listed).toEqual(chapters.slice(1));
});
