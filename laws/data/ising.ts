/**
 * The laws of the Ising sampler: exact enumeration of small lattices, Kaufman's exact partition function of larger ones,
 * and the symmetries. Statistical laws compare a mean over independent chains with Chernoff's bound from the exact
 * distribution: they raise a false alarm where n·I > 31, that is with probability 2·e⁻³¹ = 7e-14 each, below 1e-9 over
 * all of them in a run twenty times as long. A sampler whose mean is wrong by twice the distance at which n·I = 31 is
 * missed as rarely; for the energy of a site that distance is below 0.11 J at every point below. Tried: a coupling wrong by
 * 5 %, a forgotten neighbour, chains that share a key, no coin, and configurations taken after a number of sites instead
 * of clusters; each was caught.
 */
import * as fc from 'fast-check';
import { Ising } from '../../src/data/index.ts';
import { wordStream } from '../../src/data/ising/words.ts';
import { fromSeed, threefry } from '../../src/tensor/key.ts';
import { generate, toRows } from '../../src/tensor/tensor.ts';
import { all, holds, type LawSet, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { logSum, surprise } from './chernoff.ts';
import { enumerated, exact, kaufman, type Level, levelsOf, measured } from './isingExact.ts';
import { wolff, wordsOf } from './wolff.ts';

const ALARM = 31;

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** The mean of a quantity over chains that differ in their keys, held to its exact distribution. */
const likely = (
  n: number,
  name: string,
  values: readonly number[],
  logMoment: (s: number) => number,
  limit: number,
): Verdict => {
  const exponent = n * surprise(logMoment, mean(values), limit);
  const centre = (logMoment(1e-4) - logMoment(-1e-4)) / 2e-4;
  return exponent <= ALARM
    ? undefined
    : {
        expected: `${name} of ${centre}`,
        received: `${mean(values)}`,
        tolerance: `n·I ≤ ${ALARM} (Chernoff, ${n} chains), here ${exponent}`,
      };
};

/** `chains` chains at one temperature, `each` configurations of each. */
const draw = (size: number, temperature: number, chains: number, each: number, seed: number): Ising.Configurations =>
  Ising.sample({ size, temperatures: new Array<number>(chains).fill(temperature), perTemperature: each })(
    fromSeed(seed),
  );

const options = fc.record({
  size: fc.integer({ min: 2, max: 6 }),
  temperatures: fc.array(fc.double({ min: 0.5, max: 9, noNaN: true }), { minLength: 1, maxLength: 3 }),
  perTemperature: fc.integer({ min: 1, max: 4 }),
  seed: fc.nat(),
});

const symmetries = [
  law(
    'wolff',
    'configurations are those of Wolff’s algorithm by the words of the keys, so they are as they were in every version',
    fc.tuple(
      fc.integer({ min: 2, max: 5 }),
      fc.array(fc.double({ min: 0.5, max: 9, noNaN: true }), { minLength: 1, maxLength: 2 }),
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom(0.001, 0.5, 5),
      fc.nat(),
    ),
    ([size, temperatures, perTemperature, sweeps, seed]) => {
      const drawn = Ising.sample({ size, temperatures, perTemperature, sweeps })(fromSeed(seed));
      const byDefault = Ising.sample({ size, temperatures, perTemperature })(fromSeed(seed));
      return all(
        same(wolff(size, temperatures, perTemperature, sweeps, seed).join(), Array.from(drawn.spins).join()),
        same(wolff(size, temperatures, perTemperature, 5, seed).join(), Array.from(byDefault.spins).join(), 'default'),
        same(temperatures.flatMap((t) => new Array<number>(perTemperature).fill(t)).join(), drawn.temperatures.join()),
        same(size, drawn.size),
      );
    },
    { runs: 20 },
  ),
  lawOf(
    'wolff-small',
    'the same on the least lattices, where nothing takes long',
    [
      [2, 0.001],
      [2, 5],
      [3, 0.5],
    ] as const,
    ([size, sweeps]) =>
      same(
        wolff(size, [2.3, 4], 2, sweeps, 1).join(),
        Array.from(Ising.sample({ size, temperatures: [2.3, 4], perTemperature: 2, sweeps })(fromSeed(1)).spins).join(),
      ),
  ),
  law(
    'ising-transform-words',
    'moves a row down by the first of three words, to the right by the second, and turns it over by the third',
    fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), fc.nat()),
    ([size, count, seed]) => {
      const rows = generate('f64', [count, size * size], (i) => i + 1);
      const word = wordsOf(fromSeed(seed));
      const expected = toRows(rows).map((row) => {
        const [down, right] = [Math.floor((word() / 2 ** 32) * size), Math.floor((word() / 2 ** 32) * size)];
        const sign = word() < 2 ** 31 ? 1 : -1;
        return row.map((_, k) => {
          const [i, j] = [Math.floor(k / size) - down + size, (k % size) - right + size];
          return sign * (row[(i % size) * size + (j % size)] ?? NaN);
        });
      });
      return same(expected.join(';'), toRows(Ising.transformRows(fromSeed(seed))(rows)).join(';'));
    },
    { runs: 50 },
  ),
  law('ising-measures', 'spins are ±1; energies and magnetisations are those counted bond by bond', options, (o) => {
    const drawn = Ising.sample(o)(fromSeed(o.seed));
    const rows = toRows(Ising.toTensor(drawn));
    return all(
      same(
        true,
        rows.flat().every((spin) => spin === 1 || spin === -1),
        'spins',
      ),
      same(o.temperatures.length * o.perTemperature, rows.length, 'configurations'),
      same(
        JSON.stringify(rows.map((row) => measured(row, o.size))),
        JSON.stringify(
          Ising.energies(drawn).map((energy, i) => ({ energy, order: Math.abs(Ising.magnetisations(drawn)[i] ?? 2) })),
        ),
        'measures',
      ),
      same(rows.map(mean).join(), Ising.magnetisations(drawn).join(), 'signs'),
    );
  }),
  law(
    'ising-deterministic',
    'the key decides every spin; another key gives others',
    options,
    (o) => {
      const spins = (seed: number, temperatures: readonly number[]): string =>
        Array.from(Ising.sample({ size: 8, temperatures, perTemperature: 4 })(fromSeed(seed)).spins).join();
      return all(
        same(spins(o.seed, o.temperatures), spins(o.seed, o.temperatures)),
        // At T = 50 spins are nearly independent: 256 of them agree by chance with probability about 2^-256.
        holds(spins(o.seed, [50]) !== spins(o.seed + 1, [50]), 'other spins', 'the same'),
        holds(
          spins(o.seed, [50]) !== spins(o.seed, [49, 50]).slice(-spins(o.seed, [50]).length),
          'other spins',
          'the same',
        ),
      );
    },
    { runs: 20 },
  ),
  law('ising-transform', 'each row becomes one of its 2L² images, its energy and |m| unchanged', options, (o) => {
    const drawn = Ising.sample(o)(fromSeed(o.seed));
    const { size } = o;
    const before = toRows(Ising.toTensor(drawn));
    const after = toRows(Ising.transformRows(fromSeed(o.seed + 1))(Ising.toTensor(drawn)));
    const images = (row: readonly number[]): readonly string[] =>
      Array.from({ length: 2 * size * size }, (_, image) => {
        const [down, right] = [Math.floor(image / 2 / size), (image >> 1) % size];
        return row
          .map((_spin, k) => {
            const [i, j] = [(Math.floor(k / size) + down) % size, ((k % size) + right) % size];
            return (image % 2 === 0 ? 1 : -1) * (row[i * size + j] ?? 0);
          })
          .join();
      });
    return all(
      ...before.map((row, r) => holds(images(row).includes((after[r] ?? []).join()), 'an image', `row ${r}`)),
      ...before.map((row, r) =>
        same(JSON.stringify(measured(row, size)), JSON.stringify(measured(after[r] ?? [], size)), `row ${r}`),
      ),
    );
  }),
  law(
    'ising-transform-uniform',
    'the 18 images of a single turned spin on a 3 × 3 lattice are equally likely',
    fc.nat(),
    (seed) => {
      const rows = 4000;
      const turned = generate('f32', [rows, 9], (i) => (i % 9 === 0 ? -1 : 1));
      const counts = new Map<string, number>();
      for (const row of toRows(Ising.transformRows(fromSeed(seed))(turned)))
        counts.set(row.join(), (counts.get(row.join()) ?? 0) + 1);
      return all(
        same(18, counts.size, 'images'),
        ...[...counts.values()].map((n) => {
          const exponent = rows * surprise((s) => Math.log1p(Math.expm1(s) / 18), n / rows, 20);
          return holds(exponent <= ALARM, `about ${rows / 18} (n·I ≤ ${ALARM})`, `${n} (${exponent})`);
        }),
      );
    },
    { runs: 1 },
  ),
  law(
    'word-stream',
    'the stream of a key is the words of its Threefry blocks',
    fc.tuple(fc.nat(), fc.nat()),
    ([a, b]) => {
      const words = [a * 2 + (b % 2), b * 2 + (a % 2)] as const;
      const next = wordStream({ words });
      const stream = Array.from({ length: 1100 }, () => next());
      // Around the ends of the buffer, and at a few places between.
      return all(
        ...[0, 1, 2, 3, a % 1024, b % 1024, 510, 511, 512, 513, 1023, 1024, 1099].map((i) =>
          same(threefry(words, [i >> 1, 0])[i & 1], stream[i], `word ${i}`),
        ),
      );
    },
  ),
  lawOf('critical-temperature', 'sinh(2/T)² = 1 at Onsager’s critical temperature', [0], () => {
    const t = Ising.criticalTemperature();
    // sinh² has slope sinh(2·0.88)·(−2/T²) ≈ −1.1 in T; T is within 2 ulp (9e-16) and sinh within 2 more.
    return holds(Math.abs(Math.sinh(2 / t) ** 2 - 1) <= 4e-15, 'sinh(2/T)² = 1', `${Math.sinh(2 / t) ** 2}`);
  }),
];

