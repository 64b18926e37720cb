/** How often intervals of a mean over folds have the true error in them: Student's, and the one that counts shared rows. */
import type * as E from 'fp-ts/lib/Either.js';
import { type Failure, Fold, Interval, type Key } from 'nabla-ts';
import { keysOf, mean, own, sure, take } from './common.ts';
import { type Covered, coveredOf, LEVEL, shown } from './coverage.ts';
import { clouds, nearest } from './estimates.ts';

const ROWS = 40;

type Folding = (key: Key.Key) => E.Either<Failure.Failure, readonly Fold.Fold[]>;

const ways: Readonly<Record<string, Folding>> = {
  '5 folds': (key) => Fold.kFold(5)(key)(ROWS),
  '5 folds, 5 times': Fold.repeated(5)((key) => Fold.kFold(5)(key)(ROWS)),
  'shuffle-split, 15 of a fifth': (key) => Fold.shuffleSplit({ splits: 15, validation: 0.2 })(key)(ROWS),
};

export interface FoldCoverage {
  readonly way: string;
  readonly student: Covered;
  readonly corrected: Covered;
}

/**
 * The nearest neighbour on two clouds, `tables` times 40 rows. The true error is that of 32 rows, in the mean over tables: that of
 * all scores, each of which is on rows that were not learnt from.
 */
export const foldCoverage = (tables: number): readonly FoldCoverage[] =>
  Object.entries(ways).map(([way, folding]) => {
    const found = keysOf(22, tables).map((key) => {
      const rows = clouds(ROWS, 0.8)(own(key, 0));
      const folds = sure(folding(own(key, 1)));
      const scores = folds.map(({ train, validation }) => {
        const others = take(validation)(rows);
        const said = nearest(take(train)(rows))(others.inputs);
        return mean(said.map((label, i) => (label === others.targets[i] ? 0 : 1)));
      });
      return { folds, scores };
    });
    const truth = mean(found.map(({ scores }) => mean(scores)));
    return {
      way,
      student: coveredOf(
        truth,
        found.map(({ scores }) => Interval.mean(LEVEL)(scores)),
      ),
      corrected: coveredOf(
        truth,
        found.map(({ folds, scores }) => Interval.foldMean(LEVEL)(folds)(scores)),
      ),
    };
  });

export const foldCoverageTable = (found: readonly FoldCoverage[]): string =>
  [
    '| the mean over | Student | `Interval.foldMean` |',
    '|---|---|---|',
    ...found.map(({ way, student, corrected }) => `| ${way} | ${shown(student)} | ${shown(corrected)} |`),
  ].join('\n');
