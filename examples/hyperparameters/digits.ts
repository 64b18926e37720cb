/**
 * Networks of two hidden layers for few digits: what searches of the same space find, what it costs in epochs, and what it is
 * worth on rows that no search has seen.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Data, Engine, Failure, Key, Search, Space, Tensor, Trial } from 'nabla-ts';
import type { Digits } from '../digits.ts';

/** How large the experiment is. */
export interface Sizes {
  /** Rows to search on, a third of them to validate; all others test what was found. */
  readonly rows: number;
  readonly trials: number;
  /** Of the longest trials. */
  readonly epochs: number;
  /** Values of each number on the grid. */
  readonly levels: number;
}

export const dimensions = {
  learningRate: Space.logUniform({ low: 1e-3, high: 1 }),
  momentum: Space.uniform({ low: 0, high: 0.95 }),
  width: Space.choice(16, 32, 64),
};
export type Point = Space.PointOf<typeof dimensions>;
type Make = (space: Space.Space<Point>) => E.Either<Failure.Failure, Search.Search<Point>>;

/** The searches that are compared, by their names. */
export const METHODS = [
  'random',
  'grid',
  'quasi-random',
  'TPE',
  'halving',
  'halving, 3× the points',
  'asynchronous halving',
  'Hyperband',
] as const;

const methods = ({ trials, epochs, levels }: Sizes, key: Key.Key): Readonly<Record<(typeof METHODS)[number], Make>> => {
  const listed = { trials, budget: epochs, key };
  const halved = { trials, maximum: epochs, key };
  return {
    grid: Search.grid({ levels, budget: epochs }),
    random: Search.random(listed),
    'quasi-random': Search.quasiRandom(listed),
    TPE: Search.treeParzen(listed),
    halving: Search.successiveHalving(halved),
    'halving, 3× the points': Search.successiveHalving({ ...halved, trials: 3 * trials }),
    'asynchronous halving': Search.asynchronousHalving(halved),
    Hyperband: Search.hyperband({ maximum: epochs, key }),
  };
};

/** What a search came to. */
export interface Found {
  readonly history: Search.History<Point>;
  readonly epochs: number;
  /** How many points were begun. */
  readonly points: number;
  readonly best: Point;
  /** Error rates of the best: as the search saw it, and on the rows put aside. */
  readonly validation: number;
  readonly test: number;
}

/** What is tried on for a seed: other rows, other networks. */
const problems = ({ pixels, labels }: Digits, { rows }: Sizes, seed: number) => {
  const all = labels.length;
  return pipe(
    Data.Split.random({ validation: rows / 3 / all, test: (all - rows) / all })(Key.fromSeed(seed))(all),
    E.chain(({ train, validation, test }) => {
      const setup = {
        task: { kind: 'classification', classes: 10 } as const,
        inputs: pixels,
        targets: Tensor.generate('f64', [all], (i) => labels[i] ?? Number.NaN),
        settings: { layers: 2, optimizer: 'momentum', batchSize: 40 },
        key: Key.foldIn(1)(Key.fromSeed(seed)),
      };
      return pipe(
        E.Do,
        E.bind('search', () => Trial.problem({ ...setup, folds: [{ train, validation }] })),
        E.bind('test', () => Trial.problem({ ...setup, folds: [{ train, validation: test }] })),
      );
    }),
  );
};

/** Trains a point up to a budget, on from the longest training of it that is known: whoever asked for that one. */
export type Trainer = (
  point: Point,
  trial: { readonly budget: number },
) => E.Either<Failure.Failure, { readonly value: number; readonly state: string }>;

const trainer = (problem: Trial.Problem): Trainer => {
  const known = new Map<string, ReadonlyArray<{ budget: number; value: number; state: string }>>();
  const engine = Engine.create();
  const train = Trial.train({ engine: () => engine })(problem);
  return (point, { budget }) => {
    const name = JSON.stringify(point);
    const before = known.get(name) ?? [];
    const same = before.find((one) => one.budget === budget);
    const from = before.filter((one) => one.budget < budget).toSorted((a, b) => b.budget - a.budget)[0];
    return same !== undefined
      ? E.right(same)
      : pipe(
          train(point, { budget }, from?.state),
          E.map((ended) => {
            known.set(name, [...before, { budget, ...ended }]);
            return ended;
          }),
        );
  };
};

const searched =
  (onSearch: Trainer, onTest: Trainer) =>
  (make: Make): E.Either<Failure.Failure, Found> =>
    pipe(
      E.Do,
      E.bind('space', () => Space.make(dimensions)),
      E.bind('search', ({ space }) => make(space)),
      E.bind('history', ({ search }) =>
        Search.run(search)((point, trial) =>
          pipe(
            onSearch(point, trial),
            E.bimap(Failure.show, ({ value }) => value),
          ),
        )(Search.begin),
      ),
      E.bind('best', ({ history }) =>
        E.fromNullable(Failure.failure('value', 'the search', 'a trial with a value', 'none'))(Search.best(history)),
      ),
      E.bind('tested', ({ best }) => onTest(best.trial.point, best.trial)),
      E.map(({ history, best, tested }) => ({
        history,
        epochs: Search.spent(history),
        points: Search.trials(history).filter(({ trial }) => trial.from === undefined).length,
        best: best.trial.point,
        validation: best.value,
        test: tested.value,
      })),
    );

/** What some methods find on the rows of a seed. What is tested is trained on the same rows as what was validated. */
export const searches =
  (digits: Digits, sizes: Sizes, names: readonly string[]) =>
  (seed: number): E.Either<Failure.Failure, ReadonlyArray<readonly [method: string, found: Found]>> =>
    pipe(
      problems(digits, sizes, seed),
      E.chain((problem) => {
        const search = searched(trainer(problem.search), trainer(problem.test));
        return pipe(
          Object.entries(methods(sizes, Key.foldIn(2)(Key.fromSeed(seed)))).filter(([name]) => names.includes(name)),
          E.traverseArray(([name, make]) =>
            pipe(
              search(make),
              E.map((found) => [name, found] as const),
            ),
          ),
        );
      }),
    );
