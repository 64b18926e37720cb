/**
 * A lecture's own programs redone: polynomial regression, logistic regression and a network on breast cancer, a network on
 * digits, and the gates (M. Hjorth-Jensen, FYS-STK4155, weeks 42 and 43). What was published, what its way gives over seeds,
 * what the programs give with the library, and which of the known faults of the published code each difference comes from.
 * The code of the lecture is not here: `lecture/teaching.ts` does what it does, each fault a switch.
 *
 *     npx tsx examples/13-lecture-code.ts summary
 *     npx tsx examples/13-lecture-code.ts faults network
 *     npx tsx examples/13-lecture-code.ts draws
 *     npx tsx examples/13-lecture-code.ts gates
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import { Engine, type Failure, Failure as Failures, Interval, Key } from 'nabla-ts';
import { breastCancer, digits } from './lecture/programs.ts';
import * as Redone from './lecture/redone.ts';
import { type Named, type Sources, studies } from './lecture/studies.ts';
import { ablation, interval, means, rowsOf, runs, type Scores } from './lecture/study.ts';
import { all, faults as words } from './lecture/teaching.ts';
import { bootstrap } from './lecture/train.ts';
import { main, type Report } from './print.ts';

/** How much is run: seeds 1 … `seeds`, and what share of the published epochs. */
export interface Sizes {
  readonly seeds: number;
  readonly share: number;
  /** Epochs of the programs redone: L-BFGS, without and with hidden layers, on digits. */
  readonly redone: readonly [regression: number, logistic: number, network: number, digits: number];
}

export const full: Sizes = { seeds: 10, share: 1, redone: [200, 100, 50, 30] };

const upTo = (seeds: number): readonly number[] => Array.from({ length: seeds }, (_, i) => i + 1);

const sourcesIn = (folder: string): E.Either<Failure.Failure, Sources> =>
  pipe(E.Do, E.apS('cancer', breastCancer(folder)), E.apS('digits', digits(folder)));

const [least, most] = [
  (numbers: readonly number[]) => Math.min(...numbers),
  (numbers: readonly number[]) => Math.max(...numbers),
];

/** The means of both scores with their intervals, and the span of seeds, as cells of a table. */
const cells = (
  scores: readonly Scores[],
  { digits: places }: Pick<Named, 'digits'>,
): E.Either<Failure.Failure, string> =>
  pipe(
    means(scores),
    E.map((of) => {
      const cell = (name: keyof Scores): string => {
        const numbers = scores.map((score) => score[name]);
        const span = `${least(numbers).toFixed(places)} to ${most(numbers).toFixed(places)}`;
        return `${interval(places)(of[name])}, ${span}`;
      };
      return `${cell('train')} | ${cell('held')}`;
    }),
  );

/** Published, the published way with all its faults over seeds, and redone. */
export const summary = (folder: string, { seeds, share, redone }: Sizes = full): Report =>
  pipe(
    sourcesIn(folder),
    E.chain((sources) => {
      const engine = Engine.create();
      const { polynomial100, polynomial1000, logistic, network, digits: images, xor } = studies(sources, share);
      const again: ReadonlyArray<readonly [Named | undefined, (seed: number) => E.Either<Failure.Failure, Scores>]> = [
        [polynomial100, Redone.regression(0.05, redone[0])],
        [polynomial1000, Redone.regression(0.05, redone[0])],
        [logistic, Redone.logistic(sources.cancer, redone[1])],
        [network, Redone.network(sources.cancer, redone[2])],
        [images, Redone.digits(sources.digits, redone[3])],
        [xor, Redone.gateScores('xor', 'four tanh units', 0.1, Math.ceil(1000 * share))],
      ];
      return pipe(
        again,
        RA.traverse(E.Applicative)(([study, own]) =>
          study === undefined
            ? E.left(Failures.failure('config', 'summary', 'a study', 'none'))
            : pipe(
                E.Do,
                E.bind('theirs', () => runs(engine, study)(new Set(all))(upTo(seeds * study.times))),
                E.bind('ours', () => pipe(upTo(seeds), RA.traverse(E.Applicative)(own))),
                E.bind('before', ({ theirs }) => cells(theirs, study)),
                E.bind('after', ({ ours }) => cells(ours, { digits: 3 })),
                E.map(({ before, after }) => {
                  const printed = study.printed.filter((figure) => figure !== '').join(' / ');
                  return `| ${study.title}: ${study.columns.join(' / ')} | ${printed} | ${before} | ${after} |`;
                }),
              ),
        ),
        E.map((rows) => [
          '| program: first / second score | printed | the published way: first | second | redone: in training | held out |',
          '|---|---|---|---|---|---|',
          ...rows,
        ]),
      );
    }),
  );

