/**
 * What searching costs: on handwritten digits, 27 random trials of a network with two hidden layers, and successive halving
 * against them. A trial is five networks, one a fold; its value is their mean share of errors.
 *
 *     npx tsx examples/bench/search.ts ../shared/data/digits.csv.gz 1 2 3
 *
 * The numbers are seeds: each draws the folds, the points and the first weights anew. See README.md beside this file.
 */
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Failure, Fold, Interval, Key, Search, Space, Tensor, Trial } from 'nabla-ts';
import { type Digits, readDigits } from '../digits.ts';

/** What is searched: chosen once, before any search was run, as what a person would try. */
const dimensions = {
  width1: Space.choice(32, 64, 128),
  width2: Space.choice(32, 64, 128),
  activation: Space.choice('relu', 'tanh'),
  learningRate: Space.logUniform({ low: 3e-4, high: 1e-2 }),
  dropout: Space.uniform({ low: 0, high: 0.5 }),
  l2: Space.logUniform({ low: 1e-6, high: 1e-2 }),
};

/** How large the searches are. */
export interface Size {
  readonly folds: number;
  /** Points of the random search. */
  readonly trials: number;
  /** Points of the halving that begins with more, and what it divides their number by at each rung: the first of them are
   * those of the random search. */
  readonly more: number;
  readonly reduction: number;
  /** Epochs of the rungs: 1, the factor, and its square, times this. */
  readonly epochs: number;
}

/** More points and the reduction were chosen on seeds 101 to 105, as README.md tells, and not touched since. */
export const SIZE: Size = { folds: 5, trials: 27, more: 36, reduction: 2.5, epochs: 3 };

/** What a search came to. */
export interface Found {
  readonly name: string;
  readonly accuracy: number;
  /** Training steps of all trials and folds. */
  readonly steps: number;
  readonly point: unknown;
}

/** Trains a point up to a budget, rung by rung, once: what a rung came to is remembered. Bits and steps are those of a
 * training at once (a law), so that searches which share points can be compared at the cost of one. */
const remembering = (
  train: ReturnType<ReturnType<typeof Trial.train>>,
  rungs: readonly number[],
): ((point: Trial.Settings, budget: number) => E.Either<Failure.Failure, Trial.Ended>) => {
  const known = new Map<string, E.Either<Failure.Failure, Trial.Ended>>();
  const upTo = (point: Trial.Settings, rung: number): E.Either<Failure.Failure, Trial.Ended> => {
    const budget = rungs[rung] ?? Number.NaN;
    const name = JSON.stringify([point, budget]);
    const found =
      known.get(name) ??
      (rung === 0
        ? train(point, { budget })
        : pipe(
            upTo(point, rung - 1),
            E.chain(({ state }) => train(point, { budget }, state)),
          ));
    known.set(name, found);
    return found;
  };
  return (point, budget) => upTo(point, rungs.indexOf(budget));
};

