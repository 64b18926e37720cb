/**
 * Transfer: what a network has learnt serves another that has few examples. Twice: from the digits 0 to 4 to the digits 5 to
 * 9, and from one scanner to another; its layers are taken over and frozen, or trained on at lower rates, beside training
 * from scratch and beside layers that have learnt nothing.
 *
 *     npx tsx examples/12-transfer.ts ../shared/data/digits.csv.gz
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import { Engine, type Failure, Key } from 'nabla-ts';
import { type Cell, difference, overSeeds, type Scores, showInterval, table } from './limits/compare.ts';
import { main, type Report } from './print.ts';
import { type Digits, newDigits, newScanner, readDigits, type Tasks } from './transfer/digits.ts';
import { accuracy, adamWith, layerFor, nearestMean, trained, untrained, withLayersOf } from './transfer/networks.ts';

export interface Sizes {
  readonly seeds: number;
  /** Examples of each class of the task at hand. */
  readonly perClass: readonly number[];
  /** What the learning rate of a body that was taken over is multiplied by, and the examples a class it is tried at. */
  readonly rates: readonly number[];
  readonly ratesAt: number;
  /** Steps on the task before. */
  readonly sourceSteps: number;
  /** Steps on the task at hand. */
  readonly steps: number;
}

/** What the chapter's numbers were measured at. */
export const FULL: Sizes = {
  seeds: 10,
  perClass: [1, 2, 5, 10, 20, 40],
  rates: [0, 0.01, 0.03, 0.1, 0.3, 1],
  ratesAt: 5,
  sourceSteps: 600,
  steps: 400,
};

/** What is taken over from a trained network, and what its rate is multiplied by. */
interface Way {
  readonly taken: readonly string[];
  readonly multipliers: Readonly<Record<string, number>>;
}

interface Problem {
  readonly tasks: (digits: Digits) => (key: Key.Key) => Tasks;
  /** Classes of both tasks. */
  readonly classes: number;
  /** Whether the head can be taken over: whether the classes are the same. */
  readonly sameClasses: boolean;
}

export const PROBLEMS: Readonly<Record<'digits' | 'scanner', Problem>> = {
  digits: { tasks: newDigits, classes: 5, sameClasses: false },
  scanner: { tasks: newScanner, classes: 10, sameClasses: true },
};

export const SCRATCH = 'from scratch';
export const FROZEN = 'taken over, body frozen';
export const TENTH = 'taken over, body at a tenth of the rate';
export const WHOLE = 'taken over, all at the full rate';

const waysOf = ({ sameClasses }: Problem, { rates }: Sizes) => {
  const head = sameClasses ? ['1'] : [];
  const taken = ['0', ...head];
  const methods: Readonly<Record<string, Way>> = {
    [SCRATCH]: { taken: [], multipliers: {} },
    [FROZEN]: { taken, multipliers: { 0: 0 } },
    [TENTH]: { taken, multipliers: { 0: 0.1 } },
    [WHOLE]: { taken, multipliers: {} },
    'first layer taken over, frozen': { taken: ['0.0'], multipliers: { '0.0': 0 } },
    'body as drawn, frozen': { taken: [], multipliers: { 0: 0 } },
  };
  const byRate = rates.map((rate) => [`rate ${rate}`, { taken, multipliers: { 0: rate } }] as const);
  return { methods, byRate: Object.fromEntries(byRate) };
};

const each = <A, B>(values: readonly A[], f: (value: A) => E.Either<Failure.Failure, B>) =>
  pipe(values, RA.traverse(E.Applicative)(f));

/** What f gives for each of some settings, by their names. */
const byName = <A, B>(
  settings: readonly A[],
  name: (setting: A) => string,
  f: (setting: A) => E.Either<Failure.Failure, B>,
) =>
  pipe(
    each(settings, (setting) =>
      pipe(
        f(setting),
        E.map((value) => [name(setting), value] as const),
      ),
    ),
    E.map((entries): Readonly<Record<string, B>> => Object.fromEntries(entries)),
  );

