/** What steps learn from in the place of their batches: a function of key and step, the same on every engine. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { create, reference } from '../../src/engine/engine.ts';
import { dense } from '../../src/layer/dense.ts';
import { fromLabels, softmaxCrossEntropy } from '../../src/loss/index.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { gradientDescent } from '../../src/optimizer/index.ts';
import { show } from '../../src/tensor/failure.ts';
import { foldIn, fromSeed, type Key, normal } from '../../src/tensor/key.ts';
import { cast, full, generate, type Tensor, takeRows, zeros } from '../../src/tensor/tensor.ts';
import * as Train from '../../src/train/index.ts';
import { all, holds, type Law, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { config, configOf, difference, get, scenario, succeeds } from './scenario.ts';

const plus = (x: Tensor, noise: Tensor): Tensor =>
  generate(x.dtype, x.shape, (i) => (x.data[i] ?? NaN) + (noise.data[i] ?? NaN) / 8);

/** Noise on inputs and targets. */
const noisy: Train.Augment =
  (key) =>
  ({ inputs, targets, ...rest }) => ({
    ...rest,
    inputs: plus(inputs, normal(inputs.shape, inputs.dtype)(foldIn(0)(key))),
    targets: plus(targets, normal(targets.shape, targets.dtype)(foldIn(1)(key))),
  });

const throughJson = (json: unknown): unknown => JSON.parse(JSON.stringify(json));

const resumed: Law = law(
  'resuming',
  'an augmented run that is stopped after any step, saved and read again ends as the run that was not, on either engine',
  fc.tuple(scenario, fc.nat(12), fc.boolean()),
  ([of, steps, emitted]) => {
    const given = { ...configOf({ ...of, patience: 0 }), augment: noisy };
    const start = Train.start(given, fromSeed(of.seed));
    const slow = { ...given, engine: reference };
    const later = { ...given, engine: emitted ? create() : reference };
    return succeeds(Train.fit(slow)(start), (whole) => {
      const half = pipe(Train.step(later), (next) =>
        Array.from({ length: Math.min(steps, whole.step) }).reduce<ReturnType<typeof next>>(
          (at) => pipe(at, E.chain(next)),
          E.right(start),
        ),
      );
      return succeeds(
        pipe(
          half,
          E.chain((state) => Train.decode(given)(throughJson(Train.encode(state)))),
          E.chain(Train.fit(later)),
        ),
        (end) => difference(whole, end),
      );
    });
  },
  { runs: 30 },
);

/** The keys that a run's augmentation is given, and the rows. */
const told = (of: Parameters<typeof configOf>[0], engine: typeof reference) => {
  const keys: Key[] = [];
  const given = {
    ...configOf({ ...of, patience: 0 }),
    engine,
    augment: (key: Key) => (batch: Train.Examples) => {
      keys.push(key);
      return batch;
    },
  };
  const end = get(Train.fit(given)(Train.start(given, fromSeed(of.seed))));
  return { keys: keys.map(({ words }) => words.join()), end };
};

const keyed: Law = law(
  'each step has a key of its own',
  'no two steps of a run are given the same key, both engines give the same ones, and another seed gives others',
  scenario.filter(({ epochs }) => epochs > 0),
  (of) => {
    const [slow, fast] = [told(of, reference), told(of, create())];
    const other = told({ ...of, seed: of.seed + 1 }, reference);
    return all(
      same(slow.end.step, slow.keys.length, 'how many keys'),
      same(new Set(slow.keys).size, slow.keys.length, 'how many different keys'),
      same(slow.keys.join(' '), fast.keys.join(' '), 'on the engine'),
      holds(
        other.keys.every((key) => !slow.keys.includes(key)),
        'other keys for another seed',
        'one again',
      ),
    );
  },
  { runs: 25 },
);

const nothing: Law = law(
  'a batch as it is',
  'an augmentation that gives the batch back changes no bit of a run',
  scenario,
  (of) => {
    const given = configOf(of);
    const start = Train.start(given, fromSeed(of.seed));
    return succeeds(Train.fit(given)(start), (plain) =>
      succeeds(Train.fit({ ...given, augment: () => (batch) => batch })(start), (same) => difference(plain, same)),
    );
  },
  { runs: 25 },
);

