/** Ways to learn a number from a row: the same examples go in, and a function of fresh rows comes out. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import {
  Activation,
  Data,
  Engine,
  type Failure,
  Fold,
  Initialiser,
  Key,
  Layer,
  Loss,
  Metric,
  Network,
  Optimizer,
  type Penalty,
  Tensor,
  Train,
  type Tree,
} from 'nabla-ts';
import { column } from './functions.ts';
import { ridge } from './ridge.ts';

/** What was learnt: targets [rows, 1] for inputs [rows, features]. */
export type Predict = (inputs: Tensor.Tensor) => E.Either<Failure.Failure, Tensor.Tensor>;

/** From examples with targets [rows, 1], and a key for all that is random. */
export type Method = (data: Train.Examples, key: Key.Key) => E.Either<Failure.Failure, Predict>;

export type Features = (row: readonly number[]) => readonly number[];

/** What stands under names is learnt from alone: features in their place. */
export const withFeatures =
  (features: Features) =>
  (rows: Tensor.Tensor): E.Either<Failure.Failure, Tensor.Tensor> =>
    Tensor.fromRows('f32')(Tensor.toRows(rows).map(features));

/** Ridge regression on features of a row, its strength, and which of several sets of features, chosen by leaving one out. */
export const ridgeOn =
  (first: Features, ...others: readonly Features[]): Method =>
  ({ inputs, targets }) =>
    pipe(
      [first, ...others],
      E.traverseArray((features) =>
        pipe(
          ridge()(Tensor.toRows(inputs).map(features), Tensor.toArray(targets)),
          E.map((line) => ({ features, line })),
        ),
      ),
      E.map((tried) => tried.reduce((one, other) => (one.line.leftOut <= other.line.leftOut ? one : other))),
      E.map(
        ({ features, line }): Predict =>
          (fresh) =>
            E.right(column(Tensor.toRows(fresh).map((row) => line.predict(features(row))))),
      ),
    );

/**
 * Ridge regression on random features: a hidden layer as it was drawn, which is not trained at all (A. Rahimi and
 * B. Recht, *Weighted sums of random kitchen sinks*, NIPS 2008).
 */
export const randomFeatures =
  (count: number, spread = 1): Method =>
  (data, key) => {
    const [draw = key, fit = key] = Key.split(2)(key);
    const hidden = Network.init(
      Layer.sequential(
        Layer.dense(data.inputs.shape[1] ?? 0, count, {
          weight: Initialiser.heNormal,
          bias: Initialiser.normal(0, spread),
        }),
        Activation.relu,
      ),
      draw,
    );
    const say = Network.predict(hidden);
    return pipe(
      ridgeOn((row) => row)({ inputs: say(data.inputs), targets: data.targets }, fit),
      E.map(
        (line): Predict =>
          (fresh) =>
            line(say(fresh)),
      ),
    );
  };

/** One cut through a feature, where it parts 0 from 1 best on the training rows: a yes above it. */
export const cut =
  (feature: (row: readonly number[]) => number): Method =>
  ({ inputs, targets }) => {
    const at = Tensor.toRows(inputs).map(feature);
    const sorted = at.map((x, row) => ({ x, y: targets.data[row] ?? Number.NaN })).sort((a, b) => a.x - b.x);
    // Right answers with the cut below the first row, then as it passes one row after another.
    let right = sorted.filter(({ y }) => y === 1).length;
    let best = { right, threshold: Number.NEGATIVE_INFINITY };
    sorted.forEach(({ x, y }, i) => {
      right += y === 1 ? -1 : 1;
      const next = sorted[i + 1]?.x ?? x + 1;
      if (right > best.right && next > x) best = { right, threshold: (x + next) / 2 };
    });
    return E.right((fresh) =>
      E.right(column(Tensor.toRows(fresh).map((row) => (feature(row) > best.threshold ? 1 : 0)))),
    );
  };

/** Inputs and targets at mean 0 and deviation 1 of the training rows, and the answers back in their own units. */
export const standardised =
  (method: Method): Method =>
  (data, key) =>
    pipe(
      E.Do,
      E.apS('x', Data.standardise()(data.inputs)),
      E.apS('y', Data.standardise()(data.targets)),
      E.bind('inputs', ({ x }) => Data.Scaler.apply(x.scaler)(data.inputs)),
      E.bind('targets', ({ y }) => Data.Scaler.apply(y.scaler)(data.targets)),
      E.bind('predict', ({ inputs, targets }) => method({ inputs, targets }, key)),
      E.map(
        ({ x, y, predict }): Predict =>
          (fresh) =>
            pipe(fresh, Data.Scaler.apply(x.scaler), E.chain(predict), E.chain(Data.Scaler.invert(y.scaler))),
      ),
    );

