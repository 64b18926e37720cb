/** Leave-one-out: each row is validated by what is trained on all others. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Failure } from '../../tensor/failure.ts';
import { type Fold, without } from './fold.ts';
import { countFrom, fitting } from './refuse.ts';

/**
 * As many folds as rows, each of which validates one row. Nothing in it is random. Fails on fewer than two rows, and on
 * more than 10 000, whose folds would not fit in memory: `kFold` does there.
 *
 * @example
 * ```ts
 * import { Fold } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 *
 * Fold.leaveOneOut(2) // => E.right([{ train: [1], validation: [0] }, { train: [0], validation: [1] }])
 * ```
 */
export const leaveOneOut = (rows: number): E.Either<Failure, readonly Fold[]> =>
  pipe(
    countFrom('Fold.leaveOneOut', 'rows', 2)(rows),
    E.chain((count) => fitting('Fold.leaveOneOut', 'is kFold')(count, count)),
    E.map((count) => Array.from({ length: count }, (_, row) => without([row])(count))),
  );
