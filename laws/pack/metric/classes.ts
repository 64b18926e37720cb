/** The laws of metrics of classes. */
import * as fc from 'fast-check';
import { named } from '../../law/named.ts';
import { all, holds, type Law, same } from '../../law.ts';
import type { PackOptions } from '../options.ts';
import { answered, judged, type Metric, near, refused, reordered, scored, seeds, stated, u } from './subject.ts';

type Of<K extends Metric['kind']> = Extract<Metric, { readonly kind: K }>;

const labelsOf = (rows: ReadonlyArray<{ readonly label: number }>): readonly number[] => rows.map(({ label }) => label);

/** The laws of accuracy. */
export const accuracyLaws = ({ of }: Of<'accuracy'>, options: PackOptions): readonly Law[] => {
  const ask = (rows: ReadonlyArray<{ readonly label: number; readonly scores: readonly number[] }>) =>
    of(
      labelsOf(rows),
      rows.map(({ scores }) => scores),
    );
  return [
    stated(
      options,
      'counts rows, not elements',
      'the fraction of rows whose greatest score is at their label',
      '(1/n)·#{i : argmax sᵢ = tᵢ}',
      scored,
      (rows) =>
        near(
          options,
          rows.filter(({ label, scores }) => scores.every((s) => s <= (scores[label] ?? NaN))).length / rows.length,
          ask(rows),
          u,
          'one quotient',
        ),
    ),
    stated(
      options,
      'the order of rows is not seen',
      'the same rows in another order have the same accuracy',
      'm(πr) = m(r)',
      fc.tuple(scored, seeds),
      ([rows, seed]) => near(options, ask(rows) ?? NaN, ask(reordered(rows, seed)), 2 * u, 'one quotient each'),
      { show: named('rows', 'seed') },
    ),
    stated(
      options,
      'only the order of scores is seen',
      'scores that are all raised or stretched name the same classes',
      'm(a·s + b) = m(s), a > 0',
      fc.tuple(scored, fc.integer({ min: 1, max: 9 }), fc.integer({ min: -9, max: 9 })),
      ([rows, a, b]) =>
        near(
          options,
          ask(rows) ?? NaN,
          ask(rows.map(({ label, scores }) => ({ label, scores: scores.map((s) => a * s + b) }))),
          2 * u,
          'one quotient each',
        ),
      { show: named('rows', 'factor', 'shift') },
    ),
  ];
};

/** The laws of confusion matrices. */
export const confusionLaws = ({ of }: Of<'confusionMatrix'>, options: PackOptions): readonly Law[] => {
  const labelled = fc.integer({ min: 2, max: 5 }).chain((classes) =>
    fc.record({
      classes: fc.constant(classes),
      rows: fc.array(fc.record({ actual: fc.nat(classes - 1), predicted: fc.nat(classes - 1) }), {
        minLength: 1,
        maxLength: 30,
      }),
    }),
  );
  const ask = ({ classes, rows }: typeof labelled extends fc.Arbitrary<infer A> ? A : never) =>
    of(
      classes,
      rows.map(({ actual }) => actual),
      rows.map(({ predicted }) => predicted),
    );
  return [
    stated(
      options,
      'rows are what is, columns what was said',
      'entry [a][p] counts the rows of class a that were said to be of class p',
      'Mₐₚ = #{i : tᵢ = a, yᵢ = p}',
      labelled,
      (sample) => {
        const matrix = ask(sample);
        return all(
          ...Array.from({ length: sample.classes }, (_, a) =>
            Array.from({ length: sample.classes }, (__, p) =>
              same(
                sample.rows.filter(({ actual, predicted }) => actual === a && predicted === p).length,
                matrix?.[a]?.[p],
                `[${a}][${p}]`,
              ),
            ),
          ).flat(),
        );
      },
    ),
    stated(
      options,
      'every row is counted once',
      'the entries add up to the number of rows',
      'Σₐₚ Mₐₚ = n',
      labelled,
      (sample) =>
        same(
          sample.rows.length,
          (ask(sample) ?? []).flat().reduce((a, b) => a + b, 0),
          'the sum',
        ),
    ),
  ];
};

/** The laws of the log loss. */
export const logLossLaws = ({ of }: Of<'logLoss'>, options: PackOptions): readonly Law[] => {
  const ask = (rows: ReadonlyArray<{ readonly label: number; readonly probabilities: readonly number[] }>) =>
    answered(() =>
      of(
        labelsOf(rows),
        rows.map(({ probabilities }) => probabilities),
      ),
    );
  // Terms of one sign: n roundings of the sum, a quotient and logarithms within 2 ulp (4u); what is clipped moves a
  // probability by at most 1e-6 of itself.
  const bound = (n: number, value: number): number => (n + 8) * 2 * u * value + 1e-6;
  const BOUND = 'n + 8 roundings, and 1e-6 for what clips probabilities';
  return [
    stated(
      options,
      'the mean of −log p of the label',
      'the natural logarithm of the probability of the label alone, over rows',
      '−(1/n)·Σᵢ log p(tᵢ)',
      judged,
      (rows) => {
        const expected =
          rows.reduce((sum, { label, probabilities }) => sum - Math.log(probabilities[label] ?? NaN), 0) / rows.length;
        return near(options, expected, ask(rows), bound(rows.length, expected), BOUND);
      },
    ),
    stated(
      options,
      'certainty has a cost that is a number',
      'certain and right costs 0, certain and wrong much (∞, or what clipping leaves of it: at least 10); neither is NaN',
      '−log 1 = 0, −log 0 = ∞',
      fc.tuple(fc.integer({ min: 2, max: 4 }), fc.nat(3), fc.nat(3)),
      ([classes, label, said]) => {
        const probabilities = Array.from({ length: classes }, (_, c) => (c === said % classes ? 1 : 0));
        const cost = ask([{ label: label % classes, probabilities }]);
        return label % classes === said % classes
          ? near(options, 0, cost, 1e-6, 'what clips probabilities')
          : holds(cost !== undefined && cost >= 10, 'at least 10', `${cost}`, 'the metric');
      },
      { show: named('classes', 'label', 'said') },
    ),
    stated(
      options,
      'logits are refused',
      'what is no probability has no log loss',
      'p ∉ [0, 1] ⇒ no answer',
      fc.integer({ min: 2, max: 9 }),
      (x) => refused(() => ask([{ label: 0, probabilities: [x, 1 - x] }]), `probabilities ${x} and ${1 - x}`),
      { runs: 10 },
    ),
  ];
};
