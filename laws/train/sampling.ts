/** Random passes of a network as it is, and what it is unsure of. */
import * as fc from 'fast-check';
import { reference } from '../../src/engine/engine.ts';
import { inference, sampling } from '../../src/layer/context.ts';
import * as Layer from '../../src/layer/index.ts';
import type { Network as Trained } from '../../src/layer/network.ts';
import { random } from '../../src/ops/reference/random.ts';
import { reference as ops } from '../../src/ops/reference/reference.ts';
import { foldIn, fromSeed, type Key, normal } from '../../src/tensor/key.ts';
import type { Shape } from '../../src/tensor/shape.ts';
import { full, generate, type Tensor, takeRows, toArray, zeros } from '../../src/tensor/tensor.ts';
import type { Form } from '../../src/tensor/tree.ts';
import * as Network from '../../src/train/network/index.ts';
import { sampleOn, sampleSlowly } from '../../src/train/sample.ts';
import { keys } from '../arbitrary/keys.ts';
import { layersAt } from '../arbitrary/layers.ts';
import { dtypes } from '../arbitrary/tensors.ts';
import { ranEmitted, spied } from '../engine/spied.ts';
import { all, holds, type Law, law, lawOf, lawSet, same, sameTensor, type Verdict } from '../law.ts';

type Any = Trained<Shape, Shape, Form, Form>;

const dropping = [Layer.dropout(0.5), Layer.gaussianDropout(0.5), Layer.alphaDropout(0.5), Layer.gaussianNoise(1)];

/** A network with something random in it, batch norm among what is around. */
const networks: fc.Arbitrary<Any> = fc
  .tuple(layersAt([3], 1), fc.constantFrom(...dropping), fc.boolean(), dtypes, keys)
  .map(([around, drop, norm, dtype, key]) => {
    const layer = Layer.sequentialOf([3], [drop, ...(norm ? [Layer.batchNorm()] : []), around]).use(
      (known): Layer.Layer<Shape, Shape, Form, Form> => known,
    );
    return Network.init(layer, key, dtype);
  });

const rowsOf = (n: number, { dtype, layer }: Any, key: Key): Tensor =>
  normal([n, ...layer.input], dtype)(foldIn(77)(key));

const samples = fc.record({ network: networks, rows: fc.integer({ min: 0, max: 9 }), key: keys });
const shown = ({ network, rows, key }: { readonly network: Any; readonly rows: number; readonly key: Key }): string =>
  JSON.stringify({ layer: network.layer.description, dtype: network.dtype, rows, key });

const sameAll = (expected: readonly Tensor[], received: readonly Tensor[], where: string): Verdict =>
  all(
    same(expected.length, received.length, 'how many'),
    ...expected.map((x, i) =>
      received[i] === undefined ? undefined : sameTensor(x, received[i], `${where}, pass ${i}`),
    ),
  );

const prefixes: Law = law(
  'the first passes and rows',
  'are the same however many follow, and another key gives others; whether rows are few or many, in every bit',
  samples,
  ({ network, rows, key }) => {
    const x = rowsOf(rows, network, key);
    const some = Network.samples({ passes: 4, key })(network)(x);
    const fewer = Math.floor(rows / 2);
    return all(
      sameAll(some.slice(0, 2), Network.samples({ passes: 2, key })(network)(x), 'two of four'),
      sameAll(
        some.map(takeRows(Array.from({ length: fewer }, (_, i) => i))),
        Network.samples({ passes: 4, key })(network)(takeRows(Array.from({ length: fewer }, (_, i) => i))(x)),
        'the first rows alone',
      ),
    );
  },
  { runs: 25, show: shown },
);

const emitted: Law = law(
  'emitted',
  'emitted code gives the reference’s bits in each pass, also over more rows than go at once, and leaves nothing to it',
  fc.record({ network: networks, rows: fc.constantFrom(1, 5, 1024, 1025, 2050), key: keys }),
  ({ network, rows, key }) => {
    const spy = spied();
    const x = rowsOf(rows, network, key);
    const expected = sampleSlowly(network, x, { passes: 2, key });
    return all(
      sameAll(expected, sampleOn(spy.engine)(network, x, { passes: 2, key }), 'emitted'),
      sameAll(expected, sampleOn(reference)(network, x, { passes: 2, key }), 'asked of the reference'),
      ranEmitted(spy, 2 * Math.ceil(rows / 1024)),
    );
  },
  { runs: 12, show: shown },
);

/** So much to do that it is done by emitted code. */
const wide: Law = lawOf('much to do', 'is done by emitted code, to the same bits', [1, 2], (seed) => {
  const network = Network.init(
    Layer.sequential(Layer.dense(3, 64), Layer.dropout(0.5), Layer.dense(64, 2)),
    fromSeed(seed),
  );
  const x = normal([400, 3])(fromSeed(seed + 1));
  const given = { passes: 10, key: fromSeed(seed + 2) };
  return sameAll(sampleSlowly(network, x, given), Network.samples(given)(network)(x), 'by itself');
});

