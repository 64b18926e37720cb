/** What the zoo does not show of the laws of plain gradients: many numbers, coarse numbers, and counts that are none. */
import { expect, it } from 'vitest';
import { check } from '../law.ts';
import { gradient, type PlainGradient } from './gradient.ts';

const failedOf = (of: PlainGradient, options: Parameters<typeof gradient>[1] = {}): readonly string[] =>
  check(gradient(of, { runs: 5, ...options })).flatMap(({ law, outcome }) =>
    outcome.tag === 'failed' ? [law.name] : [],
  );

/** ½Σx², whose gradient is x times `by`, and nothing for the last number where `last` is 0. */
const squares = (inputs: number, by = 1, last = 1): PlainGradient => ({
  inputs,
  outputs: 1,
  of: (x) => [x.reduce((sum, v) => sum + v * v, 0) / 2],
  pullback: (x, [d = NaN]) => x.map((v, i) => d * v * by * (i === inputs - 1 ? last : 1)),
});

it('of more than a hundred numbers, an error in one is seen along random directions', () => {
  expect(failedOf(squares(150))).toEqual([]);
  expect(failedOf(squares(150, 1, 0))).toEqual(['pullback: differences']);
});

it('in f32, rounding is none of a gradient’s faults, and a hundredth is one', () => {
  const single = (by: number): PlainGradient => {
    const { of, pullback, ...counts } = squares(3, by);
    const rounded = (values: readonly number[]): readonly number[] => values.map(Math.fround);
    return {
      ...counts,
      of: (x, branching) => rounded(of(x, branching)),
      pullback: (x, dy) => rounded(pullback(x, dy)),
    };
  };
  expect(failedOf(single(1), { dtypes: ['f32'] })).toEqual([]);
  expect(failedOf(single(1.01), { dtypes: ['f32'] })).toEqual(['pullback: differences']);
});

it('too many values, and too few of a transcription, are told', () => {
  expect(failedOf({ ...squares(2), of: (x) => [...x, 1] })).toContain('shapes');
  expect(failedOf(squares(2), { expected: () => [] })).toEqual(['formula']);
});

it.each([0, 1.5, Number.NaN])('%s numbers are refused in words', (count) => {
  expect(() => gradient(squares(count))).toThrow(`inputs are a whole number of at least 1, not ${count}`);
  expect(() => gradient({ ...squares(1), outputs: count })).toThrow('outputs are a whole number of at least 1');
});
