/** The laws of learning curves: the error against the number of rows that were learnt from. */
import * as fc from 'fast-check';
import { all, code, holds, type LawSet, law, same, type Verdict } from '../law.ts';
import { type PackOptions, packed, runsOf, toleranceOf } from './options.ts';

interface Parts {
  readonly train: readonly number[];
  readonly validation: readonly number[];
}

interface Errors {
  readonly train: number;
  readonly validation: number;
}

/** A learning curve in plain numbers. */
export interface LearningCurveRule {
  /** The mean errors of fits of each fold at each size, or nothing where there are none. */
  readonly of: (
    folds: readonly Parts[],
    sizes: readonly number[],
    seed: number,
    fit: (fold: Parts, index: number) => Errors,
  ) => readonly Errors[] | undefined;
}

/** How many seeds the law of chances draws. */
const DRAWS = 2000;
// Hoeffding: a row's share over 2000 draws leaves its chance by more than t with probability 2·exp(−2·2000·t²), which
// t = 0.1 makes 9e-18.
const AWAY = 0.1;

const seeds = fc.nat(2 ** 31 - 1);

/** Folds by turns, and sizes that they have. */
const curves = fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 6, max: 20 }), seeds).map(([k, n, seed]) => {
  const folds = Array.from({ length: k }, (_, fold) => ({
    train: Array.from({ length: n }, (__, row) => row).filter((row) => row % k !== fold),
    validation: Array.from({ length: n }, (__, row) => row).filter((row) => row % k === fold),
  }));
  const most = folds.reduce((least, { train }) => Math.min(least, train.length), n);
  return { folds, sizes: [1, Math.ceil(most / 2), most].filter((size, i, all) => all.indexOf(size) === i), seed };
});

/**
 * The laws of anybody's learning curve: what a fold validates is never trained on, each set has as many rows as it says, any
 * row may be in the smallest, and the errors are means over folds.
 *
 * @example
 * ```ts
 * import { check, laws } from 'nabla-ts/laws';
 * // The first rows of the file, which may well be of one class.
 * const first = laws.learningCurve({
 *   of: (folds, sizes, _seed, fit) => {
 *     const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
 *     const points = sizes.map((size) => {
 *       const errors = folds.map((fold, i) => fit({ ...fold, train: fold.train.slice(0, size) }, i));
 *       return { train: mean(errors.map((e) => e.train)), validation: mean(errors.map((e) => e.validation)) };
 *     });
 *     const enough = folds.length > 1 && folds.every(({ train }) => sizes.every((size) => size >= 1 && size <= train.length));
 *     return enough && points.every(({ validation }) => Number.isFinite(validation)) ? points : undefined;
 *   },
 * });
 * check(first).filter(({ outcome }) => outcome.tag === 'failed').map(({ law }) => law.name) // => ['any row may come first']
 * ```
 */
