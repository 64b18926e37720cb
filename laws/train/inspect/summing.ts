/** How a pass is summed up: each number of a few counted by hand, and what is left out where it is not there. */
import { dense } from '../../../src/layer/dense.ts';
import { dropout } from '../../../src/layer/dropout.ts';
import { init } from '../../../src/layer/network.ts';
import { sequential } from '../../../src/layer/sequential.ts';
import { squaredError } from '../../../src/loss/squaredError.ts';
import { fromSeed } from '../../../src/tensor/key.ts';
import { full, generate, type Tensor } from '../../../src/tensor/tensor.ts';
import type { LayerPass, ParameterPass } from '../../../src/train/inspect/index.ts';
import * as Inspect from '../../../src/train/inspect/index.ts';
import { moments, normOf } from '../../../src/train/inspect/moments.ts';
import { statistics } from '../../../src/train/inspect/statistics.ts';
import { all, type Law, lawOf, lawSet, same, type Verdict } from '../../law.ts';
import { difference, get } from '../scenario.ts';

const tensor = (shape: readonly number[], ...values: readonly number[]): Tensor =>
  generate('f64', shape, (i) => values[i] ?? Number.NaN);

/** The same values, and the same fields in the same order: none that is there without a value. */
const alike = (expected: object, received: object): Verdict =>
  all(same(Object.keys(expected).join(), Object.keys(received).join(), 'fields'), difference(expected, received, 'of'));

const weight = (value: Tensor, gradient: Tensor, next?: Tensor): ParameterPass => ({
  path: ['weight'],
  role: 'weight',
  value,
  gradient,
  ...(next === undefined ? {} : { next }),
});

/** Of mean 2 and deviation 2, two rows of two. */
const output = tensor([2, 2], 0, 0, 4, 4);
const forward = { units: 2, mean: 2, deviation: 2 };
const bare: LayerPass = { path: ['3'], kind: 'a', output, parameters: [] };

const cases: ReadonlyArray<readonly [name: string, of: LayerPass, expected: object]> = [
  ['an output', bare, { path: ['3'], kind: 'a', ...forward }],
  [
    'without rows to speak of',
    { ...bare, output: tensor([], 7) },
    { path: ['3'], kind: 'a', units: 1, mean: 7, deviation: 0 },
  ],
  [
    'a gradient',
    { ...bare, gradient: tensor([2, 2], 3, -3, 3, -3) },
    { path: ['3'], kind: 'a', ...forward, gradientDeviation: 3, gradientNorm: 6 },
  ],
  [
    'slopes: six of twelve are flat; one of four units is dead, at −0 too, and one has a slope that is NaN',
    {
      ...bare,
      slope: tensor([3, 4], 0, 1, 0, 0.01, -0, -1, Number.NaN, 5, 0, 0.0099, 0, -0.02),
      oneSided: false,
    },
    { path: ['3'], kind: 'a', ...forward, saturation: 6 / 12, dead: 1 / 4, oneSided: false },
  ],
  [
    'slopes of examples that have rows and columns themselves',
    { ...bare, slope: tensor([2, 2, 3], 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0), oneSided: true },
    { path: ['3'], kind: 'a', ...forward, saturation: 8 / 12, dead: 2 / 6, oneSided: true },
  ],
  [
    'slopes that are all 0',
    { ...bare, slope: tensor([2, 3], 0, 0, 0, 0, 0, 0) },
    { path: ['3'], kind: 'a', ...forward, saturation: 1, dead: 1 },
  ],
  [
    'weights that stay',
    { ...bare, parameters: [weight(tensor([2], 3, 4), tensor([2], 5, 12))] },
    { path: ['3'], kind: 'a', ...forward, parameterGradientNorm: 13, weightNorm: 5 },
  ],
  [
    'weights that move, and a bias whose move does not count',
    {
      ...bare,
      parameters: [
        weight(tensor([2], 3, 4), tensor([2], 2, 4), tensor([2], 6, 8)),
        weight(tensor([1], 0), tensor([1], 4), tensor([1], 12)),
        { ...weight(tensor([1], 100), tensor([1], 8), tensor([1], 0)), role: 'bias' },
      ],
    },
    {
      path: ['3'],
      kind: 'a',
      ...forward,
      parameterGradientNorm: 10,
      weightNorm: 5,
      updateNorm: 13,
      updateRatio: 13 / 5,
    },
  ],
  [
    'weights that are 0',
    { ...bare, parameters: [weight(tensor([2], 0, 0), tensor([2], 5, 12), tensor([2], -3, 4))] },
    { path: ['3'], kind: 'a', ...forward, parameterGradientNorm: 13, weightNorm: 0, updateNorm: 5 },
  ],
  [
    'biases alone',
    { ...bare, parameters: [{ ...weight(tensor([2], 3, 4), tensor([2], 5, 12), tensor([2], 0, 0)), role: 'bias' }] },
    { path: ['3'], kind: 'a', ...forward, parameterGradientNorm: 13 },
  ],
];