/** A network that draws nothing. */
const still: Law = law(
  'nothing that is random',
  'a network that draws nothing says in each pass what it predicts: batch norm has its running statistics',
  fc.record({ network: networks, rows: fc.integer({ min: 1, max: 5 }), key: keys }),
  ({ key }) => {
    const layer = Layer.sequential(Layer.dense(3, 4), Layer.batchNorm(), Layer.dense(4, 2));
    const network = Network.init(layer, key, 'f64');
    const moved = {
      ...network,
      state: [
        {},
        { mean: normal([4], 'f64')(foldIn(1)(key)), variance: generate('f64', [4], (i) => 0.5 + i) },
        {},
      ] as const,
    };
    const x = normal([3, 3], 'f64')(foldIn(2)(key));
    const { mean, deviation } = Network.monteCarlo({ passes: 2, key })(moved)(x);
    const run = layer.forward(ops('f64'), moved.params, moved.state, x, sampling(random('f64', key)));
    const quiet = layer.forward(ops('f64'), moved.params, moved.state, x, inference());
    return all(
      sameTensor(Network.predict(moved)(x), mean, 'mean'),
      sameTensor(zeros('f64', [3, 2]), deviation, 'deviation'),
      sameTensor(moved.state[1].mean, run.state[1].mean, 'the state is kept: mean'),
      sameTensor(moved.state[1].variance, run.state[1].variance, 'the state is kept: variance'),
      sameTensor(
        quiet.pullback(x.shape[0] === 3 ? zeros('f64', [3, 2]) : x).dx,
        run.pullback(zeros('f64', [3, 2])).dx,
        'dx',
      ),
    );
  },
  { runs: 8 },
);

const plainly: Law = law(
  'mean and deviation',
  'are those of the passes, by the textbook’s formulas in f64, rounded once',
  samples.filter(({ rows }) => rows > 0),
  ({ network, rows, key }) => {
    const x = rowsOf(rows, network, key);
    const passes = Network.samples({ passes: 5, key })(network)(x).map(toArray);
    const { mean, deviation } = Network.monteCarlo({ passes: 5, key })(network)(x);
    const round = network.dtype === 'f32' ? Math.fround : (a: number) => a;
    return all(
      ...Array.from(mean.data, (m, i): Verdict => {
        const of = passes.map((y) => y[i] ?? NaN);
        const middle = of.reduce((a, b) => a + b, 0) / 5;
        const spread = Math.sqrt(of.reduce((sum, y) => sum + (y - middle) ** 2, 0) / 4);
        return all(same(round(middle), m, `mean ${i}`), same(round(spread), deviation.data[i], `deviation ${i}`));
      }),
      same(network.dtype, deviation.dtype, 'format'),
    );
  },
  { runs: 25, show: shown },
);

const PASSES = 4096;

/** Of y = Σ wᵢxᵢmᵢ/q with masks m of probability q: mean Σ wᵢxᵢ, variance Σ (wᵢxᵢ)²·(1 − q)/q. */
const linear: Law = law(
  'a linear network',
  `after dropout has the mean and variance that probability says, over ${PASSES} passes`,
  fc.tuple(keys, fc.constantFrom(0.1, 0.5)),
  ([key, rate]) => {
    const layer = Layer.sequential(Layer.dropout(rate).at([4] as const), Layer.denseWithoutBias(4, 1));
    const network = Network.init(layer, key, 'f64');
    const x = full('f64', [1, 4], 1);
    const weights = toArray(network.params[1].weight);
    const { mean, deviation } = Network.monteCarlo({ passes: PASSES, key: foldIn(1)(key) })(network)(x);
    const range = weights.reduce((sum, w) => sum + Math.abs(w) / (1 - rate), 0);
    const variance = weights.reduce((sum, w) => sum + (w * w * rate) / (1 - rate), 0);
    // Hoeffding (1963), 1e-10, of numbers in that range, and of their squared distances from the mean.
    const share = Math.sqrt(Math.log(2e10) / (2 * PASSES));
    const [m = NaN] = toArray(mean);
    const [d = NaN] = toArray(deviation);
    const expected = weights.reduce((a, b) => a + b, 0);
    return all(
      holds(Math.abs(m - expected) <= range * share, `${expected} ± ${range * share}`, `${m}`, 'mean'),
      holds(
        Math.abs(d * d - variance) <= range * range * (share + share * share) + variance / PASSES,
        `${variance} ± ${range * range * share}`,
        `${d * d}`,
        'variance',
      ),
    );
  },
  { runs: 5 },
);

const network = Network.init(Layer.dropout(0.5).at([2]), fromSeed(1));

const refused: Law = lawOf(
  'what cannot be sampled',
  'is an error that says why: no whole number of passes, one pass for a deviation, a batch that the network does not take',
  [
    [() => Network.samples({ passes: 0, key: fromSeed(1) }), '0 passes'],
    [() => Network.samples({ passes: 1.5, key: fromSeed(1) }), '1.5 passes'],
    [() => Network.monteCarlo({ passes: 1, key: fromSeed(1) }), '1 passes have no deviation'],
    [() => Network.samples({ passes: 1, key: fromSeed(1) })(network)(zeros('f32', [3, 3])), 'takes [batch,2]'],
    [() => Network.samples({ passes: 1, key: fromSeed(1) })(network)(zeros('f32', [])), 'takes [batch,2]'],
    [() => Network.samples({ passes: 1, key: fromSeed(1) })(network)(zeros('f64', [3, 2])), 'computes in f32'],
  ] as const,
  ([run, part]): Verdict => {
    try {
      run();
      return { expected: `an error with "${part}"`, received: 'none' };
    } catch (thrown) {
      return holds(String(thrown).includes(part), `an error with "${part}"`, String(thrown));
    }
  },
);

export const samplingLaws = lawSet('sampling', [prefixes, emitted, wide, still, plainly, linear, refused]);
