/** Draws the pictures of chapter 10: `npx tsx docs/pictures/hyperparameters.ts`. */
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Failure, Key, Search, Space } from 'nabla-ts';
import type { TopLevelSpec } from 'vega-lite';
import { FULL } from '../../examples/10-hyperparameters.ts';
import { readDigits } from '../../examples/digits.ts';
import { compared } from '../../examples/hyperparameters/branin.ts';
import { dimensions, type Found, searches } from '../../examples/hyperparameters/digits.ts';
import { over } from '../../examples/hyperparameters/statistics.ts';
import { draw } from '../../src/cli/report/draw.ts';
import { axesOf, shownOf } from '../../src/cli/search/axes.ts';
import { parallelCoordinates } from '../../src/cli/search/parallel.ts';
import { save } from './save.ts';

type Either<A> = E.Either<Failure.Failure, A>;
const drawn = (spec: Either<TopLevelSpec>): TE.TaskEither<Failure.Failure, string> =>
  pipe(TE.fromEither(spec), TE.chain(draw));

const NINE = 9;
const square = Space.make({ x: Space.uniform({ low: 0, high: 1 }), y: Space.uniform({ low: 0, high: 1 }) });
type Square = Space.PointOf<{ x: Space.Uniform; y: Space.Uniform }>;
type Make = (space: Space.Space<Square>) => Either<Search.Search<Square>>;

/** The points of a search in the square. */
const pointsOf = (name: string, make: Make) =>
  pipe(
    square,
    E.chain(make),
    E.chain((search) => Search.run(search)(() => E.right(0))(Search.begin)),
    E.map((history) => Search.trials(history).map(({ trial }) => ({ name, ...trial.point }))),
  );

const key = Key.fromSeed(4);

/** Nine points of each kind, and what they are in the hyperparameter that matters. */
const points = pipe(
  E.Do,
  E.apS('grid', pointsOf('grid', Search.grid({ levels: 3 }))),
  E.apS('random', pointsOf('random', Search.random({ trials: NINE, key }))),
  E.apS('quasi', pointsOf('quasi-random', Search.quasiRandom({ trials: NINE, key }))),
  E.map(
    ({ grid, random, quasi }): TopLevelSpec => ({
      spacing: 34,
      hconcat: [grid, random, quasi].map((all) => ({
        title: all[0]?.name ?? '',
        width: 190,
        height: 190,
        data: { values: all },
        layer: [
          {
            mark: { type: 'rule', color: 'var(--blue)', opacity: 0.35, strokeDash: [3, 3] },
            encoding: { x: { field: 'x', type: 'quantitative' } },
          },
          {
            mark: { type: 'circle', size: 90, color: 'var(--orange)', opacity: 1 },
            encoding: {
              x: {
                field: 'x',
                type: 'quantitative',
                title: 'one that matters',
                scale: { domain: [-0.04, 1.04], nice: false },
                axis: { labels: false, ticks: false, grid: false },
              },
              y: {
                field: 'y',
                type: 'quantitative',
                title: 'one that does not',
                scale: { domain: [-0.04, 1.04], nice: false },
                axis: { labels: false, ticks: false, grid: false },
              },
            },
          },
        ],
      })),
    }),
  ),
);

/** What the axis of regrets begins with: an interval of a mean may reach below 0. */
const LOWEST = 0.3;