/** All accuracies of a problem, over seeds. */
const accuracies = (digits: Digits, problem: Problem, sizes: Sizes): E.Either<Failure.Failure, readonly Cell[]> => {
  const { perClass, ratesAt, sourceSteps, steps, seeds } = sizes;
  const { methods, byRate } = waysOf(problem, sizes);
  // One layer, one engine and one optimizer a way, so that what was compiled serves all seeds.
  const layer = layerFor(problem.classes);
  const engine = Engine.create();
  const adam = adamWith({});
  const withOptimizers = (ways: Readonly<Record<string, Way>>) =>
    Object.entries(ways).map(([name, way]) => ({ name, taken: way.taken, optimizer: adamWith(way.multipliers) }));
  const [all, rated] = [withOptimizers(methods), withOptimizers(byRate)];

  return overSeeds(seeds, (seed): E.Either<Failure.Failure, Scores> => {
    const [split = Key.fromSeed(seed), first = split, fresh = split, order = split] = Key.split(4)(Key.fromSeed(seed));
    const { source, few, test } = problem.tasks(digits)(split);
    return pipe(
      untrained(layer, first),
      trained({ data: source, steps: sourceSteps, optimizer: adam, engine }, order),
      E.chain((learnt) => {
        const scoresOf = (counts: readonly number[]) => (way: (typeof all)[number]) =>
          byName(counts, String, (count) =>
            pipe(
              untrained(layer, fresh),
              withLayersOf(learnt, way.taken),
              E.chain(trained({ data: few(count), steps, optimizer: way.optimizer, engine }, order)),
              E.chain(accuracy(test)),
            ),
          );
        return pipe(
          E.Do,
          E.apS(
            'methods',
            byName(all, ({ name }) => name, scoresOf(perClass)),
          ),
          E.apS(
            'rated',
            byName(rated, ({ name }) => name, scoresOf([ratesAt])),
          ),
          E.apS(
            'means',
            byName(perClass, String, (count) => nearestMean(problem.classes, few(count))(test)),
          ),
          E.bind('asItIs', () => accuracy(test)(learnt)),
          E.map(({ methods, rated, means, asItIs }) => ({
            ...methods,
            'nearest mean image': means,
            ...(problem.sameClasses
              ? { 'as it is, not trained on': Object.fromEntries(perClass.map((count) => [`${count}`, asItIs])) }
              : {}),
            ...rated,
          })),
        );
      }),
    );
  });
};

/** Accuracies by method and examples a class, and by the rate of the body. */
export interface Measured {
  readonly methods: readonly Cell[];
  readonly rates: readonly Cell[];
}

/** The accuracies on the task at hand, of a problem. */
export const measure =
  (path: string, sizes: Sizes = FULL) =>
  (problem: Problem): E.Either<Failure.Failure, Measured> =>
    pipe(
      readDigits(path),
      E.chain((digits) => accuracies(digits, problem, sizes)),
      E.map((cells) => ({
        methods: cells.filter(({ method }) => !method.startsWith('rate ')),
        rates: cells.filter(({ method }) => method.startsWith('rate ')),
      })),
    );

/** What was measured, as tables, and by how much a body that was taken over does better than none. */
export const report =
  (title: string) =>
  ({ methods, rates }: Measured): Report =>
    pipe(
      E.Do,
      E.bind('byMethod', () => table(`${title}: accuracy by examples a class`)(methods)),
      E.bind('byRate', () => table("the body's rate multiplied, by examples a class")(rates)),
      E.bind('gains', () =>
        each([...new Set(methods.map(({ setting }) => setting))], (count) =>
          pipe(
            [FROZEN, TENTH, WHOLE],
            E.traverseArray((method) => difference(count, method, SCRATCH)(methods)),
            E.map((gains) => `${count.padStart(5)}  ${gains.map(showInterval()).join('  ')}`),
          ),
        ),
      ),
      E.map(({ byMethod, byRate, gains }) => [
        ...byMethod,
        '',
        ...byRate,
        '',
        `more than from scratch: ${[FROZEN, TENTH, WHOLE].join('; ')}`,
        ...gains,
      ]),
    );

/** Both transfers: tables of accuracies with their 95 % intervals. */
export const transfer = (path: string, sizes: Sizes = FULL): Report =>
  pipe(
    [
      ['from 0–4 to 5–9', PROBLEMS.digits],
      ['from one scanner to another', PROBLEMS.scanner],
    ] as const,
    E.traverseArray(([title, problem]) => pipe(problem, measure(path, sizes), E.chain(report(title)))),
    E.map((parts) => parts.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]))),
  );

main(import.meta.url, () => transfer(process.argv[2] ?? '../shared/data/digits.csv.gz'));
