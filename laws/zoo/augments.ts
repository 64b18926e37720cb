/** Wrong augmentations: what steps learn from in the place of their batches. */
import { Key, Tensor, type Train } from '../../src/index.ts';
import type { LawSet } from '../law.ts';
import { type AugmentOptions, augment as lawsOf } from '../pack/augment.ts';
import type { Broken } from './broken.ts';

type Parts = {
  /** How much a row keeps of itself. */
  readonly part: (key: Key.Key) => number;
  /** Which other row comes to a row of the inputs, and of the targets. */
  readonly order: (key: Key.Key) => (rows: number) => readonly number[];
  readonly orderOfTargets: (key: Key.Key) => (rows: number) => readonly number[];
};

const draw = (key: Key.Key): number => Tensor.toArray(Key.uniform([1], 'f64')(key))[0] ?? NaN;
const shuffled =
  (key: Key.Key) =>
  (rows: number): readonly number[] =>
    Key.permutation(rows)(Key.foldIn(1)(key));

const mixed = (x: Tensor.Tensor, part: number, order: readonly number[]): Tensor.Tensor => {
  const width = x.data.length / order.length;
  return Tensor.generate(x.dtype, x.shape, (i) => {
    const other = (order[Math.floor(i / width)] ?? NaN) * width + (i % width);
    return part * (x.data[i] ?? NaN) + (1 - part) * (x.data[other] ?? NaN);
  });
};

/** Mixup, with room for mistakes. */
const mixing =
  ({ part = draw, order = shuffled, orderOfTargets = order }: Partial<Parts>): Train.Augment =>
  (key) =>
  ({ inputs, targets, ...rest }) => {
    const rows = inputs.shape[0] ?? 0;
    return {
      ...rest,
      inputs: mixed(inputs, part(key), order(key)(rows)),
      targets: mixed(targets, part(key), orderOfTargets(key)(rows)),
    };
  };

/** Noise on inputs. */
const noisy =
  (key: (given: Key.Key) => Key.Key): Train.Augment =>
  (given) =>
  ({ inputs, ...rest }) => {
    const noise = Key.normal(inputs.shape, inputs.dtype)(key(given));
    return {
      ...rest,
      inputs: Tensor.generate(inputs.dtype, inputs.shape, (i) => (inputs.data[i] ?? NaN) + (noise.data[i] ?? NaN) / 8),
    };
  };
const right = noisy((key) => key);

const counted = (): Train.Augment => {
  let calls = 0;
  return (key) => (batch) => {
    calls += 1;
    return noisy(Key.foldIn(calls))(key)(batch);
  };
};

const writing: Train.Augment = (key) => (batch) => {
  const { data } = batch.inputs;
  const made = right(key)(batch).inputs.data;
  if (data instanceof Float32Array || data instanceof Float64Array) data.set(Array.from(made));
  return batch;
};

const mixes: AugmentOptions = { mixes: true };

export const broken: readonly Broken[] = [
  {
    name: 'mixup of the inputs alone',
    fault: 'targets stay those of the first row, as if it had all of the input',
    law: 'targets are mixed as inputs are',
    laws: lawsOf((key) => (batch) => ({ ...mixing({})(key)(batch), targets: batch.targets }), mixes),
  },
  {
    name: 'mixup, another order for the targets',
    fault: 'the order is drawn a second time for the targets',
    law: 'targets are mixed as inputs are',
    laws: lawsOf(mixing({ orderOfTargets: (key) => shuffled(Key.foldIn(2)(key)) }), mixes),
  },
  {
    name: 'mixup beyond',
    fault: 'the part is drawn from −½ to 1½, so that rows lie outside of what they are made of',
    law: 'rows lie between rows',
    laws: lawsOf(mixing({ part: (key) => 2 * draw(key) - 0.5 }), mixes),
  },
  {
    name: 'one key for all steps',
    fault: 'the key of the step is not used: each step learns from the same disturbance',
    law: 'another key, another batch',
    laws: lawsOf(noisy(() => Key.fromSeed(1))),
  },
  {
    name: 'noise by how often it is asked for',
    fault: 'a counter in the module has a say, so that a run cannot be had again or gone on with',
    law: 'a function of key and batch',
    laws: lawsOf(counted()),
  },
  {
    name: 'noise in the data themselves',
    fault: 'the noise is written into the batch, and is there still in the next epoch',
    law: 'writes to nothing',
    laws: lawsOf(writing),
  },
  {
    name: 'only whole pairs of rows',
    fault: 'the last row is left out where their number is odd',
    law: 'same shapes and formats',
    laws: lawsOf((key) => ({ inputs, targets }) => {
      const rows = Array.from({ length: 2 * Math.floor((inputs.shape[0] ?? 0) / 2) }, (_, i) => i);
      return right(key)({ inputs: Tensor.takeRows(rows)(inputs), targets: Tensor.takeRows(rows)(targets) });
    }),
  },
  {
    name: 'weights of rows forgotten',
    fault: 'rows count the same where they should not',
    law: 'same shapes and formats',
    laws: lawsOf(
      (key) =>
        ({ inputs, targets }) =>
          right(key)({ inputs, targets }),
    ),
  },
];

/** The right ones. */
export const correct: readonly LawSet[] = [lawsOf(mixing({}), mixes), lawsOf(right)];
