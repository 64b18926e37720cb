/** Training on the engine: whatever a configuration says, it ends in the state in which the reference ends, in every bit. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { create, reference } from '../../../src/engine/engine.ts';
import type { Failure } from '../../../src/tensor/failure.ts';
import * as Train from '../../../src/train/index.ts';
import { all, type Law, type LawSet, law, lawSet, type Verdict } from '../../law.ts';
import { ranEmitted, spied } from '../spied.ts';
import { type Config, configOf, type Run, runs, type State, showRun, startOf, told, withEngine } from './samples.ts';

/** Where two texts part. */
export const sameText = (expected: string, received: string, where: string): Verdict => {
  if (expected === received) return undefined;
  const at = Math.max(
    0,
    Array.from({ length: expected.length + 1 }, (_, i) => i).find((i) => expected[i] !== received[i]) ?? 0,
  );
  const around = (text: string): string => text.slice(Math.max(0, at - 100), at + 100);
  return { expected: around(expected), received: around(received), where: `${where}, character ${at}` };
};

type End = E.Either<Failure, State>;

/** The steps that a run made, failing or not: at least those of the finished epochs. */
const stepsOf = (end: End): number => (E.isRight(end) ? end.right.step : 0);

/** Holds when the engine says that it compiles the configuration's step. */
const compiles = (config: Config): Verdict => {
  const described = Train.describe(config);
  if (E.isLeft(described)) return { expected: 'a description', received: described.left.where };
  const { runs: by, reason } = described.right;
  return by === 'wasm' ? undefined : { expected: 'emitted code', received: reason ?? 'no reason' };
};

/** Holds when a run on emitted code ends as the reference's. */
export const endsAlike = (of: Run): Verdict => {
  const config = configOf(of);
  const spy = spied();
  const start = startOf(config, of);
  const expected = Train.fit(withEngine(config, reference))(start);
  const received = Train.fit(withEngine(config, spy.engine))(start);
  return all(
    sameText(told(expected), told(received), 'the end'),
    compiles(withEngine(config, spy.engine)),
    ranEmitted(spy, Math.max(1, stepsOf(expected))),
  );
};

const anything: Law = law(
  'fit',
  'any network, loss, rule, transform, schedule, penalty, weights, batches and stopping: the same state, or the same failure',
  runs(),
  endsAlike,
  { runs: 60, show: showRun },
);

const diverging: Law = law(
  'diverging',
  'a run that leaves the finite numbers fails at the same step, with the same words',
  // Of a normal draw made from 53 bits none is beyond √(2·54·ln 2) = 8.7, so that every example is finite in f32.
  runs({ scale: fc.constantFrom(1e10, 1e19, 1e30, 3e37) }),
  endsAlike,
  { runs: 25, show: showRun },
);

/** What an observer sees of a run. */
const seen = (config: Config, start: State): readonly string[] => {
  const states: string[] = [];
  const end = Train.fit(config, {
    step: (state) => states.push(told(E.right(state))),
    epoch: (state) => states.push(told(E.right(state))),
  })(start);
  return [...states, told(end)];
};

const observed: Law = law(
  'step by step',
  'an observer sees the reference’s states, each step and each epoch, and the end is that of a run that nobody watched',
  runs(),
  (of) => {
    const config = configOf(of);
    const spy = spied();
    const start = startOf(config, of);
    const expected = seen(withEngine(config, reference), start);
    const received = seen(withEngine(config, spy.engine), start);
    const alone = told(Train.fit(withEngine(config, spied().engine))(start));
    return all(
      ...expected.map((text, i) => sameText(text, received[i] ?? 'nothing', `state ${i}`)),
      sameText(received.at(-1) ?? '', alone, 'unobserved'),
      ranEmitted(spy, 1),
    );
  },
  { runs: 25, show: showRun },
);

/** A run after so many steps, or where it ended before. */
const after =
  (config: Config, steps: number) =>
  (state: State): End => {
    let at: End = E.right(state);
    for (let i = 0; i < steps && E.isRight(at); i++) at = Train.step(config)(at.right);
    return at;
  };