export const learningCurve = ({ of }: LearningCurveRule, options: PackOptions = {}): LawSet => {
  const asked = (
    {
      folds,
      sizes,
      seed,
    }: { readonly folds: readonly Parts[]; readonly sizes: readonly number[]; readonly seed: number },
    errors: (fold: Parts, index: number) => Errors = () => ({ train: 0, validation: 0 }),
  ) => {
    const fits: Array<Parts & { readonly index: number }> = [];
    const points = of(folds, sizes, seed, (fold, index) => {
      fits.push({ ...fold, index });
      return errors(fold, index);
    });
    return { fits, points };
  };
  return packed('learning curve', options, [
    law(
      'no row is trained on and validated',
      'a fit sees rows of its own fold alone, and validates what its fold does',
      curves,
      (sample) =>
        all(
          ...asked(sample).fits.map(({ train, validation, index }): Verdict => {
            const fold = sample.folds[index];
            return all(
              holds(
                train.every((row) => fold?.train.includes(row) === true),
                `rows of ${fold?.train}`,
                `${train}`,
                `fold ${index}`,
              ),
              same(`${fold?.validation}`, `${validation}`, `validation of fold ${index}`),
            );
          }),
        ),
      { runs: runsOf(options, 30), formula: 'S ⊂ train' },
    ),
    law(
      'as many rows as it says',
      'every fold is fitted once at each size, with so many different rows',
      curves,
      (sample) =>
        same(
          sample.sizes
            .flatMap((size) => sample.folds.map((_, index) => `${index}: ${size}`))
            .toSorted()
            .join('; '),
          asked(sample)
            .fits.map(({ train, index }) => `${index}: ${new Set(train).size}`)
            .toSorted()
            .join('; '),
          'fits',
        ),
      { runs: runsOf(options, 30), formula: '|S| = m' },
    ),
    law(
      'any row may come first',
      `over ${DRAWS} seeds every row of a fold is in its smallest set as often as another, within ${AWAY}`,
      seeds,
      (seed) => {
        const folds = [
          { train: [0, 1, 2, 3, 4, 5], validation: [6, 7] },
          { train: [2, 3, 4, 5, 6, 7], validation: [0, 1] },
        ];
        const counts = new Map<number, number>();
        for (let i = 0; i < DRAWS; i++)
          for (const { train, index } of asked({ folds, sizes: [2], seed: seed + i }).fits)
            if (index === 0) for (const row of train) counts.set(row, (counts.get(row) ?? 0) + 1);
        return all(
          ...[0, 1, 2, 3, 4, 5].map((row) => {
            const share = (counts.get(row) ?? 0) / DRAWS;
            return holds(Math.abs(share - 1 / 3) <= AWAY, `1/3 within ${AWAY}`, `${share}`, `row ${row}`);
          }),
        );
      },
      { runs: runsOf(options, 1), formula: 'P(i ∈ S) = m/n' },
    ),
    law(
      'means over folds',
      'of errors that grow by 1 and by 2 from fold to fold, each mean is halfway between the first and the last',
      curves,
      (sample) => {
        const { points } = asked(sample, ({ train }, index) => ({
          train: index,
          validation: 2 * index + train.length,
        }));
        const middle = (sample.folds.length - 1) / 2;
        // Sums of five numbers below 40.
        const near = 1e-13 * toleranceOf(options);
        return all(
          same(sample.sizes.length, points?.length, 'points'),
          ...sample.sizes.map((size, i) =>
            all(
              holds(
                Math.abs((points?.[i]?.train ?? NaN) - middle) <= near,
                `${middle}`,
                `${points?.[i]?.train}`,
                'train',
              ),
              holds(
                Math.abs((points?.[i]?.validation ?? NaN) - 2 * middle - size) <= near,
                `${2 * middle + size}`,
                `${points?.[i]?.validation}`,
                'validation',
              ),
            ),
          ),
        );
      },
      { runs: runsOf(options, 30), formula: 'ē = (1/k)·Σᵢ eᵢ' },
    ),
    law(
      'bad input is refused',
      'of one fold, of more rows than there are, of none, and of an error that is NaN there is no curve',
      fc.constantFrom<readonly [folds: number, size: number, error: number]>(
        [1, 1, 0],
        [2, 4, 0],
        [2, 0, 0],
        [2, 1, NaN],
      ),
      ([count, size, error]) => {
        const folds = [
          { train: [0, 1, 2], validation: [3, 4, 5] },
          { train: [3, 4, 5], validation: [0, 1, 2] },
        ].slice(0, count);
        const points = of(folds, [size], 1, () => ({ train: 0, validation: error }));
        return holds(points === undefined, 'no curve', code(points), `${count} folds, ${size} rows, ${error}`);
      },
      { runs: runsOf(options, 20), formula: 'k < 2, m ∉ {1, …, |train|} or some eᵢ ∉ ℝ ⇒ no ē' },
    ),
  ]);
};
