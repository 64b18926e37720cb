/** What curves, decompositions and importances refuse, word for word. */
import * as E from 'fp-ts/lib/Either.js';
import * as Curve from '../../src/search/curve/index.ts';
import { failure } from '../../src/tensor/failure.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { generate, zeros } from '../../src/tensor/tensor.ts';
import { type LawSet, lawSet } from '../law.ts';
import { saying } from '../reach/said.ts';

const key = fromSeed(1);
const most = 2 ** 31 - 1;
const folds = [
  { train: [0, 1, 2], validation: [3] },
  { train: [1, 2, 3], validation: [0] },
];
const fine = () => E.right({ train: 0, validation: 0 });
const nan = () => E.right({ train: 0, validation: Number.NaN });
const failing = () => E.left(failure('diverged', 'fit', 'a finite loss', 'NaN'));

const learning = (options: unknown, fit: typeof fine | typeof failing = fine, of = folds) =>
  // The options come from JSON, as a user's may.
  Curve.learningCurve(JSON.parse(JSON.stringify(options)))(fit)(key)(of);

const curves = saying('curves', 'refuse in words what is no curve', [
  [
    () => learning({ sizes: [], level: 0.9 }),
    `Curve.learningCurve: expected sizes: a whole number from 1 to ${most}, received 0`,
  ],
  [
    () => learning({ sizes: [0, 2], level: 0.9 }),
    `Curve.learningCurve: expected rows of a size: a whole number from 1 to ${most}, received 0`,
  ],
  [
    () => learning({ sizes: [1.5], level: 0.9 }),
    `Curve.learningCurve: expected rows of a size: a whole number from 1 to ${most}, received 1.5`,
  ],
  [() => learning({ sizes: [2, 2], level: 0.9 }), 'Curve.learningCurve: expected sizes that ascend, received 2, 2'],
  [
    () => learning({ sizes: [2, 4], level: 0.9 }),
    'Curve.learningCurve: expected at most as many rows as every fold trains on, 3, received 4',
  ],
  [() => learning({ sizes: [3], level: 0.9 }), 'a result'],
  [() => learning({ sizes: [2], level: 1 }), 'Curve.learningCurve: expected a level between 0 and 1, received 1'],
  [
    () => learning({ sizes: [2], level: 0.9, seed: 1 }),
    'Curve.learningCurve: expected no field but sizes, level, received "seed"',
  ],
  [
    () => learning({ sizes: [2], level: 0.9 }, fine, folds.slice(0, 1)),
    `Curve.learningCurve: expected folds: a whole number from 2 to ${most}, received 1`,
  ],
  [
    () => learning({ sizes: [2], level: 0.9 }, nan),
    '2 rows, fold 0: Curve.learningCurve, validation: expected a finite error, received NaN',
  ],
  [() => learning({ sizes: [2], level: 0.9 }, failing), '2 rows, fold 0: fit: expected a finite loss, received NaN'],
  [
    () => Curve.validationCurve({ values: [], level: 0.9 })(fine)(folds),
    `Curve.validationCurve: expected values: a whole number from 1 to ${most}, received 0`,
  ],
  [
    () => Curve.validationCurve({ values: [1], level: 0.9 })(fine)([]),
    `Curve.validationCurve: expected folds: a whole number from 2 to ${most}, received 0`,
  ],
  [
    () => Curve.validationCurve({ values: [1], level: Number.NaN })(fine)(folds),
    'Curve.validationCurve: expected a level between 0 and 1, received NaN',
  ],
  [
    () => Curve.validationCurve(JSON.parse('{"values":[1],"level":0.9,"folds":5}'))(fine)(folds),
    'Curve.validationCurve: expected no field but values, level, received "folds"',
  ],
  [
    () => Curve.validationCurve({ values: [{ rate: 0.1 }], level: 0.9 })(nan)(folds),
    'value {"rate":0.1}, fold 0: Curve.validationCurve, validation: expected a finite error, received NaN',
  ],
  [
    () => Curve.validationCurve({ values: ['a'], level: 0.9 })((_, __, i) => (i === 1 ? failing() : fine()))(folds),
    'value "a", fold 1: fit: expected a finite loss, received NaN',
  ],
  [
    () => Curve.seedCurve({ values: [1], runs: 1, level: 0.9 })(fine)(key),
    `Curve.seedCurve: expected runs: a whole number from 2 to ${most}, received 1`,
  ],
  [
    () => Curve.seedCurve({ values: [], runs: 2, level: 0.9 })(fine)(key),
    `Curve.seedCurve: expected values: a whole number from 1 to ${most}, received 0`,
  ],
  [
    () => Curve.seedCurve({ values: [1], runs: 2, level: 0 })(fine)(key),
    'Curve.seedCurve: expected a level between 0 and 1, received 0',
  ],
  [
    () => Curve.seedCurve(JSON.parse('{"values":[1],"runs":2,"level":0.9,"seeds":3}'))(fine)(key),
    'Curve.seedCurve: expected no field but values, runs, level, received "seeds"',
  ],
  [
    () => Curve.seedCurve({ values: [1], runs: 2, level: 0.9 })((_, __, run) => (run === 1 ? nan() : fine()))(key),
    'value 1, run 1: Curve.seedCurve, validation: expected a finite error, received NaN',
  ],
  [
    () => Curve.seedCurve({ values: [1], runs: 2, level: 0.9 })(() => E.right({ train: 1 / 0, validation: 0 }))(key),
    'value 1, run 0: Curve.seedCurve, train: expected a finite error, received Infinity',
  ],
  [() => Curve.lowest([]), 'Curve.lowest: expected at least one point, received none'],
]);

