/** The laws of what a column of the inputs tells of the targets by itself. */
import * as fc from 'fast-check';
import { fromSeed, normal } from '../../../src/tensor/key.ts';
import { named } from '../../law/named.ts';
import { holds, type Law, law } from '../../law.ts';
import { type PackOptions, runsOf } from '../options.ts';
import type { Inspector } from './subject.ts';

const ROWS = 400;
/** A target that follows from the column is told at least so far, and one that does not at most so far. */
const [TOLD, NOT] = [0.9, 0.5];

/** Functions that turn once at most. */
const FUNCTIONS: Readonly<Record<string, (x: number) => number>> = {
  x: (x) => x,
  'e^(4x)': (x) => Math.exp(4 * x),
  '-x^3': (x) => -(x ** 3),
  'x^2': (x) => x * x,
  '|x - 1|': (x) => Math.abs(x - 1),
  'x > 1/2': (x) => (x > 0.5 ? 1 : 0),
};

const seeds = fc.nat(2 ** 31 - 1);

/** Two lists of independent normal numbers. */
const drawn = (seed: number): readonly [readonly number[], readonly number[]] => {
  const all = Array.from(normal([2 * ROWS], 'f64')(fromSeed(seed)).data);
  return [all.slice(0, ROWS), all.slice(ROWS)];
};

/**
 * The laws of what a column tells. That 0.9 can be asked: take the ranks of n targets in the order of the column, each
 * predicted by the mean of the two beside it. Where they rise and fall in b stretches, the squared differences of neighbours
 * are at most n² in each, and so the squared errors, the two ends twice, at most (b + 1)·n² of a variation of n·(n² − 1)/12:
 * 0.09 for b = 2 and n = 400. That 0.5 is far: where there is nothing to predict, the errors are 1.5 times the variation, with
 * a deviation of 2/√n = 0.1.
 */
export const columnLaws = (
  determination: NonNullable<Inspector['determination']>,
  options: PackOptions,
): readonly Law[] => [
  law(
    'a column that knows is told',
    `of a target that rises, falls, turns once or jumps with the column, whose ${ROWS} numbers are normal, it tells ${TOLD} at least`,
    fc.tuple(fc.constantFrom(...Object.keys(FUNCTIONS)), seeds),
    ([name, seed]) => {
      const [column] = drawn(seed);
      const share = determination(
        column,
        column.map((x) => FUNCTIONS[name]?.(x) ?? Number.NaN),
      );
      return holds(share >= TOLD && share <= 1, `${TOLD} to 1`, `${share}`, `of ${name}`);
    },
    { runs: runsOf(options, 30), show: named('target', 'seed'), formula: 't = f(x) ⇒ R(x, t) ≥ 0.9' },
  ),
  law(
    'a column that knows nothing',
    `of targets that were drawn by themselves a column tells less than ${NOT}`,
    seeds,
    (seed) => {
      const share = determination(...drawn(seed));
      return holds(share < NOT, `less than ${NOT}`, `${share}`);
    },
    { runs: runsOf(options, 10), formula: 't independent of x ⇒ R(x, t) < 0.5' },
  ),
];
