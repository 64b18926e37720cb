/** What foldings of too many rows refuse, word for word. */
import * as Fold from '../../src/search/fold/index.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { saying } from '../reach/said.ts';

const key = fromSeed(1);
const named = 'expected at most 100000000 rows in all folds together (for more there';

/** What folds of too many rows refuse. */
export const large = saying('large foldings', 'refuse folds that would not fit in memory, and say what to do instead', [
  [
    () => Fold.kFold(20_000)(key)(20_000),
    `Fold.kFold: ${named} are fewer folds, or Fold.shuffleSplit), received 20000 folds of 20000 rows`,
  ],
  [
    () => Fold.stratifiedKFold(20_000)(key)({ length: 20_000 }),
    `Fold.stratifiedKFold: ${named} are fewer folds, or Fold.shuffleSplit), received 20000 folds of 20000 rows`,
  ],
  [
    () => Fold.groupedKFold(20_000)(key)(Array.from({ length: 20_000 }, (_, i) => i)),
    `Fold.groupedKFold: ${named} are fewer folds, or Fold.shuffleSplit), received 20000 folds of 20000 rows`,
  ],
  [() => Fold.leaveOneOut(10_001), `Fold.leaveOneOut: ${named} is kFold), received 10001 folds of 10001 rows`],
  [
    () => Fold.repeated(1e9)((own) => Fold.kFold(2)(own)(4))(key),
    `Fold.repeated: ${named} are fewer times), received 2000000000 folds of 4 rows`,
  ],
  [
    () => Fold.shuffleSplit({ splits: 2e9, validation: 0.5 })(key)(4),
    `Fold.shuffleSplit: ${named} are fewer splits), received 2000000000 folds of 4 rows`,
  ],
  [
    () => Fold.bootstrap(2e9)(key)(4),
    `Fold.bootstrap: ${named} are fewer resamples), received 2000000000 folds of 4 rows`,
  ],
  [
    () => Fold.timeSeriesSplit({ folds: 20_000, validation: 1 })(30_000),
    `Fold.timeSeriesSplit: ${named} are fewer folds, or a window), received 20000 folds of 30000 rows`,
  ],
  [() => Fold.timeSeriesSplit({ folds: 20_000, validation: 1, window: 2 })(30_000), 'a result'],
]);
