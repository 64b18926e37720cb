/**
 * Which activation? Vanishing, exploding, saturated and dying networks, measured on digits; Glorot and Bengio (2010)
 * redone; and the lecture's ranking ELU > leaky ReLU > ReLU > tanh > sigmoid put to the test.
 *
 *     npx tsx examples/08-activations.ts [initial | escape | faded | outwards | dying | ranking] [../shared/data/digits.csv.gz]
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import { Engine, Failure, Interval } from 'nabla-ts';
import { firstSplit, splitsOf } from './activations/digits.ts';
import { type DyingSizes, dying } from './activations/dying.ts';
import { hidden, initial } from './activations/initial.ts';
import { type Deep, named } from './activations/networks.ts';
import { type OutwardsSizes, outwards } from './activations/outwards.ts';
import { advantage, RANKING, type RankingSizes, ranked } from './activations/ranking.ts';
import { losses, watched } from './activations/run.ts';
import { firstRows } from './digits.ts';
import { main, type Report } from './print.ts';
import { shareOf } from './share.ts';

const number = (x: number): string =>
  Math.abs(x) < 1e-12 ? '0' : Math.abs(x) < 0.001 ? x.toExponential(1) : x.toPrecision(2);
const shown = ({ estimate, low, high }: Interval.Interval): string =>
  `${number(estimate)} [${number(low)}, ${number(high)}]`;

/** The networks that are looked at before they are trained. */
export const makes = (depth: number, width: number): readonly Deep[] =>
  (
    [
      ['sigmoid', 'old', false],
      ['sigmoid', 'normalised', false],
      ['sigmoid', 'old', true],
      ['tanh', 'old', false],
      ['tanh', 'normalised', false],
      ['tanh', 'normal(0, 1)', false],
      ['tanh', 'normal(0, 1)', true],
      ['softsign', 'old', false],
      ['softsign', 'normalised', false],
      ['ReLU', 'old', false],
      ['ReLU', 'normalised', false],
      ['ReLU', 'He', false],
      ['ReLU', 'normal(0, 1)', false],
      ['ReLU', 'old', true],
    ] as const
  ).map(([activation, beginning, normalised]) => ({ activation, beginning, normalised, depth, width }));

const lines = <A>(
  of: readonly A[],
  line: (a: A) => E.Either<Failure.Failure, string>,
): E.Either<Failure.Failure, readonly string[]> => pipe(of, RA.traverse(E.Applicative)(line));

/** Deviations of activations and gradients in each hidden layer before the first step. */
export const initialTable = (path: string, seeds = 10, rows = 300, depth = 5, width = 100): Report =>
  pipe(
    firstSplit(path),
    E.chain(({ train }) => {
      const look = initial(firstRows(rows)(train), seeds);
      return lines(makes(depth, width), (of) =>
        pipe(
          look(of),
          E.map(({ forward, backward, saturation, ratio, faults }) =>
            [
              named(of),
              `forward ${forward.map(({ estimate }) => number(estimate)).join(' ')}`,
              `backward ${backward.map(({ estimate }) => number(estimate)).join(' ')}`,
              `first/last ${shown(ratio)}`,
              `flat ${shown(saturation)}`,
              ...Object.entries(faults).map(([fault, times]) => `${fault} ${times} of ${seeds}`),
            ].join(' | '),
          ),
        ),
      );
    }),
  );

/** When sigmoid networks of some depths leave the plateau: the first epoch with a loss below 2. */
export const escapeTable = (
  path: string,
  seeds = 10,
  epochs = 150,
  depths: readonly number[] = [4, 5],
  width = 100,
  learningRate = 0.3,
): Report =>
  pipe(
    firstSplit(path),
    E.chain(({ train }) =>
      lines(depths, (depth) => {
        const of = { activation: 'sigmoid', beginning: 'old', depth, width } as const;
        const run = losses(of, { data: train, learningRate, batchSize: 10, epochs });
        const left = RA.makeBy(seeds, (seed) => run(seed + 1).findIndex((loss) => loss < 2) + 1);
        const when = left.filter((epoch) => epoch > 0);
        const told = `${named(of)}, depth ${depth}: ${when.length} of ${seeds} runs left the plateau within ${epochs} epochs, share ${shown(shareOf(when.length, seeds))}`;
        return when.length < 2
          ? E.right(told)
          : pipe(
              Interval.mean(0.95)(when),
              E.map((mean) => `${told}, in epochs ${when.join(', ')}, mean ${shown(mean)}`),
            );
      }),
    ),
  );

/** On the plateau: the gradient at the first hidden layer by that at the last, after some epochs. */
export const fadedTable = (
  path: string,
  seeds = 10,
  epochs = 10,
  depths: readonly number[] = [4, 5],
  width = 100,
): Report =>
  pipe(
    firstSplit(path),
    E.chain(({ train }) =>
      lines(depths, (depth) => {
        const of = { activation: 'sigmoid', beginning: 'old', depth, width } as const;
        const training = { data: train, learningRate: 0.3, batchSize: 10, epochs };
        const run = watched(of, training, firstRows(300)(train), epochs);
        return pipe(
          RA.makeBy(seeds, (seed) => seed + 1),
          RA.traverse(E.Applicative)((seed) =>
            pipe(
              RA.last(run(seed)),
              E.fromOption(() => Failure.failure('value', 'escape', 'an epoch', 'none')),
              E.chain((last) => last),
              E.map(hidden),
            ),
          ),
          E.chain((found) =>
            Interval.mean(0.95)(
              found.map(
                (layers) => (layers[0]?.gradientNorm ?? Number.NaN) / (layers[depth - 1]?.gradientNorm ?? Number.NaN),
              ),
            ),
          ),
          E.map(
            (ratio) => `${named(of)}, depth ${depth}: after ${epochs} epochs the gradient first/last ${shown(ratio)}`,
          ),
        );
      }),
    ),
  );

