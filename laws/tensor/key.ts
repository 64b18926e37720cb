/** Keys: the published cipher, and uses of a key that do not meet. */
import * as fc from 'fast-check';
import * as Key from '../../src/tensor/key.ts';
import { equals, show, type Tensor, takeRows } from '../../src/tensor/tensor.ts';
import { keys } from '../arbitrary/keys.ts';
import { dtypes } from '../arbitrary/tensors.ts';
import { all, holds, type Law, type LawSet, law, lawOf, lawSet, same, type Verdict } from '../law.ts';

type Words = readonly [number, number];

/** Known answers of Random123 (D. E. Shaw Research), tests/kat_vectors, threefry2x32 with 20 rounds. */
const published: ReadonlyArray<{ readonly counter: Words; readonly key: Words; readonly answer: Words }> = [
  { counter: [0, 0], key: [0, 0], answer: [0x6b200159, 0x99ba4efe] },
  { counter: [0xffffffff, 0xffffffff], key: [0xffffffff, 0xffffffff], answer: [0x1cb996fc, 0xbb002be7] },
  { counter: [0x243f6a88, 0x85a308d3], key: [0x13198a2e, 0x03707344], answer: [0xc4923a9c, 0x483df7a0] },
];

const knownAnswers: Law = lawOf(
  'known answers',
  'the cipher is Threefry-2x32-20 as Random123 publishes it',
  published,
  ({ counter, key, answer }) => same(`${answer}`, `${Key.threefry(key, counter)}`),
);

/** The cipher once more, in whole numbers of any size: rounds of add, rotate and exclusive or, keys added every four. */
const cipher = (key: Words, counter: Words): Words => {
  const mask = 0xffffffffn;
  const [k0, k1] = [BigInt(key[0]), BigInt(key[1])];
  const injected = [k0, k1, 0x1bd11bdan ^ k0 ^ k1];
  const rotations = [13n, 15n, 26n, 6n, 17n, 29n, 16n, 24n];
  let [a, b] = [(BigInt(counter[0]) + k0) & mask, (BigInt(counter[1]) + k1) & mask];
  for (let round = 0; round < 20; round++) {
    const by = rotations[round % 8] ?? 0n;
    a = (a + b) & mask;
    b = (((b << by) | (b >> (32n - by))) & mask) ^ a;
    if (round % 4 === 3) {
      const s = (round + 1) / 4;
      a = (a + (injected[s % 3] ?? 0n)) & mask;
      b = (b + (injected[(s + 1) % 3] ?? 0n) + BigInt(s)) & mask;
    }
  }
  return [Number(a), Number(b)];
};

