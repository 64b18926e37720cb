/** Laws of what is estimated from folds: the bootstrap's errors and what an error is made of. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as Fold from '../../src/search/fold/index.ts';
import { failure } from '../../src/tensor/failure.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { right } from '../data/helpers.ts';
import { all, holds, type LawSet, law, lawSet, same, type Verdict } from '../law.ts';

const seeds = fc.nat(2 ** 31 - 1);
const wrong = (target: number, prediction: number): number => (target === prediction ? 0 : 1);

const near = (expected: number, received: number, where: string): Verdict =>
  // Means of fewer than a thousand numbers of at most 1.
  holds(Math.abs(expected - received) <= 1e-12, `${expected}`, `${received}`, where);

/** A rule that says of a row what it was taught of it, and 0 of any other. */
const byHeart =
  (targets: readonly number[]) =>
  (train: readonly number[], rows: readonly number[]): E.Either<never, readonly number[]> =>
    E.right(rows.map((row) => (train.includes(row) ? (targets[row] ?? 0) : 0)));

const heart = law(
  'bootstrap-by-heart',
  'what learns rows by heart errs on none of its own and out of the bag on all that are not 0; by chance it would err on as many as targets differ',
  fc.tuple(fc.array(fc.nat(3), { minLength: 8, maxLength: 20 }), seeds),
  ([targets, seed]) =>
    right(Fold.bootstrap(100)(fromSeed(seed))(targets.length), (resamples) =>
      right(Fold.bootstrapError({ targets, loss: wrong, predict: byHeart(targets) })(resamples), (errors) => {
        const n = targets.length;
        const different = targets.flatMap((a) => targets.map((b) => wrong(a, b))).reduce((sum, x) => sum + x, 0);
        return all(
          near(0, errors.apparent, 'apparent'),
          near(targets.filter((y) => y !== 0).length / n, errors.outOfBag, 'out of the bag'),
          near(different / (n * n), errors.noInformation, 'no information'),
        );
      }),
    ),
  // A row is in all of 100 resamples with probability below 20·0.74¹⁰⁰ = 2e-12 (n = 8: 1 − (7/8)⁸ = 0.66).
  { runs: 20 },
);

const perRow = law(
  'bootstrap-per-row',
  'the out-of-bag error is the mean over rows of their means, not of all losses: it does not ask how often a row was left out',
  fc.tuple(fc.integer({ min: 2, max: 6 }), seeds),
  ([rows, seed]) =>
    right(Fold.bootstrap(300)(fromSeed(seed))(rows), (resamples) => {
      // Each row costs its own number wherever it is left out: so its mean is that, however often it was.
      const targets = Array.from({ length: rows }, (_, row) => row);
      return right(
        Fold.bootstrapError({
          targets,
          loss: (target) => target,
          predict: (_train, of) => E.right(of.map(() => 0)),
        })(resamples),
        ({ outOfBag }) => near((rows - 1) / 2, outOfBag, 'out of the bag'),
      );
    }),
  { runs: 20 },
);

const rule = { targets: [0, 1, 0, 1], loss: wrong, predict: byHeart([0, 1, 0, 1]) };
const halves = [
  { train: [0, 0, 1, 1], validation: [2, 3] },
  { train: [2, 2, 3, 3], validation: [0, 1] },
];

const trained = law(
  'bootstrap-training',
  'the rule is taught every resample by its number, with rows drawn twice there twice, and at last all rows',
  fc.constant(0),
  () => {
    const seen: string[] = [];
    const result = Fold.bootstrapError({
      ...rule,
      predict: (train, rows, index) => {
        seen.push(`${index}: ${train} | ${rows}`);
        return rule.predict(train, rows);
      },
    })(halves);
    return all(
      same('0: 0,0,1,1 | 2,3; 1: 2,2,3,3 | 0,1; 2: 0,1,2,3 | 0,1,2,3', seen.join('; ')),
      right(result, ({ outOfBag, noInformation, overfitting, weight, estimate632, estimate632Plus }) =>
        // Left out, each of the two ones is called 0; by chance half of all is wrong: R̂ = 1.
        all(
          near(0.5, outOfBag, 'out of the bag'),
          near(0.5, noInformation, 'no information'),
          near(1, overfitting, 'overfitting'),
          near(1, weight, 'weight'),
          near(0.316, estimate632, '.632'),
          near(0.5, estimate632Plus, '.632+'),
        ),
      ),
    );
  },
  { runs: 1 },
);

const rates = fc.integer({ min: 0, max: 1024 }).map((n) => n / 1024);
const errorRates = fc.record({
  optimal: rates,
  train: rates,
  trainingDevelopment: rates,
  testDevelopment: rates,
  test: rates,
});

