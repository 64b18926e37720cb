/**
 * Which hyperparameters? Grid, random, quasi-random, halving and the tree-structured Parzen estimator compared: where the truth
 * is known, and on digits.
 *
 *     npx tsx examples/10-hyperparameters.ts [effective | branin | often | told | digits] [../shared/data/digits.csv.gz]
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Failure } from 'nabla-ts';
import { readDigits } from './digits.ts';
import { bounds, type Compared, compared } from './hyperparameters/branin.ts';
import { type Found, METHODS, type Sizes, searches } from './hyperparameters/digits.ts';
import { effective } from './hyperparameters/effective.ts';
import { seedsTo, shown, told } from './hyperparameters/statistics.ts';
import { main, type Report } from './print.ts';
import { shareOf } from './share.ts';

/** Four hyperparameters, two of which matter. */
export const effectiveTable = (seeds = 100): Report =>
  pipe(
    effective(seeds),
    E.chain(
      E.traverseArray(({ way, distances }) =>
        pipe(
          told(3)(distances),
          E.map((text) => `${way}: distance ${text}`),
        ),
      ),
    ),
  );

const last = (run: readonly number[]): number => run[run.length - 1] ?? Number.NaN;

/** In how many seeds a method ended below random search, and by how much. */
const againstRandom = (all: readonly Compared[], { method, runs }: Compared): E.Either<Failure.Failure, string> => {
  const random = all.find((one) => one.method === 'random')?.runs ?? [];
  const differences = runs.map((run, i) => last(run) - last(random[i] ?? []));
  return method === 'random'
    ? E.right('')
    : pipe(
        told(2)(differences),
        E.map(
          (text) => `; less than random in ${differences.filter((d) => d < 0).length} of ${runs.length}, by ${text}`,
        ),
      );
};

const linesOf = (compared: E.Either<Failure.Failure, readonly Compared[]>): Report =>
  pipe(
    compared,
    E.chain((all) =>
      pipe(
        all,
        E.traverseArray((one) =>
          pipe(
            E.Do,
            E.apS('regret', told(2)(one.runs.map(last))),
            E.apS('paired', againstRandom(all, one)),
            E.map(({ regret, paired }) => `${one.method}: regret ${regret}${paired}`),
          ),
        ),
      ),
    ),
  );

/** Branin's function with noise of deviation 1. */
export const braninTable = (seeds = 30, trials = 40): Report => linesOf(compared(seeds, trials));

/** In what share of many seeds TPE ends below random search, and in how many of each ten. */
export const oftenTable = (seeds = 200, trials = 40): Report =>
  pipe(
    compared(seeds, trials, ['random', 'treeParzen']),
    E.map((all) => {
      const [random = [], parzen = []] = all.map(({ runs }) => runs.map(last));
      const won = parzen.map((regret, i) => regret < (random[i] ?? Number.NaN));
      const count = (of: readonly boolean[]): number => of.filter((better) => better).length;
      const tens = Array.from({ length: Math.floor(seeds / 10) }, (_, i) => count(won.slice(10 * i, 10 * i + 10)));
      const share = shown(2)(shareOf(count(won), seeds));
      return [
        `TPE: less than random in ${count(won)} of ${seeds} seeds, ${share}`,
        `of each ten seeds: ${tens.join(', ')}; 8 or more in ${count(tens.map((ten) => ten >= 8))} of ${tens.length}`,
      ];
    }),
  );

/** The same of random search, and of somebody who is told where a minimum is. */
export const toldTable = (seeds = 30, trials = 40): Report => linesOf(bounds(seeds, trials));

export const FULL: Sizes = { rows: 600, trials: 27, epochs: 9, levels: 3 };

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** What a method found over seeds, beside what random search did. */
const line = (method: string, runs: readonly Found[], random: readonly Found[]): E.Either<Failure.Failure, string> =>
  pipe(
    E.Do,
    E.apS('seen', told(2, 100)(runs.map(({ validation }) => validation))),
    E.apS('test', told(2, 100)(runs.map(({ test }) => test))),
    E.apS('apart', told(2, 100)(runs.map(({ test, validation }) => test - validation))),
    E.apS('more', told(2, 100)(runs.map(({ test }, i) => test - (random[i]?.test ?? Number.NaN)))),
    E.apS(
      'seenMore',
      told(2, 100)(runs.map(({ validation }, i) => validation - (random[i]?.validation ?? Number.NaN))),
    ),
    E.map(
      ({ seen, test, apart, more, seenMore }) =>
        `${method}: ${mean(runs.map(({ points }) => points))} points, ${mean(runs.map(({ epochs }) => epochs)).toFixed(0)} epochs; validation ${seen} %, test ${test} %, apart ${apart}, test above random ${more}, validation above random ${seenMore}`,
    ),
  );

/** Digits: epochs spent, and the error of what was chosen as the search saw it and on new rows, in percent. */
export const digitsTable = (path: string, seeds = 10, sizes: Sizes = FULL): Report =>
  pipe(
    readDigits(path),
    E.chain((table) => pipe(seedsTo(seeds), E.traverseArray(searches(table, sizes, METHODS)))),
    E.chain((all) => {
      const of = (method: string): readonly Found[] =>
        all.flatMap((found) => found.flatMap(([name, one]) => (name === method ? [one] : [])));
      return pipe(
        METHODS,
        E.traverseArray((method) => line(method, of(method), of('random'))),
      );
    }),
  );

const DATA = '../shared/data/digits.csv.gz';

/** One of the comparisons. */
export const hyperparameters = (which = 'effective', path = DATA): Report =>
  which === 'digits'
    ? digitsTable(path)
    : which === 'branin'
      ? braninTable()
      : which === 'often'
        ? oftenTable()
        : which === 'told'
          ? toldTable()
          : effectiveTable();

main(import.meta.url, () => hyperparameters(process.argv[2], process.argv[3]));
