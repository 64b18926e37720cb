/** What training, sampling and inference ask of layers. */
import { after, inside } from '../../src/layer/context.ts';
import * as Layer from '../../src/layer/index.ts';
import { random } from '../../src/ops/reference/random.ts';
import * as Key from '../../src/tensor/key.ts';
import { full } from '../../src/tensor/tensor.ts';
import { keys, normals } from '../arbitrary/keys.ts';
import { all, type Law, law, sameTensor } from '../law.ts';
import { saying } from '../reach/said.ts';
import { ops } from './rows.ts';

const [scale, shift] = [full('f64', [3], 2), full('f64', [3], -1)];
const state = { mean: full('f64', [3], 0.5), variance: full('f64', [3], 4) };

const sampled: Law = law(
  'sampling: drops as training does, normalises as inference does',
  'of dropout, then batch norm: what training drops, by the running statistics, which stay',
  keys,
  (key) => {
    const [dropout, norm] = [Layer.dropout(0.5).at([3]), Layer.batchNorm().at([3])];
    const x = normals([8, 3], key);
    const drawn = random('f64', key);
    const whole = Layer.sequential(dropout, norm);
    const run = whole.forward(ops, [{}, { scale, shift }], [{}, state], x, Layer.sampling(drawn));
    const dropped = dropout.forward(ops, {}, {}, x, inside(Layer.training(drawn), ['0'])).y;
    const still = norm.forward(ops, { scale, shift }, state, dropped, after(Layer.inference(), dropout));
    return all(
      sameTensor(still.y, run.y, 'output'),
      sameTensor(state.mean, run.state[1].mean, 'running mean'),
      sameTensor(state.variance, run.state[1].variance, 'running variance'),
    );
  },
  { runs: 10 },
);

const trainedOn = (batch: readonly number[]) => (): unknown =>
  Layer.batchNorm()
    .at(batch.slice(1))
    .forward(ops, { scale, shift }, state, full('f64', batch, 1), Layer.training(random('f64', Key.fromSeed(1))));

const alone: Law = saying('batchNorm: a batch without a variance', 'is refused in training, with its shape', [
  [trainedOn([1, 3]), 'batchNorm: a training batch of [1,3] has one number a feature, so no variance'],
  [trainedOn([1, 1, 3]), 'batchNorm: a training batch of [1,1,3] has one number a feature, so no variance'],
  [trainedOn([2, 3]), 'a result'],
  [trainedOn([1, 2, 3]), 'a result'],
]);

/** Laws of contexts. */
export const contextLaws: readonly Law[] = [sampled, alone];