const resumed: Law = law(
  'resumed',
  'a run that is stopped after any step, saved, read and gone on with, on either engine, ends as the run that was not',
  fc.tuple(runs(), fc.nat(9), fc.boolean(), fc.boolean()),
  ([of, steps, firstOn, secondOn]) => {
    const config = { ...configOf(of), epochs: 6 };
    const spies = [spied(), spied()] as const;
    const [first, second] = [
      withEngine(config, firstOn ? spies[0].engine : reference),
      withEngine(config, secondOn ? spies[1].engine : reference),
    ];
    const start = startOf(config, of);
    const end = (one: Config, two: Config): End =>
      pipe(
        after(one, steps)(start),
        E.map((half): unknown => JSON.parse(JSON.stringify(Train.encode(half)))),
        E.chain(Train.decode(two)),
        E.chain(Train.fit(two)),
      );
    const plain = withEngine(config, reference);
    return all(
      sameText(told(end(plain, plain)), told(end(first, second)), 'the end'),
      ...spies.map((spy) => ranEmitted(spy, 0)),
    );
  },
  { runs: 25, show: ([of, ...rest]) => `${showRun(of)} ${rest}` },
);

// One engine for all samples, as a user would share one.
const shared = create();

const interleaved: Law = law(
  'interleaved',
  'two runs that take turns on one engine do not disturb each other',
  fc.tuple(runs(), runs(), fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }), fc.boolean()),
  ([a, b, turns, alike]) => {
    // Two runs of one configuration share its plans too.
    const configs = [configOf(a), alike ? configOf(a) : configOf(b)] as const;
    const samples = [a, alike ? { ...a, seed: b.seed } : b] as const;
    const told1 = (which: 0 | 1): readonly string[] => {
      const config = withEngine(configs[which], reference);
      return Array.from(Train.epochs(config)(startOf(config, samples[which])), told);
    };
    const iterators = ([0, 1] as const).map((which) => {
      const config = withEngine(configs[which], shared);
      return Train.epochs(config)(startOf(config, samples[which]))[Symbol.iterator]();
    });
    const found: readonly string[][] = [[], []];
    for (const turn of [...turns, ...Array.from({ length: 12 }, (_, i) => i % 2 === 0)]) {
      const next = iterators[turn ? 1 : 0]?.next();
      if (next !== undefined && next.done !== true) found[turn ? 1 : 0]?.push(told(next.value));
    }
    return all(
      ...([0, 1] as const).flatMap((which) => [
        ...told1(which).map((text, i) => sameText(text, found[which]?.[i] ?? 'nothing', `run ${which}, epoch ${i}`)),
        compiles(withEngine(configs[which], shared)),
      ]),
    );
  },
  { runs: 15, show: ([a, b, turns, alike]) => `${showRun(a)} beside ${showRun(b)}, turns ${turns}, alike ${alike}` },
);

const thrown: Law = law(
  'an observer that throws',
  'leaves nothing behind: the state seen last goes on to the end of a run that nobody disturbed',
  fc.tuple(runs(), fc.nat(12)),
  ([of, when]) => {
    const config = configOf(of);
    const spy = spied();
    const start = startOf(config, of);
    const on = withEngine(config, spy.engine);
    const plain = withEngine(config, reference);
    // What is thrown is caught here and nowhere else: the last state before it.
    const before: State[] = [start];
    const observe = (state: State): void => {
      before.push(state);
      if (before.length > when + 1) throw new Error('enough');
    };
    try {
      Train.fit(on, { step: observe })(start);
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'enough') throw error;
    }
    const last = before.at(-1) ?? start;
    return all(
      sameText(told(Train.fit(plain)(last)), told(Train.fit(on)(last)), 'gone on'),
      sameText(told(Train.fit(plain)(start)), told(Train.fit(on)(start)), 'begun again'),
      ranEmitted(spy, 1),
    );
  },
  { runs: 20, show: ([of, when]) => `${showRun(of)}, thrown after ${when}` },
);

export const runLawSet: LawSet = lawSet('training on the engine', [
  anything,
  diverging,
  observed,
  resumed,
  interleaved,
  thrown,
]);
