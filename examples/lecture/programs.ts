/** The lecture's programs: what they train on, and how; settings as published. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Data, type Failure, Key, Metric, Ops, Tensor } from 'nabla-ts';
import { bytesAt, oneHot, readDigits } from '../digits.ts';
import { type Fault, forward, type Program } from './teaching.ts';
import { type Rows, type Trained, takeRows } from './train.ts';

/** What a run trains on and what is held out, if anything is. */
export interface Parted {
  readonly train: Rows;
  readonly held: Rows;
}

/** A quarter of the rows is held out, drawn anew for every key: the lecture's splits have no seed. */
export const quarter =
  (data: Rows) =>
  (key: Key.Key): Parted => {
    const count = data.inputs.shape[0] ?? 0;
    const order = Key.permutation(count)(key);
    const held = Math.ceil(count / 4);
    return { train: takeRows(order.slice(held))(data), held: takeRows(order.slice(0, held))(data) };
  };

/** Each feature from its least in training, as 0, to its greatest, as 1. */
export const scaled = ({ train, held }: Parted): E.Either<Failure.Failure, Parted> =>
  pipe(
    Data.minMax()(train.inputs),
    E.chain(({ scaler }) =>
      pipe(
        E.Do,
        E.apS('train', Data.Scaler.apply(scaler)(train.inputs)),
        E.apS('held', Data.Scaler.apply(scaler)(held.inputs)),
      ),
    ),
    E.map((inputs) => ({
      train: { ...train, inputs: inputs.train },
      held: { ...held, inputs: inputs.held },
    })),
  );

/** x + 2y + 3x² + 4xy + 5y² on a grid of the unit square, and all products of x and y up to the third degree. */
export const polynomial = (step: number): Rows => {
  const side = Math.round(1 / step);
  const at = (i: number): readonly [number, number] => [(i % side) * step, Math.floor(i / side) * step];
  const powers = Array.from({ length: 10 }, (_, column) => {
    const degree = [0, 1, 1, 2, 2, 2, 3, 3, 3, 3][column] ?? 0;
    const ofY = column - (degree * (degree + 1)) / 2;
    return [degree - ofY, ofY] as const;
  });
  return {
    inputs: Tensor.generate('f64', [side * side, 10], (i) => {
      const [x, y] = at(Math.floor(i / 10));
      const [ofX, ofY] = powers[i % 10] ?? [0, 0];
      return x ** ofX * y ** ofY;
    }),
    targets: Tensor.generate('f64', [side * side, 1], (i) => {
      const [x, y] = at(i);
      return x + 2 * y + 3 * x * x + 4 * x * y + 5 * y * y;
    }),
  };
};

/** 569 tumours, 30 measurements each; 1 is benign. */
export const breastCancer = (folder: string): E.Either<Failure.Failure, Rows> => {
  const path = `${folder}/breast_cancer.csv`;
  return pipe(
    bytesAt(path),
    E.chain(Data.parseCsv({ source: path, header: false, skipLines: 1 })),
    E.bindTo('table'),
    E.bind('schema', ({ table }) => Data.inferSchema({ task: 'regression' })(table)),
    E.bind('inputs', ({ schema, table }) => Data.encodeFeatures(schema)(table)),
    E.bind('encoded', ({ schema, table }) => Data.encodeTargets(schema)(table)),
    E.map(({ inputs, encoded }) => {
      const labels = encoded.kind === 'value' ? encoded.values.data : encoded.labels;
      return { inputs, targets: Tensor.generate('f64', [labels.length, 1], (i) => labels[i] ?? Number.NaN) };
    }),
  );
};

/** 1,797 digits of 64 pixels from 0 to 16, labels one-hot. */
export const digits = (folder: string): E.Either<Failure.Failure, Rows> =>
  pipe(
    readDigits(`${folder}/digits.csv.gz`),
    E.map(({ pixels, labels }) => ({ inputs: Tensor.cast('f32')(pixels), targets: oneHot(labels) })),
  );

/** The four rows of a gate. */
export const gate = (name: Data.Gate): Rows => Data.gate(name, 'f64');

const adam = { hidden: 'relu', output: 'sigmoid', rule: 'adam', batches: 1, penalty: 0, initial: 'normal' } as const;

/** The settings as published: one batch of all rows an epoch, weights that begin as normal numbers of deviation 1. */
export const published = {
  polynomial100: {
    ...adam,
    widths: [10, 1],
    output: 'identity',
    rule: 'constant',
    learningRate: 1e-3,
    epochs: 100,
    dtype: 'f64',
  },
  polynomial1000: {
    ...adam,
    widths: [10, 1],
    output: 'identity',
    rule: 'constant',
    learningRate: 1e-3,
    epochs: 1000,
    penalty: 1e-4,
    dtype: 'f64',
  },
  logistic: { ...adam, widths: [30, 1], learningRate: 1e-3, epochs: 1000, dtype: 'f64' },
  network: { ...adam, widths: [30, 100, 30, 1], learningRate: 1e-4, epochs: 1000, dtype: 'f64' },
  digits: {
    ...adam,
    widths: [64, 100, 30, 10],
    hidden: 'leakyRelu',
    output: 'softmax',
    learningRate: 1e-4,
    epochs: 1000,
    dtype: 'f32',
  },
  gates: { ...adam, widths: [2, 1], learningRate: 0.1, epochs: 1000, dtype: 'f64' },
} as const satisfies Record<string, Program>;

/** What the layers say of rows. */
const outputs = (program: Program, faults: ReadonlySet<Fault>, { layers }: Trained, { inputs }: Rows): Tensor.Tensor =>
  forward(Ops.reference(program.dtype), program, faults)(layers, inputs).at(-1)?.a ?? inputs;

const elementwise = (targets: Tensor.Tensor, predicted: Tensor.Tensor): number => {
  const right = Tensor.toArray(targets).filter((t, i) => t > 0.5 === (predicted.data[i] ?? 0) > 0.5);
  return right.length / predicted.data.length;
};

/** The fraction of rows whose greatest output (or whose only one, at ½) is right, or as the lecture counts it. */
export const accuracy = (
  program: Program,
  faults: ReadonlySet<Fault>,
  trained: Trained,
  rows: Rows,
): E.Either<Failure.Failure, number> => {
  const y = outputs(program, faults, trained, rows);
  if (faults.has('elementwise') || program.widths.at(-1) === 1) return E.right(elementwise(rows.targets, y));
  return pipe(
    Metric.predictedClasses(rows.targets),
    E.chain((labels) => Metric.accuracy(Tensor.generate(program.dtype, [labels.length], (i) => labels[i] ?? NaN))(y)),
  );
};

export const meanSquaredError = (
  program: Program,
  faults: ReadonlySet<Fault>,
  trained: Trained,
  rows: Rows,
): E.Either<Failure.Failure, number> => Metric.meanSquaredError(rows.targets)(outputs(program, faults, trained, rows));
