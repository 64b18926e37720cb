import { describe, expect, it } from 'vitest';
import { check } from '../law.ts';
import { options } from '../run.ts';
import { caught, SEEDS } from './caught.ts';
import { families } from './index.ts';

const all = families.flatMap(({ broken }) => broken);

it('the zoo has at least 80 entries, among them the eight of a published teaching implementation', () => {
  expect(all.length).toBeGreaterThanOrEqual(80);
  expect(all.filter(({ teaching }) => teaching === true).length).toBe(8);
});

it.each(families)('names of $name are told apart', ({ broken }) => {
  expect(new Set(broken.map(({ name }) => name)).size).toBe(broken.length);
});

describe.each(families)('$name', ({ broken, correct }) => {
  it.each(broken)('$name: caught by "$law"', (entry) => {
    for (const seed of SEEDS) expect(caught(entry, seed), `at seed ${seed}`).toBeDefined();
  });

  it.each(correct.map((set, i) => ({ name: `${set.name} ${i + 1}`, set })))('right: $name', ({ set }) => {
    const failed = check(set, options).flatMap(({ outcome }) => (outcome.tag === 'failed' ? [outcome.message] : []));
    expect(failed).toEqual([]);
  });
});
