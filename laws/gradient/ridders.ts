/**
 * The derivative of a function of one number by differences, extrapolated to step 0: Ridders, *Accurate computation of
 * F′(x) and F′(x) F″(x)*, Advances in Engineering Software 4, 1982.
 *
 * The textbook form believes an entry of its table when it agrees with its neighbours, and by chance two entries that are
 * both wrong may agree. Here the error of an entry is at least what rounding alone makes of it, u·|F|/h at its smallest
 * step h, so a table that rounding dominates is not believed.
 */
import { better, type Estimate, type Method, slope, U, UNKNOWN } from './estimate.ts';

/** A difference or an extrapolation, and what rounding may have done to it. */
type Entry = Pick<Estimate, 'derivative' | 'noise'>;

/** Removes the leading error term of two differences, whose steps are in a ratio with power `factor`; each was rounded. */
const extrapolate = (factor: number, finer: Entry, coarser: Entry): Entry => {
  const rounding = ({ derivative, noise }: Entry): number => noise + 4 * U * Math.abs(derivative);
  return {
    derivative: (factor * finer.derivative - coarser.derivative) / (factor - 1),
    noise: (factor * rounding(finer) + rounding(coarser)) / (factor - 1),
  };
};

/** How the steps of a table shrink, how many there are, and the least power of the step in a difference's error. */
export interface Table {
  readonly ratio: number;
  readonly levels: number;
  /** 2 unless given: the error of a central difference is of powers 2, 4, 6, … of the step. */
  readonly first?: number;
}

/**
 * The best extrapolation to step 0 of differences over steps h, h/ratio, h/ratio², …: `difference` says what each of them
 * is, and what rounding may have done to it. The error is the change that the extrapolation made, and the rounding in it.
 *
 * @example
 * ```ts
 * import { extrapolated } from 'nabla-ts/laws';
 * // The perimeter of a square, an octagon, … in a circle of diameter 1: its error has even powers of 1/sides.
 * const perimeter = (step: number) => ({ derivative: Math.sin(Math.PI * step) / step, noise: 2 ** -52 });
 * Math.abs(extrapolated(perimeter, 1 / 4, { ratio: 2, levels: 6 }).derivative - Math.PI) < 1e-14 // => true
 * ```
 */
export const extrapolated = (
  difference: (step: number) => Entry,
  h: number,
  { ratio, levels, first = 2 }: Table,
): Estimate => {
  const rows: Entry[][] = [];
  for (let level = 0; level < levels; level++) {
    const row = [difference(h / ratio ** level)];
    for (const [order, coarser] of (rows[level - 1] ?? []).entries())
      row.push(extrapolate(ratio ** (2 * order + first), row[order] ?? UNKNOWN, coarser));
    rows.push(row);
  }
  return rows
    .flatMap((row, level) =>
      row.slice(1).map(({ derivative, noise }, order): Estimate => {
        const [finer, coarser] = [row[order] ?? UNKNOWN, rows[level - 1]?.[order] ?? UNKNOWN];
        const changes = [finer, coarser].map((from) => Math.abs(derivative - from.derivative));
        return { derivative, error: Math.max(...changes) + noise, noise };
      }),
    )
    .reduce(better, UNKNOWN);
};

/** Eight steps reach from h to h/128. */
const LEVELS = 8;

/**
 * The derivative at 0 from central differences at steps h, h/2, …, h/128, extrapolated to step 0.
 *
 * @example
 * ```ts
 * import { ridders } from 'nabla-ts/laws';
 * const sine = (t: number) => ({ value: Math.sin(1 + t), magnitude: 1 });
 * Math.abs(ridders(sine, 1 / 8).derivative - Math.cos(1)) < 1e-13 // => true
 * ```
 */
export const ridders: Method = (sample, h) =>
  extrapolated((step) => slope(sample, step), h, { ratio: 2, levels: LEVELS });
