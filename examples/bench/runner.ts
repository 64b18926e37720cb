/** A contestant at work: a value that each turn replaces by the next. */
import { pipe } from 'fp-ts/lib/function.js';
import * as T from 'fp-ts/lib/Task.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from 'nabla-ts';
import { type Child, start } from './child.ts';
import type { Contestant } from './contestants.ts';
import { productsReply, setupReply, stepsReply } from './protocol.ts';
import type { Absent } from './result.ts';

export interface Pace {
  readonly rounds: number;
  /** How long a contestant's turn is; one step where that takes longer. */
  readonly seconds: number;
}

/** A contestant that has read its problem, and what is known of it so far. */
export interface Runner {
  readonly contestant: Contestant;
  readonly child: Child;
  readonly made: string;
  readonly differs: string | null;
  readonly countsProducts: boolean;
  readonly first: number;
  readonly losses: ReadonlyArray<number | null>;
  readonly steps: number;
  readonly memory: number;
  /** The latest times of one step and of its products. */
  readonly step: number;
  readonly product: number;
  /** What it has cost in all. */
  readonly spent: number;
  readonly times: readonly number[];
  readonly productTimes: readonly number[];
}

export type Turn = (runner: Runner) => TE.TaskEither<Failure.Failure, Runner>;
export type Running = Absent | Runner;

export const isRunning = (one: Running): one is Runner => 'child' in one;

/** Whoever is so slow has the least number of rounds. */
const PATIENCE = 20;
const LEAST_ROUNDS = 5;

export const absent = ({ name, kind, install }: Contestant, unable: string, missing: boolean): Absent => ({
  name,
  kind,
  unable,
  install: missing ? install : null,
});

/** Starts a contestant and gives it the problem in a folder. */
export const setup =
  (folder: string) =>
  (contestant: Contestant): T.Task<Running> => {
    const attempt = (command: readonly string[]): T.Task<Running> => {
      const child = start(contestant.name, command);
      return pipe(
        child.ask(setupReply)({ setup: folder }),
        TE.matchE(
          ({ received }): T.Task<Running> =>
            pipe(
              child.end,
              T.map(() => absent(contestant, received, received.includes('ENOENT'))),
            ),
          (reply) =>
            'unable' in reply
              ? pipe(
                  child.end,
                  T.map(() => absent(contestant, reply.unable, reply.missing)),
                )
              : T.of({
                  contestant,
                  child,
                  made: reply.ready,
                  differs: reply.differs,
                  countsProducts: reply.products,
                  first: 0,
                  losses: [],
                  steps: 0,
                  memory: 0,
                  step: 0,
                  product: 0,
                  spent: 0,
                  times: [],
                  productTimes: [],
                }),
        ),
      );
    };
    return contestant.commands.reduce(
      (found, command) =>
        pipe(
          found,
          T.chain((before) => (isRunning(before) || before.install === null ? T.of(before) : attempt(command))),
        ),
      T.of<Running>(absent(contestant, 'no command', true)),
    );
  };

/** So many steps. */
export const train =
  (count: (runner: Runner) => number): Turn =>
  (runner) =>
    pipe(
      runner.child.ask(stepsReply)({ steps: count(runner) }),
      TE.map(({ steps, seconds, loss, memory }) => ({
        ...runner,
        first: runner.steps === 0 ? seconds : runner.first,
        losses: [...runner.losses.slice(0, 2), loss],
        steps: runner.steps + steps,
        memory: Math.max(runner.memory, memory),
        step: seconds / steps,
        spent: runner.spent + seconds,
      })),
    );

/** So many times the products alone, by those that can. */
const multiply =
  (count: (runner: Runner) => number): Turn =>
  (runner) =>
    runner.countsProducts
      ? pipe(
          runner.child.ask(productsReply)({ products: count(runner) }),
          TE.map(({ products, seconds }) => ({
            ...runner,
            product: seconds / products,
            spent: runner.spent + seconds,
          })),
        )
      : TE.right(runner);

const inTurn =
  (seconds: number) =>
  (each: number): number =>
    Math.max(1, Math.min(1_000_000, Math.floor(seconds / each)));

/** Some seconds of each, so that compilers have done their work and memory is there. */
export const warm =
  ({ seconds }: Pace): Turn =>
  (runner) =>
    pipe(
      runner,
      train(({ step }) => inTurn(seconds)(step)),
      TE.chain(train(({ step }) => inTurn(seconds)(step))),
      TE.chain(multiply(() => 1)),
      TE.chain(multiply(({ product }) => inTurn(seconds / 2)(product))),
    );

/** One timed turn. */
export const round =
  ({ seconds }: Pace): Turn =>
  (runner) =>
    runner.spent > PATIENCE && runner.times.length >= LEAST_ROUNDS
      ? TE.right(runner)
      : pipe(
          runner,
          train(({ step }) => inTurn(seconds)(step)),
          TE.chain(multiply(({ product }) => inTurn(seconds / 2)(product))),
          TE.map((done) => ({
            ...done,
            times: [...runner.times, done.step],
            productTimes: done.countsProducts ? [...runner.productTimes, done.product] : [],
          })),
        );
