/** What keeps a network from learning few digits by heart, one study for each way. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import {
  Activation,
  Data,
  Engine,
  Initialiser,
  Key,
  Layer,
  Loss,
  Optimizer,
  Penalty,
  Tensor,
  Train,
  Transform,
} from 'nabla-ts';
import type { Digits } from '../digits.ts';
import type { Study, Way } from './compare.ts';
import { hidden, measuresOf, partsOf, type Split, thinned, trained } from './digits.ts';

const clean: Split = { train: 150, validation: 0, test: 1000, wrong: 0 };
const mislabelled: Split = { train: 300, validation: 0, test: 1000, wrong: 0.3 };

const lecun = { weight: Initialiser.lecunNormal };
const selfNormalising = (drop: Layer.Unshaped<Layer.EmptyForm, Layer.EmptyForm>) =>
  Layer.sequential(
    Layer.layerNorm().at([64] as const),
    Layer.dense(64, 32, lecun),
    Activation.selu,
    drop,
    Layer.dense(32, 32, lecun),
    Activation.selu,
    drop,
    Layer.dense(32, 32, lecun),
    Activation.selu,
    drop,
    Layer.dense(32, 10, lecun),
  );

/** An image moved by at most a pixel along each axis, another way in each step; what comes in at the edge is black. */
export const moved: Train.Augment = (key) => (batch) => {
  const rows = batch.inputs.shape[0] ?? 0;
  const draws = Key.uniform([rows, 2], 'f64')(key).data;
  const inputs = Tensor.generate('f32', [rows, 64], (i) => {
    const [row, pixel] = [i >> 6, i & 63];
    const y = (pixel >> 3) + Math.floor(3 * (draws[2 * row] ?? 0)) - 1;
    const x = (pixel & 7) + Math.floor(3 * (draws[2 * row + 1] ?? 0)) - 1;
    return x < 0 || x > 7 || y < 0 || y > 7 ? 0 : (batch.inputs.data[64 * row + 8 * y + x] ?? Number.NaN);
  });
  return { ...batch, inputs };
};

/** Test images, each moved once. */
const movedOnce = (examples: Train.Examples, seed: number): Train.Examples =>
  moved(Key.foldIn(8)(Key.fromSeed(seed)))(examples);

/** Noise on all pixels. */
const noisy =
  (deviation: number) =>
  (examples: Train.Examples, seed: number): Train.Examples => {
    const noise = Key.normal(examples.inputs.shape)(Key.foldIn(9)(Key.fromSeed(seed)));
    return {
      ...examples,
      inputs: Tensor.generate(
        'f32',
        noise.shape,
        (i) => (examples.inputs.data[i] ?? Number.NaN) + deviation * (noise.data[i] ?? Number.NaN),
      ),
    };
  };

/** Trained on images as they are, or otherwise, and tested on those as they are and on others. */
const testedTwice =
  (digits: Digits, split: Split, length: number) =>
  (
    name: string,
    others: (examples: Train.Examples, seed: number) => Train.Examples,
    { deviation = 0, augment }: { readonly deviation?: number; readonly augment?: Train.Augment },
  ): Way => {
    const fixed = {
      layer: Layer.sequential(Layer.gaussianNoise(deviation).at([64] as const), hidden(64)),
      loss: Loss.softmaxCrossEntropy(),
      optimizer: Optimizer.adam({ learningRate: 0.003 }),
      batchSize: 32,
      epochs: Math.ceil(60 * length),
      engine: Engine.create(),
      ...(augment === undefined ? {} : { augment }),
    };
    return (seed) => {
      const { train, test } = partsOf(digits, split, seed);
      const config = { ...fixed, data: train };
      return pipe(
        Train.start(config, Key.fromSeed(seed)),
        Train.fit(config),
        E.map(Train.network),
        E.chain((network) =>
          pipe(
            E.Do,
            E.apS('asTheyAre', measuresOf(test)(network)),
            E.apS('otherwise', measuresOf(others(test, seed))(network)),
            E.map(({ asTheyAre, otherwise }) => ({
              accuracy: asTheyAre.accuracy ?? Number.NaN,
              [name]: otherwise.accuracy ?? Number.NaN,
            })),
          ),
        ),
      );
    };
  };

/** The last network of a run, the best on validation rows, and the last of a run that learns from these rows, too. */
const stopping = (digits: Digits, wrong: number, length: number): Readonly<Record<string, Way>> => {
  const split: Split = { train: 300, validation: 100, test: 1000, wrong };
  const fixed = {
    layer: hidden(64),
    loss: Loss.softmaxCrossEntropy(),
    optimizer: Optimizer.adam({ learningRate: 0.003 }),
    batchSize: 32,
    epochs: Math.ceil(80 * length),
    engine: Engine.create(),
  };
  const run =
    (stops: boolean, all: boolean): Way =>
    (seed) => {
      const { train, validation, test } = partsOf(digits, split, seed);
      const both = all
        ? partsOf(digits, { ...split, train: split.train + split.validation, validation: 0 }, seed).train
        : train;
      const config = { ...fixed, data: both, ...(stops ? { validation, stopping: { patience: 10 } } : {}) };
      return pipe(
        Train.start(config, Key.fromSeed(seed)),
        Train.fit(config),
        E.map(stops ? Train.best : Train.network),
        E.chain(measuresOf(test)),
      );
    };
  return {
    'to the end': run(false, false),
    'stopped early, the best kept': run(true, false),
    'to the end, on the validation rows, too': run(false, true),
  };
};

