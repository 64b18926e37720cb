/** Laws of what a network is made of: its parameters and state, and how they are written and read. */
import type * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import type { Network, SomeNetwork } from '../../../src/layer/network.ts';
import { predict } from '../../../src/layer/network.ts';
import { show as showFailure } from '../../../src/tensor/failure.ts';
import type { Shape } from '../../../src/tensor/shape.ts';
import { cast, type Tensor } from '../../../src/tensor/tensor.ts';
import { entries, type Form, type Path } from '../../../src/tensor/tree.ts';
import { positionOf } from '../../law/position.ts';
import { all, code, type Law, law, placeOf, same, sameTensor, type Verdict } from '../../law.ts';
import { declared } from '../layer/forward.ts';
import type { NetworkCodec } from '../network.ts';
import { type NetworkCase, onNetwork, showSample } from './case.ts';

type Leaf = readonly [name: string, path: Path, value: Tensor];

/** Every leaf of a network by its place. */
const leavesOf = <P extends Form, S extends Form>({
  layer,
  params,
  state,
}: Network<Shape, Shape, P, S>): readonly Leaf[] => [
  ...entries<P, Tensor>(layer.parameters.tree, params).map(([path, x]): Leaf => [placeOf('params', path), path, x]),
  ...entries<S, Tensor>(layer.state.tree, state).map(([path, x]): Leaf => [placeOf('state', path), path, x]),
];

/** The first number of a leaf that is not as it should be. */
const firstWrong = (leaves: readonly Leaf[], isRight: (x: number) => boolean, expected: string): Verdict =>
  all(
    ...leaves.map(([name, , { shape, data }]): Verdict => {
      const at = Array.from(data).findIndex((x) => !isRight(x));
      return at < 0 ? undefined : { expected, received: code(data[at]), where: `${name}${positionOf(shape, at)}` };
    }),
  );

const shapesHold = <P extends Form, S extends Form>({ layer, params, state, dtype }: Network<Shape, Shape, P, S>) =>
  all(declared(dtype, layer.parameters, params, 'params'), declared(dtype, layer.state, state, 'state'));

const notNegative = <P extends Form, S extends Form>(network: Network<Shape, Shape, P, S>): Verdict =>
  firstWrong(
    leavesOf(network).filter(([name, path]) => name.startsWith('state') && path[path.length - 1] === 'variance'),
    (x) => x >= 0,
    'a variance of at least 0',
  );

/** Elements that two leaves share, from the first: so many are not in proportion by chance. */
const SHARED = 4;

/** Whether b is a multiple of a, as far as both go: two draws from one key, scaled, are. */
const inProportion = (a: Tensor, b: Tensor): boolean => {
  const count = Math.min(a.data.length, b.data.length);
  const pairs = Array.from({ length: count }, (_, i) => [a.data[i] ?? NaN, b.data[i] ?? NaN] as const);
  const [x0, y0] = pairs[0] ?? [0, 0];
  const isFlat = pairs.every(([x]) => x === x0) || pairs.every(([, y]) => y === y0);
  // f32's rounding of either side, 2⁻²³ relatively, and as much again.
  return (
    count >= SHARED &&
    !isFlat &&
    pairs.every(([x, y]) => Math.abs(x * y0 - y * x0) <= 2 ** -22 * (Math.abs(x * y0) + Math.abs(y * x0)))
  );
};

const drawnApart = <P extends Form, S extends Form>(network: Network<Shape, Shape, P, S>): Verdict => {
  const leaves = leavesOf(network).filter(([name]) => name.startsWith('params'));
  for (const [i, [name, , a]] of leaves.entries())
    for (const [other, , b] of leaves.slice(i + 1))
      if (inProportion(a, b))
        return {
          expected: `${name} and ${other} drawn apart`,
          received: 'one is a multiple of the other, element by element',
          where: other,
        };
  return undefined;
};

const predictionsOf = (network: SomeNetwork, x: Tensor): Tensor =>
  network.use((known) => predict(known)(cast(known.dtype)(x)));

const survives = ({ encode, decode }: NetworkCodec, given: NetworkCase): Verdict => {
  const text = JSON.stringify(encode(given.network));
  const read = decode(JSON.parse(text));
  if (E.isLeft(read)) return { expected: 'a network', received: showFailure(read.left) };
  const [before, after] = [given.network, read.right].map((network) =>
    network.use((known) => ({ leaves: leavesOf(known), input: known.layer.input, dtype: known.dtype })),
  );
  return all(
    same(code(before?.input), code(after?.input), 'input'),
    same(before?.dtype, after?.dtype, 'dtype'),
    same(before?.leaves.map(([name]) => name).join(' '), after?.leaves.map(([name]) => name).join(' '), 'leaves'),
    ...(before?.leaves ?? []).map(([name, , x], i) => {
      const other = after?.leaves[i]?.[2];
      return other === undefined ? undefined : sameTensor(x, other, name);
    }),
    onNetwork(given, (_, { x }) =>
      sameTensor(predictionsOf(given.network, x), predictionsOf(read.right, x), 'prediction'),
    ),
    same(text, JSON.stringify(encode(read.right)), 'JSON'),
  );
};

/** The laws of leaves. */
export const leafLaws = (cases: fc.Arbitrary<NetworkCase>, codec: NetworkCodec, runs: number): readonly Law[] => {
  const options = { runs, show: showSample };
  return [
    law(
      'shapes',
      'parameters and state have the shapes that the layers declare, in the format of the network',
      cases,
      (given) => onNetwork(given, shapesHold),
      { ...options, formula: 'shape θ = declared shape' },
    ),
    law(
      'finite parameters',
      'no parameter and no part of the state is infinite or NaN',
      cases,
      (given) => onNetwork(given, (network) => firstWrong(leavesOf(network), Number.isFinite, 'a finite number')),
      { ...options, formula: '|θᵢ| < ∞' },
    ),
    law(
      'running variances are not negative',
      'of layers that keep them',
      cases,
      (given) => onNetwork(given, notNegative),
      { ...options, formula: 'σ² ≥ 0' },
    ),
    law(
      'weights are drawn apart',
      'no two parameters are multiples of one another: each was drawn from a key of its own',
      cases,
      (given) => onNetwork(given, drawnApart),
      { ...options, formula: 'θᵢ ∦ θⱼ for i ≠ j' },
    ),
    law(
      'codec',
      'read back from its JSON text, a network has the same leaves and predictions, and writes the same text',
      cases,
      (given) => survives(codec, given),
      { ...options, formula: 'decode ∘ encode = id' },
    ),
  ];
};
