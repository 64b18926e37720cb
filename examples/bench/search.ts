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
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
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

/** How many points a halving begins, and what it divides their number by whenever they were trained three times as long. */
interface Halving {
  readonly trials: number;
  readonly reduction: number;
}

/** How large the searches are. */
export interface Size {
  readonly folds: number;
  /** Points of the random search; those of a halving begin with the same. */
  readonly trials: number;
  /** After so many a halving looks first. */
  readonly minimum: number;
  /** Of each trial of the random search, and the last ones of a halving: the minimum times a power of 3. */
  readonly epochs: number;
  readonly halvings: readonly Halving[];
  /** How often the best point of a search is trained and validated anew, on other folds and from other weights. */
  readonly again: number;
}

/** The second halving was chosen on seeds 101 to 105, as README.md tells, and not touched since. */
export const SIZE: Size = {
  folds: 5,
  trials: 27,
  minimum: 3,
  epochs: 27,
  halvings: [
    { trials: 27, reduction: 3 },
    { trials: 36, reduction: 2.5 },
  ],
  again: 4,
};

/** What a search came to. */
export interface Found {
  readonly name: string;
  /** Of its best, for which it was chosen: a little too good. */
  readonly accuracy: number;
  /** Of the same point on folds and from weights that it was not chosen for. */
  readonly again: number;
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

/** The epochs after which a halving looks. */
const rungsOf = (minimum: number, epochs: number): readonly number[] =>
  minimum < epochs ? [minimum, ...rungsOf(3 * minimum, epochs)] : [epochs];

const settings = { layers: 2, optimizer: 'adam', batchSize: 32 };

/** Trials on the folds that `dealing` gives, from weights of `training`. */
const trialsOf =
  ({ pixels, labels }: Digits, folds: number) =>
  (dealing: Key.Key, training: Key.Key): E.Either<Failure.Failure, ReturnType<ReturnType<typeof Trial.train>>> =>
    pipe(
      Fold.stratifiedKFold(folds)(dealing)(labels),
      E.chain((dealt) =>
        Trial.problem({
          task: { kind: 'classification', classes: 10 },
          inputs: pixels,
          targets: Tensor.generate('f32', [labels.length], (i) => labels[i] ?? Number.NaN),
          folds: dealt,
          settings,
          key: training,
        }),
      ),
      E.map(Trial.train()),
    );

/** Random search and some halvings of one seed. */
export const compare =
  (size: Size) =>
  (seed: number) =>
  (digits: Digits): E.Either<Failure.Failure, readonly Found[]> => {
    const key = Key.fromSeed(seed);
    const [dealing = key, drawing = key, training = key] = Key.split(3)(key);
    const rungs = rungsOf(size.minimum, size.epochs);
    return pipe(
      E.Do,
      E.apS('space', Space.make(dimensions)),
      E.bind('train', () => trialsOf(digits, size.folds)(dealing, training)),
      E.bind('anew', () =>
        pipe(
          Array.from({ length: size.again }, (_, i) => i),
          E.traverseArray((i) => trialsOf(digits, size.folds)(Key.foldIn(i)(dealing), Key.foldIn(i)(training))),
          E.map(RA.map((one) => remembering(one, rungs))),
        ),
      ),
      E.chain(({ space, train, anew }) => {
        const trained = remembering(train, rungs);
        const stepsOf = (point: Trial.Settings, budget: number): number =>
          pipe(
            trained(point, budget),
            E.chain(({ state }) => Trial.read(state)),
            E.match(
              () => Number.NaN,
              ({ steps }) => steps,
            ),
          );
        const found =
          (name: string) =>
          <A extends Trial.Settings>(history: Search.History<A>): E.Either<Failure.Failure, Found> => {
            const all = Search.trials(history);
            const best = Search.best(history);
            if (best === undefined) return E.left(Failure.failure('value', name, 'a trial with a value', 'none'));
            const { point, budget } = best.trial;
            return pipe(
              anew,
              E.traverseArray((one) => one(point, budget)),
              E.map((ended) => ({
                name,
                accuracy: 1 - best.value,
                again: 1 - ended.reduce((sum, { value }) => sum + value / ended.length, 0),
                steps: all.reduce((sum, { trial: { point, budget, from } }) => {
                  const before = from === undefined ? undefined : all[from]?.trial.budget;
                  return sum + stepsOf(point, budget) - (before === undefined ? 0 : stepsOf(point, before));
                }, 0),
                point,
              })),
            );
          };
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
            E.chain(found(name)),
          );
        return E.sequenceArray([
          run(
            `random, ${size.trials} points`,
            Search.random({ trials: size.trials, budget: size.epochs, key: drawing })(space),
          ),
          ...size.halvings.map((halving) =>
            run(
              `halving, ${halving.trials} points ÷ ${halving.reduction}`,
              Search.successiveHalving({ ...halving, minimum: size.minimum, maximum: size.epochs, key: drawing })(
                space,
              ),
            ),
          ),
        ]);
      }),
    );
  };

/** A comparison as lines of a table. */
export const lines = (seed: number, found: readonly Found[]): readonly string[] =>
  found.map(
    ({ name, accuracy, again, steps, point }) =>
      `${`${seed}`.padStart(4)}  ${name.padEnd(24)}  ${accuracy.toFixed(4)}  ${again.toFixed(4)}  ${`${steps}`.padStart(8)}  ${((100 * steps) / (found[0]?.steps ?? Number.NaN)).toFixed(1).padStart(5)} %  ${JSON.stringify(point)}`,
  );

/** Half an image of 1,797. Accuracies that are nearer are of as many images: an accuracy is a mean over folds of 359 and of 360
 * images, so as many wrong ones in other folds make one that is a few millionths apart. */
const HALF_AN_IMAGE = 0.5 / 1797;

const shown = ({ estimate, low, high }: Interval.Interval, digits: number): string =>
  `${estimate.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;

/** What the comparisons of several seeds come to, search by search, with 95 % intervals over seeds: how good its best is, by how
 * much better than that of random search, at how many seeds it reaches that to the image, and the same of what these points are
 * when they are trained anew. */
export const summary = (all: ReadonlyArray<readonly Found[]>): E.Either<Failure.Failure, readonly string[]> =>
  pipe(
    (all[0] ?? []).map(({ name }, i) => ({ name, i })),
    E.traverseArray(({ name, i }) => {
      const pairs = all.flatMap((found) => {
        const [random, own] = [found[0], found[i]];
        return random === undefined || own === undefined ? [] : [{ random, own }];
      });
      const more = pairs.map(({ random, own }) => own.accuracy - random.accuracy);
      return pipe(
        E.Do,
        E.apS('accuracy', Interval.mean(0.95)(pairs.map(({ own }) => own.accuracy))),
        E.apS('more', Interval.mean(0.95)(more)),
        E.apS('again', Interval.mean(0.95)(pairs.map(({ own }) => own.again))),
        E.apS('moreAgain', Interval.mean(0.95)(pairs.map(({ random, own }) => own.again - random.again))),
        E.map((of) =>
          [
            `${name}: accuracy ${shown(of.accuracy, 4)}, above random ${shown(of.more, 5)}`,
            `reaches it at ${more.filter((difference) => difference > -HALF_AN_IMAGE).length} of ${all.length} seeds`,
            `again ${shown(of.again, 4)}, above random ${shown(of.moreAgain, 5)}`,
          ].join('; '),
        ),
      );
    }),
  );

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [path = '../shared/data/digits.csv.gz', ...seeds] = process.argv.slice(2);
  process.stdout.write('seed  search                    accuracy  again      steps  of random  best point\n');
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
