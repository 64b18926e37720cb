/** The page of laws has every law that there is, each in words and as a formula. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Law, lawsOf } from '../law.ts';
import { families } from '../zoo/index.ts';
import { subjects } from './subjects.ts';

const page = readFileSync(new URL('../../docs/06-laws.md', import.meta.url), 'utf8');

/** What a law says, whatever numbers a value was told. */
const lineOf = (text: string): string => text.trim().replace(/-?\d+(\.\d+)?/g, 'n');
const said = ({ name, statement }: Law): string => lineOf(`${name}: ${statement}`);

const lines = new Set(page.split('\n').map(lineOf));
const inZoo = families.flatMap(({ broken, correct }) =>
  [...broken.map(({ laws }) => laws), ...correct].flatMap((set) => lawsOf(set).map(({ law }) => law)),
);

it('every law that a wrong value of the zoo must fail is on the page', () => {
  const named = families.flatMap(({ broken }) =>
    broken.flatMap(({ law, laws }) => lawsOf(laws).flatMap((of) => (of.law.name === law ? [said(of.law)] : []))),
  );
  expect(named.length).toBeGreaterThanOrEqual(families.flatMap(({ broken }) => broken).length);
  expect([...new Set(named)].filter((line) => !lines.has(line))).toEqual([]);
});

it('every other law of a value of the zoo is on the page', () => {
  expect([...new Set(inZoo.map(said))].filter((line) => !lines.has(line))).toEqual([]);
});

it('every law has a formula', () => {
  const printed = subjects.flatMap((set) => lawsOf(set).map(({ law }) => law));
  const without = [...printed, ...inZoo].filter(({ formula }) => formula === undefined || formula.trim() === '');
  expect([...new Set(without.map(said))]).toEqual([]);
});

it('the layer of one’s own has at most twenty lines', () => {
  const [, code = ''] = /## A layer of one's own\n[\s\S]*?```ts\n([\s\S]*?)```/.exec(page) ?? [];
  const lines = code.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('import '));
  expect(lines.length).toBeLessThanOrEqual(20);
  expect(lines.some((line) => line.includes('forward:'))).toBe(true);
});
