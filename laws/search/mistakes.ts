/** What folds, and what is estimated from them, refuse, word for word. */
import * as E from 'fp-ts/lib/Either.js';
import * as Fold from '../../src/search/fold/index.ts';
import { failure } from '../../src/tensor/failure.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { type LawSet, lawSet } from '../law.ts';
import { saying } from '../reach/said.ts';
import { intervals } from './mistakes-intervals.ts';
import { large } from './mistakes-large.ts';

const key = fromSeed(1);
const inf = Number.POSITIVE_INFINITY;
const most = 2 ** 31 - 1;

const foldings = saying('foldings', 'refuse in words what cannot be folded', [
  [() => Fold.kFold(1)(key)(10), `Fold.kFold: expected folds: a whole number from 2 to ${most}, received 1`],
  [() => Fold.kFold(2.5)(key)(10), `Fold.kFold: expected folds: a whole number from 2 to ${most}, received 2.5`],
  [() => Fold.kFold(inf)(key)(10), `Fold.kFold: expected folds: a whole number from 2 to ${most}, received Infinity`],
  [() => Fold.kFold(5)(key)(4), 'Fold.kFold: expected at least as many rows as folds, 5, received 4'],
  [() => Fold.kFold(2)(key)(0), 'Fold.kFold: expected at least as many rows as folds, 2, received 0'],
  [() => Fold.kFold(2)(key)(-1), `Fold.kFold: expected rows: a whole number from 0 to ${most}, received -1`],
  [
    () => Fold.kFold(2)(key)(1e12),
    `Fold.kFold: expected rows: a whole number from 0 to ${most}, received 1000000000000`,
  ],
  [() => Fold.kFold(4)(key)(4), 'a result'],
  [
    () => Fold.stratifiedKFold(3)(key)([0, 0, 0, 1, 1]),
    'Fold.stratifiedKFold: expected at least 3 rows of label 1, received 2',
  ],
  [
    () => Fold.stratifiedKFold(2)(key)([]),
    'Fold.stratifiedKFold: expected at least as many rows as folds, 2, received 0',
  ],
  [
    () => Fold.stratifiedKFold(2)(key)([0, 0.5, 0]),
    'Fold.stratifiedKFold, row 1: expected a label that is a whole number from 0, received 0.5',
  ],
  [
    () => Fold.stratifiedKFold(2)(key)([0, 0, -1]),
    'Fold.stratifiedKFold, row 2: expected a label that is a whole number from 0, received -1',
  ],
  [() => Fold.stratifiedKFold(2)(key)([0, 0, 1, 1]), 'a result'],
  [
    () => Fold.groupedKFold(3)(key)([1, 1, 2, 2]),
    'Fold.groupedKFold: expected at least as many groups as folds, 3, received 2',
  ],
  [() => Fold.groupedKFold(2)(key)([]), 'Fold.groupedKFold: expected at least as many groups as folds, 2, received 0'],
  [
    () => Fold.groupedKFold(2)(key)([1, Number.NaN]),
    'Fold.groupedKFold, row 1: expected the number or text of a group, received NaN',
  ],
  [
    () => Fold.groupedKFold(2)(key)({ length: 2 }),
    'Fold.groupedKFold, row 0: expected the number or text of a group, received undefined',
  ],
  [
    () => Fold.repeated(0)((own) => Fold.kFold(2)(own)(4))(key),
    `Fold.repeated: expected times: a whole number from 1 to ${most}, received 0`,
  ],
  [
    () => Fold.repeated(2)((own) => Fold.kFold(5)(own)(4))(key),
    'Fold.kFold: expected at least as many rows as folds, 5, received 4',
  ],
  [() => Fold.leaveOneOut(1), `Fold.leaveOneOut: expected rows: a whole number from 2 to ${most}, received 1`],
  [
    () => Fold.shuffleSplit({ splits: 0, validation: 0.5 })(key)(10),
    `Fold.shuffleSplit: expected splits: a whole number from 1 to ${most}, received 0`,
  ],
  [
    () => Fold.shuffleSplit({ splits: 1, validation: 1 })(key)(10),
    'Fold.shuffleSplit: expected a fraction to validate between 0 and 1, received 1',
  ],
  [
    () => Fold.shuffleSplit({ splits: 1, validation: 0 })(key)(10),
    'Fold.shuffleSplit: expected a fraction to validate between 0 and 1, received 0',
  ],
  [
    () => Fold.shuffleSplit({ splits: 1, validation: Number.NaN })(key)(10),
    'Fold.shuffleSplit: expected a fraction to validate between 0 and 1, received NaN',
  ],
  [
    () => Fold.shuffleSplit({ splits: 1, validation: 0.01 })(key)(10),
    'Fold.shuffleSplit: expected at least one row to train and one to validate on, received 10 and 0 of 10 rows',
  ],
  [
    () => Fold.shuffleSplit({ splits: 1, validation: 0.99 })(key)(10),
    'Fold.shuffleSplit: expected at least one row to train and one to validate on, received 0 and 10 of 10 rows',
  ],
  [
    () => Fold.shuffleSplit({ splits: 1, validation: 0.5 })(key)(1),
    `Fold.shuffleSplit: expected rows: a whole number from 2 to ${most}, received 1`,
  ],
  [
    () => Fold.shuffleSplit(JSON.parse('{"splits":2,"validation":0.5,"test":0.1}'))(key)(10),
    'Fold.shuffleSplit: expected no field but splits, validation, received "test"',
  ],
  [
    () => Fold.timeSeriesSplit({ folds: 1 })(10),
    `Fold.timeSeriesSplit: expected folds: a whole number from 2 to ${most}, received 1`,
  ],
  [
    () => Fold.timeSeriesSplit({ folds: 2 })(-3),
    `Fold.timeSeriesSplit: expected rows: a whole number from 0 to ${most}, received -3`,
  ],
  [
    () => Fold.timeSeriesSplit({ folds: 3, validation: 3 })(9),
    'Fold.timeSeriesSplit: expected more than 9 rows (3 folds of 3, after a gap of 0), received 9',
  ],
  [
    () => Fold.timeSeriesSplit({ folds: 2 })(2),
    'Fold.timeSeriesSplit: expected more than 2 rows (2 folds of 1, after a gap of 0), received 2',
  ],
  [() => Fold.timeSeriesSplit({ folds: 2 })(3), 'a result'],
  [
    () => Fold.timeSeriesSplit({ folds: 2, validation: 0 })(9),
    `Fold.timeSeriesSplit: expected rows to validate: a whole number from 1 to ${most}, received 0`,
  ],
  [
    () => Fold.timeSeriesSplit({ folds: 2, gap: -1 })(9),
    `Fold.timeSeriesSplit: expected rows of the gap: a whole number from 0 to ${most}, received -1`,
  ],
  [
    () => Fold.timeSeriesSplit({ folds: 2, window: 0 })(9),
    `Fold.timeSeriesSplit: expected rows of the window: a whole number from 1 to ${most}, received 0`,
  ],
  [
    () => Fold.timeSeriesSplit(JSON.parse('{"folds":2,"gaps":1}'))(9),
    'Fold.timeSeriesSplit: expected no field but folds, validation, gap, window, received "gaps"',
  ],
  [() => Fold.within([4, 5])([{ train: [0], validation: [2] }]), 'Fold.within: expected positions below 2, received 2'],
  [
    () => Fold.nested((rows) => Fold.kFold(4)(key)(rows.length))([{ train: [0, 1], validation: [2] }]),
    'outer fold 0: Fold.kFold: expected at least as many rows as folds, 4, received 2',
  ],
]);

