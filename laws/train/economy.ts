/** What a run asks of its engine: each plan once, its state in memory once, every step on emitted code; and that none of it
 * can be noticed in the result. */
import * as E from 'fp-ts/lib/Either.js';
import { create, type Engine, reference } from '../../src/engine/engine.ts';
import { dense } from '../../src/layer/dense.ts';
import type { Layer } from '../../src/layer/layer.ts';
import { sequential } from '../../src/layer/sequential.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { adam, gradientDescent, lbfgs, type Optimizer } from '../../src/optimizer/index.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { generate, takeRows } from '../../src/tensor/tensor.ts';
import type { Form } from '../../src/tensor/tree.ts';
import * as Train from '../../src/train/index.ts';
import { predictOn } from '../../src/train/predict.ts';
import { all, type Law, lawOf, lawSet, same, sameTensor } from '../law.ts';
import { counted, seenSlow } from './counted.ts';
import { counting, noisy } from './layers.ts';
import { config, difference, examplesOf, get, told } from './scenario.ts';

/** Three tensors go with a network of this kind: a weight, a bias and a count. */
const plain = () => sequential(dense(2, 1), counting);
const LEAVES = 3;
const sgd = gradientDescent({ learningRate: 0.05 });

const runWith = <P extends Form, S extends Form>(
  layer: Layer<readonly [2], readonly [1], P, S>,
  engine: Engine,
  optimizer: Optimizer,
  batchSize: number,
) =>
  config({
    layer,
    loss: squaredError(),
    optimizer,
    data: examplesOf('f32', 5, fromSeed(1), true),
    batchSize,
    epochs: 3,
    engine,
  });

const runOf = (engine: Engine, optimizer: Optimizer, batchSize: number) =>
  runWith(plain(), engine, optimizer, batchSize);

const wholes: ReadonlyArray<{
  readonly optimizer: Optimizer;
  readonly batchSize: number;
  /** Plans of steps; of an optimizer with phases of its own, those are more. */
  readonly plans?: number;
  readonly tensors: number;
}> = [
  { optimizer: sgd, batchSize: 5, plans: 1, tensors: LEAVES },
  { optimizer: sgd, batchSize: 2, plans: 2, tensors: LEAVES },
  { optimizer: adam(), batchSize: 2, plans: 2, tensors: LEAVES + 4 },
  { optimizer: adam(), batchSize: 1, plans: 1, tensors: LEAVES + 4 },
  { optimizer: lbfgs({ memory: 1 }), batchSize: 5, tensors: LEAVES + 10 },
];

const once: Law = lawOf(
  'each thing once',
  'a run asks for each plan once, writes each tensor of its state into memory once, and makes every step on emitted code',
  wholes,
  ({ optimizer, batchSize, plans, tensors }) => {
    const { engine, asked, ran, written } = counted();
    const { layer, slow } = seenSlow(plain());
    const given = runWith(layer, engine, optimizer, batchSize);
    const start = Train.start(given, fromSeed(2));
    const end = get(Train.fit(given)(start));
    return all(
      same(new Set(asked).size, asked.length, `plans asked for: ${asked.join('; ')}`),
      plans === undefined ? undefined : same(plans, asked.length, 'plans'),
      plans === undefined ? undefined : same(3 * Math.ceil(5 / batchSize), ran(), 'steps on emitted code'),
      same(tensors, written(), 'tensors written'),
      same(0, slow(), 'forward passes of the reference'),
      difference(get(Train.fit({ ...given, engine: reference })(start)), end),
    );
  },
  { show: ({ optimizer, batchSize }) => JSON.stringify({ ...optimizer.description, batchSize }) },
);

const stepwise: Law = lawOf(
  'step by step',
  'a state that was just made need not go in again; another one does, whichever part of it is another',
  [0],
  () => {
    const { engine, written } = counted();
    const given = runOf(engine, adam(), 2);
    const next = Train.step(given);
    const slowly = Train.step({ ...given, engine: reference });
    const first = get(next(get(next(Train.start(given, fromSeed(2))))));
    const other = get(slowly(get(slowly(Train.start(given, fromSeed(3))))));
    const afterTwo = written();
    // Each time the state of the last step with a part of the other: all of it goes in.
    const mixed = [
      (state: typeof first) => ({ ...state, params: other.params }),
      (state: typeof first) => ({ ...state, layerState: [{}, { count: generate('f32', [], () => 7) }] as const }),
      (state: typeof first) => ({ ...state, slots: { ...state.slots, vectors: other.slots.vectors } }),
      (state: typeof first) => ({ ...state, params: [{ ...state.params[0] }, state.params[1]] as const }),
    ];
    let at = first;
    const found = mixed.map((mix, i) => {
      const before = written();
      const state = mix(at);
      at = get(next(state));
      return all(
        difference(get(slowly(state)), at, `with part ${i} of another`),
        same(LEAVES + 4, written() - before, `tensors written for part ${i} of another`),
      );
    });
    const before = written();
    const last = get(next(at));
    return all(
      same(LEAVES + 4, afterTwo, 'tensors written for two steps'),
      ...found,
      same(0, written() - before, 'tensors written for the step after'),
      difference(get(slowly(at)), last, 'the step after'),
    );
  },
);

