/** Where a network's answer is computed, and that what it does not take is refused wherever that would be. */
import { identity } from '../../../src/layer/activations.ts';
import { constant } from '../../../src/layer/initialiser/index.ts';
import { type Layer, noValues, plain, type Spec } from '../../../src/layer/layer.ts';
import { init } from '../../../src/layer/network.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import { input, multiply } from '../../../src/scalar/expr.ts';
import { fromSeed } from '../../../src/tensor/key.ts';
import { generate, type Tensor } from '../../../src/tensor/tensor.ts';
import { type EmptyForm, type LeafForm, leaf, type RecordForm, record } from '../../../src/tensor/tree.ts';
import * as Network from '../../../src/train/network/index.ts';
import { all, type Law, lawOf, lawSet, same, sameTensor } from '../../law.ts';
import { saying } from '../../reach/said.ts';

type Form = RecordForm<{ readonly a: LeafForm; readonly b: LeafForm }>;

const spec = (...shape: readonly number[]): Spec => ({
  shape,
  fanIn: 1,
  fanOut: 1,
  initialiser: constant(1),
  role: 'weight',
});

/** Three times what it is given; it has parameters that it does not use, and tells what it was run on. */
const told = (count: number, tell: (what: string) => void): Layer<readonly [1], readonly [1], Form, EmptyForm> => ({
  ...plain,
  input: [1],
  output: [1],
  description: { kind: 'told' },
  parameters: {
    tree: record<{ readonly a: LeafForm; readonly b: LeafForm }>({ a: leaf, b: leaf }),
    specs: { a: spec(count - 24), b: spec(6, 4) },
  },
  forward: (ops, params, _state, x) => {
    tell(typeof x === 'object' && x !== null && 'data' in x ? 'numbers' : 'a recording');
    const thrice = multiply(3, input('x'));
    return {
      y: ops.map(thrice, { x }),
      state: noValues,
      pullback: (dy) => ({ dParams: params, dx: ops.map(thrice, { x: dy }) }),
    };
  },
});

const key = fromSeed(1);
const counted = (rows: number, dtype: Dtype = 'f32'): Tensor => generate(dtype, [rows, 1], (i) => i - 5);
const thrice = ({ dtype, shape, data }: Tensor): Tensor => generate(dtype, shape, (i) => 3 * (data[i] ?? Number.NaN));

/** So many passes over so many rows, and so many parameters: 2²⁰ in all are worth a plan, fewer are not. */
const cases: ReadonlyArray<readonly [passes: number | undefined, rows: number, parameters: number, where: string]> = [
  [undefined, 1, 1024, 'numbers'],
  [undefined, 1023, 1024, 'numbers'],
  [undefined, 1024, 1024, 'a recording'],
  [undefined, 1025, 1023, 'numbers'],
  [1, 1023, 1024, 'numbers'],
  [1, 1024, 1024, 'a recording'],
  [1, 1025, 1023, 'numbers'],
  [3, 341, 1024, 'numbers'],
  [4, 256, 1024, 'a recording'],
];

const where: Law = lawOf(
  'where it is computed',
  'from 2²⁰ passes times rows times parameters on a plan is recorded and run, below the reference runs at once; both say the same',
  cases,
  ([passes, rows, parameters, expected]) => {
    const seen = new Set<string>();
    const network = init(
      told(parameters, (what) => seen.add(what)),
      key,
    );
    const x = counted(rows);
    const answers = passes === undefined ? [Network.predict(network)(x)] : Network.samples({ passes, key })(network)(x);
    return all(
      same(expected, [...seen].join(), 'run on'),
      same(passes ?? 1, answers.length, 'passes'),
      ...answers.map((y, i) => sameTensor(thrice(x), y, `pass ${i}`)),
    );
  },
);

const network = init(
  told(1024, () => {}),
  key,
);

/** Takes a number a row. */
const number = init(identity.at([]), key);

const refused: Law = saying('what a network does not take', 'is refused in the same words, be it little or much', [
  ...[2, 4096].flatMap((rows) =>
    [
      Network.predict(network),
      Network.samples({ passes: 2, key })(network),
      Network.monteCarlo({ passes: 2, key })(network),
    ].flatMap((answer) => [
      [() => answer(counted(rows, 'f64')), 'Network.predict: the network computes in f32, but is given f64'] as const,
      [
        () => answer(generate('f32', [rows, 2], () => 0)),
        `Network.predict: the network takes [batch,1], but is given [${rows},2]`,
      ] as const,
      [
        () => answer(generate('f32', [rows], () => 0)),
        `Network.predict: the network takes [batch,1], but is given [${rows}]`,
      ] as const,
      [
        () => answer(generate('f32', [], () => 0)),
        'Network.predict: the network takes [batch,1], but is given []',
      ] as const,
    ]),
  ),
  ...[Network.predict(number), Network.samples({ passes: 2, key })(number)].map(
    (answer) =>
      [
        () => answer(generate('f32', [], () => 0)),
        'Network.predict: the network takes [batch], but is given []',
      ] as const,
  ),
  ...[0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY].map(
    (passes) => [() => Network.samples({ passes, key }), `Network.samples: ${passes} passes`] as const,
  ),
  ...[1, 0, -3].map(
    (passes) =>
      [() => Network.monteCarlo({ passes, key }), `Network.monteCarlo: ${passes} passes have no deviation`] as const,
  ),
  [() => Network.monteCarlo({ passes: 2.5, key }), 'Network.samples: 2.5 passes'],
]);

export const whereLaws = lawSet('answers', [where, refused]);