const one = { train: [0], validation: [1] };
const two = { train: [1], validation: [0] };
const rule = {
  targets: [0, 1],
  loss: (a: number, b: number) => Math.abs(a - b),
  predict: (_train: readonly number[], rows: readonly number[]) => E.right(rows.map(() => 0)),
};

const errors = saying('errors', 'refuse scores, losses and rates that say nothing', [
  [
    () => Fold.crossValidate(() => E.right(1))([]),
    `Fold.crossValidate: expected folds: a whole number from 2 to ${most}, received 0`,
  ],
  [
    () => Fold.crossValidate(() => E.right(1))([one]),
    `Fold.crossValidate: expected folds: a whole number from 2 to ${most}, received 1`,
  ],
  [
    () => Fold.crossValidate((_, i) => E.right(i / i))([one, two]),
    'Fold.crossValidate, fold 0: expected a finite score, received NaN',
  ],
  [
    () => Fold.crossValidate((_, i) => E.right(i === 0 ? 1e308 : -1e308))([one, two]),
    'moments: expected numbers whose squares f64 can hold, received larger ones',
  ],
  [
    () => Fold.bootstrap(0)(key)(10),
    `Fold.bootstrap: expected resamples: a whole number from 1 to ${most}, received 0`,
  ],
  [() => Fold.bootstrap(1)(key)(1), `Fold.bootstrap: expected rows: a whole number from 2 to ${most}, received 1`],
  [
    () => Fold.bootstrap632({ apparent: -1, outOfBag: 0, noInformation: 0 }),
    'Fold.bootstrap632, apparent: expected a finite error of at least 0, received -1',
  ],
  [
    () => Fold.bootstrap632({ apparent: 0, outOfBag: 0, noInformation: inf }),
    'Fold.bootstrap632, noInformation: expected a finite error of at least 0, received Infinity',
  ],
  [
    () => Fold.bootstrap632(JSON.parse('{"apparent":0,"outOfBag":0}')),
    'Fold.bootstrap632, noInformation: expected a finite error of at least 0, received undefined',
  ],
  [
    () => Fold.bootstrapError(rule)([]),
    `Fold.bootstrapError: expected resamples: a whole number from 1 to ${most}, received 0`,
  ],
  [
    () => Fold.bootstrapError({ ...rule, targets: [] })([one]),
    `Fold.bootstrapError: expected targets: a whole number from 1 to ${most}, received 0`,
  ],
  [
    () => Fold.bootstrapError(rule)([{ train: [0, 2], validation: [1] }]),
    'Fold.bootstrapError: expected resamples of 2 rows, one a target, received row 2',
  ],
  [
    () => Fold.bootstrapError(rule)([one]),
    'Fold.bootstrapError: expected resamples enough that each row is left out of one, received 1 resamples that all draw row 0',
  ],
  [
    () => Fold.bootstrapError({ ...rule, predict: () => E.right([]) })([one, two]),
    'resample 0: Fold.bootstrapError: expected 1 predictions, received 0',
  ],
  [
    () => Fold.bootstrapError({ ...rule, loss: () => Number.NaN })([one, two]),
    'resample 0: Fold.bootstrapError, row 1: expected a finite loss of at least 0, received NaN',
  ],
  [
    () =>
      Fold.bootstrapError({ ...rule, predict: () => E.left(failure('diverged', 'fit', 'a loss', 'NaN')) })([one, two]),
    'resample 0: fit: expected a loss, received NaN',
  ],
  [() => Fold.bootstrapError(rule)([one, two]), 'a result'],
]);