const learnt: Law = law(
  'what is learnt from',
  'a run whose augmentation gives other examples is the run on those; validation examples are measured as they are',
  scenario.map((of) => ({ ...of, batchSize: 'full' as const })),
  (of) => {
    const given = configOf(of);
    const { inputs, targets, weights } = given.data;
    const other: Train.Examples = {
      inputs: normal(inputs.shape, inputs.dtype)(fromSeed(of.seed + 1)),
      targets: normal(targets.shape, targets.dtype)(fromSeed(of.seed + 2)),
      ...(weights === undefined ? {} : { weights: takeRows(Array.from(weights.data, (_, i) => i).reverse())(weights) }),
    };
    const start = Train.start(given, fromSeed(of.seed));
    return succeeds(Train.fit({ ...given, data: other })(start), (plain) =>
      succeeds(Train.fit({ ...given, augment: () => () => other })(start), (augmented) => difference(plain, augmented)),
    );
  },
  { runs: 25 },
);

const good = config({
  layer: dense(2, 3),
  loss: fromLabels(softmaxCrossEntropy()),
  optimizer: gradientDescent({ learningRate: 0.1 }),
  data: { inputs: zeros('f32', [5, 2]), targets: zeros('f32', [5]), weights: full('f32', [5], 1) },
  batchSize: 2,
  epochs: 2,
});

/** What an augmentation makes of the fourth step's batch, and what is said of it. */
const wrong: ReadonlyArray<readonly [(batch: Train.Examples) => Train.Examples, string]> = [
  [
    (batch) => ({ ...batch, inputs: zeros('f32', [1, 2]) }),
    'shape: step 4, config.augment.inputs: expected f32[2,2], as in the batch, received f32[1,2]',
  ],
  [
    (batch) => ({ ...batch, inputs: zeros('f32', [2, 3]) }),
    'shape: step 4, config.augment.inputs: expected f32[2,2], as in the batch, received f32[2,3]',
  ],
  [
    (batch) => ({ ...batch, inputs: cast('f64')(batch.inputs) }),
    'shape: step 4, config.augment.inputs: expected f32[2,2], as in the batch, received f64[2,2]',
  ],
  [
    (batch) => ({ ...batch, targets: zeros('f32', [2, 3]) }),
    'shape: step 4, config.augment.targets: expected f32[2], as in the batch, received f32[2,3]',
  ],
  [
    ({ inputs, targets }) => ({ inputs, targets }),
    'shape: step 4, config.augment.weights: expected f32[2], as in the batch, received none',
  ],
  [
    (batch) => ({ ...batch, inputs: full('f32', [2, 2], NaN) }),
    'value: step 4, config.augment.inputs, row 0, column 0: expected a finite number, received NaN',
  ],
  [
    (batch) => ({ ...batch, weights: zeros('f32', [2]) }),
    'value: step 4, config.augment.weights: expected a weight above 0, received only zeros',
  ],
  [(batch) => ({ ...batch, targets: full('f32', [2], 0.5) }), 'step 4, config.augment'],
  [(batch) => ({ ...batch, targets: full('f32', [2], 3) }), 'step 4, config.augment'],
];

const refused: Law = lawOf(
  'what cannot be learnt from',
  'another number of rows, another shape or format, weights lost, a number that is not finite, a target that is none: a ' +
    'failure that names the step and the part, the same on either engine, after the same steps',
  wrong,
  ([make, message]): Verdict => {
    const ends = [reference, create()].map((engine) => {
      const keys: Key[] = [];
      const steps: number[] = [];
      const given = {
        ...good,
        engine,
        augment: (key: Key) => (batch: Train.Examples) => {
          if (!keys.some(({ words }) => words.join() === key.words.join())) keys.push(key);
          return keys.length === 4 ? make(batch) : batch;
        },
      };
      const end = Train.fit(given, { epoch: ({ step }) => void steps.push(step) })(Train.start(given, fromSeed(1)));
      return { said: E.isLeft(end) ? `${end.left.tag}: ${show(end.left)}` : 'a success', steps: steps.join() };
    });
    const [slow, fast] = ends;
    return all(
      holds(slow?.said.includes(message) === true, message, slow?.said ?? ''),
      same(slow?.said, fast?.said, 'on the engine'),
      same('3', slow?.steps, 'epochs that were finished'),
      same('3', fast?.steps, 'epochs that were finished on the engine'),
    );
  },
);

const described: Law = lawOf(
  'emitted',
  'an augmented run is emitted code: nothing of it is left to the reference',
  [1],
  () => {
    const given = config({
      layer: dense(2, 1),
      loss: squaredError(),
      optimizer: gradientDescent({ learningRate: 0.1 }),
      data: { inputs: zeros('f32', [5, 2]), targets: zeros('f32', [5, 1]) },
      augment: noisy,
      epochs: 1,
    });
    return same('wasm', get(Train.describe(given)).runs);
  },
);

export const augmentingLaws = lawSet('augmenting', [resumed, keyed, nothing, learnt, refused, described]);