const drawn: Law = lawOf('what is drawn', 'is written once a step, beside the state', [1, 2, 5], (batchSize) => {
  const { engine, written } = counted();
  const given = runWith(sequential(dense(2, 1), noisy, counting), engine, sgd, batchSize);
  get(Train.fit(given)(Train.start(given, fromSeed(2))));
  return same(LEAVES + 3 * Math.ceil(5 / batchSize), written());
});

const validated: Law = lawOf(
  'validation',
  'takes a memory of its own, so that the state of the run stays where it is',
  [1, 2, 5],
  (batchSize) => {
    const { engine, written, asked } = counted();
    const given = { ...runOf(engine, sgd, batchSize), validation: examplesOf('f32', 3, fromSeed(4)) };
    const start = Train.start(given, fromSeed(2));
    const end = get(Train.fit(given)(start));
    return all(
      same(LEAVES + 3 * LEAVES, written(), 'tensors written'),
      same(5 % batchSize === 0 ? 1 : 2, asked.filter((name) => name.startsWith('step')).length, 'plans of steps'),
      difference(get(Train.fit({ ...given, engine: reference })(start)), end),
    );
  },
);

/** Rows of which one cannot be squared in f32. */
const breaking = (at: number) => ({
  inputs: generate('f32', [6, 2], (i) => (Math.floor(i / 2) === at ? 3e38 : i / 8)),
  targets: generate('f32', [6, 1], () => 0),
});

/** Gradient descent that leaves the finite numbers on a target of −1, its loss and gradient being finite. */
const far = gradientDescent({ learningRate: 3e38 });

const failing: Law = lawOf(
  'after a failure',
  'a run that fails at a step made the steps before it twice and that one once; the next on the same engine is not troubled',
  [0, 1, 2, 3, 4, 5].flatMap((at) => [1, 2].map((seed) => ({ at, seed }))),
  ({ at, seed }) => {
    const { engine, ran } = counted();
    const { layer, slow } = seenSlow(plain());
    const given = { ...runWith(layer, engine, sgd, 1), data: breaking(at) };
    const start = Train.start(given, fromSeed(seed));
    const failure = told(Train.fit(given)(start));
    const made = ran();
    const looked = slow();
    const step = Train.batches(6, 1)(fromSeed(seed), 0).findIndex(([row]) => row === at);
    const good = { ...given, data: examplesOf('f32', 5, fromSeed(1)) };
    const end = get(Train.fit(good)(start));
    const lookedAfter = slow();
    return all(
      same(told(Train.fit({ ...given, engine: reference })(start)), failure),
      same(2 * step + 1, made, 'steps on emitted code'),
      // That step, and again with a watcher.
      same(2, looked, 'forward passes of the reference'),
      same(made + 15, ran(), 'steps of the next run'),
      same(2, lookedAfter, 'forward passes of the reference after it'),
      difference(get(Train.fit({ ...good, engine: reference })(start)), end),
    );
  },
);

const tooFar: Law = lawOf(
  'after a step too far',
  'parameters that are not finite end a run on the engine as on the reference; the next run is not troubled',
  [1, 2, 3],
  (seed) => {
    const { engine, ran } = counted();
    const given = { ...runOf(engine, far, 1), data: examplesOf('f32', 5, fromSeed(seed)) };
    const start = Train.start(given, fromSeed(seed));
    const failure = told(Train.fit(given)(start));
    const before = ran();
    const good = { ...given, optimizer: sgd };
    const end = get(Train.fit(good)(start));
    return all(
      same(told(Train.fit({ ...given, engine: reference })(start)), failure),
      same(true, failure.startsWith('diverged: step '), failure),
      same(15, ran() - before, 'steps of the next run'),
      difference(get(Train.fit({ ...good, engine: reference })(start)), end),
    );
  },
);

const shared: Law = lawOf(
  'one engine for several',
  'runs that take turns on one engine, and predictions between them, are as they are alone',
  [sgd, adam()],
  (optimizer) => {
    const { engine, asked } = counted();
    const alone = create();
    const one = runOf(engine, optimizer, 2);
    // Of the same layer, loss and optimizer: other rows a step, other weights, other penalties and numbers of rows.
    const others = [
      { ...one, batchSize: 3 },
      { ...one, data: { inputs: one.data.inputs, targets: one.data.targets } },
      { ...one, data: examplesOf('f32', 7, fromSeed(6), true), batchSize: 4 },
    ];
    const runs = [one, ...others];
    const nexts = runs.map((of) => Train.step(of));
    let states = runs.map((of, i) => Train.start(of, fromSeed(i)));
    const x = takeRows([0, 1, 2])(one.data.inputs);
    const found = Array.from({ length: 5 }, () => {
      states = states.map((state, i) => get(nexts[i]?.(state) ?? E.right(state)));
      const network = Train.network(states[0] ?? Train.start(one, fromSeed(0)));
      return sameTensor(predictOn(alone)(network, x), predictOn(engine)(network, x), 'predictions');
    });
    return all(
      ...found,
      ...runs.map((of, i) => {
        const slowly = Train.step({ ...of, engine: reference });
        let state = Train.start(of, fromSeed(i));
        for (let step = 0; step < 5; step++) state = get(slowly(state));
        return difference(state, states[i], `run ${i}`);
      }),
      same(true, asked.length > 4, 'plans'),
    );
  },
  { show: ({ description }) => description.kind },
);

export const economyLaws = lawSet('economy', [once, stepwise, drawn, validated, failing, tooFar, shared]);