const gaps = law(
  'gaps-add-up',
  'the four gaps are all that the test error is above the optimal one, each between the two rates that it is named for',
  errorRates,
  (errors) =>
    right(Fold.diagnose(errors), (diagnosis) =>
      all(
        // Multiples of 2⁻¹⁰: nothing is rounded.
        same(
          errors.test - errors.optimal + 0,
          diagnosis.avoidableBias + diagnosis.variance + diagnosis.mismatch + diagnosis.developmentOverfitting + 0,
          'sum',
        ),
        same(errors.train, errors.optimal + diagnosis.avoidableBias, 'train'),
        same(errors.trainingDevelopment, errors.train + diagnosis.variance, 'training development'),
        same(errors.testDevelopment, errors.trainingDevelopment + diagnosis.mismatch, 'test development'),
        same(errors.test, errors.testDevelopment + diagnosis.developmentOverfitting, 'test'),
      ),
    ),
);

const findings = law(
  'findings',
  'every gap that is not 0 is advised on, the largest first, and each way another advice is given',
  errorRates,
  (errors) =>
    right(Fold.diagnose(errors), ({ findings, ...amounts }) => {
      const sizes = findings.map(({ amount }) => Math.abs(amount));
      return all(
        same(Object.values(amounts).filter((amount) => amount !== 0).length, findings.length, 'gaps that are not 0'),
        ...findings.map(({ gap, amount, advice }, i) =>
          all(
            same(amounts[gap], amount, gap),
            holds(i === 0 || (sizes[i - 1] ?? 0) >= (sizes[i] ?? 0), 'the largest first', `${sizes}`),
            holds(advice.length > 40, 'advice', advice),
            right(
              Fold.diagnose({
                optimal: 1 - errors.optimal,
                train: 1 - errors.train,
                trainingDevelopment: 1 - errors.trainingDevelopment,
                testDevelopment: 1 - errors.testDevelopment,
                test: 1 - errors.test,
              }),
              (mirrored) =>
                holds(
                  mirrored.findings.find((other) => other.gap === gap)?.advice !== advice,
                  'other advice of the opposite gap',
                  advice,
                ),
            ),
          ),
        ),
      );
    }),
);

const chance = law(
  'gaps-by-chance',
  'with numbers of rows a gap is advised on where it is more than two standard errors from 0',
  fc.tuple(errorRates, fc.integer({ min: 1, max: 5000 })),
  ([errors, n]) => {
    const rows = { train: n, trainingDevelopment: n, testDevelopment: 2 * n, test: 3 * n };
    const variance = (p: number, count: number): number => (p * (1 - p)) / count;
    const expected = [
      ['avoidableBias', errors.train - errors.optimal, variance(errors.train, n)],
      [
        'variance',
        errors.trainingDevelopment - errors.train,
        variance(errors.train, n) + variance(errors.trainingDevelopment, n),
      ],
      [
        'mismatch',
        errors.testDevelopment - errors.trainingDevelopment,
        variance(errors.trainingDevelopment, n) + variance(errors.testDevelopment, 2 * n),
      ],
      [
        'developmentOverfitting',
        errors.test - errors.testDevelopment,
        variance(errors.testDevelopment, 2 * n) + variance(errors.test, 3 * n),
      ],
    ] as const;
    // Within rounding of the bound either answer will do.
    const sure = expected.filter(([, gap, v]) => Math.abs(gap * gap - 4 * v) > 1e-12);
    return right(Fold.diagnose(errors, rows), ({ findings: found }) =>
      all(
        ...sure.map(([name, gap, v]) => {
          const finding = found.find((one) => one.gap === name);
          return all(
            same(gap * gap > 4 * v, finding !== undefined, name),
            finding === undefined
              ? undefined
              : near(Math.sqrt(v), finding.standardError ?? Number.NaN, `error of ${name}`),
          );
        }),
      ),
    );
  },
);

const failing = law(
  'cross-validation-fails-with-its-fit',
  'the failure of a fit is that of the whole, with the number of its fold, and no later fold is fitted',
  fc.integer({ min: 2, max: 9 }).chain((folds) => fc.tuple(fc.constant(folds), fc.nat(folds - 1))),
  ([folds, at]) => {
    let fitted = 0;
    const parts = Array.from({ length: folds }, (_, k) => ({ train: [k + 1], validation: [k] }));
    const result = Fold.crossValidate((_fold, index) => {
      fitted++;
      return index === at ? E.left(failure('diverged', 'fit', 'a finite loss', 'NaN')) : E.right(1);
    })(parts);
    return E.isRight(result)
      ? holds(false, 'a failure', 'a result')
      : all(
          same(`fold ${at}: fit`, result.left.where),
          same('diverged', result.left.tag),
          same(at + 1, fitted, 'folds that were fitted'),
        );
  },
  { runs: 20 },
);

/** The laws of errors. */
export const errorLaws: LawSet = lawSet('errors', [heart, perRow, trained, gaps, findings, chance, failing]);
