/** Stopping and going on: a state holds all that the rest of the run depends on. */

import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { tanh } from '../../src/layer/activations.ts';
import { batchNorm } from '../../src/layer/batchNorm.ts';
import { dense } from '../../src/layer/dense.ts';
import { dropout } from '../../src/layer/dropout.ts';
import { sequential } from '../../src/layer/sequential.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { adam } from '../../src/optimizer/index.ts';
import { foldIn, fromSeed } from '../../src/tensor/key.ts';
import * as Train from '../../src/train/index.ts';
import { all, holds, type Law, law, lawSet } from '../law.ts';
import { config, configOf, difference, examplesOf, scenario, succeeds } from './scenario.ts';

const throughJson = (json: unknown): unknown => JSON.parse(JSON.stringify(json));

const resume: Law = law(
  'resume',
  'n + m epochs are m epochs after n, bit for bit, also when the state between went through JSON text',
  fc.tuple(scenario, fc.nat(4)),
  ([of, after]) => {
    const config = configOf(of);
    const start = Train.start(config, fromSeed(of.seed));
    const cut = { ...config, epochs: Math.min(after, of.epochs) };
    return succeeds(Train.fit(config)(start), (whole) =>
      succeeds(
        pipe(
          Train.fit(cut)(start),
          E.chain((half) => Train.decode(config)(throughJson(Train.encode(half)))),
          E.chain(Train.fit(config)),
        ),
        (resumed) => difference(whole, resumed),
      ),
    );
  },
  { runs: 60 },
);

const resumeWithin: Law = law(
  'resume within an epoch',
  'a run that is stopped after any step, saved and read again ends as the run that was not',
  fc.tuple(scenario, fc.nat(12)),
  ([of, steps]) => {
    const config = configOf({ ...of, patience: 0 });
    const start = Train.start(config, fromSeed(of.seed));
    return succeeds(Train.fit(config)(start), (whole) => {
      const { step: most } = whole;
      const advance = pipe(Train.step(config), (next) =>
        Array.from({ length: Math.min(steps, most) }).reduce<ReturnType<typeof next>>(
          (at) => pipe(at, E.chain(next)),
          E.right(start),
        ),
      );
      return succeeds(
        pipe(
          advance,
          E.chain((half) => Train.decode(config)(throughJson(Train.encode(half)))),
          E.chain(Train.fit(config)),
        ),
        (resumed) => difference(whole, resumed),
      );
    });
  },
  { runs: 40 },
);

const codec: Law = law(
  'codec',
  'a state that is written as JSON text and read is the same in every bit of every field',
  scenario,
  (of) => {
    const config = configOf(of);
    return succeeds(
      pipe(
        Train.fit(config)(Train.start(config, fromSeed(of.seed))),
        E.chain((state) =>
          pipe(
            Train.decode(config)(throughJson(Train.encode(state))),
            E.map((read) => difference(state, read)),
          ),
        ),
      ),
      (found) => found,
    );
  },
  { runs: 30 },
);

/** A network with everything that has a state or draws: dropout and batch norm. */
const regularised = (seed: number) =>
  config({
    layer: sequential(dense(2, 4), batchNorm(), tanh, dropout(0.25), dense(4, 1)),
    loss: squaredError(),
    optimizer: adam({ learningRate: 0.05 }),
    data: examplesOf('f32', 11, foldIn(0)(fromSeed(seed))),
    validation: examplesOf('f32', 5, foldIn(1)(fromSeed(seed))),
    batchSize: 3,
    epochs: 4,
  });

const regular: Law = law(
  'resume with dropout and batch norm',
  'a run whose network drops at random and keeps running statistics goes on, after any epoch and through JSON text, as if ' +
    'it had not stopped; the statistics have moved',
  fc.record({ seed: fc.nat(2 ** 31), after: fc.nat(4) }),
  ({ seed, after }) => {
    const given = regularised(seed);
    const start = Train.start(given, fromSeed(seed));
    return succeeds(Train.fit(given)(start), (whole) =>
      succeeds(
        pipe(
          Train.fit({ ...given, epochs: after })(start),
          E.chain((half) => Train.decode(given)(throughJson(Train.encode(half)))),
          E.chain(Train.fit(given)),
        ),
        (resumed) =>
          all(
            difference(whole, resumed),
            holds(difference(start.layerState, whole.layerState) !== undefined, 'other statistics', 'the first ones'),
          ),
      ),
    );
  },
  { runs: 12 },
);

export const resumeLaws = lawSet('resuming', [resume, resumeWithin, codec, regular]);
