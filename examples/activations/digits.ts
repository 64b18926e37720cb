/** The digits as examples to train, choose and test on: pixels standardised by the training part. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Data, type Failure, Key, Tensor, type Train } from 'nabla-ts';
import { readDigits } from '../digits.ts';

/** Examples in three parts. */
export interface Parts {
  readonly train: Train.Examples;
  readonly validation: Train.Examples;
  readonly test: Train.Examples;
}

/** How the digits fall into parts, by seed. */
export type Split = (seed: number) => E.Either<Failure.Failure, Parts>;

/** Reads the digits; they are split 70 : 10 : 20, each class alike. */
export const splitsOf = (path: string): E.Either<Failure.Failure, Split> =>
  pipe(
    readDigits(path),
    E.map(
      ({ pixels, labels }): Split =>
        (seed) =>
          pipe(
            Data.Split.stratified({ validation: 0.1, test: 0.2 })(Key.fromSeed(seed))(labels),
            E.bindTo('rows'),
            E.bind('scaled', ({ rows }) =>
              pipe(
                Data.standardise()(Data.Parts.take(rows)(pixels).train),
                E.chain(({ scaler }) => Data.Scaler.apply(scaler)(pixels)),
              ),
            ),
            E.map(({ rows, scaled }) => {
              const inputs = Data.Parts.take(rows)(Tensor.cast('f32')(scaled));
              const targets = Data.Parts.take(rows)(
                Tensor.generate('f32', [labels.length], (i) => labels[i] ?? Number.NaN),
              );
              return {
                train: { inputs: inputs.train, targets: targets.train },
                validation: { inputs: inputs.validation, targets: targets.validation },
                test: { inputs: inputs.test, targets: targets.test },
              };
            }),
          ),
    ),
  );

/** The parts of seed 1. */
export const firstSplit = (path: string): E.Either<Failure.Failure, Parts> =>
  pipe(
    splitsOf(path),
    E.chain((split) => split(1)),
  );
