/** The unfold: what an epoch is, what it sees, and that nothing but configuration and key has a part in it. */

import * as fc from 'fast-check';
import type * as E from 'fp-ts/lib/Either.js';
import { reference as byReference } from '../../src/engine/engine.ts';
import { training } from '../../src/layer/context.ts';
import { dense } from '../../src/layer/dense.ts';
import { type Loss, value } from '../../src/loss/loss.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { random } from '../../src/ops/reference/random.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { gradientDescent, init, step } from '../../src/optimizer/index.ts';
import type { Failure } from '../../src/tensor/failure.ts';
import { foldIn, fromSeed, type Key, split } from '../../src/tensor/key.ts';
import { generate, type Tensor, takeRows } from '../../src/tensor/tensor.ts';
import * as Train from '../../src/train/index.ts';
import { all, holds, type Law, law, lawSet, same } from '../law.ts';
import {
  config,
  configOf,
  difference,
  examplesOf,
  get,
  heedless,
  type Scenario,
  scenario,
  succeeds,
} from './scenario.ts';

const read = (x: Tensor): number => x.data[0] ?? Number.NaN;

/** The key that step s draws from, as the state's documentation says. */
const drawsOf = (key: Key, made: number): Key => foldIn(made)(split(2)(key)[1] ?? key);

const fold: Law = law(
  'an epoch is a fold over batches',
  'training is, for each batch in turn: forward, loss, pullback, optimizer, with the state of the layer handed on; a ' +
    'batch of all rows is these as they are',
  scenario,
  (of) => {
    const given = configOf({ ...heedless(of), penalised: false, patience: 0 });
    const { layer, loss, optimizer, data } = given;
    const ops = reference(of.dtype);
    const key = fromSeed(of.seed);
    const start = Train.start(given, key);
    const size = of.batchSize === 'full' ? of.rows : of.batchSize;
    let { params, layerState, step: made } = start;
    let slots = init(ops, optimizer, layer.parameters, params);
    for (let epoch = 0; epoch < of.epochs; epoch++)
      for (const rows of Train.batches(of.rows, size)(key, epoch)) {
        const take = takeRows(rows);
        const context = training(random(of.dtype, drawsOf(key, made)));
        const run = layer.forward(ops, params, layerState, take(data.inputs), context);
        const weights = data.weights === undefined ? undefined : take(data.weights);
        const cost = value(ops, loss, run.y, take(data.targets), weights);
        const gradient = run.pullback(cost.pullback(ops.scalar(1))).dParams;
        const evaluation = { value: cost.value, gradient };
        ({ params, slots } = step(ops, read, optimizer, layer.parameters, slots, evaluation, params));
        layerState = run.state;
        made++;
      }
    return succeeds(Train.fit(given)(start), (fitted) =>
      all(
        difference(params, fitted.params, 'params'),
        difference(layerState, fitted.layerState, 'layerState'),
        difference(slots, fitted.slots, 'slots'),
        same(made, fitted.step, 'step'),
        same(of.epochs, fitted.epoch, 'epoch'),
      ),
    );
  },
  { runs: 40 },
);

const full: Law = law(
  'the full batch is one big batch',
  'a batch size of all rows, or of more, gives the bits of the full batch',
  fc.tuple(scenario, fc.nat(5)),
  ([of, more]) => {
    const run = (batchSize: Scenario['batchSize']) => {
      const given = configOf({ ...of, batchSize });
      return get(Train.fit(given)(Train.start(given, fromSeed(of.seed))));
    };
    return difference(run('full'), run(of.rows + more));
  },
  { runs: 20 },
);

/** A loss that notes the targets it is given, in the order in which it sees them. */
const noting = (seen: number[][]): Loss => {
  const loss = squaredError();
  return {
    ...loss,
    costs: (ops, prediction, target) => {
      // A tensor's data, where the algebra is that of tensors: the law's own.
      if (typeof target === 'object' && target !== null && 'data' in target && target.data instanceof Float32Array)
        seen.push(Array.from(target.data));
      return loss.costs(ops, prediction, target);
    },
  };
};

/** A run over rows whose targets are their own numbers. */
const numbered = (rows: number, batchSize: number, epochs: number, seen: number[][]) =>
  config({
    layer: dense(1, 1),
    loss: noting(seen),
    optimizer: gradientDescent({ learningRate: 0 }),
    data: {
      inputs: generate('f32', [rows, 1], (i) => i),
      targets: generate('f32', [rows, 1], (i) => i),
    },
    batchSize,
    epochs,
    // An engine calls a loss once, to record it: what a loss is shown is seen by the reference.
    engine: byReference,
  });

const sizes = fc.record({
  rows: fc.integer({ min: 1, max: 40 }),
  batchSize: fc.integer({ min: 1, max: 45 }),
  seed: fc.nat(2 ** 31),
});