const word = fc.oneof(fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
const words = fc.tuple(word, word);

const transcribed: Law = law(
  'cipher',
  'agrees with a transcription in whole numbers of any size, for any key and counter',
  fc.tuple(words, words),
  ([key, counter]) => same(`${cipher(key, counter)}`, `${Key.threefry(key, counter)}`),
  { runs: 500 },
);

const children: Law = law(
  'split and foldIn',
  'the keys of a split, those for numbers, the key itself and the words it draws are all different',
  fc.tuple(words, fc.integer({ min: 2, max: 20 })),
  ([[high, low], count]) => {
    const key = Key.fromSeed((high % 2 ** 21) * 2 ** 32 + low);
    const all_: readonly Words[] = [
      key.words,
      ...Key.split(count)(key).map(({ words: of }) => of),
      ...Array.from({ length: count }, (_, i) => Key.foldIn(i)(key).words),
      ...Array.from({ length: count }, (_, i) => cipher(key.words, [i, 0])),
    ];
    // Two of 61 random pairs of 32-bit words are equal with probability below 61²/2/2⁶⁴ ≈ 1e-16.
    return same(all_.length, new Set(all_.map((of) => of.join())).size);
  },
  { runs: 200 },
);

const nested: Law = law(
  'split',
  'begins with the same keys whatever their number, foldIn depends on its number alone: the cipher at (i, 1) and at (n, 2)',
  fc.tuple(keys, fc.nat(10), fc.nat(10)),
  ([key, a, b]) => {
    const [short, long] = [Key.split(Math.min(a, b))(key), Key.split(Math.max(a, b))(key)];
    return all(
      ...short.map(({ words: of }, i) => same(`${of}`, `${long[i]?.words}`, `key ${i}`)),
      ...long.map(({ words: of }, i) => same(`${cipher(key.words, [i, 1])}`, `${of}`, `key ${i} of the cipher`)),
      same(`${cipher(key.words, [a, 2])}`, `${Key.foldIn(a)(key).words}`, 'foldIn of the cipher'),
      same(
        `${Key.foldIn(a)(key).words}`,
        `${Key.foldIn(a)(Key.fromSeed(key.words[0] * 2 ** 32 + key.words[1])).words}`,
      ),
      same(a === b, `${Key.foldIn(a)(key).words}` === `${Key.foldIn(b)(key).words}`),
    );
  },
);

type Draw = (shape: readonly number[], dtype: 'f32' | 'f64') => (key: Key.Key) => Tensor;
const draws: Readonly<Record<string, Draw>> = {
  uniform: Key.uniform,
  normal: Key.normal,
  bernoulli: (shape, dtype) => Key.bernoulli(shape, 0.5, dtype),
};

const prefixes: Law = law(
  'batches',
  'the first rows of a draw do not depend on how many follow, nor does a draw depend on what was drawn before',
  fc.tuple(keys, dtypes, fc.constantFrom(...Object.keys(draws)), fc.nat(5), fc.nat(5), fc.integer({ min: 1, max: 5 })),
  ([key, dtype, name, a, b, width]): Verdict => {
    const draw = draws[name] ?? Key.uniform;
    const [few, many] = [draw([a, width], dtype)(key), draw([a + b, width], dtype)(key)];
    const first = takeRows(Array.from({ length: a }, (_, i) => i))(many);
    return equals(few, first) ? undefined : { expected: show(few), received: show(first), where: name };
  },
  { runs: 200 },
);

/** Probabilities evenly spread, the ends among them. */
const probabilities = fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000);

/** The words that a key draws, by the transcription. */
const drawn = (key: Key.Key, block: number): Words => cipher(key.words, [block, 0]);

const definitions: Law = law(
  'draws',
  'are made of the key’s words as stated: uniform of a word in f32 and of a block in f64, bernoulli of a word',
  fc.tuple(keys, fc.integer({ min: 1, max: 9 }), probabilities),
  ([key, n, p]) => {
    const [single, double, coins] = [Key.uniform([n])(key), Key.uniform([n], 'f64')(key), Key.bernoulli([n], p)(key)];
    return all(
      ...Array.from({ length: n }, (_, i) => {
        const [high, low] = drawn(key, i);
        const own = drawn(key, Math.floor(i / 2))[i % 2 === 0 ? 0 : 1];
        const top53 = Number((BigInt(high) << 21n) | (BigInt(low) >> 11n));
        return all(
          same(Math.floor(own / 2 ** 8) / 2 ** 24, single.data[i], `uniform ${i} in f32`),
          same(top53 / 2 ** 53, double.data[i], `uniform ${i} in f64`),
          same(own < Math.floor(p * 2 ** 32) ? 1 : 0, coins.data[i], `bernoulli ${i}`),
        );
      }),
    );
  },
  { runs: 100 },
);

const bell: Law = law(
  'normal',
  'element i is Box and Muller’s √(−2 ln u)·cos 2πv of block i, u at the middle of one of 2³² steps and v at its start',
  fc.tuple(keys, fc.integer({ min: 1, max: 9 })),
  ([key, n]) => {
    const [single, double] = [Key.normal([n])(key), Key.normal([n], 'f64')(key)];
    return all(
      ...Array.from({ length: n }, (_, i) => {
        const [first, second] = drawn(key, i);
        const radius = Math.sqrt(-2 * Math.log((2 * first + 1) / 2 ** 33));
        const expected = radius * Math.cos((2 * Math.PI * second) / 2 ** 32);
        const received = double.data[i] ?? NaN;
        // Engines are within an ulp or two in each of four functions; an angle below 2π is rounded by 2⁻⁵¹ at most, which
        // moves the cosine by as much: in all below 16·2⁻⁵²·radius. Half a step of u moves the radius by 2⁻³³/u at least.
        return all(
          holds(Math.abs(received - expected) <= 16 * 2 ** -52 * radius, `${expected}`, `${received}`, `normal ${i}`),
          same(Math.fround(received), single.data[i], `normal ${i} in f32`),
        );
      }),
    );
  },
  { runs: 100 },
);

