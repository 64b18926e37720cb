/** Predictions and random passes by parts: how many rows go at once, and that one engine keeps apart what it is asked for. */
import { create, reference } from '../../src/engine/engine.ts';
import { tanh } from '../../src/layer/activations.ts';
import * as Layer from '../../src/layer/index.ts';
import { init, predict } from '../../src/layer/network.ts';
import { fill } from '../../src/ops/derived.ts';
import { fromSeed, normal } from '../../src/tensor/key.ts';
import { full, type Tensor } from '../../src/tensor/tensor.ts';
import { parts, predictOn, predictSlowly } from '../../src/train/predict.ts';
import { sampleOn, sampleSlowly } from '../../src/train/sample.ts';
import { all, type Law, lawOf, lawSet, same, sameTensor, type Verdict } from '../law.ts';
import { counted, seenSlow } from './counted.ts';
import { counting } from './layers.ts';

const cut: Law = lawOf(
  'parts',
  'are of 1024 rows, in order, and the last of what is left',
  [
    { rows: 0, lengths: '' },
    { rows: 1, lengths: '1' },
    { rows: 1023, lengths: '1023' },
    { rows: 1024, lengths: '1024' },
    { rows: 1025, lengths: '1024,1' },
    { rows: 2048, lengths: '1024,1024' },
    { rows: 2050, lengths: '1024,1024,2' },
  ],
  ({ rows, lengths }) =>
    all(
      same(
        lengths,
        parts(rows)
          .map(({ length }) => length)
          .join(),
        'lengths',
      ),
      same(Array.from({ length: rows }, (_, row) => row).join(), parts(rows).flat().join(), 'rows'),
    ),
);

const layer = Layer.sequential(Layer.dense(3, 4), Layer.dropout(0.5), Layer.dense(4, 2));
const network = init(layer, fromSeed(1));
const passes = { passes: 2, key: fromSeed(3) };

/** The network, and how many rows each of its forward passes on tensors has. */
const noting = () => {
  const { layer: noted, rows } = seenSlow(layer);
  return { seen: rows, network: { ...network, layer: noted } };
};

const sizes = [0, 1, 5, 1024, 1025, 2050];
const inputsOf = (rows: number): Tensor => normal([rows, 3])(fromSeed(rows));

const sameAll = (expected: readonly Tensor[], received: readonly Tensor[], where: string): Verdict =>
  all(
    same(expected.length, received.length, `${where}: how many`),
    ...expected.map((x, i) => (received[i] === undefined ? undefined : sameTensor(x, received[i], `${where} ${i}`))),
  );

const bounded: Law = lawOf(
  'no more at once',
  'than a part’s rows: on the reference each part is a pass, whether it is watched or random; no rows at all have a pass, for their shape',
  sizes,
  (rows) => {
    const expected = rows === 0 ? [0] : parts(rows).map(({ length }) => length);
    const [once, twice, engine] = [noting(), noting(), noting()];
    const y = predictSlowly(once.network, inputsOf(rows));
    const some = sampleSlowly(twice.network, inputsOf(rows), passes);
    return all(
      same(expected.join(), once.seen.join(), 'predicted'),
      same([...expected, ...expected].join(), twice.seen.join(), 'sampled'),
      sameTensor(predict(network)(inputsOf(rows)), y, 'predictions'),
      sameTensor(y, predictOn(reference)(engine.network, inputsOf(rows)), 'asked of the reference'),
      same('[[2],[2]]'.replaceAll('2', `${rows},2`), JSON.stringify(some.map(({ shape }) => shape)), 'shapes'),
    );
  },
);

const apart: Law = lawOf(
  'one engine',
  'that predicts and samples other numbers of rows in turn gives the reference’s bits, each part by one run of emitted code',
  [
    [5, 1, 5],
    [1025, 5, 2050, 0, 1024],
    [1024, 1023],
  ],
  (asked) => {
    const { engine, ran, written } = counted();
    const warm = create();
    let [parted, put] = [0, 0];
    return all(
      ...asked.map((rows) => {
        const x = inputsOf(rows);
        const verdict = all(
          sameTensor(predictSlowly(network, x), predictOn(engine)(network, x), `${rows} rows`),
          sameAll(sampleSlowly(network, x, passes), sampleOn(engine)(network, x, passes), `${rows} rows, pass`),
          sameTensor(predictOn(warm)(network, x), predictOn(engine)(network, x), `${rows} rows again`),
        );
        // Two predictions and two passes; three times the four tensors of the network.
        parted += 4 * parts(rows).length;
        put += rows === 0 ? 0 : 12;
        return all(verdict, same(parted, ran(), 'runs of emitted code'), same(put, written(), 'tensors written'));
      }),
    );
  },
);

/** A network with parameters and a state that its predictions do not need. */
const unused = Layer.sequential(Layer.dense(3, 2), counting);
const blind: typeof unused = {
  ...unused,
  forward: (ops, _params, state, x) => ({
    y: fill(ops, [ops.shape(x)[0] ?? 0, 2], 7),
    state,
    pullback: () => {
      throw new Error('not asked for');
    },
  }),
};

const several: Law = lawOf(
  'several networks',
  'on one engine do not take one another’s plans; one that ignores its parameters and state is predicted as well',
  [0],
  () => {
    const { engine, ran } = counted();
    const x = inputsOf(5);
    const other = init(Layer.sequential(Layer.dense(3, 4), tanh, Layer.dense(4, 2)), fromSeed(2));
    return all(
      sameTensor(predictSlowly(network, x), predictOn(engine)(network, x), 'one'),
      sameTensor(predictSlowly(other, x), predictOn(engine)(other, x), 'the other'),
      sameTensor(full('f32', [5, 2], 7), predictOn(engine)(init(blind, fromSeed(3)), x), 'the blind'),
      same(3, ran(), 'runs of emitted code'),
    );
  },
);

export const predictingLaws = lawSet('predicting', [cut, bounded, apart, several]);
