/**
 * The distributions of draws. Each law compares a statistic of n draws with a bound that chance exceeds with probability
 * below 1e-10 a sample, so below 1e-9 a law (of five samples), and that a fault of the stated size stays within with
 * probability below 1e-6.
 */
import * as fc from 'fast-check';
import * as Key from '../../src/tensor/key.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { keys } from '../arbitrary/keys.ts';
import { all, holds, type Law, type LawSet, law, lawSet, same, type Verdict } from '../law.ts';

const FALSE_ALARM = 1e-10;
const RUNS = 5;

/**
 * Dvoretzky, Kiefer and Wolfowitz (with Massart's constant): the distribution function of n draws is further than ε from
 * the true one with probability at most 2e^(−2nε²), so ε = √(ln(2/α)/2n). For n = 20,000: 0.0244. By the same inequality a
 * distribution that is 0.044 off anywhere is missed with probability below 2e^(−2n·0.0195²) < 1e-6.
 */
const N = 20_000;
const furthest = Math.sqrt(Math.log(2 / FALSE_ALARM) / (2 * N));

const distributed = (draws: Tensor, distribution: (x: number) => number): Verdict => {
  const sorted = Float64Array.from(draws.data).sort();
  const off = sorted.reduce(
    (worst, x, i) => Math.max(worst, Math.abs((i + 1) / N - distribution(x)), Math.abs(i / N - distribution(x))),
    0,
  );
  return holds(off <= furthest, `a distribution function within ${furthest}`, `${off} away`);
};

/**
 * Hoeffding: the mean of n independent numbers within [−1, 1] is further than ε from its expectation with probability at
 * most 2e^(−nε²/2), so ε = √(2·ln(2/α)/n): 0.0487 for n = 20,000; an expectation that is 0.087 off is missed with
 * probability below 1e-6.
 */
const meanBound = (n: number): number => Math.sqrt((2 * Math.log(2 / FALSE_ALARM)) / n);

const centred = (numbers: readonly number[], where: string): Verdict => {
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  return holds(
    Math.abs(mean) <= meanBound(numbers.length),
    `a mean within ${meanBound(numbers.length)} of 0`,
    `${mean}: ${where}`,
  );
};

/** The standard normal distribution function, by Simpson’s rule on 400 intervals over [0, |x|] (error below 1e-7). */
const gaussian = (x: number): number => {
  const end = Math.min(Math.abs(x), 9);
  const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  const half = 200;
  const step = end / (2 * half);
  let sum = density(0) + density(end);
  for (let i = 1; i < 2 * half; i++) sum += (i % 2 === 1 ? 4 : 2) * density(i * step);
  const area = (sum * step) / 3;
  return x < 0 ? 0.5 - area : 0.5 + area;
};

const uniform: Law = law(
  'uniform',
  'numbers on [0, 1), evenly distributed, in multiples of 2⁻²⁴ in f32',
  keys,
  (key) => {
    const [single, double] = [Key.uniform([N])(key), Key.uniform([N], 'f64')(key)];
    const outside = (draws: Tensor): boolean => Array.from(draws.data).some((x) => !(x >= 0 && x < 1));
    return all(
      holds(!outside(single) && !outside(double), 'numbers on [0, 1)', 'one outside'),
      holds(
        Array.from(single.data).every((x) => Number.isInteger(x * 2 ** 24)),
        'multiples of 2⁻²⁴',
        'others',
      ),
      distributed(single, (x) => x),
      distributed(double, (x) => x),
    );
  },
  { runs: RUNS },
);

/** A table of the distribution function, between whose points it is interpolated with an error below 1e-5. */
const table = Array.from({ length: 2401 }, (_, i) => gaussian((i - 1200) / 200));
const tabled = (x: number): number => {
  const at = Math.min(Math.max(200 * x + 1200, 0), 2399.999);
  const i = Math.floor(at);
  return (table[i] ?? NaN) * (i + 1 - at) + (table[i + 1] ?? NaN) * (at - i);
};

