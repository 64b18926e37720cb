/**
 * A fold: rows to train on and rows to validate on.
 *
 * Laws: no row is in both parts; the parts ascend, and every index is that of a row.
 */
import { type Tensor, takeRows } from '../../tensor/tensor.ts';

/** The indices of the rows to train on and of those to validate on, ascending. */
export interface Fold {
  readonly train: readonly number[];
  readonly validation: readonly number[];
}

/**
 * A fold from the rows that are validated: all others of `rows` are trained on.
 *
 * @example
 * ```ts
 * import { Fold } from 'nabla-ts';
 *
 * Fold.without([1, 2])(4) // => { train: [0, 3], validation: [1, 2] }
 * ```
 */
export const without =
  (validation: readonly number[]) =>
  (rows: number): Fold => {
    const validated = new Uint8Array(rows);
    for (const row of validation) validated[row] = 1;
    const train: number[] = [];
    for (let row = 0; row < rows; row++) if (validated[row] === 0) train.push(row);
    return { train, validation: [...validation].sort((a, b) => a - b) };
  };

/**
 * The rows of a tensor that belong to each part of a fold. Throws where the fold names a row that the tensor has not.
 *
 * @example
 * ```ts
 * import { Fold, Tensor } from 'nabla-ts';
 *
 * const x = Tensor.generate('f32', [3, 1], (i) => 10 * i);
 * Tensor.toArray(Fold.take({ train: [0, 2], validation: [1] })(x).train) // => [0, 20]
 * ```
 */
export const take =
  ({ train, validation }: Fold) =>
  (rows: Tensor): { readonly train: Tensor; readonly validation: Tensor } => ({
    train: takeRows(train)(rows),
    validation: takeRows(validation)(rows),
  });