const rates = { optimal: 0, train: 0.1, trainingDevelopment: 0.1, testDevelopment: 0.2, test: 0.2 };
const rows = { train: 10, trainingDevelopment: 10, testDevelopment: 10, test: 10 };
const fractions = { trainingDevelopment: 0.5, testDevelopment: 0.5 };

const development = saying('development', 'refuses rates that are no rates, and sets that would be empty', [
  [
    () => Fold.diagnose({ ...rates, train: 1.5 }),
    'Fold.diagnose, train: expected an error rate from 0 to 1, received 1.5',
  ],
  [
    () => Fold.diagnose({ ...rates, optimal: -0.1 }),
    'Fold.diagnose, optimal: expected an error rate from 0 to 1, received -0.1',
  ],
  [
    () => Fold.diagnose({ ...rates, test: Number.NaN }),
    'Fold.diagnose, test: expected an error rate from 0 to 1, received NaN',
  ],
  [
    () => Fold.diagnose(JSON.parse(JSON.stringify({ ...rates, validation: 0 }))),
    'Fold.diagnose: expected no field but optimal, train, trainingDevelopment, testDevelopment, test, received "validation"',
  ],
  [
    () => Fold.diagnose(rates, { ...rows, test: 0 }),
    `Fold.diagnose: expected rows of test: a whole number from 1 to ${most}, received 0`,
  ],
  [
    () => Fold.diagnose(rates, JSON.parse(JSON.stringify({ ...rows, optimal: 1 }))),
    'Fold.diagnose: expected no field but train, trainingDevelopment, testDevelopment, test, received "optimal"',
  ],
  [() => Fold.diagnose(rates, rows), 'a result'],
  [
    () => Fold.developmentSets({ ...fractions, testDevelopment: 1 })(key)({ training: 10, test: 10 }),
    'Fold.developmentSets: expected fractions between 0 and 1, received 1',
  ],
  [
    () => Fold.developmentSets({ ...fractions, trainingDevelopment: 0 })(key)({ training: 10, test: 10 }),
    'Fold.developmentSets: expected fractions between 0 and 1, received 0',
  ],
  [
    () => Fold.developmentSets(fractions)(key)({ training: 1, test: 10 }),
    `Fold.developmentSets: expected rows of the training kind: a whole number from 2 to ${most}, received 1`,
  ],
  [
    () => Fold.developmentSets(fractions)(key)({ training: 10, test: Number.NaN }),
    `Fold.developmentSets: expected rows of the test kind: a whole number from 2 to ${most}, received NaN`,
  ],
  [
    () => Fold.developmentSets({ ...fractions, trainingDevelopment: 0.01 })(key)({ training: 10, test: 10 }),
    'Fold.developmentSets: expected at least one row in the validation part, received 10 rows in all',
  ],
  [
    () =>
      Fold.developmentSets(JSON.parse('{"trainingDevelopment":0.1,"testDevelopment":0.5,"test":1}'))(key)({
        training: 10,
        test: 10,
      }),
    'Fold.developmentSets: expected no field but trainingDevelopment, testDevelopment, received "test"',
  ],
]);

/** What is refused. */
export const foldMistakes: LawSet = lawSet('refusals of folds and intervals', [
  foldings,
  large,
  errors,
  development,
  intervals,
]);
