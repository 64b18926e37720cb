/** Stopping and going on: a state holds all that the rest of the run depends on. */

import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { fromSeed } from '../../src/tensor/key.ts';
import * as Train from '../../src/train/index.ts';
import { type Law, law, lawSet } from '../law.ts';
import { configOf, difference, scenario, succeeds } from './scenario.ts';

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

export const resumeLaws = lawSet('resuming', [resume, resumeWithin, codec]);
