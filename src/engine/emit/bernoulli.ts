/**
 * Random masks: a function that writes what `Key.bernoulli(shape, p, dtype)` draws from a key, for a length and a p that are
 * known when it is made. Element i uses Threefry block ⌊i/2⌋, word i mod 2, and is 1 where the word is below ⌊p·2³²⌋.
 */
import type { Dtype } from '../../scalar/dtype.ts';
import {
  branchIf,
  type Code,
  type Func,
  fill,
  get,
  i32,
  type Local,
  local,
  loop,
  op,
  set,
  shuffle,
  store,
  tee,
  vectorConstant,
} from '../wasm/code.ts';
import { type Blocks, cipher } from './threefry.ts';

export interface Mask {
  /** How many elements. */
  readonly length: number;
  /** How probable a 1 is, in [0, 1]. */
  readonly p: number;
  readonly dtype: Dtype;
}

/** Buffers are padded to lines of so many bytes, and only whole lines are written. */
const LINE = 64;
/** Elements of four blocks. */
const FOUR = 8;

const [key0, key1, to, end] = [local('i32', 'key0'), local('i32', 'key1'), local('i32', 'to'), local('i32', 'end')];
const [counter, below, one] = [local('v128', 'counter'), local('v128', 'below'), local('v128', 'one')];
const [low, high] = [local('v128', 'low'), local('v128', 'high')];

const ones = (dtype: Dtype): Code =>
  vectorConstant(dtype === 'f32' ? new Float32Array(4).fill(1) : new Float64Array(2).fill(1));

/** A shuffle of words, numbered 0–7. */
const words = (a: Code, b: Code, order: readonly number[]): Code =>
  shuffle(
    a,
    b,
    order.flatMap((word) => [0, 1, 2, 3].map((byte) => 4 * word + byte)),
  );

/** The bits of first and of second words, in the order of the elements, as wide as an element: two or four vectors. */
const interleaved = (dtype: Dtype, first: Code, second: Code): readonly Code[] => {
  const halves = [words(first, second, [0, 4, 1, 5]), words(first, second, [2, 6, 3, 7])];
  return dtype === 'f32'
    ? halves
    : [low, high].flatMap((half, i) => [
        words(tee(half, halves[i] ?? []), get(half), [0, 0, 1, 1]),
        words(get(half), get(half), [2, 2, 3, 3]),
      ]);
};

/** The elements of some fours of blocks, at `to`, from the counter on; then both point behind them. */
const step = (dtype: Dtype, encrypt: (blocks: readonly Blocks[]) => Code, fours: number): Code => {
  const bytes = FOUR * (dtype === 'f32' ? 4 : 8);
  const blocks = Array.from(
    { length: fours },
    (_, i): Blocks => ({
      counter: i === 0 ? get(counter) : op('i32x4.add', get(counter), vectorConstant(new Int32Array(4).fill(4 * i))),
      first: local('v128', `x${i}`),
      second: local('v128', `y${i}`),
    }),
  );
  const isOne = (word: Local): Code => op('i32x4.lt_s', get(word), get(below));
  return [
    encrypt(blocks),
    blocks.map(({ first, second }, i) =>
      interleaved(dtype, isOne(first), isOne(second)).map((bits, j) =>
        store('v128.store', get(to), op('v128.and', bits, get(one)), i * bytes + j * 16),
      ),
    ),
    set(counter, op('i32x4.add', get(counter), vectorConstant(new Int32Array(4).fill(4 * fours)))),
    set(to, op('i32.add', get(to), i32(fours * bytes))),
  ];
};

/** Draws of so many lines: 16 elements at a time, and 8 more where one line of f64 is left. */
const draws = (dtype: Dtype, bound: number, lines: number): Code => {
  // An unsigned comparison is a signed one of numbers 2³¹ higher; the cipher adds that to its words on the way.
  const { before, words: encrypt } = cipher('cipher.', [get(key0), get(key1)], 2 ** 31);
  const linesAtOnce = dtype === 'f32' ? 1 : 2;
  const pairs = Math.floor(lines / linesAtOnce);
  return [
    before,
    set(counter, vectorConstant(Int32Array.of(0, 1, 2, 3))),
    set(below, vectorConstant(new Int32Array(4).fill(bound - 2 ** 31))),
    set(one, ones(dtype)),
    pairs === 0
      ? []
      : [
          set(end, op('i32.add', get(to), i32(pairs * linesAtOnce * LINE))),
          loop('lines', step(dtype, encrypt, 2), branchIf('lines', op('i32.lt_u', get(to), get(end)))),
        ],
    lines % linesAtOnce === 0 ? [] : step(dtype, encrypt, 1),
  ];
};

/** So many lines of one number. */
const constant = (dtype: Dtype, value: 0 | 1, lines: number): Code =>
  value === 0
    ? fill(get(to), i32(0), i32(lines * LINE))
    : [
        set(one, ones(dtype)),
        set(end, op('i32.add', get(to), i32(lines * LINE))),
        loop(
          'lines',
          [0, 16, 32, 48].map((offset) => store('v128.store', get(to), get(one), offset)),
          branchIf('lines', op('i32.lt_u', tee(to, op('i32.add', get(to), i32(LINE))), get(end))),
        ),
      ];

/**
 * A function of (key0, key1, to): the two words of the key, as i32, and the address of the mask, a multiple of 64. It writes
 * whole lines of 64 bytes, so the padding behind the mask holds draws too. Throws unless p is a probability.
 */
export const bernoulli = (name: string, { length, p, dtype }: Mask): Func => {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`bernoulli: ${p} is not a probability`);
  if (!Number.isInteger(length) || length < 0) throw new RangeError(`bernoulli: a mask of ${length} elements`);
  const bound = Math.floor(p * 2 ** 32);
  const lines = Math.ceil((length * (dtype === 'f32' ? 4 : 8)) / LINE);
  const body =
    lines === 0
      ? []
      : bound === 0
        ? constant(dtype, 0, lines)
        : bound === 2 ** 32
          ? constant(dtype, 1, lines)
          : draws(dtype, bound, lines);
  return { name, parameters: [key0, key1, to], results: [], body };
};
