import * as Activation from '../../../src/layer/activations.ts';
import { dense, denseWithoutBias } from '../../../src/layer/dense.ts';
import { normal as normalInitialiser } from '../../../src/layer/initialiser/index.ts';
import type { AnyLayer, Layer } from '../../../src/layer/layer.ts';
import { init, type Network } from '../../../src/layer/network.ts';
import { parallel } from '../../../src/layer/parallel.ts';
import { residual } from '../../../src/layer/residual.ts';
import { sequential, sequentialOf } from '../../../src/layer/sequential.ts';
import { squaredError } from '../../../src/loss/squaredError.ts';
import { input, multiply } from '../../../src/scalar/expr.ts';
import { foldIn, fromSeed, normal } from '../../../src/tensor/key.ts';
import type { Shape } from '../../../src/tensor/shape.ts';
import { full, zeros } from '../../../src/tensor/tensor.ts';
import type { Form } from '../../../src/tensor/tree.ts';
import * as Inspect from '../../../src/train/inspect/index.ts';
import { all, holds, type Law, law, lawOf, lawSet, same } from '../../law.ts';
import { get } from '../scenario.ts';
import { seeds } from './sample.ts';
import { slopeLaws } from './slopes.ts';
import { whichLaws } from './which.ts';

const x = input('x');

/** A composition of one's own, which tells nobody what is in it: doubles a layer. */
const doubled = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  layer: Layer<In, Out, P, S>,
): Layer<In, Out, P, S> => ({
  ...layer,
  description: { kind: 'doubled' },
  children: [{ path: [], layer }],
  forward: (ops, params, state, given, context) => {
    const run = layer.forward(ops, params, state, given, context);
    const twice = multiply(2, x);
    return {
      y: ops.map(twice, { x: run.y }),
      state: run.state,
      pullback: (dy) => run.pullback(ops.map(twice, { x: dy })),
    };
  },
});

/** A composition that tells what is in it, but not the gradient. */
const silent = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  layer: Layer<In, Out, P, S>,
): Layer<In, Out, P, S> => ({
  ...layer,
  description: { kind: 'silent' },
  children: [{ path: ['inner'], layer }],
  forward: (ops, params, state, given, context) => {
    const run = layer.forward(ops, params, state, given, context);
    context.watch({ path: [...context.path, 'inner'], kind: 'output', value: run.y });
    return run;
  },
});

const look = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(network: Network<In, Out, P, S>) => {
  const inputs = normal([6, 3], 'f64')(fromSeed(5));
  const targets = zeros('f64', [6, ...network.layer.output]);
  return get(Inspect.pass({ loss: squaredError() }, { inputs, targets })(network)).layers;
};

/** How a network was seen: path, kind, whether there is a slope and a gradient, and its parameters. */
const seenAs = (layers: ReturnType<typeof look>): readonly string[] =>
  layers.map(({ path, kind, slope, gradient, parameters }) =>
    [
      `${path.join('.')} ${kind}`,
      ...(slope === undefined ? [] : ['slope']),
      ...(gradient === undefined ? ['no gradient'] : []),
      ...parameters.map((one) => one.path.join('.')),
    ].join(' '),
  );

const three = [3] as const;
const weight = normalInitialiser(0, 1);
const key = fromSeed(3);
const tanh = Activation.tanh;
const square = dense(3, 3, { weight });

const compositions: ReadonlyArray<
  readonly [name: string, layers: () => ReturnType<typeof look>, seen: readonly string[]]
> = [
  ['one layer', () => look(init(dense(3, 1), key, 'f64')), [' dense weight bias']],
  ['an activation alone', () => look(init(tanh.at(three), key, 'f64')), [' tanh slope']],
  [
    'a nested sequence',
    () => look(init(sequential(square, sequential(tanh.at(three), dense(3, 2)), Activation.relu), key, 'f64')),
    ['0 dense 0.weight 0.bias', '1.0 tanh slope', '1.1 dense 1.1.weight 1.1.bias', '2 relu slope'],
  ],
  [
    'branches',
    () =>
      look(init(sequential(square, parallel(tanh.at(three), dense(3, 2), sequential(dense(3, 1), tanh))), key, 'f64')),
    [
      '0 dense 0.weight 0.bias',
      '1.0 tanh slope',
      '1.1 dense 1.1.weight 1.1.bias',
      '1.2.0 dense 1.2.0.weight 1.2.0.bias',
      '1.2.1 tanh slope',
    ],
  ],
  [
    'a residual of a sequence',
    () => look(init(sequential(square, residual(sequential(tanh.at(three), denseWithoutBias(3, 3)))), key, 'f64')),
    ['0 dense 0.weight 0.bias', '1.0 tanh slope', '1.1 denseWithoutBias 1.1.weight', '1 residual'],
  ],
  [
    'a residual of a layer, which stands for it',
    () => look(init(sequential(residual(square), residual(tanh.at(three))), key, 'f64')),
    ['0 residual 0.weight 0.bias', '1 residual'],
  ],
  [
    'a composition of one’s own that tells nothing',
    () => look(init(sequential(doubled(square), tanh), key, 'f64')),
    ['0 doubled 0.weight 0.bias', '1 tanh slope'],
  ],
  [
    'a composition of one’s own that tells no gradient, and is wired as it likes',
    () => look(init(sequential(square, silent(tanh.at(three))), key, 'f64')),
    ['0 dense 0.weight 0.bias', '1.inner tanh no gradient', '1 silent'],
  ],
  [
    'a sequence of nothing, which is an identity',
    () =>
      sequentialOf([3], [square, sequentialOf([3], []).use((layer): AnyLayer => layer)]).use((layer) =>
        look(init(layer, key, 'f64')),
      ),
    ['0 dense 0.weight 0.bias', '1 sequential slope'],
  ],
  [
    'an empty list',
    () => look(init(sequential(sequential(Activation.identity.at(three)), square), key, 'f64')),
    ['0.0 identity slope', '1 dense 1.weight 1.bias'],
  ],
];

