/** Where the elementary functions are exact: C17 annex F and IEEE 754-2019 9.2.1. */
import { type Dtype, round } from '../../src/scalar/dtype.ts';
import type { ElementaryUnary } from '../../src/scalar/expr.ts';
import { type Law, lawOf, same } from '../law.ts';
import { of, powerIn } from './elementary-functions.ts';
import { elementaryNames } from './elementary-samples.ts';

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

// biome-ignore format: a table
const special: Readonly<Record<ElementaryUnary, ReadonlyArray<readonly [number, number]>>> = {
  exp: [[0, 1], [-0, 1], [inf, inf], [-inf, 0], [nan, nan]],
  expm1: [[0, 0], [-0, -0], [inf, inf], [-inf, -1], [nan, nan]],
  log: [[1, 0], [0, -inf], [-0, -inf], [inf, inf], [-1, nan], [-inf, nan], [nan, nan]],
  log1p: [[0, 0], [-0, -0], [-1, -inf], [inf, inf], [-2, nan], [-inf, nan], [nan, nan]],
  tanh: [[0, 0], [-0, -0], [inf, 1], [-inf, -1], [nan, nan]],
  sigmoid: [[0, 0.5], [-0, 0.5], [inf, 1], [-inf, 0], [nan, nan]],
  softplus: [[0, Math.LN2], [-0, Math.LN2], [-inf, 0], [inf, inf], [nan, nan]],
  erf: [[0, 0], [-0, -0], [inf, 1], [-inf, -1], [nan, nan]],
  sin: [[0, 0], [-0, -0], [inf, nan], [-inf, nan], [nan, nan]],
  cos: [[0, 1], [-0, 1], [inf, nan], [-inf, nan], [nan, nan]],
};

const several = [0, -0, 1, -1, 3.5, -inf, inf, nan];
/** x, y and x to the power y. `Math.pow` gives NaN for 1^NaN and (±1)^±∞ instead. */
// biome-ignore format: a table
const specialPowers: ReadonlyArray<readonly [number, number, number]> = [
  ...[0, -0].flatMap((x): ReadonlyArray<readonly [number, number, number]> => [
    [x, -3, 1 / x], [x, -2, inf], [x, -2.5, inf], [x, -inf, inf], [x, 3, x], [x, 2, 0], [x, 2.5, 0], [x, inf, 0],
    [x, 0.5, 0], [x, -0.5, inf],
  ]),
  ...several.flatMap((x): ReadonlyArray<readonly [number, number, number]> => [[x, 0, 1], [x, -0, 1], [1, x, 1]]),
  [-1, inf, 1], [-1, -inf, 1], [-8, 1 / 3, nan], [-2, 0.5, nan],
  [0.5, -inf, inf], [-0.5, -inf, inf], [2, -inf, 0], [-2, -inf, 0],
  [0.5, inf, 0], [-0.5, inf, 0], [2, inf, inf], [-2, inf, inf],
  [-inf, -3, -0], [-inf, -2, 0], [-inf, -2.5, 0], [-inf, 3, -inf], [-inf, 2, inf], [-inf, 2.5, inf],
  [inf, 0.5, inf], [inf, -0.5, 0], [-inf, 0.5, inf], [-inf, -0.5, 0],
  [inf, -1, 0], [inf, 1, inf], [nan, 1, nan], [2, nan, nan], [0, nan, nan], [inf, nan, nan], [-1, nan, nan],
  [2, 10, 1024], [-2, 3, -8], [3, 4, 81], [4, 0.5, 2], [10, 2, 100], [-1, 2 ** 53, 1],
  [2, 2000, inf], [-2, 2001, -inf], [2, -2000, 0], [-2, -2001, -0],
];

/** The laws of special values in a format. */
export const specialValues = (dtype: Dtype): readonly Law[] => [
  ...elementaryNames.map((name) =>
    lawOf(`${name} in ${dtype}`, 'is exact at the special points', special[name], ([x, y]) =>
      same(round(dtype)(y), of(dtype, name)(x), String(x)),
    ),
  ),
  lawOf(`pow in ${dtype}`, 'is exact at the special points of C and IEEE 754', specialPowers, ([x, y, z]) =>
    same(round(dtype)(z), powerIn(dtype)(x, y), `${x} ^ ${y}`),
  ),
];
