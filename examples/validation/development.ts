/** Two development sets: four networks, each with another fault, and what the gaps say of each. */
import { Data, Fold, Interval, type Key, Tensor } from 'nabla-ts';
import { errorRate, keysOf, learn, own, type Rows, range, sure, take } from './common.ts';

/** Two spirals, turned by an angle. */
const spirals =
  (perClass: number, quarter: number) =>
  (key: Key.Key): Rows => {
    const { inputs, targets } = Data.spirals({ perClass, noise: 0.06, turns: 1 })(key);
    // A turn by `quarter` quarters, by its sine and cosine to second order made exact: (1 − t², 2t)/(1 + t²).
    const t = 0.4142 * quarter;
    const [c, s] = [(1 - t * t) / (1 + t * t), (2 * t) / (1 + t * t)];
    return {
      inputs: Tensor.generate('f32', inputs.shape, (i) => {
        const row = i - (i % 2);
        const [x = 0, y = 0] = [inputs.data[row], inputs.data[row + 1]];
        return i % 2 === 0 ? c * x - s * y : s * x + c * y;
      }),
      targets: Tensor.toArray(targets),
    };
  };

export interface Case {
  readonly name: string;
  readonly width: number;
  readonly epochs: number;
  /** Rows of each class of the training kind and of the test kind. */
  readonly training: number;
  readonly test: number;
  /** The fraction of the test kind that the second development set gets. */
  readonly developed: number;
  /** By how much of a quarter of a circle the test kind is turned. */
  readonly turned: number;
  /** How many networks are tried; the one with the least error on the second development set is kept. */
  readonly tries: number;
}

const good: Case = {
  name: 'none of these',
  width: 32,
  epochs: 400,
  training: 400,
  test: 400,
  developed: 0.5,
  turned: 0,
  tries: 1,
};

export const cases: readonly Case[] = [
  { ...good, name: 'a straight line', width: 0 },
  { ...good, name: '24 rows to learn from', training: 30 },
  { ...good, name: 'a turned picture', turned: 0.5 },
  { ...good, name: 'the best of 100 on 16 rows', width: 8, epochs: 15, developed: 0.02, tries: 100 },
  good,
];

const GAPS = ['avoidableBias', 'variance', 'mismatch', 'developmentOverfitting'] as const;

/** The diagnosis of a case by a key. */
export const diagnosed = (
  { width, epochs, training, test, developed, turned, tries }: Case,
  key: Key.Key,
): Fold.Diagnosis => {
  const first = spirals(training, 0)(own(key, 0));
  const second = spirals(test, turned)(own(key, 1));
  const sets = sure(
    Fold.developmentSets({ trainingDevelopment: training < 100 ? 0.6 : 0.25, testDevelopment: developed })(own(key, 2))(
      {
        training: first.targets.length,
        test: second.targets.length,
      },
    ),
  );
  const parts = {
    train: take(sets.train)(first),
    trainingDevelopment: take(sets.trainingDevelopment)(first),
    testDevelopment: take(sets.testDevelopment)(second),
    test: take(sets.test)(second),
  };
  const found = range(tries).map((i) => {
    const scores = learn({ kind: 'classes', width, epochs })(own(own(key, 3), i))(parts.train);
    const of = ({ inputs, targets }: Rows): number => errorRate(scores(inputs), targets);
    return { of, development: of(parts.testDevelopment) };
  });
  const { of } = found.reduce((least, one) => (one.development < least.development ? one : least));
  return sure(
    Fold.diagnose(
      {
        optimal: 0,
        train: of(parts.train),
        trainingDevelopment: of(parts.trainingDevelopment),
        testDevelopment: of(parts.testDevelopment),
        test: of(parts.test),
      },
      {
        train: parts.train.targets.length,
        trainingDevelopment: parts.trainingDevelopment.targets.length,
        testDevelopment: parts.testDevelopment.targets.length,
        test: parts.test.targets.length,
      },
    ),
  );
};

export interface Gaps {
  readonly name: string;
  readonly gaps: Readonly<Record<Fold.Gap, Interval.Interval>>;
  /** How often each gap was the first finding. */
  readonly first: Readonly<Record<string, number>>;
}

/** Every case over seeds. */
export const development = (seeds: number): readonly Gaps[] =>
  cases.map((one) => {
    const found = keysOf(12, seeds).map((key) => diagnosed(one, key));
    const interval = (gap: Fold.Gap): Interval.Interval => sure(Interval.mean(0.95)(found.map((each) => each[gap])));
    const firsts = found.map(({ findings: [finding] }) => finding?.gap ?? 'nothing');
    return {
      name: one.name,
      gaps: {
        avoidableBias: interval('avoidableBias'),
        variance: interval('variance'),
        mismatch: interval('mismatch'),
        developmentOverfitting: interval('developmentOverfitting'),
      },
      first: Object.fromEntries([...new Set(firsts)].map((gap) => [gap, firsts.filter((each) => each === gap).length])),
    };
  });

export const developmentTable = (found: readonly Gaps[]): string =>
  [
    `| case | ${GAPS.join(' | ')} | first finding |`,
    `|---|${GAPS.map(() => '---').join('|')}|---|`,
    ...found.map(
      ({ name, gaps, first }) =>
        `| ${name} | ${GAPS.map((gap) => `${gaps[gap].estimate.toFixed(3)} (${gaps[gap].low.toFixed(3)} to ${gaps[gap].high.toFixed(3)})`).join(' | ')} | ${Object.entries(
          first,
        )
          .map(([gap, count]) => `${gap} ${count}×`)
          .join(', ')} |`,
    ),
  ].join('\n');
