/** Laws of rates by path, and of taking over part of another network. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as Activation from '../../src/layer/activations.ts';
import * as Layer from '../../src/layer/index.ts';
import * as Network from '../../src/layer/network/index.ts';
import { show as showFailure } from '../../src/tensor/failure.ts';
import * as Key from '../../src/tensor/key.ts';
import { entries } from '../../src/tensor/tree.ts';
import { keys } from '../arbitrary/keys.ts';
import { dtypes } from '../arbitrary/tensors.ts';
import { all, holds, type Law, law, lawOf, same, sameTensor, type Verdict } from '../law.ts';
import { saying } from '../reach/said.ts';

const transferred = law(
  'load: what is under the path, and nothing else',
  'the target’s leaves under `to` become the source’s under `from`, state included; the others stay',
  fc.record({ key: keys, dtype: dtypes }),
  ({ key, dtype }) => {
    const body = Layer.sequential(Layer.dense(3, 4), Layer.batchNorm(), Activation.prelu());
    const source = Network.init(Layer.sequential(body, Layer.dense(4, 2)), key, dtype);
    const moved = {
      ...source,
      state: [[{}, { mean: source.params[0][0].bias, variance: source.params[0][0].bias }, {}], {}] as const,
    };
    const target = Network.init(
      Layer.sequential(Layer.dense(2, 3), body, Layer.dense(4, 7)),
      Key.foldIn(9)(key),
      dtype,
    );
    const loaded = Network.load(moved, { from: '0', to: '1' })(target);
    if (E.isLeft(loaded)) return { expected: 'a network', received: showFailure(loaded.left) };
    const [p, q] = [loaded.right.params, target.params];
    return all(
      sameTensor(source.params[0][0].weight, p[1][0].weight, '1.0.weight'),
      sameTensor(source.params[0][1].scale, p[1][1].scale, '1.1.scale'),
      sameTensor(source.params[0][2].slope, p[1][2].slope, '1.2.slope'),
      sameTensor(moved.state[0][1].mean, loaded.right.state[1][1].mean, 'state 1.1.mean'),
      sameTensor(q[0].weight, p[0].weight, '0.weight'),
      sameTensor(q[2].weight, p[2].weight, '2.weight'),
    );
  },
  { runs: 10 },
);

const source = Network.init(Layer.sequential(Layer.dense(3, 4), Layer.dense(4, 2)), Key.fromSeed(1));
const target = Network.init(Layer.sequential(Layer.dense(3, 4), Layer.dense(4, 7)), Key.fromSeed(2));
const loading = (from: string, to: string) => (): unknown => Network.load(source, { from, to })(target);

const pathFailures: Law = saying(
  'paths: failures',
  'nothing under the path, a leaf that the source lacks, another shape or format: each names the leaf on both sides',
  [
    [loading('0', '0'), 'a result'],
    [loading('7', '0'), 'parameter 0.weight: expected a leaf of the source at 7.weight, received none'],
    [loading('0', '7'), 'path "7": expected a path of the network: 0.weight, 0.bias, 1.weight, 1.bias, received 7'],
    [loading('1', '1'), 'parameter 1.weight: expected [4,7], received [4,2] at 1.weight of the source'],
    [loading('', '0'), 'parameter 0.weight: expected a leaf of the source at weight, received none'],
    [
      () => Network.load(Network.cast('f64')(source), { from: '0', to: '0' })(target),
      'parameter 0.weight: expected a tensor in f32, received f64 at 0.weight of the source',
    ],
    [
      () =>
        Network.load(Network.init(Layer.layerNorm().at([3]), Key.fromSeed(1)), { from: '', to: '' })(
          Network.init(Layer.batchNorm().at([3]), Key.fromSeed(1)),
        ),
      'state mean: expected a leaf of the source at mean, received none',
    ],
    [
      () => Network.ratesByPath(Layer.dense(3, 2), { bias: 2, wieght: 0 }),
      'path "wieght": expected a path of the network: weight, bias, received wieght',
    ],
  ],
);

const layered = Layer.sequential(
  Layer.dense(2, 3),
  Activation.tanh,
  Layer.residual(Layer.dense(3, 3)),
  Layer.dense(3, 1),
);
const rates = lawOf<readonly [Readonly<Record<string, number>>, readonly number[] | undefined]>(
  'rates: by path',
  'under a path its number, elsewhere 1; the longer of two that nest; a path without a parameter fails',
  [
    [{}, [1, 1, 1, 1, 1, 1]],
    [{ 0: 0 }, [0, 0, 1, 1, 1, 1]],
    [{ '': 0, 3: 1 }, [0, 0, 0, 0, 1, 1]],
    [{ '3.bias': 2 }, [1, 1, 1, 1, 1, 2]],
    [{ 2: 0.5, '2.weight': 0.1 }, [1, 1, 0.1, 0.5, 1, 1]],
    [{ 1: 0 }, undefined],
    [{ '0.wieght': 0 }, undefined],
    [{ 30: 0 }, undefined],
  ],
  ([byPath, expected]): Verdict => {
    const found = Network.ratesByPath(layered, byPath);
    return E.isLeft(found)
      ? holds(expected === undefined, `${expected}`, showFailure(found.left))
      : same(
          `${expected}`,
          `${entries(layered.parameters.tree, found.right).map(([, rate]) => rate)}`,
          JSON.stringify(byPath),
        );
  },
);

const freezing = lawOf('freeze: rates of 0', 'and 1 elsewhere', [0], (): Verdict => {
  const frozen = Network.freeze(layered, ['0', '2']);
  return E.isLeft(frozen)
    ? { expected: 'rates', received: showFailure(frozen.left) }
    : same('0,0,0,0,1,1', `${entries(layered.parameters.tree, frozen.right).map(([, rate]) => rate)}`);
});

/** Laws of parameter records by path. */
export const transferLaws: readonly Law[] = [transferred, pathFailures, rates, freezing];
