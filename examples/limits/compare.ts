/** A comparison: each method in each setting, over seeds, and the intervals of its means. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import { type Failure, Interval } from 'nabla-ts';

/** What one method came to in one setting, a number a seed. */
export interface Cell {
  readonly setting: string;
  readonly method: string;
  readonly values: readonly number[];
}

/** Scores by method and setting. */
export type Scores = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Runs an experiment for seeds 1, 2, …; each gives all scores of its seed. */
export const overSeeds = (
  seeds: number,
  experiment: (seed: number) => E.Either<Failure.Failure, Scores>,
): E.Either<Failure.Failure, readonly Cell[]> =>
  pipe(
    Array.from({ length: seeds }, (_, i) => i + 1),
    RA.traverse(E.Applicative)(experiment),
    E.map((runs) =>
      Object.entries(runs[0] ?? {}).flatMap(([method, settings]) =>
        Object.keys(settings).map((setting) => ({
          setting,
          method,
          values: runs.map((run) => run[method]?.[setting] ?? Number.NaN),
        })),
      ),
    ),
  );

/** What becomes of each value of a record, the names in their order. */
const inOrder = <A, B>(
  of: Readonly<Record<string, A>>,
  become: (value: A) => E.Either<Failure.Failure, B>,
): E.Either<Failure.Failure, Readonly<Record<string, B>>> =>
  pipe(
    Object.entries(of),
    RA.traverse(E.Applicative)(([name, value]) =>
      pipe(
        become(value),
        E.map((result) => [name, result] as const),
      ),
    ),
    E.map((all) => Object.fromEntries(all)),
  );

/** Scores of each method in each setting: of what `learn` makes of a method, asked in one setting after another. */
export const scoresOf = <Method, Setting>(
  methods: Readonly<Record<string, Method>>,
  settings: Readonly<Record<string, Setting>>,
  learn: (method: Method) => E.Either<Failure.Failure, (setting: Setting) => E.Either<Failure.Failure, number>>,
): E.Either<Failure.Failure, Scores> =>
  inOrder(methods, (method) =>
    pipe(
      learn(method),
      E.chain((score) => inOrder(settings, score)),
    ),
  );

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];

/** Student's 95 % interval of each mean. */
export const intervals = (
  cells: readonly Cell[],
): E.Either<Failure.Failure, ReadonlyArray<Cell & { readonly interval: Interval.Interval }>> =>
  pipe(
    cells,
    RA.traverse(E.Applicative)((cell) =>
      pipe(
        Interval.mean(0.95)(cell.values),
        E.map((interval) => ({ ...cell, interval })),
      ),
    ),
  );

/** A mean and its interval, as text. */
export const showInterval =
  (digits = 3) =>
  ({ estimate, low, high }: Interval.Interval): string =>
    `${estimate.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;

/** Methods down, settings across: the first line has the title and the settings. */
const lined = (
  title: string,
  cells: readonly Cell[],
  show: (interval: Interval.Interval) => string,
): E.Either<Failure.Failure, ReadonlyArray<readonly string[]>> =>
  pipe(
    intervals(cells),
    E.map((all) => {
      const settings = unique(all.map(({ setting }) => setting));
      const rows = unique(all.map(({ method }) => method)).map((method) => [
        method,
        ...settings.map((setting) => {
          const found = all.find((cell) => cell.setting === setting && cell.method === method);
          return found === undefined ? '' : show(found.interval);
        }),
      ]);
      return [[title, ...settings], ...rows];
    }),
  );

/** A table to read on a screen. */
export const table =
  (title: string, digits = 3) =>
  (cells: readonly Cell[]): E.Either<Failure.Failure, readonly string[]> =>
    pipe(
      lined(title, cells, showInterval(digits)),
      E.map((lines) => {
        const widths = (lines[0] ?? []).map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
        return lines.map((line) =>
          line
            .map((text, i) => text.padEnd(widths[i] ?? 0))
            .join('  ')
            .trimEnd(),
        );
      }),
    );

/** Three decimals, or whole numbers in groups of three where the estimate is above a thousand. */
const showOnPage = ({ estimate, low, high }: Interval.Interval): string => {
  const digits = Math.abs(estimate) < 1000 ? 3 : 0;
  const [middle, from, to] = [estimate, low, high].map((x) => {
    const text = Math.abs(x).toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
    return x < 0 && Number(text) !== 0 ? `−${text}` : text;
  });
  return `${middle} [${from}, ${to}]`;
};

/** A table in Markdown, as it stands in the chapter. */
export const pageTable =
  (title: string) =>
  (cells: readonly Cell[]): E.Either<Failure.Failure, readonly string[]> =>
    pipe(
      lined(title, cells, showOnPage),
      E.map(([head = [], ...rows]) => {
        const line = (texts: readonly string[]): string =>
          `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
        return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)];
      }),
    );

/** By how much one method's scores exceed another's in a setting, seed by seed: the interval of the mean difference. */
export const difference =
  (setting: string, one: string, other: string) =>
  (cells: readonly Cell[]): E.Either<Failure.Failure, Interval.Interval> => {
    const of = (method: string): readonly number[] =>
      cells.find((cell) => cell.setting === setting && cell.method === method)?.values ?? [];
    const others = of(other);
    return Interval.mean(0.95)(of(one).map((value, i) => value - (others[i] ?? Number.NaN)));
  };
