/** A comparison: ways to train, over seeds, each against the first on the same seeds. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import { type Failure, Interval } from 'nabla-ts';

/** What a run came to, by name. */
export type Measures = Readonly<Record<string, number>>;

/** A way to train. */
export type Way = (seed: number) => E.Either<Failure.Failure, Measures>;

export interface Study {
  readonly name: string;
  /** The first is what the others are held against. */
  readonly ways: Readonly<Record<string, Way>>;
}

/** A measure of a way: its mean, and how much more it is than that of the first way, with Student's 95 % interval. */
export interface Found {
  readonly study: string;
  readonly way: string;
  readonly measure: string;
  readonly mean: Interval.Interval;
  readonly difference: Interval.Interval | undefined;
}

const measured = (seeds: number, study: Study): E.Either<Failure.Failure, ReadonlyArray<readonly Measures[]>> =>
  pipe(
    Object.values(study.ways),
    RA.traverse(E.Applicative)((way) =>
      pipe(
        Array.from({ length: seeds }, (_, i) => i + 1),
        RA.traverse(E.Applicative)(way),
      ),
    ),
  );

/** All measures of all ways of a study, over seeds 1, 2, …. */
export const compare =
  (seeds: number) =>
  (study: Study): E.Either<Failure.Failure, readonly Found[]> =>
    pipe(
      measured(seeds, study),
      E.chain((all) => {
        const [first = []] = all;
        const cells = Object.keys(study.ways).flatMap((way, i) =>
          Object.keys(all[i]?.[0] ?? {}).map((measure) => ({ way, measure, runs: all[i] ?? [], isFirst: i === 0 })),
        );
        return pipe(
          cells,
          RA.traverse(E.Applicative)(({ way, measure, runs, isFirst }) => {
            const values = runs.map((run) => run[measure] ?? Number.NaN);
            const differences = values.map((value, i) => value - (first[i]?.[measure] ?? Number.NaN));
            return pipe(
              E.Do,
              E.apS('mean', Interval.mean(0.95)(values)),
              E.apS('difference', isFirst ? E.right(undefined) : Interval.mean(0.95)(differences)),
              E.map(({ mean, difference }): Found => ({ study: study.name, way, measure, mean, difference })),
            );
          }),
        );
      }),
    );

const signed = (x: number): string => `${x < 0 ? '−' : '+'}${Math.abs(x).toFixed(3)}`;

/** A line for each measure of each way. */
export const show = (found: readonly Found[]): readonly string[] => {
  const rows = found.map(({ way, measure, mean, difference }) => [
    way,
    measure,
    mean.estimate.toFixed(3),
    difference === undefined
      ? ''
      : `${signed(difference.estimate)} [${signed(difference.low)}, ${signed(difference.high)}]`,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return [
    found[0]?.study ?? '',
    ...rows.map((row) => `  ${row.map((text, i) => text.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd()),
  ];
};
