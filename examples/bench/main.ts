/**
 * Times a training step: `npm run bench`. Results are printed and written to `out/bench.json`; progress goes to standard
 * error. See README.md beside this file.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipe } from 'fp-ts/lib/function.js';
import * as T from 'fp-ts/lib/Task.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Failure } from 'nabla-ts';
import { type Contestant, contestants } from './contestants.ts';
import { install } from './install.ts';
import { measure } from './measure.ts';
import { type Options, parse, type Stop } from './options.ts';
import { folder as peersFolder } from './peers/load.ts';
import { problem } from './problem.ts';
import { writeProblem } from './problem-files.ts';
import { detail, type FoundGrowth, summary } from './report.ts';
import type { Found } from './result.ts';
import type { Pace } from './runner.ts';
import { growths, type Workload, workloads } from './workloads.ts';

const log = (text: string): void => void process.stderr.write(`${text}\n`);

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Does something with a folder that is gone afterwards. */
const withFolder = <A>(use: (folder: string) => TE.TaskEither<Failure.Failure, A>): TE.TaskEither<Failure.Failure, A> =>
  TE.bracket(
    TE.tryCatch(
      () => mkdtemp(join(tmpdir(), 'nabla-bench-')),
      (error) => Failure.failure('file', tmpdir(), 'a new folder', said(error)),
    ),
    use,
    (folder) => TE.fromTask(() => rm(folder, { recursive: true, force: true })),
  );

const time =
  (pace: Pace, who: readonly Contestant[]) =>
  (workload: Workload): TE.TaskEither<Failure.Failure, Found> =>
    withFolder((folder) =>
      pipe(
        TE.fromIO(() => log(`timing ${workload.name}`)),
        TE.map(() => problem(workload)),
        TE.chain(writeProblem(folder)),
        TE.chainTaskK(() => measure(pace, who)(workload, folder)),
        TE.map((results) => ({ number: workloads.indexOf(workload) + 1, workload, results })),
      ),
    );

/** Growth is told of the engines only, in shorter turns: there are many points, and the slowest are slow. */
const timeGrowth = (pace: Pace, who: readonly Contestant[]): TE.TaskEither<Failure.Failure, readonly FoundGrowth[]> =>
  pipe(
    growths,
    TE.traverseSeqArray(({ quantity, points }) =>
      pipe(
        points,
        TE.traverseSeqArray(({ at, workload }) =>
          pipe(
            time({ rounds: Math.min(5, pace.rounds), seconds: pace.seconds / 4 }, who)(workload),
            TE.map((found) => ({ ...found, at })),
          ),
        ),
        TE.map((found): FoundGrowth => ({ quantity, points: found })),
      ),
    ),
  );

const write =
  (out: string) =>
  (text: string): TE.TaskEither<Failure.Failure, void> =>
    TE.tryCatch(
      async () => {
        await mkdir(out, { recursive: true });
        await writeFile(join(out, 'bench.json'), text);
      },
      (error) => Failure.failure('file', join(out, 'bench.json'), 'a file that can be written', said(error)),
    );

const bench = (options: Options): TE.TaskEither<Failure.Failure, void> => {
  const who = contestants.filter(({ name }) => options.contestants.includes(name));
  const engines = who.filter(({ kind }) => kind === 'engine');
  return pipe(
    options.workloads.flatMap((i) => workloads[i] ?? []),
    TE.traverseSeqArray((workload) =>
      pipe(
        time(options, who)(workload),
        TE.chainFirstIOK((found) => () => (options.json ? undefined : print(`${detail(found)}\n`))),
      ),
    ),
    TE.bindTo('found'),
    TE.bind('grown', () => (options.growth && engines.length > 0 ? timeGrowth(options, engines) : TE.right([]))),
    TE.chain(({ found, grown }) => {
      const machine = { processor: cpus()[0]?.model.trim() ?? '', platform: process.platform, node: process.version };
      const { rounds, seconds } = options;
      const json = JSON.stringify({ machine, rounds, seconds, workloads: found, growth: grown }, null, 2);
      return pipe(
        write(options.out)(`${json}\n`),
        TE.chainIOK(() => () => print(options.json ? json : summary(found, grown))),
      );
    }),
  );
};

const stopped = (why: Stop | Failure.Failure): number => {
  if ('status' in why) {
    (why.status === 0 ? process.stdout : process.stderr).write(why.text);
    return why.status;
  }
  log(Failure.show(why));
  return why.tag === 'config' ? 2 : 1;
};

const main = pipe(
  TE.fromEither(parse(process.argv.slice(2))),
  TE.chainW((options) => (options.install ? install(peersFolder()) : bench(options))),
  TE.matchE(
    (why) => T.of(stopped(why)),
    () => T.of(0),
  ),
);

process.exitCode = await main();
