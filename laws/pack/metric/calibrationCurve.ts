/** The laws of a calibration curve: rows of like probabilities, and what came of them. */
import * as fc from 'fast-check';
import { named } from '../../law/named.ts';
import { all, code, holds, type Law, same, type Verdict } from '../../law.ts';
import type { PackOptions } from '../options.ts';
import { answered, type Metric, near, refused, reordered, seeds, stated, u } from './subject.ts';

type Of = Extract<Metric, { readonly kind: 'calibrationCurve' }>;
type Bins = NonNullable<ReturnType<Of['of']>>;

interface Row {
  readonly label: number;
  readonly p: number;
}

/** Sixty-fourths, so that sums are exact; 0 and 1 are common. */
const probability = fc.oneof(fc.integer({ min: 0, max: 64 }), fc.constantFrom(0, 64)).map((n) => n / 64);
const rows = fc.array(fc.record({ label: fc.nat(1), p: probability }), { minLength: 1, maxLength: 40 });

const sum = (values: readonly number[]): number => values.reduce((total, x) => total + x, 0);

/** The laws of a calibration curve, whatever its bins. */
export const calibrationCurveLaws = ({ of }: Of, options: PackOptions): readonly Law[] => {
  const ask = (sample: readonly Row[], then: (bins: Bins) => Verdict): Verdict => {
    const bins = answered(() =>
      of(
        sample.map(({ label }) => label),
        sample.map(({ p }) => p),
      ),
    );
    return bins === undefined ? { expected: 'a curve', received: 'nothing' } : then(bins);
  };
  const bound = (n: number): number => (4 * n + 16) * u * n;
  const BOUND = 'sums of n numbers of at most 1, and quotients of them';
  return [
    stated(
      options,
      'every row is in one bin',
      'the bins have as many rows as there are, and each of them has one at least',
      'Σ nᵢ = n, nᵢ ≥ 1',
      rows,
      (sample) =>
        ask(sample, (bins) =>
          all(
            same(sample.length, sum(bins.map(({ count }) => count)), 'rows in bins'),
            holds(
              bins.every(({ count }) => count >= 1),
              'rows in each bin',
              code(bins),
            ),
          ),
        ),
    ),
    stated(
      options,
      'bins together are the whole',
      'the mean of confidences is that of the probabilities, the mean of frequencies the share of ones, each bin counting with its rows',
      'Σ nᵢ·confidenceᵢ = Σ p, Σ nᵢ·frequencyᵢ = Σ t',
      rows,
      (sample) =>
        ask(sample, (bins) =>
          all(
            ...(['confidence', 'frequency'] as const).map((what) =>
              near(
                options,
                sum(sample.map(({ label, p }) => (what === 'confidence' ? p : label))),
                sum(bins.map((bin) => bin.count * bin[what])),
                bound(sample.length),
                BOUND,
                what,
              ),
            ),
          ),
        ),
    ),
    stated(
      options,
      'bins are of like probabilities',
      'where a label is 1 exactly from some probability on, at most one bin has both labels',
      't = [p ≥ c] ⇒ 0 < frequencyᵢ < 1 for one i at most',
      fc.tuple(rows, probability),
      ([sample, limit]) =>
        ask(
          sample.map(({ p }) => ({ p, label: p >= limit ? 1 : 0 })),
          (bins) => {
            const mixed = bins.filter(({ frequency }) => frequency > 0 && frequency < 1);
            return holds(mixed.length <= 1, 'one bin of both labels at most', code(mixed));
          },
        ),
      { show: named('rows', 'limit') },
    ),
    stated(
      options,
      'one probability is one bin',
      'rows that are all given one probability are one bin, which has it as its confidence and the share of ones as its frequency',
      'pᵢ = p ⇒ {(n, p, t̄)}',
      fc.tuple(fc.array(fc.nat(1), { minLength: 1, maxLength: 20 }), probability),
      ([labels, p]) =>
        ask(
          labels.map((label) => ({ label, p })),
          (bins) =>
            all(
              same(1, bins.length, 'bins'),
              near(options, p, bins[0]?.confidence, bound(labels.length), BOUND, 'confidence'),
              near(options, sum(labels) / labels.length, bins[0]?.frequency, bound(labels.length), BOUND, 'frequency'),
            ),
        ),
      { show: named('labels', 'p') },
    ),
    stated(
      options,
      'the order of rows is not seen',
      'the same rows in another order have the same curve, also where probabilities are equal',
      'm(πr) = m(r)',
      fc.tuple(rows, seeds),
      ([sample, seed]) =>
        ask(sample, (bins) =>
          ask(reordered(sample, seed), (others) =>
            all(
              same(bins.length, others.length, 'bins'),
              ...bins.flatMap((bin, i) =>
                (['confidence', 'frequency', 'count'] as const).map((what) =>
                  near(options, bin[what], others[i]?.[what], bound(sample.length), BOUND, `${what} of bin ${i}`),
                ),
              ),
            ),
          ),
        ),
      { show: named('rows', 'seed') },
    ),
    stated(
      options,
      'what is no probability is refused',
      'of logits, NaN, and other labels than 0 and 1 there is no curve',
      'p ∉ [0, 1] ⇒ no curve',
      fc.constantFrom<readonly Row[]>(
        [{ label: 0, p: 1.5 }],
        [{ label: 0, p: -0.5 }],
        [{ label: 1, p: NaN }],
        [{ label: 2, p: 0.5 }],
      ),
      (sample) =>
        refused(
          () =>
            of(
              sample.map(({ label }) => label),
              sample.map(({ p }) => p),
            ),
          code(sample),
        ),
      { runs: 20 },
    ),
  ];
};
