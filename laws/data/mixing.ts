/** The laws of mixup. */
import * as fc from 'fast-check';
import * as Data from '../../src/data/index.ts';
import { mixup, symmetricBeta } from '../../src/data/mixup.ts';
import { unitRoundoff } from '../../src/scalar/dtype.ts';
import { foldIn, fromSeed, type Key, normal, permutation, split, uniform } from '../../src/tensor/key.ts';
import { generate, type Tensor, toArray, toRows } from '../../src/tensor/tensor.ts';
import { keys } from '../arbitrary/keys.ts';
import { dtypes } from '../arbitrary/tensors.ts';
import { all, holds, type Law, type LawSet, law, lawOf, lawSet, same, sameTensor, type Verdict } from '../law.ts';
import { augment } from '../pack/augment.ts';

const DRAWS = 4096;

const drawn = (alpha: number, key: Key): readonly number[] =>
  Array.from({ length: DRAWS }, (_, i) => symmetricBeta(alpha)(foldIn(i)(key)));

/** Within [0, 1] the mean of n numbers strays by more than t with probability at most 2·exp(−2nt²) (Hoeffding 1963): 1e-10. */
const STRAY = Math.sqrt(Math.log(2e10) / (2 * DRAWS));

const meanOf = (x: readonly number[]): number => x.reduce((sum, a) => sum + a / x.length, 0);

/** E λᵏ of Beta(α, α): Π (α + i)/(2α + i), i < k. */
const moment = (alpha: number, k: number): number =>
  Array.from({ length: k }, (_, i) => (alpha + i) / (2 * alpha + i)).reduce((a, b) => a * b, 1);

const moments: Law = law(
  'parts are drawn from Beta(α, α)',
  `over ${DRAWS} draws in [0, 1], the first four moments are those of the distribution`,
  fc.tuple(fc.constantFrom(0.05, 0.2, 0.5, 1, 2, 8), keys),
  ([alpha, key]) => {
    const draws = drawn(alpha, key);
    return all(
      holds(
        draws.every((x) => x >= 0 && x <= 1),
        'numbers in [0, 1]',
        `${draws.find((x) => !(x >= 0 && x <= 1))}`,
      ),
      ...[1, 2, 3, 4].map((k): Verdict => {
        const [expected, received] = [moment(alpha, k), meanOf(draws.map((x) => x ** k))];
        return Math.abs(expected - received) <= STRAY
          ? undefined
          : { expected: `${expected}`, received: `${received}`, where: `moment ${k}`, tolerance: `${STRAY}: chance` };
      }),
    );
  },
  { runs: 6 },
);

/** Beta(1, 1) is uniform, and Beta(½, ½) has the distribution function (2/π)·arcsin √x: within ε everywhere but for a
 * probability of 2·exp(−2nε²) (Dvoretzky, Kiefer and Wolfowitz, with Massart's constant). */
const distribution: Law = law(
  'two distributions of parts',
  'α = 1 is uniform and α = ½ the arcsine law, at every point',
  fc.tuple(fc.constantFrom(0.5, 1), keys),
  ([alpha, key]) => {
    const sorted = [...drawn(alpha, key)].sort((a, b) => a - b);
    const below = (x: number): number => (alpha === 1 ? x : (2 / Math.PI) * Math.asin(Math.sqrt(x)));
    const off = sorted.reduce((most, x, i) => Math.max(most, Math.abs((i + 0.5) / DRAWS - below(x))), 0);
    return holds(off <= STRAY + 1 / DRAWS, `within ${STRAY}`, `${off} away`);
  },
  { runs: 4 },
);

const NONE = fromSeed(0);

/** log X for X of the gamma distribution, by Marsaglia and Tsang for shape + 1 and U^(1/shape), in the host's arithmetic. */
const logGamma = (shape: number, key: Key): number => {
  const d = shape + 1 - 1 / 3;
  for (let attempt = 0; attempt < 1000; attempt++) {
    const [forNormal = key, forUniform = key] = split(2)(foldIn(attempt)(key));
    const [x = NaN] = toArray(normal([], 'f64')(forNormal));
    const [once = NaN, twice = NaN] = toArray(uniform([2], 'f64')(forUniform));
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - once) < (x * x) / 2 + d - d * v + d * Math.log(v))
      return Math.log(d * v) + Math.log(1 - twice) / shape;
  }
  return NaN;
};

const transcribed: Law = lawOf(
  'parts are those of the words of the key',
  'Marsaglia and Tsang’s gamma draws of the key’s two halves, so parts are as they were in every version; of 300 keys some ' +
    'are of every kind that is drawn again',
  [0.05, 0.2, 0.5, 1, 2, 8],
  (alpha) =>
    all(
      ...Array.from({ length: 300 }, (_, seed) => {
        const [first = NONE, second = NONE] = split(2)(fromSeed(seed));
        const expected = 1 / (1 + Math.exp(logGamma(alpha, second) - logGamma(alpha, first)));
        const received = symmetricBeta(alpha)(fromSeed(seed));
        // Logarithms are of at most 37/0.05 = 740, some ten operations each within u or 2u of such a number: the exponent is
        // off by less than 2·20·740·u, and the part by a quarter of that: 1e-12.
        return holds(Math.abs(expected - received) <= 1e-12, `${expected} ± 1e-12`, `${received}`, `seed ${seed}`);
      }),
    ),
);

