/** Masks drawn by WebAssembly are those of `Key.bernoulli`, bit for bit, and nothing beside them is written. */
import * as fc from 'fast-check';
import { bernoulli, type Mask } from '../../src/engine/emit/bernoulli.ts';
import { call, get, local, type Module } from '../../src/engine/wasm/code.ts';
import { encode } from '../../src/engine/wasm/encode.ts';
import * as Key from '../../src/tensor/key.ts';
import { dtypes } from '../arbitrary/tensors.ts';
import { all, holds, type Law, type LawSet, law, lawOf, lawSet, same, type Verdict } from '../law.ts';

interface Draw extends Mask {
  readonly key: Key.Key;
}

const PAGE = 65536;
/** Lines of 64 bytes before the mask. */
const START = 128;
const POISON = 0xa5;

const bytesOf = ({ length, dtype }: Mask): number => length * (dtype === 'f32' ? 4 : 8);

const padded = (mask: Mask): number => Math.ceil(bytesOf(mask) / 64) * 64;

/** A memory of poison in which the masks were drawn from their keys, each at its address. */
const drawn = (masks: readonly (Draw & { readonly at: number })[]): ArrayBuffer => {
  const parameters = [local('i32', 'a'), local('i32', 'b'), local('i32', 'at')];
  const pages = Math.ceil(Math.max(...masks.map((mask) => mask.at + bytesOf(mask) + 2 * START)) / PAGE);
  const module: Module = {
    pages,
    functions: masks.flatMap((mask, i) => [
      bernoulli(`mask-${i}`, mask),
      { name: `run-${i}`, parameters, results: [], body: call(`mask-${i}`, ...parameters.map(get)), exported: true },
    ]),
  };
  const memory = new WebAssembly.Memory({ initial: pages });
  new Uint8Array(memory.buffer).fill(POISON);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(encode(module)), { env: { memory } });
  for (const [i, { key, at }] of masks.entries()) {
    const run = exports[`run-${i}`];
    if (typeof run !== 'function') throw new Error(`no function run-${i}`);
    run(...key.words, at);
  }
  return memory.buffer;
};

const elements = (memory: ArrayBuffer, at: number, { dtype, length }: Mask): Float32Array | Float64Array =>
  dtype === 'f32' ? new Float32Array(memory, at, length) : new Float64Array(memory, at, length);

const isDrawn = (memory: ArrayBuffer, at: number, mask: Draw): Verdict => {
  const expected = Key.bernoulli([mask.length], mask.p, mask.dtype)(mask.key).data;
  const received = elements(memory, at, mask);
  const i = received.findIndex((x, j) => !Object.is(x, expected[j]));
  return i < 0 ? undefined : same(expected[i], received[i], `element ${i}`);
};

const untouched = (memory: ArrayBuffer, from: number, to: number, where: string): Verdict => {
  const i = new Uint8Array(memory, from, to - from).findIndex((byte) => byte !== POISON);
  return holds(i < 0, `nothing written ${where}`, `byte ${from + i} written`);
};

const word = fc.oneof(
  fc.constantFrom(0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1),
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
);
const keys: fc.Arbitrary<Key.Key> = fc.tuple(word, word).map((words) => ({ words }));
const lengths = fc.oneof(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 0, max: 3000 }));
const probabilities = fc.oneof(
  fc.constantFrom(0, 1, 0.5, 2 ** -32, 2 ** -33, 1 - 2 ** -32, 1 - 2 ** -33, 2 ** -31, 1e-300),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000),
);
const draws: fc.Arbitrary<Draw> = fc.record({ length: lengths, p: probabilities, dtype: dtypes, key: keys });
const show = ({ length, p, dtype, key }: Draw): string => `${length} of ${dtype}, p = ${p}, key ${key.words}`;

const bits: Law = law(
  'bits',
  'a mask is that of `Key.bernoulli`, and at most the padding to the next multiple of 64 bytes is written beside it',
  draws,
  (mask) => {
    const memory = drawn([{ ...mask, at: START }]);
    const end = START + padded(mask);
    return all(
      isDrawn(memory, START, mask),
      untouched(memory, 0, START, 'before'),
      untouched(memory, end, memory.byteLength, 'behind the padding'),
    );
  },
  { runs: 300, show },
);

const bounds: Law = law(
  'the bound',
  'a word equal to the bound gives 0, and 1 where the bound is one higher, also for words of 2³¹ and above',
  fc
    .tuple(keys, fc.integer({ min: 1, max: 40 }), dtypes)
    .chain(([key, length, dtype]) => fc.nat(length - 1).map((i) => ({ key, length, dtype, i }))),
  ({ key, length, dtype, i }) => {
    const wordOf = Key.threefry(key.words, [Math.floor(i / 2), 0])[i % 2] ?? NaN;
    const at = (bound: number): number | undefined => {
      const mask = { key, length, dtype, p: bound / 2 ** 32 };
      return elements(drawn([{ ...mask, at: START }]), START, mask)[i];
    };
    return all(same(0, at(wordOf), 'at the word'), same(1, at(wordOf + 1), 'above the word'));
  },
  { runs: 100 },
);

const together: Law = law(
  'one module',
  'several masks of one module do not disturb one another',
  fc.array(draws, { minLength: 2, maxLength: 4 }),
  (masks) => {
    const placed = masks.map((mask, i) => ({
      ...mask,
      at: masks.slice(0, i).reduce((at, before) => at + padded(before), START),
    }));
    const memory = drawn(placed);
    return all(...placed.map((mask) => isDrawn(memory, mask.at, mask)));
  },
  { runs: 50 },
);

const large: Law = lawOf(
  'a large mask',
  'so are masks of a hundred thousand elements and more',
  [
    { length: 2 ** 17, p: 0.3, dtype: 'f32', key: { words: [0xdeadbeef, 0x80000001] } },
    { length: 100_003, p: 0.9, dtype: 'f64', key: { words: [7, 0xffffffff] } },
  ] as const,
  (mask) => isDrawn(drawn([{ ...mask, at: START }]), START, mask),
);

const messageOf = (make: () => unknown): string => {
  try {
    make();
    return 'nothing thrown';
  } catch (error) {
    return `${error}`;
  }
};

const refused: Law = lawOf(
  'refusals',
  'no mask is made of what is no probability or no length',
  [
    { length: 3, p: -0.1, names: '-0.1' },
    { length: 3, p: 1.1, names: '1.1' },
    { length: 3, p: NaN, names: 'NaN' },
    { length: 2.5, p: 1, names: '2.5' },
    { length: -1, p: 1, names: '-1' },
  ],
  ({ length, p, names }) => {
    const message = messageOf(() => bernoulli('mask', { length, p, dtype: 'f32' }));
    return holds(message.includes(`bernoulli: `) && message.includes(names), `an error about ${names}`, message);
  },
);

export const bernoulliLaws: LawSet = lawSet('random masks', [bits, bounds, together, large, refused]);