const summed: Law = lawOf(
  'a pass summed up',
  'units, mean and deviation of an output; of what else there is its numbers, and of what is not there no field',
  cases,
  ([, of, expected]) => alike(expected, statistics(of)),
  { show: ([name]) => name },
);

const lengths: Law = lawOf(
  'moments and lengths',
  'of zeros are 0; of what is not finite NaN; of several tensors the length is that of all their numbers',
  [
    [moments({ data: [0, -0] }), { mean: 0, deviation: 0, norm: 0 }],
    [moments({ data: [1, Number.NaN, 0] }), { mean: Number.NaN, deviation: Number.NaN, norm: Number.NaN }],
    [moments({ data: [1, Number.POSITIVE_INFINITY] }), { mean: Number.NaN, deviation: Number.NaN, norm: Number.NaN }],
    [moments({ data: [-6, -2] }), { mean: -4, deviation: 2, norm: 6 * Math.sqrt(1 + (1 / 3) * (1 / 3)) }],
    [{ norm: normOf([]) }, { norm: 0 }],
    [{ norm: normOf([{ data: [2, 4] }, { data: [0] }, { data: [-4] }]) }, { norm: 6 }],
    [{ norm: normOf([{ data: [3 * 2 ** 666] }, { data: [-4 * 2 ** 666] }]) }, { norm: 5 * 2 ** 666 }],
  ] as const,
  ([received, expected]) => difference(expected, received, 'moments'),
);

const x = generate('f64', [3, 4], (i) => i + 1);
const random = init(sequential(dropout(0.5).at([4] as const), dense(4, 1)), fromSeed(1), 'f64');
const examples = { inputs: x, targets: full('f64', [3, 1], 1) };

const drawn: Law = lawOf(
  'what dropout draws from',
  'is Key.fromSeed(0) unless another key is given; a pass and a batch draw the same',
  [0, 1, 2],
  (seed) => {
    const seen = (asked: Partial<Inspect.Asked>): string =>
      JSON.stringify(get(Inspect.batch({ loss: squaredError(), ...asked }, examples)(random)));
    const [first] = get(Inspect.pass({ loss: squaredError(), key: fromSeed(seed) }, examples)(random)).layers;
    const [own] = get(Inspect.batch({ loss: squaredError(), key: fromSeed(seed) }, examples)(random)).layers;
    const kept = Array.from(first?.output.data ?? [], (y, i) => y / (x.data[i] ?? Number.NaN));
    return all(
      same(seed === 0, seen({}) === seen({ key: fromSeed(seed) }), 'without a key'),
      same(seen({ key: fromSeed(seed) }), seen({ key: fromSeed(seed) }), 'twice'),
      same('0,2', [...new Set(kept)].sort().join(), 'dropped or doubled'),
      same(first === undefined ? undefined : moments(first.output).mean, own?.mean, 'mean'),
    );
  },
);

const bareLayer = { path: [], kind: 'dense', units: 1, mean: 0, deviation: 0 };

const rows: Law = lawOf(
  'a row of a table',
  'has an epoch and a step where the inspection has, and else no such field',
  [
    [{}, ['loss', 'layer']],
    [{ epoch: 0 }, ['epoch', 'loss', 'layer']],
    [{ step: 0 }, ['step', 'loss', 'layer']],
    [{ epoch: 3, step: 9 }, ['epoch', 'step', 'loss', 'layer']],
  ] as const,
  ([when, fields]) => {
    const [row] = Inspect.table({ ...when, rows: 1, loss: 5, layers: [bareLayer], columns: [] });
    return all(
      same([...fields, 'kind', 'units', 'mean', 'deviation'].join(), Object.keys(row ?? {}).join(), 'fields'),
      difference({ ...when, loss: 5, layer: '', kind: 'dense', units: 1, mean: 0, deviation: 0 }, row, 'row'),
    );
  },
);

export const summingLaws = lawSet('summed up', [summed, lengths, drawn, rows]);
