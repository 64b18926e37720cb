/**
 * Ridge regression: the weights of a line through features that make Σ(y − ŷ)² + strength·rows·Σw² least (A. E. Hoerl and
 * R. W. Kennard, *Ridge regression*, Technometrics 12, 1970), features scaled to deviation 1 and the intercept free. The
 * strength is the one whose leave-one-out error is least; that error needs no refitting, for leaving out row i changes its
 * residual from r to r/(1 − h), h its leverage.
 */
import * as E from 'fp-ts/lib/Either.js';
import { Failure } from 'nabla-ts';

export type Rows = ReadonlyArray<readonly number[]>;

/** What a line through features says of a row, and how it came to be. */
export interface Ridge {
  readonly predict: (row: readonly number[]) => number;
  /** A weight for each feature, in its own units. */
  readonly weights: readonly number[];
  readonly strength: number;
  /** The root of the mean squared leave-one-out error. */
  readonly leftOut: number;
}

/** From a line that fits exactly to one that is nearly flat. */
export const STRENGTHS: readonly number[] = [1e-8, 1e-6, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10];

const at = (values: ArrayLike<number>, i: number): number => values[i] ?? Number.NaN;
const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** The lower triangle L of a symmetric matrix A = LLᵀ of n rows, in place; what is not positive definite gives NaN. */
const cholesky = (a: Float64Array, n: number): Float64Array => {
  for (let j = 0; j < n; j++)
    for (let i = j; i < n; i++) {
      let sum = at(a, i * n + j);
      for (let k = 0; k < j; k++) sum -= at(a, i * n + k) * at(a, j * n + k);
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / at(a, j * n + j);
    }
  return a;
};

/** L⁻¹b. */
const forwards = (l: Float64Array, n: number, b: ArrayLike<number>): Float64Array => {
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = at(b, i);
    for (let k = 0; k < i; k++) sum -= at(l, i * n + k) * at(x, k);
    x[i] = sum / at(l, i * n + i);
  }
  return x;
};

/** L⁻ᵀb. */
const backwards = (l: Float64Array, n: number, b: ArrayLike<number>): Float64Array => {
  const x = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) {
    let sum = at(b, i);
    for (let k = i + 1; k < n; k++) sum -= at(l, k * n + i) * at(x, k);
    x[i] = sum / at(l, i * n + i);
  }
  return x;
};

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += at(a, i) * at(b, i);
  return sum;
};

/** The line of least leave-one-out error among those of some strengths. Fails where no strength gives one. */
export const ridge =
  (strengths: readonly number[] = STRENGTHS) =>
  (rows: Rows, targets: readonly number[]): E.Either<Failure.Failure, Ridge> => {
    const width = rows[0]?.length ?? 0;
    const centres = Array.from({ length: width }, (_, j) => mean(rows.map((row) => at(row, j))));
    const scales = centres.map((centre, j) => {
      const deviation = Math.sqrt(mean(rows.map((row) => (at(row, j) - centre) ** 2)));
      // A feature that did not vary says nothing.
      return deviation > 1e-12 * Math.abs(centre) ? deviation : Number.POSITIVE_INFINITY;
    });
    const scaled = rows.map((row) => Float64Array.from(row, (x, j) => (x - at(centres, j)) / at(scales, j)));
    const middle = mean(targets);
    const heights = targets.map((y) => y - middle);

    const gram = new Float64Array(width * width);
    const moment = new Float64Array(width);
    scaled.forEach((row, i) => {
      for (let j = 0; j < width; j++) {
        moment[j] = at(moment, j) + at(row, j) * at(heights, i);
        for (let k = 0; k <= j; k++) gram[j * width + k] = at(gram, j * width + k) + at(row, j) * at(row, k);
      }
    });

    const fitted = strengths.map((strength): Ridge => {
      const normal = Float64Array.from(gram);
      for (let j = 0; j < width; j++) normal[j * width + j] = at(normal, j * width + j) + strength * rows.length;
      const l = cholesky(normal, width);
      const weights = backwards(l, width, forwards(l, width, moment));
      const errors = scaled.map((row, i) => {
        const z = forwards(l, width, row);
        return (at(heights, i) - dot(weights, row)) / (1 - 1 / rows.length - dot(z, z));
      });
      const own = Array.from(weights, (w, j) => w / at(scales, j));
      const intercept = middle - dot(own, centres);
      return {
        predict: (row) => intercept + dot(own, row),
        weights: own,
        strength,
        leftOut: Math.sqrt(mean(errors.map((e) => e * e))),
      };
    });
    const best = fitted
      .filter(({ leftOut }) => Number.isFinite(leftOut))
      .reduce<Ridge | undefined>(
        (one, other) => (one !== undefined && one.leftOut <= other.leftOut ? one : other),
        undefined,
      );
    return best === undefined
      ? E.left(
          Failure.failure(
            'value',
            'ridge',
            'rows of finite features, and more than one',
            `${rows.length} rows of ${width}`,
          ),
        )
      : E.right(best);
  };
