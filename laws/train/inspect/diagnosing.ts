/** What is named, and what not. */
import * as fc from 'fast-check';
import { elu, gelu, leakyRelu, relu, selu, sigmoid, softsign, tanh } from '../../../src/layer/activations.ts';
import { dense } from '../../../src/layer/dense.ts';
import {
  constant,
  glorotUniform,
  heNormal,
  type Initialiser,
  lecunNormal,
  normal as normalInitialiser,
  zeros as zeroInitialiser,
} from '../../../src/layer/initialiser/index.ts';
import type { Part } from '../../../src/layer/layer.ts';
import { init } from '../../../src/layer/network.ts';
import { sequential } from '../../../src/layer/sequential.ts';
import { squaredError } from '../../../src/loss/squaredError.ts';
import { foldIn, fromSeed, normal, uniform } from '../../../src/tensor/key.ts';
import { full, generate } from '../../../src/tensor/tensor.ts';
import type { Examples } from '../../../src/train/index.ts';
import * as Inspect from '../../../src/train/inspect/index.ts';
import { all, type Law, law, lawOf, lawSet, same } from '../../law.ts';
import { get } from '../scenario.ts';
import { findingLaws } from './findings.ts';
import { limitLaws } from './limits.ts';
import { crossEntropy, type Deep, deep, labelled, seeds } from './sample.ts';

const ROWS = 64;

/** How a network is made, and what is wrong with it. */
interface Made {
  readonly part: Part;
  readonly weight: Initialiser;
  readonly bias?: Initialiser;
  readonly depth: readonly [least: number, most: number];
  readonly faults: readonly Inspect.Fault[];
}

const made: Readonly<Record<string, Made>> = {
  'tanh, Glorot': { part: tanh, weight: glorotUniform, depth: [1, 5], faults: [] },
  'softsign, Glorot': { part: softsign, weight: glorotUniform, depth: [1, 5], faults: [] },
  'ReLU, He': { part: relu, weight: heNormal, depth: [1, 5], faults: [] },
  'leaky ReLU, He': { part: leakyRelu(), weight: heNormal, depth: [1, 5], faults: [] },
  'ELU, He': { part: elu(), weight: heNormal, depth: [1, 5], faults: [] },
  'GELU, He': { part: gelu, weight: heNormal, depth: [1, 5], faults: [] },
  'SELU, LeCun': { part: selu, weight: lecunNormal, depth: [1, 5], faults: [] },
  // A sigmoid passes on less than a quarter: 4⁻⁵ after five of them.
  'sigmoid, deep': { part: sigmoid, weight: glorotUniform, depth: [5, 8], faults: ['vanishing'] },
  // Leaky ones: in deep networks of ReLUs all rows come to point the same way, and near half of the units are off for all.
  // Each layer shrinks by 0.05·√(width/2) < ½.
  'leaky ReLU, small weights': {
    part: leakyRelu(),
    weight: normalInitialiser(0, 0.05),
    depth: [6, 8],
    faults: ['vanishing'],
  },
  // Each layer grows by √(width/2) > 4.
  'leaky ReLU, normal(0, 1)': {
    part: leakyRelu(),
    weight: normalInitialiser(0, 1),
    depth: [5, 8],
    faults: ['exploding'],
  },
  'tanh, normal(0, 2)': { part: tanh, weight: normalInitialiser(0, 2), depth: [2, 3], faults: ['saturated'] },
  'ReLU, low biases': {
    part: relu,
    weight: heNormal,
    bias: constant(-50),
    depth: [2, 4],
    faults: ['vanishing', 'dying'],
  },
};

const shapes = fc.record({
  seed: seeds,
  dtype: fc.constantFrom<Deep['dtype']>('f32', 'f64'),
  inputs: fc.integer({ min: 12, max: 20 }),
  width: fc.integer({ min: 36, max: 48 }),
  classes: fc.integer({ min: 4, max: 6 }),
});

const faultsOf = ({ findings }: Inspect.Diagnosis): string => findings.map(({ fault }) => fault).join();

const named: Law = law(
  'what is wrong is named',
  'a network made to have faults is told these and no others; one made as its activation asks for is told none',
  fc.record({ of: shapes, name: fc.constantFrom(...Object.keys(made)), extra: fc.nat(7) }),
  ({ of, name, extra }) => {
    const one = made[name];
    if (one === undefined) return { expected: 'a network', received: name };
    const [least, most] = one.depth;
    const size = { ...of, depth: least + (extra % (most - least + 1)) };
    const inspection = deep(size, one.part, one.weight, one.bias ?? zeroInitialiser).use((network) =>
      get(Inspect.batch({ loss: crossEntropy }, labelled(size, ROWS))(network)),
    );
    return same(one.faults.join(), faultsOf(get(Inspect.diagnose(inspection))), name);
  },
  { runs: 72 },
);

