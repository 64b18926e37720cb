/** Laws of how laws are run: none holds because nothing was tried, and a failure can be had again from what it prints. */
import * as fc from 'fast-check';
import * as Schedule from '../../src/optimizer/schedule/index.ts';
import { augment } from '../pack/augment.ts';
import { fold } from '../pack/fold.ts';
import { interval } from '../pack/interval.ts';
import { metric } from '../pack/metric.ts';
import { scaler } from '../pack/scaler.ts';
import { schedule } from '../pack/schedule.ts';
import { saying } from '../reach/said.ts';
import { check } from './check.ts';
import { law, lawOf } from './law.ts';
import { register } from './register.ts';
import { lawSet } from './set.ts';
import { all, same } from './verdict.ts';

const small = law('small', 'n < 100', fc.nat(), (n) => same(true, n < 100));
const odd = lawOf('odd', 'is odd', [1, 2, 3], (n) => same(1, n % 2));
const set = lawSet(
  'numbers',
  [small],
  [lawSet('inner', [odd, lawOf('whole', 'is whole', [1], (n) => same(0, n % 1))])],
);
const constant = Schedule.constant({ value: 1 });
const runner = { describe: (_: string, body: () => void) => body(), it: (_: string, body: () => void) => body() };

const coverage = { count: 3, of: (level: number) => level, within: 0, samples: 20_000 };
const METRICS = 'accuracy, confusionMatrix, rocAuc, logLoss, r2, calibration, calibrationCurve, residuals, mean';

const refused = saying('what would try nothing', 'is refused in words, when a law is made or run', [
  [
    () => law('never', 'n = n + 1', fc.nat(), (n) => same(n, n + 1), { runs: Number.NaN }),
    'law "never": its number of samples (runs) is a whole number of at least 1, not NaN',
  ],
  [
    () => law('never', 'n = n + 1', fc.nat(), (n) => same(n, n + 1), { runs: 0 }),
    'law "never": its number of samples (runs) is a whole number of at least 1, not 0',
  ],
  [
    () => law('never', 'n = n + 1', fc.nat(), (n) => same(n, n + 1), { runs: 2.5 }),
    'law "never": its number of samples (runs) is a whole number of at least 1, not 2.5',
  ],
  [() => check(set, { multiplier: Number.NaN }), 'laws: a multiplier is a finite number above 0, not NaN'],
  [() => check(set, { multiplier: 0 }), 'laws: a multiplier is a finite number above 0, not 0'],
  [() => odd.check({ multiplier: -1 }), 'laws: a multiplier is a finite number above 0, not -1'],
  [
    () => check(set, { multiplier: Number.POSITIVE_INFINITY }),
    'laws: a multiplier is a finite number above 0, not Infinity',
  ],
  [() => check(set, { seed: 0.5 }), 'laws: a seed is a whole number, not 0.5'],
  [() => odd.check({ seed: Number.NaN }), 'laws: a seed is a whole number, not NaN'],
  [
    () => schedule(constant, { runs: Number.NaN }),
    'law "rates": its number of samples (runs) is a whole number of at least 1, not NaN',
  ],
  [() => augment((_key) => (batch) => batch, { dtypes: [] }), 'laws: the formats (dtypes) are one at least, not none'],
  [() => schedule(constant, { tolerance: Number.NaN }), 'laws: a tolerance is a finite number above 0, not NaN'],
  [() => schedule(constant, { tolerance: 0 }), 'laws: a tolerance is a finite number above 0, not 0'],
  ...[
    ['count', 0, 'a whole number of at least 1'],
    ['count', 1.5, 'a whole number of at least 1'],
    ['samples', 0, 'a whole number of at least 100'],
    ['samples', 200.5, 'a whole number of at least 100'],
    ['within', 2, 'a number from 0 to below 0.5'],
    ['within', Number.NaN, 'a number from 0 to below 0.5'],
    ['truth', Number.POSITIVE_INFINITY, 'a finite number'],
  ].map(
    ([field, value, expected]) =>
      [
        () => interval({ of: () => undefined, coverage: { ...coverage, [`${field}`]: value } }),
        `laws.interval: coverage.${field} is ${expected}, not ${value}`,
      ] as const,
  ),
  [
    () => interval({ of: () => undefined, coverage: { ...coverage, of: () => Number.NaN } }),
    'laws.interval: coverage.of(0.5) is a chance from 0 to 1, not NaN',
  ],
  [
    () => metric({ kind: 'calibration', of: () => 1, bins: 5 }),
    'laws.metric: bins are an even number from 4 to 400, not 5',
  ],
  [() => metric(JSON.parse('{"kind":"foo"}')), `laws.metric: the kind is one of ${METRICS}, not "foo"`],
  [() => fold(JSON.parse('{"kind":"foo"}')), 'laws.fold: the kind is one of partition, random, time, not "foo"'],
  [
    () => scaler(JSON.parse('{"to":{"kind":"foo"}}')),
    'laws.scaler: the kind is one of any, standardise, minMax, not "foo"',
  ],
  [
    () => check(set, { only: 'even' }),
    'laws: "numbers" has no law "even"; it has numbers / small, numbers / inner / odd, numbers / inner / whole',
  ],
  [
    () => register(runner, { only: 'even' })(set),
    'laws: "numbers" has no law "even"; it has numbers / small, numbers / inner / odd, numbers / inner / whole',
  ],
  [
    () => check(set, { path: 'case 1' }),
    'laws: a path is of one law, to be named with "only": one of numbers / small, numbers / inner / odd, numbers / inner / whole',
  ],
  [
    () => check(set, { only: 'odd', path: 'case 3' }),
    'law "odd": there is no sample at path "case 3" for seed 1: a path is of one law and one seed',
  ],
  [
    () => check(set, { only: 'small', path: 'case 1' }),
    'law "small": there is no sample at path "case 1" for seed 1: a path is of one law and one seed',
  ],
]);

const chosen = lawOf<readonly [string | undefined, string]>(
  'one law of a set',
  'is tried by its name, or by its names with those of the sets around it',
  [
    [undefined, 'small,odd,whole'],
    ['odd', 'odd'],
    ['numbers / inner / whole', 'whole'],
    ['numbers / small', 'small'],
  ],
  ([only, names]) => {
    const options = only === undefined ? {} : { only };
    const heard: string[] = [];
    const it = (name: string): unknown => heard.push(name);
    register({ ...runner, it }, options)(set);
    return all(
      same(
        names,
        check(set, options)
          .map(({ law: each }) => each.name)
          .join(),
      ),
      same(names, heard.join()),
    );
  },
);

const replayed = law(
  'a failure again',
  'its law, seed and path try the sample that it was shrunk to, and no other',
  fc.record({ seed: fc.integer(), only: fc.constantFrom('small', 'odd') }),
  ({ seed, only }) => {
    const [first] = check(set, { seed, only, multiplier: 20 });
    if (first?.outcome.tag !== 'failed') return { expected: 'a failure', received: first?.outcome.tag ?? 'nothing' };
    const { path, counterexample, expected, received } = first.outcome.failure;
    const [again] = check(set, { seed, only, path });
    return again?.outcome.tag === 'failed'
      ? all(
          same(counterexample, again.outcome.failure.counterexample),
          same(expected, again.outcome.failure.expected),
          same(received, again.outcome.failure.received),
        )
      : { expected: 'the failure again', received: again?.outcome.tag ?? 'nothing' };
  },
  { runs: 20 },
);

export const runningLaws = lawSet('running', [refused, chosen, replayed]);