/** Random search and two halvings of one seed. */
export const compare =
  (size: Size) =>
  (seed: number) =>
  ({ pixels, labels }: Digits): E.Either<Failure.Failure, readonly Found[]> => {
    const [dealing, drawing, training] = Key.split(3)(Key.fromSeed(seed));
    const key = Key.fromSeed(seed);
    const rungs = [1, 3, 9].map((times) => times * size.epochs);
    const [minimum = 0, , maximum = 0] = rungs;
    const halving = (trials: number, reduction: number) =>
      Search.successiveHalving({ trials, minimum, maximum, reduction, key: drawing ?? key });
    return pipe(
      E.Do,
      E.apS('space', Space.make(dimensions)),
      E.apS('folds', Fold.stratifiedKFold(size.folds)(dealing ?? key)(labels)),
      E.bind('problem', ({ folds }) =>
        Trial.problem({
          task: { kind: 'classification', classes: 10 },
          inputs: pixels,
          targets: Tensor.generate('f32', [labels.length], (i) => labels[i] ?? Number.NaN),
          folds,
          settings: { layers: 2, optimizer: 'adam', batchSize: 32 },
          key: training ?? key,
        }),
      ),
      E.chain(({ space, problem }) => {
        const trained = remembering(Trial.train()(problem), rungs);
        const stepsOf = (point: Trial.Settings, budget: number): number =>
          pipe(
            trained(point, budget),
            E.chain(({ state }) => Trial.read(state)),
            E.match(
              () => Number.NaN,
              ({ steps }) => steps,
            ),
          );
        const run = <A extends Trial.Settings>(name: string, search: E.Either<Failure.Failure, Search.Search<A>>) =>
          pipe(
            search,
            E.chain((one) =>
              Search.run(one)((point, { budget }) =>
                pipe(
                  trained(point, budget),
                  E.bimap(Failure.show, ({ value }) => value),
                ),
              )(Search.begin),
            ),
            E.map((history): Found => {
              const all = Search.trials(history);
              const best = Search.best(history);
              return {
                name,
                accuracy: 1 - (best?.value ?? Number.NaN),
                steps: all.reduce((sum, { trial: { point, budget, from } }) => {
                  const before = from === undefined ? undefined : all[from]?.trial.budget;
                  return sum + stepsOf(point, budget) - (before === undefined ? 0 : stepsOf(point, before));
                }, 0),
                point: best?.trial.point,
              };
            }),
          );
        return E.sequenceArray([
          run(
            `random, ${size.trials} points`,
            Search.random({ trials: size.trials, budget: maximum, key: drawing ?? key })(space),
          ),
          run(`halving, ${size.trials} points ÷ 3`, halving(size.trials, 3)(space)),
          run(`halving, ${size.more} points ÷ ${size.reduction}`, halving(size.more, size.reduction)(space)),
        ]);
      }),
    );
  };

/** A comparison as lines of a table. */
export const lines = (seed: number, found: readonly Found[]): readonly string[] =>
  found.map(
    ({ name, accuracy, steps, point }) =>
      `${`${seed}`.padStart(4)}  ${name.padEnd(24)}  ${accuracy.toFixed(4)}  ${`${steps}`.padStart(8)}  ${((100 * steps) / (found[0]?.steps ?? Number.NaN)).toFixed(1).padStart(5)} %  ${JSON.stringify(point)}`,
  );

/** An accuracy is a mean of shares: rounding makes equal ones differ by less than this, and one image makes 1e-4. */
const ROUNDING = 1e-9;

/** What the comparisons of several seeds come to, search by search: how often each reached random search's best, and by how
 * much it is better in the mean, with the 95 % interval over seeds. */
export const summary = (all: ReadonlyArray<readonly Found[]>): E.Either<Failure.Failure, readonly string[]> =>
  pipe(
    (all[0] ?? []).map(({ name }, i) => ({ name, i })),
    E.traverseArray(({ name, i }) => {
      const of = (j: number): readonly Found[] => all.flatMap((found) => found.slice(j, j + 1));
      const random = of(0);
      const differences = of(i).map(({ accuracy }, seed) => accuracy - (random[seed]?.accuracy ?? Number.NaN));
      const reached = differences.filter((difference) => difference > -ROUNDING).length;
      return pipe(
        E.Do,
        E.apS('accuracy', Interval.mean(0.95)(of(i).map(({ accuracy }) => accuracy))),
        E.apS('more', Interval.mean(0.95)(differences)),
        E.map(({ accuracy, more }) => {
          const shown = ({ estimate, low, high }: Interval.Interval, digits: number): string =>
            `${estimate.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
          return `${name.padEnd(24)}  accuracy ${shown(accuracy, 4)}; above random ${shown(more, 5)}; reaches it at ${reached} of ${all.length} seeds`;
        }),
      );
    }),
  );

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [path = '../shared/data/digits.csv.gz', ...seeds] = process.argv.slice(2);
  process.stdout.write('seed  search                    accuracy     steps  of random  best point\n');
  const all: Array<readonly Found[]> = [];
  for (const seed of seeds.length === 0 ? [1] : seeds.map(Number)) {
    const found = pipe(readDigits(path), E.chain(compare(SIZE)(seed)));
    if (E.isLeft(found)) {
      process.stderr.write(`${Failure.show(found.left)}\n`);
      process.exitCode = 1;
      break;
    }
    all.push(found.right);
    process.stdout.write(`${lines(seed, found.right).join('\n')}\n`);
  }
  const total = all.length > 1 ? summary(all) : E.right([]);
  process.stdout.write(`${E.isRight(total) ? total.right.join('\n') : Failure.show(total.left)}\n`);
}
