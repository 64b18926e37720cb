/**
 * The cipher of random numbers, Threefry-2x32 with 20 rounds (src/tensor/threefry.ts), four blocks at a time: lane j of two
 * vectors holds the two words of block j.
 */
import { type Code, get, i32, type Local, local, op, set, vectorConstant } from '../wasm/code.ts';

const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;

/** Four blocks: the first words of their counters (the second are 0), and the variables that take the words of the result. */
export interface Blocks {
  readonly counter: Code;
  readonly first: Local;
  readonly second: Local;
}

export interface Cipher {
  /** Puts what depends on the key alone into variables, once before a loop. */
  readonly before: Code;
  /** Several fours side by side, since the rounds of one wait for one another. */
  readonly words: (blocks: readonly Blocks[]) => Code;
}

const vectorOf = (word: number): Int32Array => new Int32Array(4).fill(word);

/**
 * The cipher under a key, whose words are cheap codes. `plus` is added to every word of the result, modulo 2³², at no cost.
 * Variables of its own begin with `prefix`.
 */
export const cipher = (prefix: string, key: readonly [Code, Code], plus = 0): Cipher => {
  const variable = (name: string): Local => local('v128', `${prefix}${name}`);
  const keys = [variable('key0'), variable('key1'), variable('key2')] as const;
  const keyAt = (i: number): Code => get(keys[i % 3] ?? keys[0]);
  // After rounds 4s, s = 1 … 5: key word s is added to the first word, key word s + 1 and s to the second.
  const added = [1, 2, 3, 4, 5].map((s) => {
    const last = s === 5 ? plus : 0;
    const sum = (code: Code, number: number): Code =>
      number === 0 ? code : op('i32x4.add', code, vectorConstant(vectorOf(number)));
    return {
      first: { variable: variable(`first${s}`), value: sum(keyAt(s), last) },
      second: { variable: variable(`second${s}`), value: sum(keyAt(s + 1), s + last) },
    };
  });
  const parity = op('v128.xor', vectorConstant(vectorOf(0x1bd11bda)), op('v128.xor', keyAt(0), keyAt(1)));
  const before: Code = [
    ...key.map((word, i) => set(keys[i] ?? keys[0], op('i32x4.splat', word))),
    set(keys[2], parity),
    ...added.map(({ first, second }) => [set(first.variable, first.value), set(second.variable, second.value)]),
  ];
  const each = (blocks: readonly Blocks[], code: (block: Blocks) => Code): Code => blocks.map(code);
  const round = (blocks: readonly Blocks[], by: number): Code => [
    each(blocks, ({ first, second }) => set(first, op('i32x4.add', get(first), get(second)))),
    each(blocks, ({ first, second }) =>
      set(
        second,
        op(
          'v128.xor',
          op('v128.or', op('i32x4.shl', get(second), i32(by)), op('i32x4.shr_u', get(second), i32(32 - by))),
          get(first),
        ),
      ),
    ),
  ];
  const words = (blocks: readonly Blocks[]): Code => [
    each(blocks, ({ counter, first, second }) => [
      set(first, op('i32x4.add', counter, keyAt(0))),
      set(second, keyAt(1)),
    ]),
    added.map((addend, s) => [
      [0, 1, 2, 3].map((r) => round(blocks, ROTATIONS[(4 * s + r) % 8] ?? 0)),
      each(blocks, ({ first, second }) => [
        set(first, op('i32x4.add', get(first), get(addend.first.variable))),
        set(second, op('i32x4.add', get(second), get(addend.second.variable))),
      ]),
    ]),
  ];
  return { before, words };
};