const CHAINS = 3000;
const exactly = [
  lawOf('kaufman', 'Kaufman’s formula gives the partition functions that enumeration gives', [3, 4], (size) =>
    all(
      ...[1, 2, 2.269, 2.5, 5].map((temperature) => {
        const counted = logSum(levelsOf(size).map((l) => Math.log(l.count) - (l.energy * size * size) / temperature));
        const formula = kaufman(size, 1 / temperature);
        return holds(Math.abs(formula / counted - 1) < 1e-12, `${counted}`, `${formula}`);
      }),
    ),
  ),
  law(
    'ising-states',
    'each of the 16 configurations of a 2 × 2 lattice comes as often as its Boltzmann weight says',
    fc.tuple(fc.constantFrom(1, 2.3, 4), fc.nat()),
    ([temperature, seed]) => {
      const rows = toRows(Ising.toTensor(draw(2, temperature, CHAINS, 3, seed)));
      const counts = new Map<string, number>();
      for (const row of rows) counts.set(row.join(), (counts.get(row.join()) ?? 0) + 1);
      const partition = logSum(levelsOf(2).map((l) => Math.log(l.count) - (4 * l.energy) / temperature));
      return all(
        ...Array.from({ length: 16 }, (_, bits) => {
          const state = Array.from({ length: 4 }, (_spin, k) => ((bits >> k) & 1 ? 1 : -1));
          const p = Math.exp((-4 * measured(state, 2).energy) / temperature - partition);
          const share = (counts.get(state.join()) ?? 0) / rows.length;
          const exponent = CHAINS * surprise((s) => Math.log1p(p * Math.expm1(s)), share, 40);
          return holds(exponent <= ALARM, `${p} (n·I ≤ ${ALARM})`, `${share} of ${state} (${exponent})`);
        }),
      );
    },
    { runs: 1 },
  ),
  law(
    'ising-enumeration',
    'mean energy, |magnetisation| and magnetisation of 3 × 3 and 4 × 4 lattices',
    fc.tuple(fc.constantFrom(3, 4), fc.constantFrom(1.5, 2, 2.3, 2.6, 3.5), fc.nat()),
    ([size, temperature, seed]) => {
      const drawn = draw(size, temperature, CHAINS, 2, seed);
      const magnetisations = Ising.magnetisations(drawn);
      const by = (of: (level: Level) => number) => enumerated(size, temperature, of);
      const order = by((level) => level.order);
      return all(
        likely(
          CHAINS,
          'energy',
          Ising.energies(drawn),
          by((level) => level.energy),
          40,
        ),
        likely(CHAINS, '|m|', magnetisations.map(Math.abs), order, 40),
        // Of ±|m| with either sign equally likely.
        likely(CHAINS, 'm', magnetisations, (s) => logSum([order(s), order(-s)]) - Math.log(2), 40),
      );
    },
    { runs: 2 },
  ),
  law(
    'ising-kaufman',
    'mean energy of a 16 × 16 lattice, below, at and above the critical temperature',
    fc.tuple(fc.constantFrom(1.5, 2.1, 2.4, 3.5), fc.nat()),
    ([other, seed]) =>
      all(
        // Always at 2.269, where the energy answers most to an error of the coupling.
        ...[2.269, other].map((temperature) =>
          likely(
            200,
            'energy',
            Ising.energies(draw(16, temperature, 200, 5, seed)),
            exact(16, temperature),
            200 / temperature,
          ),
        ),
      ),
    { runs: 1 },
  ),
];

/** The laws of the Ising model. */
export const isingLaws: LawSet = lawSet('ising', [...symmetries, ...exactly]);
