/** The law of orthonormal initialisers. */
import * as fc from 'fast-check';
import type { Initialiser } from '../../../src/layer/initialiser/initialiser.ts';
import { keys } from '../../arbitrary/keys.ts';
import { code, type Law, law } from '../../law.ts';

const U = 2 ** -53;
const SIDE = 12;
const sides = fc.integer({ min: 1, max: SIDE });

/** WᵀW = gain²·1, or WWᵀ where there are more columns than rows. */
export const orthonormalLaw = (of: Initialiser, gain: number, runs: number): Law =>
  law(
    'orthonormal',
    'rows or columns, whichever are fewer, are orthonormal, times the gain; more axes count as the last against the others',
    fc.record({ rows: sides, columns: sides, deep: fc.boolean(), key: keys }),
    ({ rows, columns, deep, key }) => {
      const shape = deep ? [rows, 1, columns] : [rows, columns];
      const w = of.draw('f64', { shape, fanIn: rows, fanOut: columns })(key);
      const at = (i: number, j: number): number => w.data[i * columns + j] ?? NaN;
      const [count, length] = rows < columns ? [rows, columns] : [columns, rows];
      const entry = (k: number, i: number): number => (rows < columns ? at(k, i) : at(i, k));
      const product = (a: number, b: number): number =>
        Array.from({ length }, (_, i) => entry(a, i) * entry(b, i)).reduce((sum, x) => sum + x, 0) / gain ** 2;
      // Vectors that were cleared of one another twice are orthogonal within a small multiple of n·u (Giraud et al. 2005).
      const tolerance = 8 * SIDE * U;
      const wrong = Array.from({ length: count * count }, (_, k) => [Math.floor(k / count), k % count] as const).find(
        ([a, b]) => !(Math.abs(product(a, b) - (a === b ? 1 : 0)) <= tolerance),
      );
      return wrong === undefined
        ? undefined
        : {
            expected: code(wrong[0] === wrong[1] ? 1 : 0),
            received: code(product(...wrong)),
            where: `the product of ${rows < columns ? 'rows' : 'columns'} ${wrong[0]} and ${wrong[1]}, over gain²`,
            tolerance: `${tolerance} = 8·n·u of n = ${SIDE}, u = 2⁻⁵³: what clearing vectors of one another twice leaves (Giraud et al. 2005)`,
          };
    },
    { runs, formula: 'WᵀW = gain²·1 (rows ≥ columns), WWᵀ = gain²·1 (rows < columns)' },
  );
