/** A time series cross-validated: by rows dealt at random, and in the order of time with and without a gap. */
import { Fold, Key, Tensor } from 'nabla-ts';
import { keysOf, learn, mean, own, type Rows, range, sure, take, told } from './common.ts';

const FEATURES = 3;

/** How much of a value is that of the moment before. */
const MEMORY = 0.95;

/** Normal numbers of deviation 1, each of which remembers the one before: xₜ = ρ·xₜ₋₁ + √(1 − ρ²)·eₜ. */
const remembering =
  (rows: number) =>
  (key: Key.Key): readonly number[] => {
    const fresh = Math.sqrt(1 - MEMORY * MEMORY);
    const values: number[] = [];
    for (const e of Array.from(Key.normal([rows], 'f64')(key).data))
      values.push(values.length === 0 ? e : MEMORY * (values.at(-1) ?? 0) + fresh * e);
    return values;
  };

/** Three features and a noise that remember, and y = x₁ + noise: far from what was learnt from, no error below 1 is real. */
export const series =
  (rows: number) =>
  (key: Key.Key): Rows => {
    const features = range(FEATURES).map((i) => remembering(rows)(own(key, i)));
    const noise = remembering(rows)(own(key, FEATURES));
    return {
      inputs: Tensor.generate(
        'f32',
        [rows, FEATURES],
        (i) => features[i % FEATURES]?.[Math.floor(i / FEATURES)] ?? Number.NaN,
      ),
      targets: noise.map((e, row) => e + (features[0]?.[row] ?? Number.NaN)),
    };
  };

const ROWS = 200;

/** Rows that each network learns from, whatever the folds, so that nothing but the order makes a difference. */
const LEARNT = 80;
const VALIDATED = 10;

/** Rows between what is learnt from and what is predicted, where answers come late. */
export const GAP = 30;

const squaredError = (rows: Rows, key: Key.Key, epochs: number, { train, validation }: Fold.Fold): number => {
  const others = take(validation)(rows);
  const predict = learn({ kind: 'numbers', width: 16, epochs })(key)(take(train)(rows));
  return mean(predict(others.inputs).map((p, i) => (p - (others.targets[i] ?? 0)) ** 2));
};

const from = (first: number, count: number): readonly number[] => range(count).map((i) => first + i);

const inOrder = { folds: 8, validation: VALIDATED, window: LEARNT };

/** The last rows of the series dealt to five folds: each network learns from as many as elsewhere. */
const dealt = (key: Key.Key): readonly Fold.Fold[] => {
  const first = ROWS - 1.25 * LEARNT;
  const later = (rows: readonly number[]): readonly number[] => rows.map((row) => first + row);
  return sure(Fold.kFold(5)(key)(1.25 * LEARNT)).map(({ train, validation }) => ({
    train: later(train),
    validation: later(validation),
  }));
};

/** The folds that promise an error, by what they are called. */
const foldings: Readonly<Record<string, (key: Key.Key) => readonly Fold.Fold[]>> = {
  '5 folds, dealt at random': dealt,
  'time-series split': () => sure(Fold.timeSeriesSplit(inOrder)(ROWS)),
  'time-series split, gap 30': () => sure(Fold.timeSeriesSplit({ ...inOrder, gap: GAP })(ROWS)),
  'the next 10 rows': () => [{ train: from(ROWS - LEARNT, LEARNT), validation: from(ROWS, VALIDATED) }],
  'the 10 rows after 30 others': () => [
    { train: from(ROWS - LEARNT, LEARNT), validation: from(ROWS + GAP, VALIDATED) },
  ],
};

/** What each folding of `seeds` series says that the error is; the last two are the future itself. */
export const promised = (seeds: number, epochs = 100): Readonly<Record<string, readonly number[]>> => {
  const drawn = keysOf(17, seeds).map((key) => ({ key, rows: series(ROWS + GAP + VALIDATED)(own(key, 0)) }));
  return Object.fromEntries(
    Object.entries(foldings).map(([name, folding]) => [
      name,
      drawn.map(({ key, rows }) =>
        mean(folding(own(key, 2)).map((fold) => squaredError(rows, own(key, 1), epochs, fold))),
      ),
    ]),
  );
};

/** For each promise the future that it is about, and of the later future the next. */
const about: Readonly<Record<string, string>> = {
  '5 folds, dealt at random': 'the next 10 rows',
  'time-series split': 'the next 10 rows',
  'time-series split, gap 30': 'the 10 rows after 30 others',
  'the 10 rows after 30 others': 'the next 10 rows',
};

export const promiseTable = (found: Readonly<Record<string, readonly number[]>>): string =>
  [
    '| error on | mean square error | less, series by series |',
    '|---|---|---|',
    ...Object.entries(found).map(([name, errors]) => {
      const other = about[name];
      const of = other === undefined ? [] : (found[other] ?? []);
      const apart = errors.map((error, i) => error - (of[i] ?? Number.NaN));
      return `| ${name} | ${told(errors, 2)} | ${other === undefined ? '' : `${other}: ${told(apart, 2)}`} |`;
    }),
  ].join('\n');
