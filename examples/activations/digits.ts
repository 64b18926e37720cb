/** The digits as examples to train, choose and test on: pixels standardised by the training part. */
import { readFileSync } from 'node:fs';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Data, Failure, Key, Tensor, type Train } from 'nabla-ts';

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
    E.tryCatch(
      () => readFileSync(path),
      () => Failure.failure('file', path, 'a file that can be read', 'none'),
    ),
    E.chain(Data.parseCsv({ source: 'digits' })),
    E.bindTo('table'),
    E.bind('schema', ({ table }) => Data.inferSchema({ task: 'classification' })(table)),
    E.bind('features', ({ schema, table }) => Data.encodeFeatures(schema)(table)),
    E.bind('targets', ({ schema, table }) => Data.encodeTargets(schema)(table)),
    E.bind('labels', ({ targets }) =>
      targets.kind === 'classes'
        ? E.right(targets.labels)
        : E.left(Failure.failure('value', 'digits', 'labels', 'numbers')),
    ),
    E.map(
      ({ schema, features, labels }): Split =>
        (seed) =>
          pipe(
            Data.Split.stratified({ validation: 0.1, test: 0.2 })(Key.fromSeed(seed))(labels),
            E.bindTo('rows'),
            E.bind('scaled', ({ rows }) =>
              pipe(
                Data.standardise(Data.Schema.featureNames(schema))(Data.Parts.take(rows)(features).train),
                E.chain(({ scaler }) => Data.Scaler.apply(scaler)(features)),
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
export const readDigits = (path: string): E.Either<Failure.Failure, Parts> =>
  pipe(
    splitsOf(path),
    E.chain((split) => split(1)),
  );

/** The first rows of examples. */
export const firstRows =
  (count: number) =>
  ({ inputs, targets }: Train.Examples): Train.Examples => {
    const rows = Array.from({ length: Math.min(count, inputs.shape[0] ?? 0) }, (_, row) => row);
    return { inputs: Tensor.takeRows(rows)(inputs), targets: Tensor.takeRows(rows)(targets) };
  };
