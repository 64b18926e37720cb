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
  /** Settings that are no faults, by a name: what is changed in the program. */
  readonly settings: Readonly<Record<string, Partial<Program>>>;
}

/**
 * What is reported of a run: on the rows that it was trained on, as drawn and as the lecture counts; and on those held out,
 * counted in rows.
 */
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
    const inRows = new Set([...faults].filter((fault) => fault !== 'elementwise'));
    const [parting, training] = [Key.foldIn(0)(Key.fromSeed(seed)), Key.foldIn(1)(Key.fromSeed(seed))];
    return pipe(
      data(parting),
      E.chain((parts) => {
        const trained = train(engine, program, faults)(training, parts.train);
        return pipe(
          E.Do,
          E.apS('train', score(program, new Set([...faults, 'elementwise']), trained, trained.seen)),
          E.apS('held', score(program, inRows, trained, parts.held)),
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

/** What a change does to a score: to that of the program with all faults, and to that of the program without any. */
export interface Effect {
  readonly name: string;
  readonly toAll: Means;
  readonly toNone: Means;
}

export interface Ablation {
  readonly everything: Means;
  readonly nothing: Means;
  /** Of each fault taken out of all, and put in alone. */
  readonly faults: readonly Effect[];
  /** Of each setting, changed. */
  readonly settings: readonly Effect[];
}

/** Runs a study with all faults, with none, without each, with each alone, and with each setting changed. */
export const ablation =
  (engine: Engine.Engine, study: Study) =>
  (seeds: readonly number[]): E.Either<Failure.Failure, Ablation> => {
    const scores = (some: readonly Fault[], changed: Partial<Program> = {}) =>
      runs(engine, { ...study, program: { ...study.program, ...changed } })(new Set(some))(seeds);
    return pipe(
      E.Do,
      E.apS('full', scores(all)),
      E.apS('plain', scores([])),
      E.bind('everything', ({ full }) => means(full)),
      E.bind('nothing', ({ plain }) => means(plain)),
      E.bind('effect', ({ full, plain }) =>
        E.right((name: string, some: readonly Fault[], alone: readonly Fault[], changed?: Partial<Program>) =>
          pipe(
            E.Do,
            E.bind('without', () => scores(some, changed)),
            E.bind('only', () => scores(alone, changed)),
            E.bind('toAll', ({ without }) => change(full, without)),
            E.bind('toNone', ({ only }) => change(plain, only)),
            E.map(({ toAll, toNone }): Effect => ({ name, toAll, toNone })),
          ),
        ),
      ),
      E.bind('faults', ({ effect }) =>
        pipe(
          study.faults,
          RA.traverse(E.Applicative)((fault) =>
            effect(
              `\`${fault}\``,
              all.filter((other) => other !== fault),
              [fault],
            ),
          ),
        ),
      ),
      E.bind('settings', ({ effect }) =>
        pipe(
          Object.entries(study.settings),
          RA.traverse(E.Applicative)(([name, changed]) => effect(name, all, [], changed)),
        ),
      ),
    );
  };

/** An estimate with its interval, as text; a change has its sign, unless it rounds to none. */
export const interval =
  (digits: number, sign = false) =>
  ({ estimate, low, high }: Interval.Interval): string => {
    const text = (x: number): string => {
      const size = Math.abs(x).toFixed(digits);
      if (Number(size) === 0) return size;
      return `${x < 0 ? '−' : sign ? '+' : ''}${size}`;
    };
    return `${text(estimate)} [${text(low)}, ${text(high)}]`;
  };

/** An ablation as rows of a table in Markdown. */
export const rowsOf =
  (digits: number) =>
  ({ everything, nothing, faults, settings }: Ablation): readonly string[] => {
    const cells = (means: Means, sign: boolean): string =>
      `${interval(digits, sign)(means.train)} | ${interval(digits, sign)(means.held)}`;
    const same = ({ train, held }: Means): boolean => [train, held].every(({ low, high }) => low === 0 && high === 0);
    const effect = (means: Means): string => (same(means) ? '0 | 0' : cells(means, true));
    return [
      `| all faults in | ${cells(everything, false)} | | |`,
      `| none in | | | ${cells(nothing, false)} |`,
      ...[...faults, ...settings].map(
        ({ name, toAll, toNone }) => `| ${name} | ${effect(toAll)} | ${effect(toNone)} |`,
      ),
    ];
  };