export const OUTWARDS: OutwardsSizes = {
  seeds: 10,
  depth: 5,
  width: 100,
  epochs: 40,
  batchSize: 10,
  learningRate: 0.05,
};

/** Where the activations of tanh and softsign are after training, layer by layer, on test rows. */
export const outwardsTable = (path: string, sizes = OUTWARDS, rows = 300): Report =>
  pipe(
    firstSplit(path),
    E.chain((parts) =>
      pipe(
        ['tanh', 'softsign'] as const,
        RA.traverse(E.Applicative)((activation) =>
          pipe(
            outwards(parts, firstRows(rows)(parts.test), sizes)(activation),
            E.map(
              RA.mapWithIndex(
                (i, { far, ends, knees, flat }) =>
                  `${activation}, layer ${i + 1}: 98th percentile ${shown(far)}, beyond 0.95 ${shown(ends)}, 0.6 to 0.8 ${shown(knees)}, flat ${shown(flat)}`,
              ),
            ),
          ),
        ),
        E.map(RA.flatten),
      ),
    ),
  );

export const DYING: DyingSizes = {
  seeds: 10,
  depth: 3,
  width: 64,
  epochs: 10,
  batchSize: 32,
  learningRates: [0.1, 0.3, 0.5, 1],
};

/** The share of dead units after training. */
export const dyingTable = (path: string, sizes = DYING, rows = 1258): Report =>
  pipe(
    firstSplit(path),
    E.chain(({ train }) => {
      const measure = dying(firstRows(rows)(train), sizes);
      return lines(
        (['ReLU', 'leaky ReLU', 'ELU'] as const).flatMap((activation) =>
          sizes.learningRates.map((rate) => ({ activation, rate })),
        ),
        ({ activation, rate }) =>
          pipe(
            measure(activation, rate),
            E.map(
              ({ dead, diverged }) =>
                `${activation}, rate ${rate}: dead ${diverged === sizes.seeds ? '-' : shown(dead)}, ${diverged} of ${sizes.seeds} left the finite numbers`,
            ),
          ),
      );
    }),
  );

export const FULL: RankingSizes = {
  seeds: 10,
  choosing: 4,
  depths: [1, 2, 4, 8],
  width: 64,
  epochs: 12,
  learningRates: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1],
  normalised: false,
};

/** The same at the greatest depth, with batch norm before each activation. */
export const NORMALISED: RankingSizes = { ...FULL, depths: [8], normalised: true };

/** Test errors by depth, and whether each step of the ranking holds. */
export const rankingTable = (path: string, sizes: readonly RankingSizes[] = [FULL, NORMALISED]): Report => {
  const splits = splitsOf(path);
  if (E.isLeft(splits)) return splits;
  const engine = Engine.create();
  return pipe(
    sizes.flatMap((size) => size.depths.map((depth) => ({ size, depth }))),
    RA.traverse(E.Applicative)(({ size, depth }) =>
      pipe(
        RANKING,
        RA.traverse(E.Applicative)((activation) => ranked(splits.right, size, engine)(activation, depth)),
        E.bindTo('all'),
        E.bind('steps', ({ all }) =>
          pipe(
            RA.zip(all.slice(1))(all),
            RA.traverse(E.Applicative)(([better, worse]) =>
              pipe(
                advantage(better, worse),
                E.map(
                  (by) =>
                    `  ${better.activation} over ${worse.activation}: ${shown(by)} ${by.low > 0 ? 'holds' : by.high < 0 ? 'is the other way round' : 'undecided'}`,
                ),
              ),
            ),
          ),
        ),
        E.map(({ all, steps }) => [
          `depth ${depth}${size.normalised ? ', batch norm' : ''}`,
          ...all.map(
            ({ activation, learningRate, test, early }) =>
              `  ${activation}: test error ${shown(test)}, loss after 3 epochs ${shown(early)}, rate ${learningRate}`,
          ),
          ...steps,
        ]),
      ),
    ),
    E.map(RA.flatten),
  );
};

const sections: Readonly<Record<string, (path: string) => Report>> = {
  initial: initialTable,
  escape: escapeTable,
  faded: fadedTable,
  outwards: outwardsTable,
  dying: dyingTable,
  ranking: rankingTable,
};

/** The sections, one after another. */
export const activations = (path: string, of: Readonly<Record<string, (path: string) => Report>> = sections): Report =>
  pipe(
    Object.entries(of),
    RA.traverse(E.Applicative)(([name, section]) =>
      pipe(
        section(path),
        E.map((found) => [name, ...found.map((line) => `  ${line}`)]),
      ),
    ),
    E.map(RA.flatten),
  );

main(import.meta.url, () => {
  const [name = '', path] = process.argv.slice(2);
  const section = sections[name];
  const file = path ?? '../shared/data/digits.csv.gz';
  return section === undefined ? activations(name === '' ? file : name) : section(file);
});