const formula: Law = law(
  'rows are mixed as the formula says',
  'λx + (1 − λ)x′, of numbers of f64 rounded once, for the λ and the order of the key’s two halves',
  fc.record({ key: keys, dtype: dtypes, rows: fc.integer({ min: 1, max: 6 }), alpha: fc.constantFrom(0.2, 1, 4) }),
  ({ key, dtype, rows, alpha }) => {
    const batch = {
      inputs: normal([rows, 2, 3], dtype)(foldIn(1)(key)),
      targets: normal([rows, 1], dtype)(foldIn(2)(key)),
      weights: normal([rows], dtype)(foldIn(3)(key)),
    };
    const [forPart = key, forOrder = key] = split(2)(key);
    const part = symmetricBeta(alpha)(forPart);
    const order = permutation(rows)(forOrder);
    const made = mixup({ alpha })(key)(batch);
    return all(
      ...(['inputs', 'targets', 'weights'] as const).map((name) => {
        const { shape, data } = batch[name];
        const width = data.length / rows;
        const expected = generate(dtype, shape, (i) => {
          const from = (order[Math.floor(i / width)] ?? NaN) * width + (i % width);
          return part * (data[i] ?? NaN) + (1 - part) * (data[from] ?? NaN);
        });
        return sameTensor(expected, made[name] ?? batch[name], name);
      }),
      same(undefined, mixup({ alpha })(key)({ inputs: batch.inputs, targets: batch.targets }).weights, 'no weights'),
    );
  },
  { runs: 40 },
);

const sums = (x: Tensor): readonly number[] => {
  const rows = toRows(x);
  return (rows[0] ?? []).map((_, j) => rows.reduce((sum, row) => sum + (row[j] ?? NaN), 0));
};

const total: Law = law(
  'every row counts once',
  'the rows that are mixed in are a random order of the batch: sums over the rows stay as they were',
  fc.record({
    key: keys,
    dtype: dtypes,
    rows: fc.integer({ min: 1, max: 12 }),
    alpha: fc.constantFrom(0.2, 1, 4),
  }),
  ({ key, dtype, rows, alpha }) => {
    const batch = {
      inputs: normal([rows, 2, 2], dtype)(foldIn(1)(key)),
      targets: normal([rows, 3], dtype)(foldIn(2)(key)),
      weights: generate(dtype, [rows], (i) => 1 + i),
    };
    const mixed = mixup({ alpha })(key)(batch);
    // Each number is rounded once where it is made; the sums here are of f64.
    const allowed = (x: Tensor): number =>
      2 * unitRoundoff(x.dtype) * Array.from(x.data).reduce((sum, a) => sum + Math.abs(a), 1e-300) + rows * 2 ** -48;
    return all(
      ...(['inputs', 'targets', 'weights'] as const).map((name) => {
        const [before, after] = [sums(batch[name]), sums(mixed[name] ?? batch[name])];
        return all(
          ...before.map((x, j) =>
            holds(
              Math.abs(x - (after[j] ?? NaN)) <= allowed(batch[name]) + allowed(mixed[name] ?? batch[name]),
              `${x}`,
              `${after[j]}`,
              `${name}, column ${j}`,
            ),
          ),
        );
      }),
    );
  },
  { runs: 60 },
);

const refused: Law = lawOf('an α that is none', 'throws, naming it', [0, -1, NaN, Infinity], (alpha): Verdict => {
  try {
    Data.mixup({ alpha });
    return { expected: 'an error', received: 'none' };
  } catch (thrown) {
    return holds(
      String(thrown).includes(`Data.mixup: ${alpha} is not an α`),
      `an error that names ${alpha}`,
      String(thrown),
    );
  }
});

const usual: Law = lawOf('α unless told', 'is 0.2', [1, 2, 3], (seed) => {
  const x = normal([4, 2])(fromSeed(seed));
  const [told, untold] = [Data.mixup({ alpha: 0.2 }), Data.mixup()].map((of) =>
    of(fromSeed(seed))({ inputs: x, targets: x }),
  );
  return same(JSON.stringify(told?.inputs.data), JSON.stringify(untold?.inputs.data));
});

export const mixingLaws: LawSet = lawSet(
  'mixup',
  [transcribed, formula, moments, distribution, total, refused, usual],
  [0.2, 1, 4].map((alpha) => augment(mixup({ alpha }), { mixes: true, name: `mixup ${alpha} as anybody’s`, runs: 20 })),
);