/** What each fault does to a program: all of them if none is named. */
export const faults = (folder: string, name?: string, { seeds, share }: Sizes = full): Report =>
  pipe(
    sourcesIn(folder),
    E.chain((sources) => {
      const known = studies(sources, share);
      const some = name === undefined ? Object.values(known) : [known[name]].flatMap((study) => study ?? []);
      const wrong = Failures.failure('config', 'program', `one of ${Object.keys(known).join(', ')}`, `${name}`);
      if (some.length === 0) return E.left(wrong);
      const engine = Engine.create();
      return pipe(
        some,
        RA.traverse(E.Applicative)((study) =>
          pipe(
            ablation(engine, study)(upTo(seeds * study.times)),
            E.map((result) => {
              const [train, held] = study.columns;
              return [
                `| ${study.title} | taken out of all faults: ${train} | ${held} | put in alone: ${train} | ${held} |`,
                '|---|---|---|---|---|',
                ...rowsOf(study.digits)(result),
                '',
              ];
            }),
          ),
        ),
        E.map((tables) => [
          ...(name === undefined ? [...all.map((fault) => `\`${fault}\`: ${words[fault]}`), ''] : []),
          ...tables.flat().slice(0, -1),
        ]),
      );
    }),
  );

const quantile = (numbers: readonly number[], at: number): number =>
  E.getOrElse(() => Number.NaN)(Interval.quantile(at)(numbers));

/** What bootstraps of three and four rows do: how often XOR's leaves a row out, and what mean squared errors come up. */
export const draws = (seeds = 400, share = 1): Report => {
  const engine = Engine.create();
  const nothing = { inputs: Redone.nothing, targets: Redone.nothing };
  const { polynomial100, polynomial1000, xor } = studies({ cancer: nothing, digits: nothing }, share);
  const complete = upTo(20_000).filter((seed) => new Set(bootstrap(4)(Key.fromSeed(seed))).size === 4).length;
  return pipe(
    [polynomial100, polynomial1000, xor].flatMap((study) => study ?? []),
    RA.traverse(E.Applicative)((study) =>
      pipe(
        runs(engine, study)(new Set(all))(upTo(seeds)),
        E.map((scores) => scores.map(({ train }) => train)),
        E.map((train) => {
          const at = (p: number): string => quantile(train, p).toFixed(2);
          const perfect = train.filter((score) => score === 1).length;
          return study === xor
            ? `${study.title}: ${perfect} of ${seeds} runs reach 1.00 on the rows that they drew`
            : `${study.title}: median ${at(0.5)}, nine of ten runs from ${at(0.05)} to ${at(0.95)}, greatest ${most(train).toFixed(2)}; ${train.filter((error) => error >= Number(study.printed[0])).length} of ${seeds} at ${study.printed[0]} or above`;
        }),
      ),
    ),
    E.map((lines) => [
      `of 20000 bootstraps of four rows ${20_000 - complete} leave one out (1 − 4!/4⁴ = ${(1 - 24 / 256).toFixed(5)})`,
      ...lines,
    ]),
  );
};

const RATES = [0.0001, 0.001, 0.01, 0.1, 1, 10] as const;

/** In how many of the runs all four rows of a gate come out right, by learning rate. */
export const gates = (seeds = 20, epochs = 1000, rates: readonly number[] = RATES): Report =>
  pipe(
    (['and', 'or', 'xor'] as const).flatMap((name) => Redone.hiddens.map((hidden) => ({ name, hidden }))),
    RA.traverse(E.Applicative)(({ name, hidden }) =>
      pipe(
        rates,
        RA.traverse(E.Applicative)((rate) =>
          pipe(upTo(seeds), RA.traverse(E.Applicative)(Redone.gateScores(name, hidden, rate, epochs))),
        ),
        E.map((columns) => {
          const right = columns.map((scores) => scores.filter(({ held }) => held === 1).length);
          return `| ${name.toUpperCase()}, ${hidden} | ${right.join(' | ')} |`;
        }),
      ),
    ),
    E.map((rows) => [
      `| all four rows right, of ${seeds} runs | ${rates.join(' | ')} |`,
      `|---|${rates.map(() => '---:|').join('')}`,
      ...rows,
    ]),
  );

main(import.meta.url, () => {
  const [part = 'summary', name, folder = '../shared/data'] = process.argv.slice(2);
  if (part === 'faults') return faults(folder, name);
  if (part === 'draws') return draws();
  return part === 'gates' ? gates() : summary(name ?? folder);
});
