/** A product of matrices as the arguments of `cblas_sgemm` and `cblas_dgemm` (BLAS Technical Forum Standard, 2001, B.2.2). */
import * as O from 'fp-ts/lib/Option.js';
import type { Operand, Product } from '../engine/emit/product.ts';

/** A matrix of BLAS: its rows, or its columns if it is transposed, are dense, and so many elements apart. */
interface Matrix {
  readonly transposed: boolean;
  readonly leading: number;
  /** From its first element to behind its last, in elements. */
  readonly extent: number;
}

export interface Gemm {
  readonly bytes: 4 | 8;
  readonly a: Matrix;
  readonly b: Matrix;
}

const matrix = (rows: number, columns: number, { row, column }: Operand): O.Option<Matrix> => {
  const extent = rows === 0 || columns === 0 ? 0 : (rows - 1) * row + (columns - 1) * column + 1;
  // The distance between rows does not matter where there is one row; so for columns.
  const dense = (distance: number, length: number): boolean => distance === 1 || length <= 1;
  const far = (distance: number, times: number, length: number): number =>
    times <= 1 ? Math.max(1, length) : distance;
  const byRows = far(row, rows, columns);
  if (dense(column, columns) && byRows >= Math.max(1, columns))
    return O.some({ transposed: false, leading: byRows, extent });
  const byColumns = far(column, columns, rows);
  if (dense(row, rows) && byColumns >= Math.max(1, rows))
    return O.some({ transposed: true, leading: byColumns, extent });
  return O.none;
};

/** The call that makes a product, or none: BLAS knows no matrix in which neither rows nor columns are dense. */
export const gemm = ({ dtype, m, k, n, a, b }: Product): O.Option<Gemm> => {
  const [left, right] = [matrix(m, k, a), matrix(k, n, b)];
  return O.isSome(left) && O.isSome(right)
    ? O.some({ bytes: dtype === 'f32' ? 4 : 8, a: left.value, b: right.value })
    : O.none;
};
