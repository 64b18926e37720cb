/** What a watcher hears of the layers of a network. */
import * as Activation from '../../src/layer/activations.ts';
import * as Layer from '../../src/layer/index.ts';
import type { AnyLayer } from '../../src/layer/layer.ts';
import { init } from '../../src/layer/network.ts';
import { random } from '../../src/ops/reference/random.ts';
import * as Key from '../../src/tensor/key.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import type { Form, Path } from '../../src/tensor/tree.ts';
import { type Law, law, lawOf, same, type Verdict } from '../law.ts';
import { contextOf } from './case.ts';
import { erased, gradientOf, inputOf, ops, sequence, showThree, type Three, threes } from './done.ts';

/** Which paths a watcher hears of, in order. */
const heard = (
  layer: AnyLayer,
  { batch, training, key }: Pick<Three, 'batch' | 'training' | 'key'>,
): readonly string[] => {
  const paths: string[] = [];
  const watch = ({ path, kind, value }: { readonly path: Path; readonly kind: string; readonly value: Tensor }): void =>
    void paths.push(`${kind} ${path.join('.')} [${value.shape}]`);
  const hear = <P extends Form, S extends Form>(known: Layer.Layer<readonly number[], readonly number[], P, S>) => {
    const { params, state } = init(known, key, 'f64');
    const context = { ...contextOf<Tensor>(training, random('f64', key)), watch };
    known.forward(ops, params, state, inputOf(known, batch, key), context).pullback(gradientOf(known, batch, key));
  };
  hear<Form, Form>(layer);
  return paths;
};

const watched = (three: Three): Verdict => {
  const { a, b, c, batch } = three;
  const own = (kind: string, layer: AnyLayer, at: number): string => `${kind} ${at} [${[batch, ...layer.output]}]`;
  const top = heard(sequence(a, b, c), three).filter((line) => !line.split(' ')[1]?.includes('.'));
  return same(
    [
      own('output', a, 0),
      own('output', b, 1),
      own('output', c, 2),
      own('gradient', c, 2),
      own('gradient', b, 1),
      own('gradient', a, 0),
    ].join('; '),
    top.join('; '),
  );
};

/** Laws of watching. */
export const watchLaws: readonly Law[] = [
  law(
    'a watcher hears of every layer',
    'each layer’s output in order and each gradient in reverse, once, with its path',
    threes,
    watched,
    { runs: 20, show: showThree },
  ),
  lawOf(
    'a watcher hears of every branch, and of what is in it',
    'outputs branch by branch, a branch’s own after those of its layers; gradients branch by branch, its own first',
    [true, false],
    (training) =>
      same(
        [
          'output 0.0 [2,4]',
          'output 0.1 [2,4]',
          'output 0 [2,4]',
          'output 1.0 [2,5]',
          'output 1 [2,5]',
          'gradient 0 [2,4]',
          'gradient 0.1 [2,4]',
          'gradient 0.0 [2,4]',
          'gradient 1 [2,5]',
          'gradient 1.0 [2,5]',
        ].join('; '),
        heard(
          erased(
            Layer.parallelOf([sequence(Layer.dense(3, 4), Activation.tanh.at([4])), Layer.parallel(Layer.dense(3, 5))]),
          ),
          { batch: 2, training, key: Key.fromSeed(1) },
        ).join('; '),
      ),
  ),
];
