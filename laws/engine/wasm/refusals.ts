/** What WebAssembly cannot say is refused, with a message that names the thing. */
import {
  block,
  branch,
  type Code,
  call,
  extract,
  type Func,
  get,
  i32,
  laneAt,
  load,
  local,
  op,
  set,
  shuffle,
  store,
  vectorConstant,
} from '../../../src/engine/wasm/code.ts';
import { encode } from '../../../src/engine/wasm/encode.ts';
import { holds, type Law, lawOf } from '../../law.ts';

interface Refusal {
  readonly what: string;
  readonly make: () => unknown;
  /** What the message names. */
  readonly names: readonly string[];
}

const func = (body: Code, more: Partial<Func> = {}): Func => ({
  name: 'f',
  parameters: [],
  results: [],
  body,
  ...more,
});
const encoded =
  (...functions: readonly Func[]) =>
  (): unknown =>
    encode({ pages: 1, functions });
const vector = local('v128', 'v');
const [x, asFloat] = [local('i32', 'x'), local('f32', 'x')];

const cases: readonly Refusal[] = [
  { what: 'a call of no function', make: encoded(func(call('nobody'))), names: ['function', 'nobody'] },
  { what: 'a branch to no label', make: encoded(func(block('here', branch('there')))), names: ['block', 'there'] },
  {
    what: 'a branch out of a block it is not in',
    make: encoded(func([block('here'), branch('here')])),
    names: ['block', 'here'],
  },
  {
    what: 'a local of two types',
    make: encoded(func([set(x, i32(1)), get(asFloat), op('drop')])),
    names: ['x', 'i32', 'f32'],
  },
  {
    what: 'a local of another type than its parameter',
    make: encoded(func([get(asFloat), op('drop')], { parameters: [x] })),
    names: ['x', 'i32', 'f32'],
  },
  {
    what: 'two parameters of one name',
    make: encoded(func([], { parameters: [x, asFloat] })),
    names: ['parameter', 'x'],
  },
  { what: 'two functions of one name', make: encoded(func([]), func([])), names: ['function', '"f"'] },
  {
    what: "a function of an import's name",
    make: () => encode({ pages: 1, imports: [{ name: 'f', parameters: [], results: [] }], functions: [func([])] }),
    names: ['function', '"f"'],
  },
  {
    what: "an import of the memory's name",
    make: () => encode({ pages: 1, imports: [{ name: 'memory', parameters: [], results: [] }], functions: [] }),
    names: ['import', 'memory'],
  },
  { what: 'pages beyond 4 GiB', make: () => encode({ pages: 65537, functions: [] }), names: ['65537', 'pages'] },
  ...[2 ** 32, -(2 ** 31) - 1, 0.5, NaN, Infinity].map((value) => ({
    what: `i32(${value})`,
    make: () => i32(value),
    names: ['constant', `${value}`],
  })),
  ...[2 ** 32, -1, 0.5].flatMap((offset) => [
    { what: `offset ${offset}`, make: () => load('f32.load', i32(0), offset), names: ['offset', `${offset}`] },
    { what: `offset ${offset}`, make: () => store('i32.store', i32(0), i32(0), offset), names: [`${offset}`] },
    {
      what: `offset ${offset}`,
      make: () => laneAt('v128.load32_lane', i32(0), get(vector), 0, offset),
      names: ['offset', `${offset}`],
    },
  ]),
  ...[4, -1, 0.5].map((lane) => ({
    what: `lane ${lane} of 4`,
    make: () => extract('f32x4.extract_lane', get(vector), lane),
    names: ['lane', `${lane}`],
  })),
  { what: 'lane 2 of 2', make: () => extract('f64x2.extract_lane', get(vector), 2), names: ['lane', '2'] },
  { what: 'lane 4 of 4', make: () => laneAt('v128.store32_lane', i32(0), get(vector), 4), names: ['lane', '4'] },
  { what: 'lane 2 of 2', make: () => laneAt('v128.store64_lane', i32(0), get(vector), 2), names: ['lane', '2'] },
  { what: 'a shuffle of 15', make: () => shuffle(get(vector), get(vector), Array(15).fill(0)), names: ['15'] },
  { what: 'byte 32 of 32', make: () => shuffle(get(vector), get(vector), Array(16).fill(32)), names: ['byte', '32'] },
  { what: 'a vector of 8 bytes', make: () => vectorConstant(new Float32Array(2)), names: ['8'] },
  { what: 'a vector of 32 bytes', make: () => vectorConstant(new Float64Array(4)), names: ['32'] },
];

const messageOf = (make: () => unknown): string => {
  try {
    make();
    return 'nothing thrown';
  } catch (error) {
    return error instanceof Error ? error.message : `${error}`;
  }
};

export const refusals: Law = lawOf(
  'refusals',
  'a name that is not there, is there twice or has two types, and a number out of range, throw and are named',
  cases,
  ({ make, names }) => {
    const message = messageOf(make);
    return holds(
      message.startsWith('wasm: ') && names.every((name) => message.includes(name)),
      `an error that names ${names.join(', ')}`,
      message,
    );
  },
);
