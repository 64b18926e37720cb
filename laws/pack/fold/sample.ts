/** What the laws of folds are told and try. */
import * as fc from 'fast-check';

/** Rows by their labels and their groups, one of each a row; rows stand in the order of time. */
export interface Rows {
  readonly labels: readonly number[];
  readonly groups: readonly number[];
}

/** One division of rows in two. */
export interface Parts {
  readonly train: readonly number[];
  readonly validation: readonly number[];
}

/** Folds of rows by a seed, and what is claimed of them. */
export interface Folding {
  /** The folds, or nothing where there are none. */
  readonly of: (rows: Rows, folds: number, seed: number) => readonly Parts[] | undefined;
  /** Whether folds validate each row once (k-fold), any rows (shuffle-split), or what comes later (time series). */
  readonly kind: 'partition' | 'random' | 'time';
  /** Whether each label has its share in each fold. */
  readonly stratified?: boolean;
  /** Whether rows of one group stay together. */
  readonly grouped?: boolean;
  /** Of a random kind: the fraction of rows that is validated. */
  readonly validation?: number;
  /** Of time: how many rows before those validated are not trained on. */
  readonly gap?: number;
  /** How many times over the rows are folded: 1 where nothing is said. */
  readonly times?: number;
  /** How many folds there are: as many as asked where nothing is said, or as many as rows. */
  readonly folds?: 'rows';
  /** Whether it draws: all but those of time do where nothing is said. */
  readonly seeded?: boolean;
}

export interface FoldSample {
  readonly rows: Rows;
  readonly folds: number;
  readonly seed: number;
}

/** Labels of up to four classes, each there at least five times, in groups of up to eight rows, at least five of them. */
export const foldSamples: fc.Arbitrary<FoldSample> = fc
  .record({
    classes: fc.integer({ min: 2, max: 4 }),
    more: fc.array(fc.tuple(fc.nat(3), fc.nat(7)), { maxLength: 20, size: 'max' }),
    folds: fc.integer({ min: 2, max: 5 }),
    seed: fc.nat(2 ** 31 - 1),
  })
  .map(({ classes, more, folds, seed }) => ({
    rows: {
      labels: [
        ...Array.from({ length: 5 * classes }, (_, i) => i % classes),
        ...more.map(([label]) => label % classes),
      ],
      groups: [...Array.from({ length: 5 * classes }, (_, i) => i % 8), ...more.map(([, group]) => group)],
    },
    folds,
    seed,
  }));

/** Rows of one class, each a group of its own. */
const plain = (count: number): Rows => ({
  labels: Array.from({ length: count }, () => 0),
  groups: Array.from({ length: count }, (_, i) => i),
});

interface BadInput {
  readonly why: string;
  readonly rows: Rows;
  readonly folds: number;
}

/** What must be refused by a folding of a kind. */
export const rowSets = ({ kind, folds, stratified = false, grouped = false }: Folding): readonly BadInput[] => [
  { why: 'no rows', rows: plain(0), folds: 2 },
  { why: 'one row', rows: plain(1), folds: 2 },
  ...(kind === 'random' || folds === 'rows'
    ? []
    : [
        { why: 'ten rows into one fold', rows: plain(10), folds: 1 },
        { why: 'ten rows into no fold', rows: plain(10), folds: 0 },
        { why: 'ten rows into 2.5 folds', rows: plain(10), folds: 2.5 },
        { why: 'ten rows into NaN folds', rows: plain(10), folds: Number.NaN },
        { why: 'ten rows into −2 folds', rows: plain(10), folds: -2 },
        { why: 'ten rows into endless folds', rows: plain(10), folds: Number.POSITIVE_INFINITY },
        { why: 'ten rows into eleven folds', rows: plain(10), folds: 11 },
      ]),
  ...(stratified
    ? [
        {
          why: 'two rows of a label into three folds',
          rows: { ...plain(10), labels: [0, 0, 0, 0, 1, 1, 0, 0, 0, 0] },
          folds: 3,
        },
        { why: 'a label that is NaN', rows: { ...plain(4), labels: [0, 0, Number.NaN, 0] }, folds: 2 },
      ]
    : []),
  ...(grouped
    ? [{ why: 'two groups into three folds', rows: { ...plain(10), groups: [0, 0, 0, 0, 0, 1, 1, 1, 1, 1] }, folds: 3 }]
    : []),
];

/** Folds as text, rows in order. */
export const textOf = (folds: readonly Parts[] | undefined): string =>
  folds === undefined
    ? 'none'
    : folds
        .map(({ train, validation }) =>
          [train, validation].map((part) => part.toSorted((a, b) => a - b).join()).join(' | '),
        )
        .join('; ');
