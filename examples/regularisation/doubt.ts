/**
 * What a network is unsure of, put to a use: predictions that it is least sure of are not made, and images of what it never
 * learnt are told from those of what it did. By the probabilities of one pass, and by those of many random ones.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import {
  Activation,
  Engine,
  type Failure,
  Key,
  Layer,
  Loss,
  Metric,
  Network,
  Ops,
  Optimizer,
  Tensor,
  Train,
} from 'nabla-ts';
import { type Digits, unit } from '../digits.ts';
import type { Measures, Study, Way } from './compare.ts';
import { partsOf, type Split } from './digits.ts';

/** How the network that doubts is made and trained. */
export interface Setting {
  readonly split: Split;
  readonly layers: number;
  readonly units: number;
  readonly rate: number;
  readonly epochs: number;
  /** It learns the digits below this. */
  readonly classes: number;
  /** What it is asked beside what it learnt. */
  readonly strangers: Strangers;
}

export type Strangers = 'other digits' | 'turned digits' | 'noise';

const PASSES = 30;
const ops = Ops.reference('f32');

/** The probabilities of logits. */
export const probabilities = (logits: Tensor.Tensor): Tensor.Tensor =>
  Layer.softmax.at([10]).forward(ops, {}, {}, logits, Layer.inference()).y;

/** −Σ p log p of each row. */
export const entropies = (of: Tensor.Tensor): readonly number[] =>
  Tensor.toRows(of).map((row) => row.reduce((sum, p) => sum - (p > 0 ? p * Math.log(p) : 0), 0));

const lacking = (of: Tensor.Tensor): readonly number[] => Tensor.toRows(of).map((row) => 1 - Math.max(...row));

/** The mean of some probabilities. */
export const mixture = (all: readonly Tensor.Tensor[]): Tensor.Tensor =>
  Tensor.generate('f32', all[0]?.shape ?? [0, 10], (i) =>
    all.reduce((sum, of) => sum + (of.data[i] ?? Number.NaN) / all.length, 0),
  );

/** Probabilities of some passes, and how unsure each row is. */
type Doubt = (passes: readonly Tensor.Tensor[]) => readonly number[];

const doubts = {
  entropy: (passes) => entropies(mixture(passes)),
  '1 − greatest probability': (passes) => lacking(mixture(passes)),
  /** How much the passes disagree: the entropy of their mean less the mean of their entropies (Houlsby and others 2011). */
  'mutual information': (passes) => {
    const each = passes.map(entropies);
    return entropies(mixture(passes)).map(
      (whole, row) => whole - each.reduce((sum, of) => sum + (of[row] ?? Number.NaN) / passes.length, 0),
    );
  },
} as const satisfies Readonly<Record<string, Doubt>>;

/** A tensor [rows] of numbers. */
export const column = (values: readonly number[]): Tensor.Tensor =>
  Tensor.generate('f64', [values.length], (i) => values[i] ?? Number.NaN);

/** The share of wrong answers among the share of the rows that are surest. */
export const errorOfSurest = (share: number, wrong: readonly number[], doubt: readonly number[]): number => {
  const kept = wrong
    .map((is, row) => ({ is, doubt: doubt[row] ?? Number.NaN }))
    .sort((a, b) => a.doubt - b.doubt)
    .slice(0, Math.round(share * wrong.length));
  return kept.reduce((sum, { is }) => sum + is, 0) / kept.length;
};

/** Each image turned by a quarter to the left. */
const turned = (images: Tensor.Tensor): Tensor.Tensor =>
  Tensor.generate('f32', images.shape, (i) => {
    const [row, y, x] = [i >> 6, (i >> 3) & 7, i & 7];
    return images.data[64 * row + 8 * x + (7 - y)] ?? Number.NaN;
  });

const part = ({ pixels, labels }: Digits, has: (label: number) => boolean): Digits => {
  const rows = labels.flatMap((label, row) => (has(label) ? [row] : []));
  return { pixels: Tensor.takeRows(rows)(pixels), labels: rows.map((row) => labels[row] ?? Number.NaN) };
};

const strangersOf = (digits: Digits, { strangers, classes }: Setting, test: Tensor.Tensor, seed: number) =>
  strangers === 'other digits'
    ? unit(part(digits, (label) => label >= classes))
    : strangers === 'turned digits'
      ? turned(test)
      : Key.uniform(test.shape)(Key.foldIn(10)(Key.fromSeed(seed)));

const stack = (layers: number, units: number, rate: number) => {
  const deep = Layer.sequentialOf(
    [64],
    Array.from({ length: layers }, (_, i) => [
      Layer.dense(i === 0 ? 64 : units, units),
      Activation.relu,
      Layer.dropout(rate),
    ]).flat(),
  );
  return deep.use((hidden) =>
    Layer.sequential({ ...hidden, input: [64] as const, output: [units] as const }, Layer.dense(units, 10)),
  );
};