/** The mean regret after each trial and its interval: over 30 seeds. */
const branin = pipe(
  compared(30, 40),
  E.chain(
    E.traverseArray(({ method, runs }) =>
      pipe(
        Array.from({ length: 40 }, (_, i) => runs.map((run) => run[i] ?? Number.NaN)),
        E.traverseArray(over),
        E.map((intervals) =>
          intervals.map(({ estimate, low, high }, i) => ({
            method,
            trial: i + 1,
            estimate,
            low: Math.max(LOWEST, low),
            high,
          })),
        ),
      ),
    ),
  ),
  E.map((all): TopLevelSpec => {
    const color = {
      field: 'method',
      type: 'nominal',
      title: null,
      sort: null,
      legend: { orient: 'top', labelLimit: 0 },
    } as const;
    const domain: number[] = [LOWEST, 100];
    const y = { type: 'quantitative', scale: { type: 'log', domain, nice: false }, title: 'regret' } as const;
    return {
      width: 560,
      height: 280,
      data: { values: all.flat() },
      encoding: { x: { field: 'trial', type: 'quantitative', scale: { nice: false, zero: false } } },
      layer: [
        {
          mark: { type: 'area', opacity: 0.15 },
          encoding: {
            y: { field: 'low', ...y, axis: { values: [0.5, 1, 2, 5, 10, 20, 50, 100], format: '~g' } },
            y2: { field: 'high' },
            color,
          },
        },
        { mark: { type: 'line', strokeWidth: 2 }, encoding: { y: { field: 'estimate', ...y }, color } },
      ],
    };
  }),
);

const digits = pipe(
  readDigits(fileURLToPath(new URL('../../../shared/data/digits.csv.gz', import.meta.url))),
  E.chain((table) => searches(table, FULL, ['random', 'halving'])(1)),
  E.map((found) => new Map(found)),
);
const of = (name: string): Either<Found> =>
  pipe(
    digits,
    E.chain((all) => E.fromNullable(Failure.failure('value', 'digits', name, 'none'))(all.get(name))),
  );

/** Every point of the halving as far as it was trained. */
const halving = pipe(
  of('halving'),
  E.map(({ history }): TopLevelSpec => {
    const known = Search.trials(history);
    const first = (trial: Search.Trial<unknown>): number => {
      const before = trial.from === undefined ? undefined : known[trial.from]?.trial;
      return before === undefined ? trial.number : first(before);
    };
    const rungs = known.flatMap(({ trial, result }) =>
      result?.tag === 'finished' ? [{ point: first(trial), epochs: trial.budget, error: result.value }] : [],
    );
    const most = (point: number): number =>
      rungs.reduce((epochs, rung) => (rung.point === point ? Math.max(epochs, rung.epochs) : epochs), 0);
    return {
      width: 560,
      height: 280,
      data: {
        values: rungs.map((rung) => ({ ...rung, group: `stopped after ${most(rung.point)}` })),
      },
      mark: { type: 'line', strokeWidth: 2, point: { size: 45 }, opacity: 0.8 },
      encoding: {
        x: {
          field: 'epochs',
          type: 'quantitative',
          scale: { type: 'log', base: 3, nice: false, padding: 12 },
          axis: { values: [1, 3, 9], grid: false },
        },
        y: {
          field: 'error',
          type: 'quantitative',
          title: 'validation error',
          scale: { type: 'log', domain: [0.05, 1], nice: false },
          axis: { values: [0.05, 0.1, 0.2, 0.5, 1], format: '~%' },
        },
        detail: { field: 'point' },
        color: {
          field: 'group',
          type: 'nominal',
          title: 'epochs',
          sort: ['stopped after 9', 'stopped after 3', 'stopped after 1'],
          scale: { range: ['var(--orange)', 'var(--blue)', 'var(--soft)'] },
          legend: { orient: 'top', labelLimit: 0 },
        },
      },
    };
  }),
);

/** The random search as the report of `nabla search` shows it. */
const parallel = pipe(
  E.Do,
  E.apS('found', of('random')),
  E.bind('space', () => Space.decode(dimensions)),
  E.bind('history', ({ found, space }) =>
    pipe(Search.historyCodec(space).decode(found.history), E.mapLeft(Failure.fromErrors('history'))),
  ),
  E.bind('shown', ({ space, history }) => shownOf(space, history)),
  E.map(({ space, shown }) =>
    parallelCoordinates(axesOf(space), shown, {
      name: 'validation error',
      format: '~%',
      show: (value) => `${(100 * value).toFixed(1)} %`,
    }),
  ),
);

save({
  'hyperparameters-grid': drawn(points),
  'hyperparameters-branin': drawn(branin),
  'hyperparameters-halving': drawn(halving),
  'hyperparameters-parallel': drawn(parallel),
});
