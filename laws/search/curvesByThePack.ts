/** This project's curves, decompositions and importances under the pack's laws, told and answering in plain numbers. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as Curve from '../../src/search/curve/index.ts';
import type { Failure } from '../../src/tensor/failure.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { generate, toRows } from '../../src/tensor/tensor.ts';
import type { LawSet } from '../law.ts';
import { biasVariance, zeroOneBiasVariance } from '../pack/biasVariance.ts';
import { importance } from '../pack/importance.ts';
import { learningCurve } from '../pack/learningCurve.ts';

/** What there is, or nothing where it failed. */
const got = <A>(result: E.Either<Failure, A>): A | undefined => (E.isRight(result) ? result.right : undefined);

/** The laws of the pack for curves. */
export const curvesByThePack: readonly LawSet[] = [
  biasVariance({ of: (targets, predictions) => got(Curve.biasVariance(targets)(predictions)) }),
  zeroOneBiasVariance({ of: (labels, predictions) => got(Curve.zeroOneBiasVariance(labels)(predictions)) }),
  importance({
    of: (rows, error, seed) =>
      got(
        pipe(
          generate('f64', [rows.length, rows[0]?.length ?? 0], (i) => {
            const width = rows[0]?.length ?? 1;
            return rows[Math.floor(i / width)]?.[i % width] ?? Number.NaN;
          }),
          Curve.permutationImportance({ repeats: 3, level: 0.9 })((inputs) => E.right(error(toRows(inputs))))(
            fromSeed(seed),
          ),
          E.map((features) => features.map(({ increase }) => increase.estimate)),
        ),
      ),
  }),
  learningCurve({
    of: (folds, sizes, seed, fit) =>
      got(
        pipe(
          folds,
          Curve.learningCurve({ sizes, level: 0.9 })((fold, index) => E.right(fit(fold, index)))(fromSeed(seed)),
          E.map((points) =>
            points.map(({ train, validation }) => ({ train: train.estimate, validation: validation.estimate })),
          ),
        ),
      ),
  }),
];
