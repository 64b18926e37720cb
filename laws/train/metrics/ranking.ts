/** The laws of the area under the ROC curve. */
import * as fc from 'fast-check';
import { fromSeed, permutation } from '../../../src/tensor/key.ts';
import { takeRows } from '../../../src/tensor/tensor.ts';
import * as Metric from '../../../src/train/metrics/index.ts';
import { all, law, same } from '../../law.ts';
import { binary, close, u, value, vectorOf } from './samples.ts';

/** The laws. */
export const ranking = [
  law('auc-by-pairs', 'the fraction of pairs (1, 0) in which the 1 scores higher, ties one half', binary, (s) => {
    const of = (label: number): readonly number[] => s.scores.filter((_, i) => s.labels[i] === label);
    const halves = of(1)
      .flatMap((a): number[] => of(0).map((b) => (a > b ? 2 : a === b ? 1 : 0)))
      .reduce((a, b) => a + b, 0);
    return same(halves / (2 * of(1).length * of(0).length), value(Metric.rocAuc(s.labels)(vectorOf(s.scores))));
  }),
  law(
    'auc-monotone',
    'a strictly increasing map of the scores changes nothing; their negation gives 1 − AUC',
    binary,
    (s) => {
      const auc = value(Metric.rocAuc(s.labels)(vectorOf(s.scores)));
      return all(
        same(auc, value(Metric.rocAuc(s.labels)(vectorOf(s.scores.map((x) => x * x * x + 7))))),
        close(
          1 - auc,
          value(Metric.rocAuc(s.labels)(vectorOf(s.scores.map((x) => -x)))),
          2 * u,
          'one quotient and one difference, each ≤ 1',
        ),
      );
    },
  ),
  law('auc-of-rows', 'the order of the rows does not change the AUC', fc.tuple(binary, fc.nat()), ([s, seed]) => {
    const order = permutation(s.labels.length)(fromSeed(seed));
    return same(
      value(Metric.rocAuc(s.labels)(vectorOf(s.scores))),
      value(Metric.rocAuc(order.map((i) => s.labels[i] ?? -1))(takeRows(order)(vectorOf(s.scores)))),
    );
  }),
];
