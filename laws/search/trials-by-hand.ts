/** What trials come to, beside the same done by hand. */
import * as fc from 'fast-check';
import {
  Activation,
  Engine,
  Initialiser,
  Key,
  Layer,
  Loss,
  Network,
  Optimizer,
  Penalty,
  Schedule,
  Tensor,
  Train,
  Transform,
  Trial,
} from '../../src/index.ts';
import { all, code, holds, type Law, law, lawOf, same, type Verdict } from '../law.ts';
import { setupOf } from '../pack/trial/samples.ts';
import { got } from './search-mistakes.ts';
import { trainOf } from './trial-setups.ts';

/** By hand, of what another fold of the test makes: standardised columns, a network, a fit, and the share of errors. */
const byHand = (setup: Trial.Setup, epochs: number) =>
  setup.folds.map(({ train, validation }, fold) => {
    const column = (j: number, rows: readonly number[]): readonly number[] =>
      rows.map((row) => setup.inputs.data[2 * row + j] ?? Number.NaN);
    const moments = [0, 1].map((j) => {
      const values = column(j, train);
      const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
      return { mean, deviation: Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length) };
    });
    const examples = (rows: readonly number[]): Train.Examples => ({
      inputs: Tensor.generate('f32', [rows.length, 2], (i) => {
        const { mean, deviation } = moments[i % 2] ?? { mean: 0, deviation: 1 };
        return ((setup.inputs.data[2 * (rows[Math.floor(i / 2)] ?? 0) + (i % 2)] ?? Number.NaN) - mean) / deviation;
      }),
      targets: Tensor.generate('f32', [rows.length], (i) => setup.targets.data[rows[i] ?? 0] ?? Number.NaN),
    });
    const config = {
      layer: Layer.sequential(
        Layer.dense(2, 3),
        Activation.tanh,
        Layer.dense(3, 2),
        Activation.tanh,
        Layer.dense(2, 3),
      ),
      loss: Loss.fromLabels(Loss.softmaxCrossEntropy()),
      optimizer: Optimizer.momentum({ learningRate: 0.1, momentum: 0.5 }),
      data: examples(train),
      batchSize: 3,
      epochs,
      engine: Engine.reference,
    };
    const state = got(Train.fit(config)(Train.start(config, Key.foldIn(fold)(setup.key))));
    const { inputs, targets } = examples(validation);
    const logits = Tensor.toRows(Network.predict(Train.network(state))(inputs));
    const wrong = logits.filter((row, i) => row.indexOf(Math.max(...row)) !== targets.data[i]).length;
    return { error: wrong / validation.length, steps: state.step, weights: Train.encode(state) };
  });

/** Of two numbers that were rounded on other ways, at most so much apart. */
const near = (a: number, b: number, off: number, where: string): Verdict =>
  holds(Math.abs(a - b) <= off, `${a} within ${off}`, `${b}`, where);

