/** The handwritten digits as they stand in their file: what chapters 7, 8, 12 and 13 learn from. */
import { readFileSync } from 'node:fs';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Data, Failure, Tensor, type Train } from 'nabla-ts';

/** All images, a row of 64 pixels from 0 to 16 each (f64), and which digits they show. */
export interface Digits {
  readonly pixels: Tensor.Tensor;
  readonly labels: readonly number[];
}

/** The bytes of a file. */
export const bytesAt = (path: string): E.Either<Failure.Failure, Uint8Array> =>
  E.tryCatch(
    () => readFileSync(path),
    () => Failure.failure('file', path, 'a file that can be read', 'none'),
  );

export const readDigits = (path: string): E.Either<Failure.Failure, Digits> =>
  pipe(
    bytesAt(path),
    E.chain(Data.parseCsv({ source: 'digits' })),
    E.bindTo('table'),
    E.bind('schema', ({ table }) => Data.inferSchema({ task: 'classification' })(table)),
    E.bind('pixels', ({ schema, table }) => Data.encodeFeatures(schema)(table)),
    E.bind('targets', ({ schema, table }) => Data.encodeTargets(schema)(table)),
    E.chain(({ pixels, targets }) =>
      targets.kind === 'classes'
        ? E.right({ pixels, labels: targets.labels })
        : E.left(Failure.failure('value', 'digits', 'labels', 'numbers')),
    ),
  );

/** Pixels from 0 to 1, f32. */
export const unit = ({ pixels }: Digits): Tensor.Tensor =>
  Tensor.generate('f32', pixels.shape, (i) => (pixels.data[i] ?? Number.NaN) / 16);

/** A 1 among 0s for each label. */
export const oneHot = (labels: readonly number[]): Tensor.Tensor =>
  Tensor.generate('f32', [labels.length, 10], (i) => Number(labels[Math.floor(i / 10)] === i % 10));

/** Some rows of examples, in the order that is asked for. */
export const takeExamples =
  (rows: readonly number[]) =>
  ({ inputs, targets }: Train.Examples): Train.Examples => ({
    inputs: Tensor.takeRows(rows)(inputs),
    targets: Tensor.takeRows(rows)(targets),
  });

/** The first rows of examples, as far as there are any. */
export const firstRows =
  (count: number) =>
  (examples: Train.Examples): Train.Examples =>
    takeExamples(Array.from({ length: Math.min(count, examples.inputs.shape[0] ?? 0) }, (_, row) => row))(examples);