const certain: Law = law(
  'edges of bernoulli',
  'a word is a success where it is below p·2³²: not where it equals it, never for p = 0, always for p = 1',
  fc.tuple(keys, fc.nat(5)),
  ([key, i]) => {
    const own = drawn(key, Math.floor(i / 2))[i % 2 === 0 ? 0 : 1];
    const coin = (p: number): number | undefined => Key.bernoulli([i + 1], p)(key).data[i];
    return all(
      same(0, coin(own / 2 ** 32), 'p at the word'),
      same(1, coin((own + 1) / 2 ** 32), 'p one above the word'),
      same(0, coin(0), 'p = 0'),
      same(1, coin(1), 'p = 1'),
    );
  },
  { runs: 50 },
);

const seeds: Law = law(
  'fromSeed',
  'gives every seed below 2⁵³ a key of its own',
  fc.tuple(fc.maxSafeNat(), fc.maxSafeNat()),
  ([a, b]) =>
    all(
      same(a === b, `${Key.fromSeed(a).words}` === `${Key.fromSeed(b).words}`),
      same(a, (Key.fromSeed(a).words[0] ?? NaN) * 2 ** 32 + (Key.fromSeed(a).words[1] ?? NaN)),
    ),
);

const permutations: Law = law(
  'permutation',
  'holds every number below n once',
  fc.tuple(keys, fc.nat(40)),
  ([key, n]) =>
    same(
      Array.from({ length: n }, (_, i) => i).join(),
      Key.permutation(n)(key)
        .toSorted((a, b) => a - b)
        .join(),
    ),
);

const refusals: ReadonlyArray<readonly [name: string, attempt: () => unknown, says: string]> = [
  ['seed −1', () => Key.fromSeed(-1), '-1'],
  ['seed ½', () => Key.fromSeed(0.5), '0.5'],
  ['seed 2⁵³', () => Key.fromSeed(2 ** 53), `${2 ** 53}`],
  ['foldIn −1', () => Key.foldIn(-1)(Key.fromSeed(0)), '-1'],
  ['foldIn 2³²', () => Key.foldIn(2 ** 32)(Key.fromSeed(0)), `${2 ** 32}`],
  ['split −1', () => Key.split(-1)(Key.fromSeed(0)), '-1'],
  ['p = −½', () => Key.bernoulli([1], -0.5)(Key.fromSeed(0)), '-0.5'],
  ['p = 2', () => Key.bernoulli([1], 2)(Key.fromSeed(0)), '2'],
  ['p = NaN', () => Key.bernoulli([1], NaN)(Key.fromSeed(0)), 'NaN'],
  ['shape [−1]', () => Key.normal([-1])(Key.fromSeed(0)), 'Key.normal: [-1]'],
  ['shape [½]', () => Key.uniform([0.5])(Key.fromSeed(0)), 'Key.uniform: [0.5]'],
  ['shape [−2]', () => Key.bernoulli([-2], 1)(Key.fromSeed(0)), 'Key.bernoulli: [-2]'],
];

const refused: Law = lawOf(
  'refusals',
  'what is no seed, number, probability or shape throws',
  refusals,
  ([name, attempt, says]) => {
    try {
      attempt();
      return { expected: `${name} to be refused`, received: 'a result' };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return holds(message.includes(says), `a message with ${says}`, message);
    }
  },
);

export const keyLaws: LawSet = lawSet('keys', [
  knownAnswers,
  transcribed,
  children,
  nested,
  prefixes,
  definitions,
  bell,
  certain,
  seeds,
  permutations,
  refused,
]);