const normal: Law = law(
  'normal',
  'numbers with the standard normal distribution function',
  keys,
  (key) => {
    const draws = Key.normal([N], 'f64')(key);
    const single = Key.normal([99])(key);
    return all(
      distributed(draws, tabled),
      ...Array.from(single.data, (x, i) => same(Math.fround(draws.data[i] ?? NaN), x, `draw ${i}, rounded`)),
    );
  },
  { runs: 3 },
);

const bernoulli: Law = law(
  'bernoulli',
  'ones with the given probability',
  fc.tuple(
    keys,
    fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000),
  ),
  ([key, p]) => {
    const draws = Array.from(Key.bernoulli([N], p)(key).data);
    return all(
      holds(
        draws.every((x) => x === 0 || x === 1),
        'zeros and ones',
        'others',
      ),
      centred(
        draws.map((x) => x - p),
        `p = ${p}`,
      ),
    );
  },
  { runs: RUNS },
);

/** Signs of draws: products of independent ones have mean 0. */
const signs = (key: Key.Key): readonly number[] => Array.from(Key.uniform([N])(key).data, (u) => (u < 0.5 ? -1 : 1));
const products = (a: readonly number[], b: readonly number[]): readonly number[] => a.map((x, i) => x * (b[i] ?? NaN));

const independence: Law = law(
  'independence',
  'draws of a key, of its children and of its neighbours, and draws that follow each other, are uncorrelated',
  keys,
  (key) => {
    const own = signs(key);
    const [first = key, second = key] = Key.split(2)(key);
    const other = Key.fromSeed(key.words[0] * 2 ** 32 + key.words[1] + 1);
    return all(
      centred(products(own, signs(first)), 'a key and its first child'),
      centred(products(signs(first), signs(second)), 'two children'),
      centred(products(own, signs(Key.foldIn(0)(key))), 'a key and that for 0'),
      centred(products(signs(Key.foldIn(0)(key)), signs(Key.foldIn(1)(key))), 'those for 0 and 1'),
      centred(products(signs(first), signs(Key.foldIn(0)(key))), 'the first child and that for 0'),
      centred(products(own, signs(other)), 'neighbouring seeds'),
      ...[1, 2, 3].map((lag) => centred(products(own.slice(lag), own.slice(0, -lag)), `${lag} apart`)),
    );
  },
  { runs: 3 },
);

/** How often each of a set of equally likely outcomes may come in n independent draws, by Chernoff's bound: a frequency
 * q of what has probability p has probability at most exp(−n·(q·log(q/p) + (1 − q)·log((1 − q)/(1 − p)))). */
const plausible = (q: number, p: number, n: number, alarm: number): boolean => {
  const information = (q === 0 ? 0 : q * Math.log(q / p)) + (q === 1 ? 0 : (1 - q) * Math.log((1 - q) / (1 - p)));
  return Math.exp(-n * information) > alarm;
};

/**
 * 12,000 permutations of 4, expected 500 times each. Over 24 orders, two sides and three samples the alarm is 1e-12 each:
 * counts outside of 347 to 670. An order that comes half or twice as often as it should has a count of at most 250,
 * or at least 1,000, give or take 5·√1000, so it is missed with probability below 1e-6.
 */
const permutation: Law = law(
  'permutation',
  'every order is as likely as another',
  keys,
  (key) => {
    const n = 12_000;
    const counts = new Map<string, number>();
    for (const child of Key.split(n)(key)) {
      const order = Key.permutation(4)(child).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    return all(
      holds(counts.size === 24, '24 orders', `${counts.size}`),
      ...[...counts].map(([order, count]) =>
        holds(plausible(count / n, 1 / 24, n, 1e-12), `about ${n / 24} of ${order}`, `${count}`),
      ),
    );
  },
  { runs: 3 },
);

export const statisticalLaws: LawSet = lawSet('distributions', [uniform, normal, bernoulli, independence, permutation]);
