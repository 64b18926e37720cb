/** The cardinal sin, committed: errors on labels that are a coin's, measured so that something of the answer leaks. */
import { Fold, Interval, Key, Tensor } from 'nabla-ts';
import { errorRate, keysOf, learn, mean, own, type Rows, range, sure, take, told } from './common.ts';

const rule = learn({ kind: 'classes', width: 0, epochs: 30 });
const byHeart = learn({ kind: 'classes', width: 16, epochs: 40 });

/** Normal features and as many ones as zeros, which have nothing to do with each other. */
export const noise =
  (rows: number, features: number) =>
  (key: Key.Key): Rows => {
    const order = Key.permutation(rows)(own(key, 1));
    return {
      inputs: Key.normal([rows, features], 'f32')(own(key, 0)),
      targets: order.map((at) => at % 2),
    };
  };

/** The columns whose means differ most between the classes of some rows. */
export const strongest =
  (count: number) =>
  ({ inputs, targets }: Rows, rows: readonly number[]): readonly number[] => {
    const [, width = 0] = inputs.shape;
    const apart = range(width).map((column) => {
      const of = (label: number): number =>
        mean(rows.filter((row) => targets[row] === label).map((row) => inputs.data[row * width + column] ?? 0));
      return { column, distance: Math.abs(of(1) - of(0)) };
    });
    return apart
      .sort((a, b) => b.distance - a.distance)
      .slice(0, count)
      .map(({ column }) => column);
  };

/** Standardised by the mean and deviation of some rows. */
const scaled = ({ inputs, targets }: Rows, rows: readonly number[]): Rows => {
  const [, width = 0] = inputs.shape;
  const moments = range(width).map((column) =>
    sure(Interval.moments(rows.map((row) => inputs.data[row * width + column] ?? 0))),
  );
  return {
    inputs: Tensor.generate('f32', inputs.shape, (i) => {
      const { mean: middle, deviation } = moments[i % width] ?? { mean: 0, deviation: 1 };
      return ((inputs.data[i] ?? 0) - middle) / deviation;
    }),
    targets,
  };
};

/** The error of a rule that sees what `prepared` makes of the rows, told the fold. */
const crossValidated = (
  folds: readonly Fold.Fold[],
  key: Key.Key,
  prepared: (fold: Fold.Fold) => Rows,
  fit = rule,
): number =>
  mean(
    folds.map((fold, i) => {
      const rows = prepared(fold);
      const validation = take(fold.validation)(rows);
      return errorRate(fit(own(key, i))(take(fold.train)(rows))(validation.inputs), validation.targets);
    }),
  );

export interface Leak {
  readonly name: string;
  readonly leaking: readonly number[];
  readonly honest: readonly number[];
}

const SELECTED = 10;

/** Ten of 500 features chosen on all 50 rows, or in each fold on its training rows. */
const selecting = (keys: readonly Key.Key[]): Leak => {
  const both = keys.map((key) => {
    const rows = noise(50, 500)(key);
    const all = range(50);
    const folds = sure(Fold.stratifiedKFold(5)(own(key, 2))(rows.targets));
    const chosen = strongest(SELECTED)(rows, all);
    return [
      crossValidated(folds, own(key, 3), () => take(all, chosen)(rows)),
      crossValidated(folds, own(key, 3), ({ train }) => take(all, strongest(SELECTED)(rows, train))(rows)),
    ] as const;
  });
  return { name: 'features chosen', leaking: both.map(([a]) => a), honest: both.map(([, b]) => b) };
};

/** Ten features scaled by all rows, or in each fold by its training rows. */
const scaling = (keys: readonly Key.Key[]): Leak => {
  const both = keys.map((key) => {
    const rows = noise(50, SELECTED)(key);
    const folds = sure(Fold.stratifiedKFold(5)(own(key, 2))(rows.targets));
    const whole = scaled(rows, range(50));
    return [
      crossValidated(folds, own(key, 3), () => whole),
      crossValidated(folds, own(key, 3), ({ train }) => scaled(rows, train)),
    ] as const;
  });
  return { name: 'features scaled', leaking: both.map(([a]) => a), honest: both.map(([, b]) => b) };
};

/** Twenty patients with five rows each; the label is the patient's, a coin's. */
const grouping = (keys: readonly Key.Key[]): Leak => {
  const both = keys.map((key) => {
    const patients = noise(20, SELECTED)(key);
    const noisy = Key.normal([100, SELECTED], 'f32')(own(key, 4)).data;
    const of = range(100).map((row) => Math.floor(row / 5));
    const rows: Rows = {
      inputs: Tensor.generate(
        'f32',
        [100, SELECTED],
        (i) =>
          (patients.inputs.data[(of[Math.floor(i / SELECTED)] ?? 0) * SELECTED + (i % SELECTED)] ?? 0) +
          0.3 * (noisy[i] ?? 0),
      ),
      targets: of.map((patient) => patients.targets[patient] ?? 0),
    };
    return [
      crossValidated(sure(Fold.kFold(5)(own(key, 2))(100)), own(key, 3), () => rows, byHeart),
      crossValidated(sure(Fold.groupedKFold(5)(own(key, 2))(of)), own(key, 3), () => rows, byHeart),
    ] as const;
  });
  return { name: 'patients cut', leaking: both.map(([a]) => a), honest: both.map(([, b]) => b) };
};

/** A training set and a test set of 50 rows; the best of so many tries on the test set, and that one on fresh rows. */
const trying =
  (tries: number) =>
  (keys: readonly Key.Key[]): Leak => {
    const both = keys.map((key) => {
      const rows = noise(600, 50)(key);
      const [train, test, fresh] = [range(50), range(50).map((i) => 50 + i), range(500).map((i) => 100 + i)];
      const found = range(tries).map((i) => {
        const columns = Key.permutation(50)(own(own(key, 5), i)).slice(0, SELECTED);
        const [a, b, c] = [train, test, fresh].map((part) => take(part, columns)(rows));
        if (a === undefined || b === undefined || c === undefined) return { test: 1, fresh: 1 };
        const scores = rule(own(key, i))(a);
        return { test: errorRate(scores(b.inputs), b.targets), fresh: errorRate(scores(c.inputs), c.targets) };
      });
      const best = found.reduce((least, one) => (one.test < least.test ? one : least));
      return [best.test, best.fresh] as const;
    });
    return {
      name: `best of ${tries} on the test set`,
      leaking: both.map(([a]) => a),
      honest: both.map(([, b]) => b),
    };
  };

/** Every leak, over seeds. */
export const leaks = (seeds: number, tries: readonly number[] = [1, 10, 100]): readonly Leak[] => {
  const keys = keysOf(9, seeds);
  return [selecting(keys), grouping(keys), scaling(keys), ...tries.map((count) => trying(count)(keys))];
};

/** The leaks as a table. */
export const leakTable = (found: readonly Leak[]): string =>
  [
    '| what | error with the leak | error without |',
    '|---|---|---|',
    ...found.map(({ name, leaking, honest }) => `| ${name} | ${told(leaking)} | ${told(honest)} |`),
  ].join('\n');