const perceptron = (inputs: number, seed: number) =>
  init(sequential(dense(inputs, 4), tanh, dense(4, 1)), fromSeed(seed), 'f64');

const diagnosed = (examples: Examples, seed: number): readonly Inspect.Finding[] =>
  get(
    Inspect.diagnose(
      get(Inspect.batch({ loss: squaredError() }, examples)(perceptron(examples.inputs.shape[1] ?? 0, seed))),
    ),
  ).findings;

const data: Law = law(
  'what the data show',
  'a column that is a rising or falling function of the target leaks it, one that never varies is dead; they are named by ' +
    'column, the constant with its value; nothing is said of them on few rows, nor of a leak where there is one column',
  fc.record({ seed: seeds, leak: fc.constantFrom(-1, 0, 1), dead: fc.boolean(), few: fc.boolean() }),
  ({ seed, leak, dead, few }) => {
    const rows = few ? 7 : 100;
    // Uniform, so that rows have near neighbours: a twentieth of the variance goes unexplained only if some gap between 100
    // of them is above 0.15, by chance once in 10⁵ (101·0.85¹⁰⁰), and then seldom.
    const target = uniform([rows], 'f64')(fromSeed(seed));
    const noise = normal([rows, 3], 'f64')(foldIn(1)(fromSeed(seed)));
    const inputs = generate('f64', [rows, 3], (i) => {
      const t = target.data[Math.floor(i / 3)] ?? Number.NaN;
      if (i % 3 === 1 && leak !== 0) return leak * t * t * t;
      if (i % 3 === 2 && dead) return 7;
      return noise.data[i] ?? Number.NaN;
    });
    const targets = generate('f64', [rows, 1], (i) => target.data[i] ?? Number.NaN);
    const findings = diagnosed({ inputs, targets }, seed);
    const of = (fault: string) =>
      findings
        .filter((one) => one.fault === fault)
        .flatMap(({ evidence }) =>
          evidence.map(({ where, amount }) => `${where}: ${fault === 'deadInput' ? amount : ''}`),
        )
        .join();
    const alone = diagnosed({ inputs: targets, targets }, seed);
    return all(
      same(leak !== 0 && !few ? 'column 1: ' : '', of('leakingTarget')),
      same(dead && !few ? 'column 2: 7' : '', of('deadInput')),
      same('', alone.map(({ fault }) => fault).join(), 'one column'),
    );
  },
  { runs: 40 },
);

const BROKEN = [Number.NaN, Number.POSITIVE_INFINITY] as const;

const infinite: Law = lawOf(
  'what is no longer finite',
  'it is exploding, and began in the first layer whose output it is, or else the last whose gradient',
  [
    ...BROKEN.map((value) => ({ value, layer: 0, where: 'layer 0 (dense)' })),
    ...BROKEN.map((value) => ({ value, layer: 2, where: 'layer 2 (dense)' })),
    { value: 1e200, layer: 2, where: 'layer 2 (dense)' },
  ],
  ({ value, layer, where }) => {
    const network = perceptron(2, 1);
    const [first, none, last] = network.params;
    const weight = (x: typeof first.weight) => full('f64', x.shape, value);
    const params = [
      layer === 0 ? { ...first, weight: weight(first.weight) } : first,
      none,
      layer === 2 ? { ...last, weight: weight(last.weight) } : last,
    ] as const;
    const inputs = normal([10, 2], 'f64')(fromSeed(2));
    const targets = normal([10, 1], 'f64')(fromSeed(3));
    const seen = get(Inspect.batch({ loss: squaredError() }, { inputs, targets })({ ...network, params }));
    const [finding] = get(Inspect.diagnose(seen)).findings;
    return all(
      same('exploding', finding?.fault),
      value === 1e200
        ? same(true, (finding?.amount ?? 0) > 1e10)
        : all(
            same(Number.POSITIVE_INFINITY, finding?.amount, 'amount'),
            same(where, finding?.evidence[0]?.where, 'where'),
            same(`The numbers are no longer finite; it began in ${where}.`, finding?.words),
          ),
    );
  },
);

const flatLoss: Law = lawOf(
  'where there is nothing to learn',
  'a gradient that is 0 from the last layer on is no vanishing one',
  [0],
  () => {
    const network = perceptron(2, 1);
    const params = [
      network.params[0],
      network.params[1],
      { weight: full('f64', [4, 1], 0), bias: full('f64', [1], 0) },
    ] as const;
    const inputs = normal([10, 2], 'f64')(fromSeed(2));
    const seen = get(
      Inspect.batch({ loss: squaredError() }, { inputs, targets: full('f64', [10, 1], 0) })({ ...network, params }),
    );
    return same('', faultsOf(get(Inspect.diagnose(seen))));
  },
);

export const diagnosingLaws = lawSet('diagnosing', [named, data, infinite, flatLoss], [findingLaws, limitLaws]);
