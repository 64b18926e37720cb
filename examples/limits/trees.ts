/**
 * Boosted regression trees: small trees, each fitted to what those before it left over (J. H. Friedman, *Greedy function
 * approximation: a gradient boosting machine*, Annals of Statistics 29, 2001). A column is cut at its quantiles, so that
 * only the order of its values counts, not their scale.
 */
import * as E from 'fp-ts/lib/Either.js';
import { Tensor } from 'nabla-ts';
import { column } from './functions.ts';
import type { Method } from './methods.ts';

type Tree =
  | { readonly value: number }
  | { readonly feature: number; readonly threshold: number; readonly below: Tree; readonly above: Tree };

export interface Boosting {
  readonly trees: number;
  readonly depth: number;
  readonly learningRate: number;
  /** The fewest rows of a leaf. */
  readonly leaf: number;
}

const at = (values: ArrayLike<number>, i: number): number => values[i] ?? Number.NaN;

const BINS = 64;

/** Thresholds between the quantiles of a column, ascending and each once. */
const thresholdsOf = (values: readonly number[]): readonly number[] => {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const between = sorted.slice(1).map((x, i) => (x + at(sorted, i)) / 2);
  return between.length <= BINS
    ? between
    : Array.from({ length: BINS }, (_, i) => at(between, Math.floor(((i + 0.5) * between.length) / BINS)));
};

const say = (tree: Tree, row: ArrayLike<number>): number =>
  'value' in tree ? tree.value : say(at(row, tree.feature) < tree.threshold ? tree.below : tree.above, row);

/** Trees boosted on squared error. */
export const boostedTrees =
  ({ trees, depth, learningRate, leaf }: Boosting): Method =>
  ({ inputs, targets }) => {
    const rows = Tensor.toRows(inputs);
    const width = inputs.shape[1] ?? 0;
    const thresholds = Array.from({ length: width }, (_, j) => thresholdsOf(rows.map((row) => at(row, j))));
    // The bin of each row in each column: how many thresholds it is not below.
    const bins = thresholds.map((cuts, j) =>
      Uint8Array.from(rows, (row) => cuts.reduce((count, threshold) => count + (at(row, j) < threshold ? 0 : 1), 0)),
    );
    const left = Float64Array.from(targets.data);

    const grow = (members: readonly number[], deeper: number): Tree => {
      const total = members.reduce((sum, row) => sum + at(left, row), 0);
      const end: Tree = { value: (learningRate * total) / members.length };
      if (deeper === 0) return end;
      // The cut by which the sum of squares falls most: that for which Σ₁²/n₁ + Σ₂²/n₂ is largest.
      let best = { gain: (total * total) / members.length + 1e-12, feature: -1, cutAt: -1 };
      bins.forEach((of, feature) => {
        const sums = new Float64Array(BINS + 1);
        const counts = new Float64Array(BINS + 1);
        for (const row of members) {
          const bin = at(of, row);
          sums[bin] = at(sums, bin) + at(left, row);
          counts[bin] = at(counts, bin) + 1;
        }
        let below = 0;
        let many = 0;
        for (let cutAt = 0; cutAt < (thresholds[feature]?.length ?? 0); cutAt++) {
          below += at(sums, cutAt);
          many += at(counts, cutAt);
          const rest = members.length - many;
          const gain = (below * below) / many + ((total - below) * (total - below)) / rest;
          if (many >= leaf && rest >= leaf && gain > best.gain) best = { gain, feature, cutAt };
        }
      });
      const of = bins[best.feature];
      const threshold = thresholds[best.feature]?.[best.cutAt];
      if (of === undefined || threshold === undefined) return end;
      return {
        feature: best.feature,
        threshold,
        below: grow(
          members.filter((row) => at(of, row) <= best.cutAt),
          deeper - 1,
        ),
        above: grow(
          members.filter((row) => at(of, row) > best.cutAt),
          deeper - 1,
        ),
      };
    };

    const all = rows.map((_, row) => row);
    const middle = all.reduce((sum, row) => sum + at(left, row), 0) / all.length;
    left.forEach((y, row) => {
      left[row] = y - middle;
    });
    const grown = Array.from({ length: trees }, () => {
      const tree = grow(all, depth);
      rows.forEach((row, i) => {
        left[i] = at(left, i) - say(tree, row);
      });
      return tree;
    });
    return E.right((fresh) =>
      E.right(column(Tensor.toRows(fresh).map((row) => grown.reduce((sum, tree) => sum + say(tree, row), middle)))),
    );
  };