const wired: Law = lawOf(
  'what is seen of a composition',
  'sequences and branches are seen by their layers, a residual also by itself; every parameter is seen once, in the ' +
    'innermost layer that was; a slope is known where the input is',
  compositions,
  ([, layers, seen]) => same(seen.join('; '), seenAs(layers()).join('; ')),
  { show: ([name]) => name },
);

const same1 = (a: readonly number[] | undefined, b: readonly number[] | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

const nested: Law = law(
  'nesting changes nothing',
  'an activation after a dense layer has the same slope and gradient in a row, in nested sequences and in a branch of its own',
  seeds,
  (seed) => {
    const own = fromSeed(seed);
    const inputs = normal([4, 3], 'f64')(foldIn(7)(own));
    const of = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
      network: Network<In, Out, P, S>,
    ) => {
      const examples = { inputs, targets: full('f64', [4, ...network.layer.output], 0.5) };
      const found = get(Inspect.pass({ loss: squaredError() }, examples)(network)).layers.find(
        ({ kind }) => kind === 'tanh',
      );
      return { slope: Array.from(found?.slope?.data ?? []), gradient: Array.from(found?.gradient?.data ?? []) };
    };
    const flat = of(init(sequential(square, tanh, dense(3, 2, { weight })), own, 'f64'));
    const inSequence = of(init(sequential(sequential(square, tanh), dense(3, 2, { weight })), own, 'f64'));
    const branch = of(init(sequential(parallel(sequential(square, tanh)), dense(3, 2, { weight })), own, 'f64'));
    return all(
      same(12, flat.slope.length),
      ...[inSequence, branch].flatMap((other) => [
        holds(same1(flat.slope, other.slope), `${flat.slope}`, `${other.slope}`, 'slope'),
        holds(same1(flat.gradient, other.gradient), `${flat.gradient}`, `${other.gradient}`, 'gradient'),
      ]),
    );
  },
  { runs: 20 },
);

const learnt: Law = lawOf(
  'a slope that is learnt',
  'that of a PReLU is its own parameter below 0, and 1 from 0 on',
  [0.25, -3],
  (own) => {
    const network = init(sequential(square, Activation.prelu(own)), key, 'f64');
    const [before, after] = look(network);
    const expected = Array.from(before?.output.data ?? [], (z) => (z < 0 ? own : 1));
    return all(
      holds(expected.includes(own) && expected.includes(1), 'both sides', `${expected}`),
      same(expected.join(), Array.from(after?.slope?.data ?? []).join(), 'slope'),
    );
  },
);

const untold: Law = lawOf('a gradient that is not told', 'leaves out what is of it, and nothing else', [3], (seed) => {
  const network = init(sequential(square, silent(tanh.at(three))), fromSeed(seed), 'f64');
  const examples = { inputs: normal([6, 3], 'f64')(fromSeed(5)), targets: zeros('f64', [6, 3]) };
  const [, inner, outer] = get(Inspect.batch({ loss: squaredError() }, examples)(network)).layers;
  return all(
    same(undefined, inner?.gradientNorm, 'gradientNorm'),
    same(undefined, inner?.gradientDeviation, 'gradientDeviation'),
    same(outer?.deviation, inner?.deviation, 'deviation'),
    holds((outer?.gradientNorm ?? 0) > 0, 'a gradient', `${outer?.gradientNorm}`),
  );
});

export const activationLaws = lawSet('activations', [wired, nested, learnt, untold], [slopeLaws, whichLaws]);
