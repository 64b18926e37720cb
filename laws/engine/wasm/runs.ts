/** What the constructors mean, seen by running them: the order of operands, loops, lanes, blocks of memory. */
import * as fc from 'fast-check';
import {
  block,
  branch,
  branchIf,
  type Code,
  call,
  copy,
  count,
  extract,
  fill,
  get,
  i32,
  laneAt,
  load,
  local,
  loop,
  op,
  set,
  shuffle,
  store,
  tee,
  vectorConstant,
  when,
} from '../../../src/engine/wasm/code.ts';
import { encode } from '../../../src/engine/wasm/encode.ts';
import { holds, type Law, law } from '../../law.ts';

const [a, b, i, sum] = [local('i32', 'a'), local('i32', 'b'), local('i32', 'i'), local('i32', 'sum')];
const vector = local('v128', 'vector');
const at = { to: 64, from: 128 } as const;

/** A function of the host in which the order of operands matters. */
const times = (x: number, y: number): number => 1000 * x + y;

/** The bytes of the first four vectors of memory, of which vector i holds the bytes 16i, 16i + 1, …, after a run. */
const run = (body: Code, numbers: readonly [number, number]): Int32Array => {
  const difference = { name: 'difference', parameters: [a, b], results: ['i32'] } as const;
  const memory = new WebAssembly.Memory({ initial: 1 });
  new Uint8Array(memory.buffer).set(Array.from({ length: 256 }, (_, n) => n));
  const bytes = encode({
    pages: 1,
    imports: [{ name: 'times', parameters: ['i32', 'i32'], results: ['i32'] }],
    functions: [
      { name: 'main', parameters: [a, b], results: [], body, exported: true },
      { ...difference, body: op('i32.sub', get(a), get(b)) },
    ],
  });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory, times } });
  if (typeof exports.main !== 'function') throw new Error('no function "main"');
  exports.main(...numbers);
  return new Int32Array(memory.buffer, 0, 64);
};

const word = (first: number): number =>
  new Int32Array(Uint8Array.from([0, 1, 2, 3].map((n) => first + n)).buffer)[0] ?? 0;

interface Meaning {
  readonly what: string;
  readonly body: Code;
  /** The word at byte 64, from two numbers below 100, the first not above the second. */
  readonly answer: (a: number, b: number) => number;
}

const answer = (value: Code): Code => store('i32.store', i32(0), value, at.to);
const added = set(sum, op('i32.add', get(sum), get(i)));

const meanings: readonly Meaning[] = [
  { what: 'op: left, right', body: answer(op('i32.sub', get(a), get(b))), answer: (x, y) => x - y },
  { what: 'call: first, second', body: answer(call('difference', get(b), get(a))), answer: (x, y) => y - x },
  {
    what: 'call of the host: first, second',
    body: answer(call('times', get(a), get(b))),
    answer: (x, y) => 1000 * x + y,
  },
  {
    what: 'count: from, to, step',
    body: [count(i, get(a), get(b), 3, added), answer(get(sum))],
    answer: (x, y) =>
      Array.from({ length: 100 }, (_, n) => x + 3 * n).reduce((s, n) => (n === x || n < y ? s + n : s), 0),
  },
  {
    what: 'loop and block: again, and out',
    body: [
      block(
        'out',
        loop(
          'again',
          added,
          branchIf('out', op('i32.ge_u', tee(i, op('i32.add', get(i), i32(1))), get(b))),
          branch('again'),
        ),
        set(sum, i32(-1)),
      ),
      answer(get(sum)),
    ],
    answer: (_, y) => (Math.max(y, 1) * (Math.max(y, 1) - 1)) / 2,
  },
  {
    what: 'when: only if',
    body: [answer(i32(7)), when(op('i32.lt_u', get(a), get(b)), 'less', answer(i32(9)))],
    answer: (x, y) => (x < y ? 9 : 7),
  },
  { what: 'load: offset', body: answer(load('i32.load', get(a), at.from)), answer: (x) => word(at.from + x) },
  { what: 'copy: to, from, bytes', body: copy(i32(at.to), get(a), i32(4)), answer: (x) => word(x) },
  { what: 'fill: to, byte, bytes', body: fill(i32(at.to), get(a), i32(4)), answer: (x) => x * 0x01010101 },
  {
    what: 'extract: lane',
    body: answer(extract('i32x4.extract_lane', load('v128.load', i32(0)), 2)),
    answer: () => word(8),
  },
  {
    what: 'laneAt: into a lane',
    body: [
      set(vector, laneAt('v128.load32_lane', get(a), vectorConstant(Int32Array.of(1, 2, 3, 4)), 1, at.from)),
      answer(
        op('i32.sub', extract('i32x4.extract_lane', get(vector), 1), extract('i32x4.extract_lane', get(vector), 0)),
      ),
    ],
    answer: (x) => (word(at.from + x) - 1) | 0,
  },
  {
    what: 'laneAt: from a lane',
    body: laneAt('v128.store32_lane', i32(0), vectorConstant(Int32Array.of(1, 2, 3, 4)), 3, at.to),
    answer: () => 4,
  },
  {
    what: 'shuffle: bytes of the first, then of the second',
    body: answer(
      extract(
        'i32x4.extract_lane',
        shuffle(
          load('v128.load', i32(0)),
          load('v128.load', i32(at.from)),
          [16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23, 0, 1, 2, 3],
        ),
        2,
      ),
    ),
    answer: () => word(at.from + 4),
  },
];

export const runs: Law = law(
  'meaning',
  'the constructors put operands, loops, branches, lanes and blocks of memory where they say',
  fc.tuple(fc.constantFrom(...meanings), fc.nat(99), fc.nat(99)),
  ([{ body, answer: expected }, x, y]) => {
    const numbers = [Math.min(x, y), Math.max(x, y)] as const;
    const received = run(body, numbers)[at.to / 4] ?? NaN;
    return holds(received === expected(...numbers), `${expected(...numbers)}`, `${received}`);
  },
  { runs: 300, show: ([{ what }, x, y]) => `${what}, of ${Math.min(x, y)} and ${Math.max(x, y)}` },
);
