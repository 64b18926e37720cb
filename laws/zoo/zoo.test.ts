import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check } from '../law.ts';
import { options } from '../run.ts';
import { caught, SEEDS } from './caught.ts';
import { families } from './index.ts';
import { elementByElement } from './metrics.ts';
import { lineOf } from './table.ts';

const page = readFileSync(new URL('../../docs/zoo.md', import.meta.url), 'utf8').split('\n');

const all = families.flatMap(({ broken }) => broken);

it('the zoo has at least 80 entries, among them the eight of a published teaching implementation', () => {
  expect(all.length).toBeGreaterThanOrEqual(80);
  expect(all.filter(({ teaching }) => teaching === true).length).toBe(8);
});

it('accuracy element by element scores 0.90 where nothing is predicted of ten classes', () => {
  const labels = Array.from({ length: 30 }, (_, i) => i % 10);
  const zeros = labels.map(() => Array.from({ length: 10 }, () => 0));
  expect(elementByElement(labels, zeros)).toBeCloseTo(0.9, 12);
});

it('the page of the zoo has no more entries than the zoo', () => {
  expect(page.filter((line) => line.startsWith('| ')).length).toBe(all.length + 2);
});

it.each(families)('names of $name are told apart', ({ broken }) => {
  expect(new Set(broken.map(({ name }) => name)).size).toBe(broken.length);
});

describe.each(families)('$name', ({ name: family, broken, correct }) => {
  it.each(broken)('$name: caught by "$law"', (entry) => {
    const samples = SEEDS.map((seed) => caught(entry, seed));
    for (const [i, seed] of SEEDS.entries()) expect(samples[i], `at seed ${seed}`).toBeDefined();
    // `npm run docs` writes the page anew.
    expect(page).toContain(lineOf(family, entry, samples));
  });

  it.each(correct.map((set, i) => ({ name: `${set.name} ${i + 1}`, set })))('right: $name', ({ set }) => {
    const failed = check(set, options).flatMap(({ outcome }) => (outcome.tag === 'failed' ? [outcome.message] : []));
    expect(failed).toEqual([]);
  });
});
