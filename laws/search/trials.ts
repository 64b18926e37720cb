/** Trials: what settings come to, and that training in parts is training at once. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
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
import { fromText } from '../../src/search/trial/checkpoint.ts';
import { all, code, holds, type Law, type LawSet, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { got } from './search-mistakes.ts';
import { trialMistakes } from './trial-mistakes.ts';

const ROWS = 10;

/** Numbers in [−½, ½). */
const random = (shape: readonly number[], seed: number): Tensor.Tensor => {
  const { data } = Key.uniform(shape, 'f64')(Key.fromSeed(seed));
  return Tensor.generate('f64', shape, (i) => (data[i] ?? Number.NaN) - 0.5);
};

/** A small problem of either kind, and a key. */
export const setupOf = (kind: Trial.Task['kind'], seed: number): Trial.Setup => ({
  task: kind === 'classification' ? { kind, classes: 3 } : { kind },
  inputs: random([ROWS, 2], seed),
  targets: kind === 'classification' ? Tensor.generate('f64', [ROWS], (i) => i % 3) : random([ROWS, 2], seed + 1),
  folds: [
    { train: [0, 1, 2, 3, 4, 5], validation: [6, 7, 8, 9] },
    { train: [3, 4, 5, 6, 7, 8, 9], validation: [0, 1, 2] },
  ],
  key: Key.fromSeed(seed),
});

const kinds = fc.constantFrom('classification', 'regression');

/** Settings of every kind that keep something between steps: moments, averages, running statistics, keys of masks. */
const points: fc.Arbitrary<Trial.Settings> = fc
  .record(
    {
      activation: fc.constantFrom('relu', 'tanh', 'elu', 'softplus'),
      normalisation: fc.constantFrom('none', 'batchNorm', 'layerNorm'),
      dropout: fc.constantFrom(0, 0.25),
      inputDropout: fc.constantFrom(0, 0.25),
      optimizer: fc.constantFrom('gradientDescent', 'momentum', 'nesterov', 'adam', 'rmsprop', 'lion'),
      l2: fc.constantFrom(0, 0.01),
      l1: fc.constantFrom(0.001),
      weightDecay: fc.constantFrom(0.01),
      clip: fc.constantFrom(0.5),
      averaging: fc.constantFrom(0.5),
      initialiser: fc
        .constantFrom('heNormal', 'orthogonal')
        .map((kind) => (kind === 'orthogonal' ? { kind, gain: 1 } : kind)),
    },
    { requiredKeys: [] },
  )
  .chain((settings) =>
    fc
      .record({
        learningRate: fc.constantFrom(0.01, 0.1),
        batchSize: fc.constantFrom<number | 'full'>(3, 4, 'full'),
        hidden: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 2 }),
      })
      .map((more) => {
        // Of 7 rows batches of 3 leave one alone, and batch norm has no variance of it.
        const batchSize = settings.normalisation === 'batchNorm' && more.batchSize === 3 ? 4 : more.batchSize;
        return { ...settings, ...more, batchSize };
      }),
  );

const slowly = Trial.train({ engine: () => Engine.reference });
const trainOf = (setup: Trial.Setup, train = slowly) => train(got(Trial.problem(setup)));
const same2 = (a: E.Either<unknown, Trial.Ended>, b: E.Either<unknown, Trial.Ended>): Verdict =>
  E.isLeft(a) || E.isLeft(b)
    ? same(code(a), code(b))
    : all(same(a.right.value, b.right.value, 'value'), same(a.right.state, b.right.state, 'state'));

/** The tensors of some rows changed. */
const changed =
  (rows: readonly number[]) =>
  (x: Tensor.Tensor): Tensor.Tensor => {
    const width = x.data.length / ROWS;
    return Tensor.generate(
      x.dtype,
      x.shape,
      (i) => (rows.includes(Math.floor(i / width)) ? 3 : 1) * (x.data[i] ?? Number.NaN),
    );
  };

interface Sample {
  readonly kind: Trial.Task['kind'];
  readonly point: Trial.Settings;
  readonly seed: number;
  readonly first: number;
  readonly more: number;
}

const samples: fc.Arbitrary<Sample> = fc.record({
  kind: kinds,
  point: points,
  seed: fc.nat(1000),
  first: fc.integer({ min: 1, max: 2 }),
  more: fc.integer({ min: 0, max: 2 }),
});

const training: readonly Law[] = [
  law(
    'a trial in parts',
    'goes on from its checkpoint as if it had never stopped: value and state are those of one run',
    samples,
    ({ kind, point, seed, first, more }) => {
      const train = trainOf(setupOf(kind, seed));
      const half = got(train(point, { budget: first }));
      return same2(train(point, { budget: first + more }), train(point, { budget: first + more }, half.state));
    },
    { runs: 25 },
  ),
  law(
    'a trial on the engine',
    'has the bits of the reference',
    samples,
    ({ kind, point, seed, first }) => {
      const setup = setupOf(kind, seed);
      return same2(trainOf(setup)(point, { budget: first }), trainOf(setup, Trial.train())(point, { budget: first }));
    },
    { runs: 8 },
  ),
  law(
    'what is validated on',
    'has no say in what is learnt: other validation rows, and outliers among them, leave every training state as it was',
    samples,
    ({ kind, point, seed, first }) => {
      const setup = setupOf(kind, seed);
      const [, second] = setup.folds;
      const outliers = changed(second?.validation ?? []);
      const other = {
        ...setup,
        inputs: outliers(setup.inputs),
        ...(kind === 'regression' ? { targets: outliers(setup.targets) } : {}),
      };
      const states = (of: Trial.Setup): unknown =>
        got(
          pipe(
            trainOf(of)(point, { budget: first }),
            E.chain(({ state }) => fromText(state)),
          ),
        ).folds[1];
      return same(code(states(setup)), code(states(other)));
    },
    { runs: 15 },
  ),
  law(
    'the order of settings',
    'says nothing, nor whether they are fixed or of a point',
    samples,
    ({ kind, point, seed, first }) => {
      const setup = setupOf(kind, seed);
      const entries = Object.entries(point);
      const fixed = Object.fromEntries(entries.slice(0, 2));
      const searched = Object.fromEntries(entries.slice(2).reverse());
      const one = got(trainOf(setup)(point, { budget: first }));
      const other = got(trainOf({ ...setup, settings: fixed })(searched, { budget: first }));
      return all(
        same(one.value, other.value),
        same(code(got(fromText(one.state)).folds), code(got(fromText(other.state)).folds)),
      );
    },
    { runs: 10 },
  ),
];

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

const said: readonly Law[] = [
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

/** The laws of trials. */
export const trialLaws: LawSet = lawSet('trials', [...training, ...said, ...trialMistakes]);