/** Laws on scores, measures and recipes. */
export const byHandLaws: readonly Law[] = [
  law(
    'a trial by hand',
    'the scores are those of networks built, fitted and counted by hand; the value is their mean, and the steps are counted',
    fc.record({ seed: fc.nat(1000), epochs: fc.integer({ min: 1, max: 3 }) }),
    ({ seed, epochs }) => {
      const setup = setupOf('classification', seed);
      const point = {
        width1: 3,
        width2: 2,
        activation: 'tanh',
        optimizer: 'momentum',
        momentum: 0.5,
        learningRate: 0.1,
        batchSize: 3,
      };
      const ended = got(trainOf(setup)(point, { budget: epochs }));
      const { scores, steps, budget } = got(Trial.read(ended.state));
      const expected = byHand(setup, epochs);
      // Scores are quotients of small counts: sums and differences of a few of them err by less than 1e-12.
      return all(
        ...expected.map(({ error }, i) => near(error, scores[i] ?? Number.NaN, 1e-12, `fold ${i}`)),
        near(
          expected.reduce((sum, { error }) => sum + error / expected.length, 0),
          ended.value,
          1e-12,
          'value',
        ),
        same(
          expected.reduce((sum, fold) => sum + fold.steps, 0),
          steps,
          'steps',
        ),
        same(epochs, budget, 'budget'),
      );
    },
    { runs: 15 },
  ),
  lawOf(
    'the measures',
    'are those of the metrics: the log loss by a transcription, the squared error in the unit of the training targets',
    [1, 2, 3],
    (seed) => {
      const point = {
        layers: 0,
        learningRate: 0.1,
        optimizer: 'gradientDescent',
        batchSize: 'full',
        initialiser: { kind: 'zeros' },
      };
      const values = setupOf('regression', seed);
      const classes = { ...setupOf('classification', seed), measure: 'logLoss' } as const;
      // A linear network of zeros, not trained (rate 0), says 0: its squared error is the mean square of scaled targets, and
      // each of three classes has probability ⅓.
      const still = { ...point, learningRate: 0 };
      const scaled = values.folds.map(({ train, validation }) => {
        const at = (row: number, j: number): number => values.targets.data[2 * row + j] ?? Number.NaN;
        const errors = [0, 1].map((j) => {
          const mean = train.reduce((sum, row) => sum + at(row, j), 0) / train.length;
          const variance = train.reduce((sum, row) => sum + (at(row, j) - mean) ** 2, 0) / train.length;
          return validation.reduce((sum, row) => sum + (at(row, j) - mean) ** 2 / variance, 0) / validation.length;
        });
        return ((errors[0] ?? Number.NaN) + (errors[1] ?? Number.NaN)) / 2;
      });
      const squared = got(trainOf(values)(still, { budget: 1 })).value;
      const logLoss = got(trainOf(classes)(still, { budget: 1 })).value;
      // Targets are rounded to f32 (2⁻²⁴ of each), errors are of the order of 1 to 10; the loss of ln 3 is computed in f32.
      return all(
        near(scaled.reduce((sum, x) => sum + x, 0) / scaled.length, squared, 1e-5, 'squared error'),
        near(Math.log(3), logLoss, 1e-6, 'log loss'),
      );
    },
  ),
  lawOf('what settings say', 'is what the namespaces make of the same values', [0], () => {
    const task = { kind: 'classification', inputs: 5, outputs: 4 } as const;
    const full = got(
      Trial.recipe(task)({
        layers: 2,
        width: 6,
        width2: 7,
        activation: 'leakyRelu',
        initialiser: 'heUniform',
        normalisation: 'batchNorm',
        dropout: 0.5,
        inputDropout: 0.25,
        optimizer: 'adam',
        learningRate: { kind: 'exponential', initial: 0.01, factor: 0.5 },
        'optimizer.beta1': 0.8,
        weightDecay: 0.1,
        clip: 2,
        averaging: 0.9,
        l1: 0.5,
        l2: 0.25,
        labelSmoothing: 0.1,
        batchSize: 'full',
      }),
    );
    const weight = Initialiser.heUniform;
    const layer = Layer.sequentialOf(
      [5],
      [
        Layer.dropout(0.25),
        Layer.dense(5, 6, { weight }),
        Layer.batchNorm(),
        Activation.leakyRelu(),
        Layer.dropout(0.5),
        Layer.dense(6, 7, { weight }),
        Layer.batchNorm(),
        Activation.leakyRelu(),
        Layer.dropout(0.5),
        Layer.dense(7, 4, { weight }),
      ],
    );
    const learningRate = Schedule.exponential({ initial: 0.01, factor: 0.5 });
    const optimizer = Transform.exponentialMovingAverage({ decay: 0.9 })(
      Transform.clipByGlobalNorm(2)(Transform.weightDecay({ rate: 0.1 })(Optimizer.adam({ learningRate, beta1: 0.8 }))),
    );
    const plain = got(Trial.recipe({ ...task, kind: 'regression' })({ hidden: [3] }));
    return all(
      same(code(layer.use((known) => known.description)), code(full.layer.use((known) => known.description)), 'layer'),
      same(
        code(Loss.fromLabels(Loss.labelSmoothing(0.1)(Loss.softmaxCrossEntropy())).description),
        code(full.loss.description),
        'loss',
      ),
      same(
        code(Penalty.describe(Penalty.concat(Penalty.l1(0.5), Penalty.l2(0.25)))),
        code(full.penalty === undefined ? [] : Penalty.describe(full.penalty)),
        'penalty',
      ),
      same(code(optimizer.description), code(full.optimizer.description), 'optimizer'),
      same('full', full.batchSize),
      same(32, plain.batchSize),
      same(undefined, plain.penalty),
      same(code(Loss.squaredError().description), code(plain.loss.description)),
      same('adam', plain.optimizer.description.kind),
      same(
        code(Layer.sequential(Layer.dense(5, 3), Activation.relu, Layer.dense(3, 4)).description),
        code(plain.layer.use((known) => known.description)),
      ),
    );
  }),
];
