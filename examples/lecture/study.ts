/** What each fault does to a result: taken out of all of them, and put in alone, on the same seeds. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import { type Engine, type Failure, Interval, Key } from 'nabla-ts';
import { accuracy, meanSquaredError, type Parted } from './programs.ts';
import { all, type Fault, type Program } from './teaching.ts';
import { train } from './train.ts';

/** A program on data that a key parts. */
export interface Study {
  readonly program: Program;
  readonly data: (key: Key.Key) => E.Either<Failure.Failure, Parted>;
  /** The faults that can matter to it: the others never come into play. */
  readonly faults: readonly Fault[];
}

/** What is reported of a run: on the rows that it was trained on, as drawn, and on those held out. */
export interface Scores {
  readonly train: number;
  readonly held: number;
}

/** One run with faults. */
export const run =
  (engine: Engine.Engine, { program, data }: Study) =>
  (faults: ReadonlySet<Fault>) =>
  (seed: number): E.Either<Failure.Failure, Scores> => {
    const score = program.output === 'identity' ? meanSquaredError : accuracy;
    const [parting, training] = [Key.foldIn(0)(Key.fromSeed(seed)), Key.foldIn(1)(Key.fromSeed(seed))];
    return pipe(
      data(parting),
      E.chain((parts) => {
        const trained = train(engine, program, faults)(training, parts.train);
        return pipe(
          E.Do,
          E.apS('train', score(program, faults, trained, trained.seen)),
          E.apS('held', score(program, faults, trained, parts.held)),
        );
      }),
    );
  };

/** The same for many seeds. */
export const runs =
  (engine: Engine.Engine, study: Study) =>
  (faults: ReadonlySet<Fault>) =>
  (seeds: readonly number[]): E.Either<Failure.Failure, readonly Scores[]> =>
    pipe(seeds, RA.traverse(E.Applicative)(run(engine, study)(faults)));

/** A mean over seeds with its interval, of each score. */
export interface Means {
  readonly train: Interval.Interval;
  readonly held: Interval.Interval;
}

export const means = (scores: readonly Scores[]): E.Either<Failure.Failure, Means> =>
  pipe(
    E.Do,
    E.apS('train', Interval.mean(0.95)(scores.map(({ train }) => train))),
    E.apS('held', Interval.mean(0.95)(scores.map(({ held }) => held))),
  );

/** How much a score changes from one set of runs to another of the same seeds. */
const change = (from: readonly Scores[], to: readonly Scores[]): E.Either<Failure.Failure, Means> =>
  means(
    to.map(({ train, held }, i) => ({
      train: train - (from[i]?.train ?? Number.NaN),
      held: held - (from[i]?.held ?? Number.NaN),
    })),
  );

export interface Ablation {
  readonly everything: Means;
  readonly nothing: Means;
  readonly faults: ReadonlyArray<{
    readonly fault: Fault;
    /** What taking it out of all faults adds to a score. */
    readonly out: Means;
    /** What putting it in alone adds to a score. */
    readonly alone: Means;
  }>;
}

/** Runs a study with all faults, with none, without each, and with each alone. */
export const ablation =
  (engine: Engine.Engine, study: Study) =>
  (seeds: readonly number[]): E.Either<Failure.Failure, Ablation> => {
    const scores = (some: readonly Fault[]) => runs(engine, study)(new Set(some))(seeds);
    return pipe(
      E.Do,
      E.apS('full', scores(all)),
      E.apS('plain', scores([])),
      E.bind('everything', ({ full }) => means(full)),
      E.bind('nothing', ({ plain }) => means(plain)),
      E.bind('faults', ({ full, plain }) =>
        pipe(
          study.faults,
          RA.traverse(E.Applicative)((fault) =>
            pipe(
              E.Do,
              E.apS('without', scores(all.filter((other) => other !== fault))),
              E.apS('only', scores([fault])),
              E.bind('out', ({ without }) => change(full, without)),
              E.bind('alone', ({ only }) => change(plain, only)),
              E.map(({ out, alone }) => ({ fault, out, alone })),
            ),
          ),
        ),
      ),
    );
  };

const show =
  (digits: number, sign = false) =>
  ({ estimate, low, high }: Interval.Interval): string => {
    const text = (x: number): string => `${sign && x > 0 ? '+' : ''}${x.toFixed(digits).replace('-', '−')}`;
    return `${text(estimate)} [${text(low)}, ${text(high)}]`;
  };
export const interval = show;

/** An ablation as rows of a table in Markdown. */
export const rowsOf =
  (digits: number, both: boolean) =>
  ({ everything, nothing, faults }: Ablation): readonly string[] => {
    const cells = (means: Means, sign: boolean): string =>
      both ? `${show(digits, sign)(means.train)} | ${show(digits, sign)(means.held)}` : show(digits, sign)(means.train);
    const same = ({ train, held }: Means): boolean => [train, held].every(({ low, high }) => low === 0 && high === 0);
    const effect = (means: Means): string => (same(means) ? (both ? '0 | 0' : '0') : cells(means, true));
    return [
      `| all faults in | ${cells(everything, false)} | |${both ? ' |' : ''}`,
      `| none | | ${both ? '| ' : ''}${cells(nothing, false)} |`,
      ...faults.map(({ fault, out, alone }) => `| \`${fault}\` | ${effect(out)} | ${effect(alone)} |`),
    ];
  };
