/**
 * Franke's function, the usual surface to fit: four Gaussian hills on the unit square (R. Franke, *A critical comparison
 * of some methods for interpolation of scattered data*, Naval Postgraduate School, 1979).
 */
import type { Dtype } from '../scalar/dtype.ts';
import { evaluate } from '../scalar/evaluate.ts';
import * as Scalar from '../scalar/expr.ts';
import { type Key, normal, split, uniform } from '../tensor/key.ts';
import { generate, type Tensor } from '../tensor/tensor.ts';
import type { Examples } from '../train/examples.ts';

const { add, divide, exp, input, multiply, negate, subtract } = Scalar;

type Plane = Scalar.Expr<'x' | 'y'>;
const nineX = multiply(9, input('x'));
const nineY = multiply(9, input('y'));
const square = (e: Plane): Plane => multiply(e, e);
const hill = (height: number, exponent: Plane): Plane => multiply(height, exp(negate(exponent)));

/**
 * Franke's function of x and y as an expression:
 * ¾·exp(−((9x−2)² + (9y−2)²)/4) + ¾·exp(−(9x+1)²/49 − (9y+1)/10) + ½·exp(−((9x−7)² + (9y−3)²)/4) − ⅕·exp(−(9x−4)² − (9y−7)²).
 *
 * @example
 * ```ts
 * import { Data, Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Data.frankeExpr)({ x: 0.5, y: 0.5 }) // ≈ 0.32576
 * ```
 */
export const frankeExpr: Scalar.Expr<'x' | 'y'> = subtract(
  add(
    add(
      hill(0.75, divide(add(square(subtract(nineX, 2)), square(subtract(nineY, 2))), 4)),
      hill(0.75, add(divide(square(add(nineX, 1)), 49), divide(add(nineY, 1), 10))),
    ),
    hill(0.5, divide(add(square(subtract(nineX, 7)), square(subtract(nineY, 3))), 4)),
  ),
  hill(0.2, add(square(subtract(nineX, 4)), square(subtract(nineY, 7)))),
);

const value = evaluate('f64')(frankeExpr);

/**
 * The value of Franke's function, in f64.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 *
 * Math.abs(Data.franke(0.5, 0.5) - 0.325762) < 1e-6 // => true
 * ```
 */
export const franke = (x: number, y: number): number => value({ x, y });

const heights = (dtype: Dtype, x: Tensor, noise: (row: number) => number): Tensor =>
  generate(
    dtype,
    [x.shape[0] ?? 0, 1],
    (row) => franke(x.data[2 * row] ?? Number.NaN, x.data[2 * row + 1] ?? Number.NaN) + noise(row),
  );

/**
 * Franke's function on a grid of n × n points that spans the unit square: points [n², 2], the first coordinate
 * changing slowest, and heights [n², 1]. Throws unless n is a whole number of at least 2.
 *
 * @example
 * ```ts
 * import { Data, Tensor } from 'nabla-ts';
 *
 * Tensor.toRows(Data.frankeGrid(2).inputs) // => [[0, 0], [0, 1], [1, 0], [1, 1]]
 * ```
 */
export const frankeGrid = (n: number, dtype: Dtype = 'f32'): Examples => {
  if (!(Number.isInteger(n) && n >= 2)) throw new RangeError(`Data.frankeGrid: no grid of ${n} × ${n} points`);
  const inputs = generate(dtype, [n * n, 2], (i) => (i % 2 === 0 ? Math.floor(i / 2 / n) : (i >> 1) % n) / (n - 1));
  return { inputs, targets: heights(dtype, inputs, () => 0) };
};

/**
 * Franke's function at points drawn uniformly from the unit square, with Gaussian noise of the given standard deviation:
 * points [rows, 2] and heights [rows, 1]. Throws unless rows is a whole number of at least 1 and noise not negative.
 *
 * @example
 * ```ts
 * import { Data, Key } from 'nabla-ts';
 *
 * Data.frankePoints({ rows: 5, noise: 0.1 })(Key.fromSeed(1)).targets.shape // => [5, 1]
 * ```
 */
export const frankePoints = ({
  rows,
  noise = 0,
  dtype = 'f32',
}: {
  readonly rows: number;
  readonly noise?: number;
  readonly dtype?: Dtype;
}) => {
  if (!(Number.isInteger(rows) && rows >= 1 && noise >= 0 && Number.isFinite(noise)))
    throw new RangeError(`Data.frankePoints: ${rows} rows, noise ${noise}`);
  return (key: Key): Examples => {
    const [where = key, error = key] = split(2)(key);
    const inputs = uniform([rows, 2], dtype)(where);
    const noises = noise === 0 ? undefined : normal([rows], 'f64')(error).data;
    return { inputs, targets: heights(dtype, inputs, (row) => noise * (noises?.[row] ?? 0)) };
  };
};
