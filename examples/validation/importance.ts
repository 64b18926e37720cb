/** Permutation importance on tumours, whose thirty measurements say much the same: one by one, together, and with a copy. */
import type * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Curve, Data, Expr, type Failure, Fold, Interval, type Key, Metric, Tensor } from 'nabla-ts';
import { breastCancer } from '../lecture/programs.ts';
import { keysOf, learn, mean, own, type Rows, range, sure, take, told } from './common.ts';

const sigmoid = Expr.evaluate('f64')(Expr.sigmoid(Expr.input('x')));

/** What is measured of the cells of a tumour: of each the mean, its standard error, and the worst. */
const MEASURES = [
  'radius',
  'texture',
  'perimeter',
  'area',
  'smoothness',
  'compactness',
  'concavity',
  'concave points',
  'symmetry',
  'fractal dimension',
] as const;

/** The name of a column, 0 to 29. */
export const nameOf = (column: number): string =>
  `${MEASURES[column % 10] ?? '?'}, ${['mean', 'standard error', 'worst'][Math.floor(column / 10)] ?? '?'}`;

/** The three columns of a measure. */
const columnsOf = (measure: (typeof MEASURES)[number]): readonly number[] =>
  [0, 10, 20].map((first) => first + MEASURES.indexOf(measure));

/** Radius, perimeter and area say how large a nucleus is; the texture is something else. */
export const GROUPS: Readonly<Record<string, readonly number[]>> = {
  'size (radius, perimeter, area)': (['radius', 'perimeter', 'area'] as const).flatMap(columnsOf),
  'concavity and concave points': (['concavity', 'concave points'] as const).flatMap(columnsOf),
  texture: columnsOf('texture'),
};

/** The column that is copied: the worst texture. */
export const COPIED = 21;

/** The rows with a copy of a column after the others. */
const withCopy = ({ inputs, targets }: Rows): Rows => {
  const [rows = 0, width = 0] = inputs.shape;
  return {
    inputs: Tensor.generate('f32', [rows, width + 1], (i) => {
      const column = i % (width + 1);
      return inputs.data[Math.floor(i / (width + 1)) * width + (column === width ? COPIED : column)] ?? Number.NaN;
    }),
    targets,
  };
};

/** The importance of groups of columns on rows that a network of 8 hidden units has not seen, in nats of log loss. */
const importances = (train: Rows, others: Rows, groups: ReadonlyArray<readonly number[]>, repeats: number) => {
  const scaler = sure(Data.standardise()(train.inputs)).scaler;
  const scaled = ({ inputs, targets }: Rows): Rows => ({ inputs: sure(Data.Scaler.apply(scaler)(inputs)), targets });
  return (key: Key.Key): readonly number[] => {
    const predict = learn({ kind: 'classes', width: 8, epochs: 20 })(own(key, 0))(scaled(train));
    const logLoss = (inputs: Tensor.Tensor): E.Either<Failure.Failure, number> => {
      const logits = predict(inputs);
      const p = Tensor.generate('f64', [logits.length], (i) => sigmoid({ x: logits[i] ?? 0 }));
      return pipe(p, Metric.binaryLogLoss(others.targets));
    };
    const found = sure(
      pipe(scaled(others).inputs, Curve.permutationImportance({ repeats, level: 0.95, groups })(logLoss)(own(key, 1))),
    );
    return found.map(({ increase }) => increase.estimate);
  };
};

/** The importance of some columns, a number for each seed. */
export interface Weighed {
  readonly name: string;
  readonly columns: readonly number[];
  readonly increases: readonly number[];
}

export interface Weighing {
  /** Every column by itself. */
  readonly single: readonly Weighed[];
  /** Columns shuffled together. */
  readonly grouped: readonly Weighed[];
  /** In networks that see a copy of the worst texture: the column, its copy, and both together. */
  readonly copied: readonly Weighed[];
}

/** Over `seeds` halves of the table: one half is learnt from, the other is judged by. */
export const weighed = (folder: string, seeds: number, repeats: number): Weighing => {
  const { inputs, targets } = sure(breastCancer(folder));
  const rows: Rows = { inputs: Tensor.cast('f32')(inputs), targets: Tensor.toArray(targets) };
  const over = (all: Rows, groups: ReadonlyArray<readonly number[]>): ReadonlyArray<readonly number[]> =>
    keysOf(20, seeds).map((key) => {
      const [{ train, validation } = { train: [], validation: [] }] = sure(
        Fold.stratifiedKFold(2)(own(key, 2))(rows.targets),
      );
      return importances(take(train)(all), take(validation)(all), groups, repeats)(key);
    });
  const weigh = (all: Rows, named: Readonly<Record<string, readonly number[]>>): readonly Weighed[] => {
    const found = over(all, Object.values(named));
    return Object.entries(named).map(([name, columns], i) => ({
      name,
      columns,
      increases: found.map((of) => of[i] ?? Number.NaN),
    }));
  };
  return {
    single: weigh(rows, Object.fromEntries(range(30).map((column) => [nameOf(column), [column]]))),
    grouped: weigh(rows, GROUPS),
    copied: weigh(withCopy(rows), { alone: [COPIED], 'its copy': [30], both: [COPIED, 30] }),
  };
};

/** The importances of a group's columns one by one, added up for each seed. */
export const summed = ({ single }: Weighing, { columns }: Weighed): readonly number[] =>
  (single[0]?.increases ?? []).map((_, seed) =>
    columns.reduce((sum, column) => sum + (single[column]?.increases[seed] ?? Number.NaN), 0),
  );

/** Pearson's correlation of two columns of the whole table. */
export const correlation = (folder: string, one: number, other: number): number => {
  const { inputs } = sure(breastCancer(folder));
  const standardised = (column: number): readonly number[] => {
    const values = range(inputs.shape[0] ?? 0).map((row) => inputs.data[30 * row + column] ?? Number.NaN);
    const { mean: middle, deviation } = sure(Interval.moments(values));
    return values.map((x) => (x - middle) / deviation);
  };
  const b = standardised(other);
  const products = standardised(one).map((x, i) => x * (b[i] ?? Number.NaN));
  return products.reduce((sum, x) => sum + x, 0) / (products.length - 1);
};

const SHOWN = 5;

export const importanceTable = (found: Weighing): string => {
  const greatest = found.single.toSorted((a, b) => mean(b.increases) - mean(a.increases)).slice(0, SHOWN);
  return [
    '| shuffled | log loss rises by | its columns one by one, added up |',
    '|---|---|---|',
    ...greatest.map(({ name, increases }) => `| ${name} | ${told(increases)} | |`),
    ...found.grouped.map(
      (group) =>
        `| ${group.name}: ${group.columns.length} columns | ${told(group.increases)} | ${told(summed(found, group))} |`,
    ),
    ...found.copied.map(
      ({ name, increases }) => `| with a copy of ${nameOf(COPIED)}: ${name} | ${told(increases)} | |`,
    ),
  ].join('\n');
};