const sgd = (learningRate: number) => Optimizer.momentum({ learningRate, momentum: 0.9 });

/** The studies of digits; `length` shortens all runs. */
export const ofDigits = (digits: Digits, length = 1): readonly Study[] => {
  const few = trained(digits, clean, length);
  const wrong = trained(digits, mislabelled, length);
  const twice = testedTwice(digits, clean, length);
  const oneHot = Loss.softmaxCrossEntropy();
  return [
    {
      name: 'penalty, 150 digits',
      ways: {
        none: few({ layer: hidden(64) }),
        'l2 0.003': few({ layer: hidden(64), penalty: Penalty.l2(0.003) }),
        'l1 0.0003': few({ layer: hidden(64), penalty: Penalty.l1(0.0003) }),
      },
    },
    {
      name: 'penalty, 300 digits, 30 % of the labels wrong',
      ways: {
        none: wrong({ layer: hidden(64) }),
        'l2 0.03': wrong({ layer: hidden(64), penalty: Penalty.l2(0.03) }),
        'l1 0.003': wrong({ layer: hidden(64), penalty: Penalty.l1(0.003) }),
      },
    },
    {
      name: 'dropout, 150 digits, 64 units',
      ways: {
        none: few({ layer: hidden(64) }),
        'dropout 0.5': few({ layer: thinned(Layer.dropout(0.5), 64) }),
        'gaussianDropout 0.5': few({ layer: thinned(Layer.gaussianDropout(0.5), 64) }),
      },
    },
    {
      name: 'dropout, 300 digits, 30 % of the labels wrong, 64 units',
      ways: {
        none: wrong({ layer: hidden(64) }),
        'dropout 0.5': wrong({ layer: thinned(Layer.dropout(0.5), 64) }),
        'gaussianDropout 0.5': wrong({ layer: thinned(Layer.gaussianDropout(0.5), 64) }),
      },
    },
    {
      name: 'dropout, 150 digits, 8 units',
      ways: {
        none: few({ layer: hidden(8) }),
        'dropout 0.5': few({ layer: thinned(Layer.dropout(0.5), 8) }),
      },
    },
    {
      name: 'alpha dropout, selu, three hidden layers, 300 digits, 30 % of the labels wrong',
      ways: {
        none: wrong({ layer: selfNormalising(Layer.dropout(0)) }),
        'dropout 0.2': wrong({ layer: selfNormalising(Layer.dropout(0.2)) }),
        'alphaDropout 0.2': wrong({ layer: selfNormalising(Layer.alphaDropout(0.2)) }),
      },
    },
    {
      name: 'input noise, 150 digits',
      ways: Object.fromEntries(
        [0, 0.1, 0.3].map((deviation) => [
          deviation === 0 ? 'none' : `gaussianNoise ${deviation}`,
          twice('accuracy, noise 0.3', noisy(0.3), { deviation }),
        ]),
      ),
    },
    {
      name: 'augmentation, 150 digits',
      ways: {
        none: twice('accuracy, moved', movedOnce, {}),
        'moved by a pixel': twice('accuracy, moved', movedOnce, { augment: moved }),
      },
    },
    {
      name: 'mixup, 150 digits',
      ways: {
        none: few({ layer: hidden(64) }),
        'mixup, α 0.2': few({ layer: hidden(64), augment: Data.mixup({ alpha: 0.2 }) }),
        'mixup, α 1': few({ layer: hidden(64), augment: Data.mixup({ alpha: 1 }) }),
      },
    },
    {
      name: 'mixup, 300 digits, 30 % of the labels wrong',
      ways: {
        none: wrong({ layer: hidden(64) }),
        'mixup, α 0.2': wrong({ layer: hidden(64), augment: Data.mixup({ alpha: 0.2 }) }),
        'mixup, α 1': wrong({ layer: hidden(64), augment: Data.mixup({ alpha: 1 }) }),
      },
    },
    {
      name: 'label smoothing, 150 digits',
      ways: {
        none: few({ layer: hidden(64) }),
        'smoothing 0.1': few({ layer: hidden(64), loss: Loss.labelSmoothing(0.1)(oneHot) }),
      },
    },
    {
      name: 'label smoothing, 300 digits, 30 % of the labels wrong',
      ways: {
        none: wrong({ layer: hidden(64) }),
        'smoothing 0.1': wrong({ layer: hidden(64), loss: Loss.labelSmoothing(0.1)(oneHot) }),
        'smoothing 0.3': wrong({ layer: hidden(64), loss: Loss.labelSmoothing(0.3)(oneHot) }),
      },
    },
    { name: 'early stopping, 300 digits, 30 % of the labels wrong', ways: stopping(digits, 0.3, length) },
    { name: 'early stopping, 300 digits, labels right', ways: stopping(digits, 0, length) },
    {
      name: 'averaging, constant rate, 300 digits, 30 % of the labels wrong',
      ways: {
        'last step': wrong({ layer: hidden(64), optimizer: sgd(0.1), epochs: 20 }),
        'average, d 0.98': wrong({
          layer: hidden(64),
          optimizer: Transform.exponentialMovingAverage({ decay: 0.98 })(sgd(0.1)),
          epochs: 20,
        }),
        'mean of the second half': wrong({
          layer: hidden(64),
          optimizer: Transform.stochasticWeightAveraging({ start: Math.ceil(20 * length) * 5 })(sgd(0.1)),
          epochs: 20,
        }),
      },
    },
  ];
};
