/** Ways to fold a small table: how far each estimate is from the true error, and how much of that is the luck of the dealing. */
import type * as E from 'fp-ts/lib/Either.js';
import { type Failure, Fold, Interval, type Key } from 'nabla-ts';
import { errorRate, keysOf, learn, mean, own, range, sure, take, told } from './common.ts';
import { clouds } from './estimates.ts';

const rule = learn({ kind: 'classes', width: 0, epochs: 30 });

const ROWS = 40;

type Folding = (key: Key.Key) => E.Either<Failure.Failure, readonly Fold.Fold[]>;

const ways: Readonly<Record<string, Folding>> = {
  '5 folds': (key) => Fold.kFold(5)(key)(ROWS),
  '5 folds, 10 times': Fold.repeated(10)((key) => Fold.kFold(5)(key)(ROWS)),
  'leave-one-out': () => Fold.leaveOneOut(ROWS),
  'shuffle-split, 50 of a fifth': (key) => Fold.shuffleSplit({ splits: 50, validation: 0.2 })(key)(ROWS),
};

/** One table: its true error, and what two dealings of each way say of it. */
const dealings = (apart: number, key: Key.Key) => {
  const rows = clouds(ROWS, apart)(own(key, 0));
  const fresh = clouds(2000, apart)(own(key, 1));
  const error = ({ train, validation }: Fold.Fold): number => {
    const others = take(validation)(rows);
    return errorRate(rule(own(key, 2))(take(train)(rows))(others.inputs), others.targets);
  };
  const twice = (folding: Folding): readonly number[] =>
    range(2).map((i) => mean(sure(folding(own(own(key, 3), i))).map(error)));
  return {
    truth: errorRate(rule(own(key, 2))(rows)(fresh.inputs), fresh.targets),
    said: Object.entries(ways).map(([way, folding]) => [way, twice(folding)] as const),
  };
};

/** What a way of folding said of many tables. */
export interface Dealt {
  readonly way: string;
  /** How many networks it trains. */
  readonly trainings: number;
  /** Estimate − true error, a table each. */
  readonly off: readonly number[];
  /** The distance of the two, a table each. */
  readonly distance: readonly number[];
  /** The variance between dealings of the same table, a table each. */
  readonly luck: readonly number[];
}

/** Every way over `seeds` tables of 40 rows, whose two classes are `apart` in each of five features. */
export const compared = (seeds: number, apart: number): readonly Dealt[] => {
  const tables = keysOf(18, seeds).map((key) => dealings(apart, key));
  return Object.entries(ways).map(([way, folding]) => {
    const pairs = tables.map(({ truth, said }) => {
      const [one = Number.NaN, other = Number.NaN] = new Map(said).get(way) ?? [];
      return { truth, one, other };
    });
    return {
      way,
      trainings: keysOf(18, 1).flatMap((key) => sure(folding(key))).length,
      off: pairs.map(({ truth, one }) => one - truth),
      distance: pairs.map(({ truth, one }) => Math.abs(one - truth)),
      luck: pairs.map(({ one, other }) => (one - other) ** 2 / 2),
    };
  });
};

/** A deviation with its interval, from variances. */
const rooted = (variances: readonly number[]): string => {
  const { estimate, low, high } = sure(Interval.mean(0.95)(variances));
  const [at, from, to] = [estimate, low, high].map((x) => Math.sqrt(Math.max(0, x)).toFixed(3));
  return `${at} (${from} to ${to})`;
};

export const dealtTable = (found: readonly Dealt[]): string =>
  [
    '| way | networks | estimate − truth | distance from the truth | farther than 5 folds by | deviation between dealings |',
    '|---|---:|---|---|---|---|',
    ...found.map(({ way, trainings, off, distance, luck }, i) => {
      const farther = distance.map((d, table) => d - (found[0]?.distance[table] ?? Number.NaN));
      return `| ${way} | ${trainings} | ${told(off)} | ${told(distance)} | ${i === 0 ? '' : told(farther)} | ${rooted(luck)} |`;
    }),
  ].join('\n');