const zero = (_train: readonly number[], rows: readonly number[]) => E.right(rows.map(() => 0));
const twice = [
  { train: [0, 0], validation: [1] },
  { train: [0, 0], validation: [1] },
  { train: [1, 1], validation: [0] },
];

const parts = saying('parts', 'refuse predictions that tell nothing of bias and variance', [
  [() => Curve.outOfBag(zero)(0)(twice), `Curve.outOfBag: expected rows: a whole number from 1 to ${most}, received 0`],
  [() => Curve.outOfBag(zero)(1)(twice), 'Curve.outOfBag: expected resamples of 1 rows, received row 1'],
  [
    () => Curve.outOfBag(zero)(2)([{ train: [0.5], validation: [1] }]),
    'Curve.outOfBag: expected resamples of 2 rows, received row 0.5',
  ],
  [
    () => Curve.outOfBag(zero)(2)([{ train: [-1], validation: [1] }]),
    'Curve.outOfBag: expected resamples of 2 rows, received row -1',
  ],
  [
    () => Curve.outOfBag(zero)(2)(twice),
    'Curve.outOfBag: expected resamples enough that each row is left out of at least 2, received 3 resamples, of which 1 leave out row 0',
  ],
  [
    () => Curve.outOfBag((_, __, index) => E.right(index === 1 ? [] : [0]))(2)(twice),
    'resample 1: Curve.outOfBag: expected 1 predictions, received 0',
  ],
  [() => Curve.outOfBag(failing)(2)(twice), 'resample 0: fit: expected a finite loss, received NaN'],
  [
    () => Curve.biasVariance([])([]),
    `Curve.biasVariance: expected targets: a whole number from 1 to ${most}, received 0`,
  ],
  [
    () => Curve.biasVariance([1, 2])([[1, 2]]),
    'Curve.biasVariance: expected predictions of 2 rows, one a target, received 1',
  ],
  [() => Curve.biasVariance([1])([[2]]), 'Curve.biasVariance, row 0: expected at least 2 predictions, received 1'],
  [
    () => Curve.biasVariance([1])([[2, Number.NaN]]),
    'Curve.biasVariance, row 0: expected a finite number, received NaN',
  ],
  [
    () => Curve.biasVariance([1 / 0])([[2, 2]]),
    'Curve.biasVariance, target 0: expected a finite number, received Infinity',
  ],
  [
    () => Curve.biasVariance([0])([[1e200, -1e200]]),
    'Curve.biasVariance: expected numbers whose squares f64 can hold, received larger ones',
  ],
  [
    () => Curve.zeroOneBiasVariance([0.5])([[0, 1]]),
    'Curve.zeroOneBiasVariance, target 0: expected a label that is a whole number from 0, received 0.5',
  ],
  [
    () => Curve.zeroOneBiasVariance([0])([[0, -1]]),
    'Curve.zeroOneBiasVariance, row 0: expected a label that is a whole number from 0, received -1',
  ],
]);

const inputs = generate('f64', [4, 2], (i) => i);
const importance = (options: unknown, error: () => E.Either<never, number> = () => E.right(0), of = inputs) =>
  Curve.permutationImportance(JSON.parse(JSON.stringify(options)))(error)(key)(of);
const where = 'Curve.permutationImportance';

const importances = saying('importances', 'refuse what has no importance', [
  [
    () => importance({ repeats: 1, level: 0.9 }),
    `${where}: expected repeats: a whole number from 2 to ${most}, received 1`,
  ],
  [() => importance({ repeats: 2, level: 2 }), `${where}: expected a level between 0 and 1, received 2`],
  [
    () => importance({ repeats: 2, level: 0.9, group: [] }),
    `${where}: expected no field but repeats, level, groups, received "group"`,
  ],
  [
    () => importance({ repeats: 2, level: 0.9, groups: [[0], [2]] }),
    `${where}: expected columns from 0 to 1, received column 2`,
  ],
  [
    () => importance({ repeats: 2, level: 0.9, groups: [[0], []] }),
    `${where}: expected groups of at least one column, received group 1`,
  ],
  [
    () => importance({ repeats: 2, level: 0.9, groups: [] }),
    `${where}: expected groups of at least one column, received no group`,
  ],
  [
    () => importance({ repeats: 2, level: 0.9 }, () => E.right(0), zeros('f64', [1, 2])),
    `${where}: expected inputs of shape [rows ≥ 2, features ≥ 1], received [1,2]`,
  ],
  [
    () => importance({ repeats: 2, level: 0.9 }, () => E.right(0), zeros('f64', [4])),
    `${where}: expected inputs of shape [rows ≥ 2, features ≥ 1], received [4]`,
  ],
  [
    () => importance({ repeats: 2, level: 0.9 }, () => E.right(Number.NaN)),
    `inputs as they are: ${where}: expected a finite error, received NaN`,
  ],
  [
    () => {
      let asked = 0;
      return importance({ repeats: 2, level: 0.9 }, () => E.right(asked++ === 2 ? 1 / 0 : 0));
    },
    `columns 0, repeat 1: ${where}: expected a finite error, received Infinity`,
  ],
]);

/** What is refused. */
export const curveMistakes: LawSet = lawSet('mistakes', [curves, parts, importances]);