/** Says logits of images, some passes or, for 0, the one at inference. */
type Say = (passes: number) => (images: Tensor.Tensor) => readonly Tensor.Tensor[];

/** Networks of a setting with some rate of dropout, by seed, each trained once. */
const networksOf = (known: Digits, setting: Setting, length: number, rate: number) => {
  const fixed = {
    layer: stack(setting.layers, setting.units, rate),
    loss: Loss.softmaxCrossEntropy(),
    optimizer: Optimizer.adam({ learningRate: 0.003 }),
    batchSize: 32,
    epochs: Math.ceil(setting.epochs * length),
    engine: Engine.create(),
  };
  const trained = new Map<number, E.Either<Failure.Failure, Say>>();
  return (seed: number): E.Either<Failure.Failure, Say> => {
    const before = trained.get(seed);
    if (before !== undefined) return before;
    const config = { ...fixed, data: partsOf(known, setting.split, seed).train };
    const say = pipe(
      Train.start(config, Key.fromSeed(seed)),
      Train.fit(config),
      E.map(Train.network),
      E.map(
        (network): Say =>
          (passes) =>
          (images) =>
            passes === 0
              ? [Network.predict(network)(images)]
              : Network.samples({ passes, key: Key.fromSeed(seed) })(network)(images),
      ),
    );
    trained.set(seed, say);
    return say;
  };
};

/** A way to be unsure, with networks of a setting. */
const doubting =
  (digits: Digits, known: Digits, setting: Setting) =>
  (networks: ReturnType<typeof networksOf>, passes: number, name: keyof typeof doubts): Way =>
  (seed): E.Either<Failure.Failure, Measures> => {
    const { test } = partsOf(known, setting.split, seed);
    const labels = Tensor.toRows(test.targets).map((row) => row.indexOf(1));
    return pipe(
      networks(seed),
      E.map((say) => (images: Tensor.Tensor) => say(passes)(images).map(probabilities)),
      E.bindTo('say'),
      E.bind('asked', ({ say }) => E.right(say(test.inputs))),
      E.bind('predicted', ({ asked }) => Metric.predictedClasses(mixture(asked))),
      E.bind('doubt', ({ asked }) => E.right(doubts[name](asked))),
      E.bind('strange', ({ say }) => E.right(doubts[name](say(strangersOf(digits, setting, test.inputs, seed))))),
      E.bind('wrong', ({ predicted }) => E.right(predicted.map((label, row) => Number(label !== labels[row])))),
      E.bind('told', ({ doubt, strange }) =>
        Metric.rocAuc([...doubt.map(() => 0), ...strange.map(() => 1)])(column([...doubt, ...strange])),
      ),
      E.map(({ wrong, doubt, told }) => ({
        error: errorOfSurest(1, wrong, doubt),
        'error, surest 80 %': errorOfSurest(0.8, wrong, doubt),
        [`area, ${setting.strangers} told`]: told,
      })),
    );
  };

/** One pass without dropout, by entropy, is what all others are held against. */
const studyOf = (name: string, digits: Digits, setting: Setting, length = 1): Study => {
  const known = part(digits, (label) => label < setting.classes);
  const way = doubting(digits, known, setting);
  const dropping = networksOf(known, setting, length, setting.rate);
  const plain = networksOf(known, setting, length, 0);
  return {
    name,
    ways: {
      'dropout off: entropy': way(dropping, 0, 'entropy'),
      'dropout off: 1 − greatest probability': way(dropping, 0, '1 − greatest probability'),
      'trained without: entropy': way(plain, 0, 'entropy'),
      'trained without: 1 − greatest probability': way(plain, 0, '1 − greatest probability'),
      [`${PASSES} passes: entropy`]: way(dropping, PASSES, 'entropy'),
      [`${PASSES} passes: mutual information`]: way(dropping, PASSES, 'mutual information'),
    },
  };
};

const FEW: Setting = {
  split: { train: 700, validation: 0, test: 700, wrong: 0 },
  layers: 1,
  units: 64,
  rate: 0.5,
  epochs: 20,
  classes: 10,
  strangers: 'noise',
};

/** The studies of doubt; `length` shortens all runs. */
export const ofDoubt = (digits: Digits, length = 1): readonly Study[] => [
  studyOf('Monte-Carlo dropout, 700 digits, and noise', digits, FEW, length),
  studyOf('Monte-Carlo dropout, 700 digits, and turned ones', digits, { ...FEW, strangers: 'turned digits' }, length),
  studyOf(
    'Monte-Carlo dropout, 700 digits from 0 to 7, and 8 and 9',
    digits,
    { ...FEW, classes: 8, strangers: 'other digits' },
    length,
  ),
];
