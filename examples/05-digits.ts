/**
 * Handwritten digits: 1,797 images of 8 × 8 pixels, from a file to a test accuracy and a confusion matrix.
 *
 *     npx tsx examples/05-digits.ts ../shared/data/digits.csv.gz
 */
import { readFileSync } from 'node:fs';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Activation, Data, Failure, Key, Layer, Loss, Metric, Network, Optimizer, Tensor, Train } from 'nabla-ts';
import { main, type Report } from './print.ts';

const read = (path: string): E.Either<Failure.Failure, Uint8Array> =>
  E.tryCatch(
    () => readFileSync(path),
    () => Failure.failure('file', path, 'a file that can be read', 'none'),
  );

/** Rows of 64 pixels and a label become examples: pixels scaled by the training part, labels as whole numbers. */
const prepare = (bytes: Uint8Array) =>
  pipe(
    Data.parseCsv({ source: 'digits' })(bytes),
    E.bindTo('table'),
    E.bind('schema', ({ table }) => Data.inferSchema({ task: 'classification' })(table)),
    E.bind('features', ({ schema, table }) => Data.encodeFeatures(schema)(table)),
    E.bind('targets', ({ schema, table }) => Data.encodeTargets(schema)(table)),
    E.bind('labels', ({ targets }) =>
      targets.kind === 'classes'
        ? E.right(targets.labels)
        : E.left(Failure.failure('value', 'digits', 'labels', 'numbers')),
    ),
    E.bind('rows', ({ labels }) => Data.Split.stratified({ validation: 0.1, test: 0.2 })(Key.fromSeed(1))(labels)),
    E.bind('scaled', ({ schema, features, rows }) =>
      pipe(
        Data.standardise(Data.Schema.featureNames(schema))(Data.Parts.take(rows)(features).train),
        E.chain(({ scaler }) => Data.Scaler.apply(scaler)(features)),
      ),
    ),
    E.map(({ labels, rows, scaled }) => {
      const inputs = Data.Parts.take(rows)(Tensor.cast('f32')(scaled));
      const targets = Data.Parts.take(rows)(Tensor.generate('f32', [labels.length], (i) => labels[i] ?? Number.NaN));
      return {
        train: { inputs: inputs.train, targets: targets.train },
        validation: { inputs: inputs.validation, targets: targets.validation },
        test: { inputs: inputs.test, targets: targets.test },
      };
    }),
  );

/** The test accuracy, and how often each digit was taken for each other. */
export const digits = (path: string, epochs = 30): Report =>
  pipe(
    read(path),
    E.chain(prepare),
    E.bindTo('parts'),
    E.bind('scores', ({ parts }) => {
      const config = {
        layer: Layer.sequential(Layer.dense(64, 64), Activation.relu, Layer.dense(64, 10)),
        loss: Loss.fromLabels(Loss.softmaxCrossEntropy()),
        optimizer: Optimizer.adam({ learningRate: 0.003 }),
        data: parts.train,
        validation: parts.validation,
        batchSize: 32,
        epochs,
        stopping: { patience: 8 },
      };
      return pipe(
        Train.start(config, Key.fromSeed(1)),
        Train.fit(config),
        E.map((state) => Network.predict(Train.best(state))(parts.test.inputs)),
      );
    }),
    E.bind('accuracy', ({ parts, scores }) => Metric.accuracy(parts.test.targets)(scores)),
    E.bind('predicted', ({ scores }) => Metric.predictedClasses(scores)),
    E.bind('matrix', ({ parts, predicted }) => Metric.confusionMatrix(10)(parts.test.targets)(predicted)),
    E.map(({ accuracy, matrix }) => [
      `test accuracy ${accuracy.toFixed(3)}`,
      'digit (row) taken for digit (column):',
      ...matrix.map((row) => row.map((n) => String(n).padStart(4)).join('')),
    ]),
  );

main(import.meta.url, () => digits(process.argv[2] ?? '../shared/data/digits.csv.gz'));
