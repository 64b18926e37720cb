/** Laws of the orthogonal initialiser. */
import * as fc from 'fast-check';
import * as Initialiser from '../../src/layer/initialiser/index.ts';
import * as Key from '../../src/tensor/key.ts';
import { keys } from '../arbitrary/keys.ts';
import { holds, type Law, law } from '../law.ts';

const U = 2 ** -53;
const sides = fc.integer({ min: 1, max: 12 });

export const orthogonalLaws: readonly Law[] = [
  law(
    'orthogonal: rows or columns are orthonormal, times the gain',
    'WᵀW = gain²·1, or WWᵀ where there are more columns than rows; more axes count as the last against the others',
    fc.tuple(sides, sides, fc.constantFrom(1, Math.SQRT2, 0.25), fc.boolean(), keys),
    ([rows, columns, gain, deep, key]) => {
      const shape = deep ? [rows, 1, columns] : [rows, columns];
      const w = Initialiser.orthogonal(gain).draw('f64', { shape, fanIn: rows, fanOut: columns })(key);
      const at = (i: number, j: number): number => w.data[i * columns + j] ?? NaN;
      const [count, length] = rows < columns ? [rows, columns] : [columns, rows];
      const entry = (k: number, i: number): number => (rows < columns ? at(k, i) : at(i, k));
      const product = (a: number, b: number): number =>
        Array.from({ length }, (_, i) => entry(a, i) * entry(b, i)).reduce((sum, x) => sum + x, 0);
      // Twice cleared vectors are orthogonal within a small multiple of n·u (Giraud et al. 2005); 8·n·u of 1, n ≤ 12.
      const wrong = Array.from({ length: count * count }, (_, k) => [Math.floor(k / count), k % count] as const).find(
        ([a, b]) => Math.abs(product(a, b) / gain ** 2 - (a === b ? 1 : 0)) > 8 * 12 * U,
      );
      return wrong === undefined
        ? undefined
        : {
            expected: `${wrong[0] === wrong[1] ? 1 : 0}`,
            received: `${product(...wrong) / gain ** 2}`,
            where: `product of ${wrong}`,
          };
    },
  ),
  law(
    'orthogonal: turns and reflections alike',
    'of 64 keys some give a turn of the plane and some a reflection: all the same has probability 2⁻⁶³',
    keys,
    (key) => {
      const determinants = Array.from({ length: 64 }, (_, i) => {
        const { data } = Initialiser.orthogonal().draw('f64', { shape: [2, 2], fanIn: 2, fanOut: 2 })(
          Key.foldIn(i)(key),
        );
        return (data[0] ?? NaN) * (data[3] ?? NaN) - (data[1] ?? NaN) * (data[2] ?? NaN);
      });
      return holds(determinants.some((d) => d > 0) && determinants.some((d) => d < 0), 'both signs', `${determinants}`);
    },
    { runs: 5 },
  ),
];