/** A method that sees features in the place of rows. */
export const seeing =
  (features: Features) =>
  (method: Method): Method =>
  (data, key) =>
    pipe(
      withFeatures(features)(data.inputs),
      E.chain((inputs) => method({ inputs, targets: data.targets }, key)),
      E.map(
        (predict): Predict =>
          (fresh) =>
            pipe(fresh, withFeatures(features), E.chain(predict)),
      ),
    );

export interface Training<P extends Tree.Form, S extends Tree.Form> {
  readonly layer: Layer.Layer<readonly [number], readonly [1], P, S>;
  readonly loss: Loss.Loss;
  readonly optimizer: Optimizer.Optimizer;
  /** Steps, so that few rows are seen as long as many. */
  readonly steps: number;
  readonly batchSize: number;
  /** L2 penalties, of which the one with the least loss on held-out rows is taken. */
  readonly penalties: readonly Penalty.Penalty[];
  readonly engine: Engine.Engine;
  /** What is made of the rows that are trained on, after some have been held out. */
  readonly augment?: (key: Key.Key) => (data: Train.Examples) => Train.Examples;
}

/**
 * A network: of each penalty one is trained on three quarters of the rows, and the penalty that does best on the last quarter
 * trains the network that is used, on all rows.
 */
export const network =
  <P extends Tree.Form, S extends Tree.Form>({
    steps,
    batchSize,
    penalties,
    augment,
    ...same
  }: Training<P, S>): Method =>
  (data, key) => {
    const rows = data.inputs.shape[0] ?? 0;
    const [parting = key, start = key, turn = key] = Key.split(3)(key);
    const fit = (penalty: Penalty.Penalty, given: Train.Examples) => {
      const on = augment === undefined ? given : augment(turn)(given);
      const size = Math.min(batchSize, on.inputs.shape[0] ?? 0);
      const epochs = Math.ceil(steps / Math.ceil((on.inputs.shape[0] ?? 0) / size));
      const config = { ...same, penalty, data: on, batchSize: size, epochs };
      return pipe(Train.start(config, start), Train.fit(config), E.map(Train.network));
    };
    return pipe(
      Fold.shuffleSplit({ splits: 1, validation: 0.25 })(parting)(rows),
      E.chain(([fold = { train: [], validation: [] }]) => {
        const [train, held] = [fold.train, fold.validation].map((part) => ({
          inputs: Tensor.takeRows(part)(data.inputs),
          targets: Tensor.takeRows(part)(data.targets),
        }));
        return pipe(
          penalties,
          E.traverseArray((penalty) =>
            train === undefined || held === undefined || penalties.length === 1
              ? E.right({ penalty, loss: 0 })
              : pipe(
                  fit(penalty, train),
                  E.chain((fitted) => Metric.meanSquaredError(held.targets)(Network.predict(fitted)(held.inputs))),
                  E.map((loss) => ({ penalty, loss })),
                ),
          ),
        );
      }),
      E.map((tried) => tried.reduce((one, other) => (one.loss <= other.loss ? one : other)).penalty),
      E.chain((penalty) => fit(penalty, data)),
      E.map(
        (fitted): Predict =>
          (fresh) =>
            E.right(Network.predict(fitted)(fresh)),
      ),
    );
  };

/** How a network of tanhs or ReLUs learns a number: columns and targets standardised, the squared error by Adam. */
export const regression = ({
  inputs,
  activation,
  learningRate,
  ...same
}: {
  readonly inputs: number;
  readonly activation: typeof Activation.tanh;
  readonly learningRate: number;
} & Pick<Training<Tree.Form, Tree.Form>, 'steps' | 'batchSize' | 'penalties'>): Method =>
  standardised(
    network({
      layer: Layer.sequential(Layer.dense(inputs, 32), activation, Layer.dense(32, 32), activation, Layer.dense(32, 1)),
      loss: Loss.squaredError(),
      optimizer: Optimizer.adam({ learningRate }),
      engine: Engine.create(),
      ...same,
    }),
  );
