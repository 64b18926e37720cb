/** Matrices with orthonormal rows or columns. */
import * as Key from '../../tensor/key.ts';
import { size } from '../../tensor/shape.ts';
import { generate } from '../../tensor/tensor.ts';
import { checked, positive } from '../config.ts';
import type { Initialiser } from './initialiser.ts';

type Vector = readonly number[];

const dot = (a: Vector, b: Vector): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? NaN), 0);

/** `v` without its part along `unit`. */
const without = (v: Vector, unit: Vector): Vector => {
  const along = dot(v, unit);
  return v.map((x, i) => x - along * (unit[i] ?? NaN));
};

/** Gram and Schmidt's process; each vector is cleared of the ones before it twice, which keeps the result orthogonal to
 * working precision (Giraud, Langou and Rozložník 2005). */
const orthonormal = (vectors: readonly Vector[]): readonly Vector[] => {
  const units: Vector[] = [];
  for (const vector of vectors) {
    const once = units.reduce(without, vector);
    const twice = units.reduce(without, once);
    const length = Math.sqrt(dot(twice, twice));
    units.push(twice.map((x) => x / length));
  }
  return units;
};

/**
 * A matrix whose columns are orthonormal (or its rows, where it has more columns than rows), times `gain`, drawn
 * uniformly among all such: normal numbers, made orthonormal in order. A parameter of more axes counts as the matrix of
 * its last axis against the others. Saxe, McClelland and Ganguli, *Exact solutions to the nonlinear dynamics of learning
 * in deep linear neural networks*, 2013; uniform by Mezzadri, *How to generate random matrices from the classical
 * compact groups*, 2007, as the process's lengths are positive. Throws unless the gain is above 0.
 *
 * @example
 * ```ts
 * import { Initialiser } from 'nabla-ts';
 * Initialiser.orthogonal(Math.SQRT2).description // => { kind: 'orthogonal', gain: Math.SQRT2 }
 * ```
 */
export const orthogonal = (gain = 1): Initialiser => ({
  description: { kind: 'orthogonal', gain: checked(positive, 'Initialiser.orthogonal: gain', gain) },
  draw:
    (dtype, { shape }) =>
    (key) => {
      const columns = shape[shape.length - 1] ?? 1;
      const rows = size(shape) / columns;
      const wide = rows < columns;
      const [count, length] = wide ? [rows, columns] : [columns, rows];
      const { data } = Key.normal([count, length], 'f64')(key);
      const units = orthonormal(
        Array.from({ length: count }, (_, i) => Array.from({ length }, (_, j) => data[i * length + j] ?? NaN)),
      );
      return generate(dtype, shape, (k) => {
        const [row, column] = [Math.floor(k / columns), k % columns];
        return gain * ((wide ? units[row]?.[column] : units[column]?.[row]) ?? NaN);
      });
    },
});