const order: Law = law(
  'the order is the key’s',
  'the order of rows depends on key, epoch and number of rows and on nothing else: cutting it into other batches leaves ' +
    'it, another key or epoch does not (20 rows or more agree by chance once in 20! times)',
  fc.record({
    rows: fc.integer({ min: 20, max: 40 }),
    a: fc.integer({ min: 1, max: 19 }),
    b: fc.integer({ min: 1, max: 19 }),
    seed: fc.nat(2 ** 31),
    epoch: fc.nat(100),
  }),
  ({ rows, a, b, seed, epoch }) => {
    const text = (size: number, key: Key, at: number): string => Train.batches(rows, size)(key, at).flat().join();
    const key = fromSeed(seed);
    return all(
      same(text(a, key, epoch), text(b, key, epoch), 'order'),
      holds(text(a, key, epoch) !== text(a, key, epoch + 1), 'another order in another epoch', 'the same'),
      holds(text(a, key, epoch) !== text(a, fromSeed(seed + 1), epoch), 'another order by another key', 'the same'),
    );
  },
);

const lazy: Law = law(
  'lazy',
  'an epoch is computed when its state is asked for, and not before',
  fc.tuple(sizes, fc.integer({ min: 0, max: 5 })),
  ([{ rows, batchSize, seed }, taken]) => {
    const seen: number[][] = [];
    const given = numbered(rows, batchSize, 5, seen);
    const states = Train.epochs(given)(Train.start(given, fromSeed(seed)))[Symbol.iterator]();
    const each = Math.ceil(rows / batchSize);
    for (let i = 1; i <= taken; i++) {
      states.next();
      if (seen.length !== i * each) return same(i * each, seen.length, `batches seen after ${i} states`);
    }
    return same(taken * each, seen.length, 'batches seen');
  },
  { runs: 30 },
);

const following = <A>(states: Iterator<E.Either<Failure, A>>): A => {
  const next = states.next();
  if (next.done === true) throw new Error('no further state');
  return get(next.value);
};

const deterministic: Law = law(
  'determinism',
  'two runs of one configuration and key are the same although another run goes on between their epochs, and the run of ' +
    'another key is not',
  scenario,
  (of) => {
    const given = configOf({ ...of, epochs: 3, patience: 0 });
    const run = (seed: number) => Train.epochs(given)(Train.start(given, fromSeed(seed)))[Symbol.iterator]();
    const [one, other, two] = [run(of.seed), run(of.seed + 1), run(of.seed)];
    for (let epoch = 0; epoch < 3; epoch++) {
      const [a, b, c] = [following(one), following(other), following(two)];
      const found = all(
        difference(a, c, `epoch ${epoch}`),
        holds(difference(a.params, b.params) !== undefined, 'other parameters by another key', 'the same'),
      );
      if (found !== undefined) return found;
    }
    return undefined;
  },
  { runs: 20 },
);

const observed: Law = law(
  'observers',
  'a run that is watched ends as one that is not; the watcher is told of every step and epoch, in order; what it throws ' +
    'reaches the caller, and the state before it is as it was',
  fc.tuple(scenario, fc.nat(6)),
  ([of, fault]) => {
    const given = configOf({ ...of, patience: 0 });
    const start = Train.start(given, fromSeed(of.seed));
    const before = JSON.stringify(Train.encode(start));
    const steps: number[] = [];
    const epochs: number[] = [];
    const watched = Train.fit(given, {
      step: (state) => void steps.push(state.step),
      epoch: (state) => void epochs.push(state.epoch),
    })(start);
    const message = (() => {
      try {
        Train.fit(given, {
          step: (state) => {
            if (state.step === fault) throw new Error('a fault of the watcher');
          },
        })(start);
        return 'nothing';
      } catch (error) {
        return error instanceof Error ? error.message : 'something else';
      }
    })();
    return succeeds(Train.fit(given)(start), (plain) =>
      all(
        difference(plain, get(watched)),
        same(Array.from({ length: plain.step }, (_, i) => i + 1).join(), steps.join(), 'steps'),
        same(Array.from({ length: of.epochs }, (_, i) => i + 1).join(), epochs.join(), 'epochs'),
        same(fault >= 1 && fault <= plain.step ? 'a fault of the watcher' : 'nothing', message, 'thrown'),
        same(before, JSON.stringify(Train.encode(start)), 'the state before'),
      ),
    );
  },
  { runs: 30 },
);

const unleaked: Law = law(
  'nothing leaks from validation',
  'other validation rows, or none, change no parameter, slot or layer state of any epoch that both runs come to; they ' +
    'only decide when it stops, and what an optimizer that asks for the score makes of it (none here does)',
  fc.tuple(scenario, fc.nat(2 ** 31)),
  ([of, other]) => {
    const given = configOf({ ...heedless(of), validated: true, epochs: 4 });
    const { validation, metrics, ...bare } = given;
    const runs = [given, { ...given, validation: examplesOf(of.dtype, 5, fromSeed(other)) }, bare].map((each) =>
      Array.from(Train.epochs(each)(Train.start(each, fromSeed(of.seed))), get),
    );
    const shortest = Math.min(...runs.map((states) => states.length));
    for (let epoch = 0; epoch < shortest; epoch++)
      for (const states of runs) {
        const [left, right] = [runs[0]?.[epoch], states[epoch]];
        const found = all(
          difference(left?.params, right?.params, `epoch ${epoch} params`),
          difference(left?.slots, right?.slots, `epoch ${epoch} slots`),
          difference(left?.layerState, right?.layerState, `epoch ${epoch} layerState`),
        );
        if (found !== undefined) return found;
      }
    return holds(shortest > 0, 'an epoch to compare', 'none');
  },
  { runs: 25 },
);

export const epochLaws = lawSet('epochs', [fold, full, order, lazy, deterministic, observed, unleaked]);
