/** A run that is looked into goes on as if it were not, and what is seen of it is what it does. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { batchNorm } from '../../../src/layer/batchNorm.ts';
import { dense } from '../../../src/layer/dense.ts';
import { init } from '../../../src/layer/network.ts';
import { sequential } from '../../../src/layer/sequential.ts';
import { squaredError } from '../../../src/loss/squaredError.ts';
import { gradientDescent } from '../../../src/optimizer/index.ts';
import { fromSeed } from '../../../src/tensor/key.ts';
import type { Tensor } from '../../../src/tensor/tensor.ts';
import { cast, zeros } from '../../../src/tensor/tensor.ts';
import * as Train from '../../../src/train/index.ts';
import * as Inspect from '../../../src/train/inspect/index.ts';
import { all, holds, type Law, law, lawOf, lawSet, same } from '../../law.ts';
import { saying } from '../../reach/said.ts';
import { config, configOf, difference, examplesOf, failsWith, get, scenario } from '../scenario.ts';
import { lengthOf, near } from './sample.ts';

const beside: Law = law(
  'beside the run',
  'the states are those of Train.epochs from the same one, that one first, bit for bit; what is seen in each is what is ' +
    'seen in it alone; the network after a run that was looked into is that of Train.fit',
  scenario,
  (of) => {
    const given = configOf(of);
    const start = Train.start(given, fromSeed(of.seed));
    const seen = Array.from(Inspect.epochs(given)(start), get);
    const states = [start, ...Array.from(Train.epochs(given)(start), get)];
    const last = seen[seen.length - 1];
    return all(
      difference(
        states,
        seen.map(({ state }) => state),
      ),
      same(states.map(({ epoch }) => epoch).join(), seen.map(({ inspection }) => inspection.epoch).join(), 'epochs'),
      same(states.map(({ step }) => step).join(), seen.map(({ inspection }) => inspection.step).join(), 'steps'),
      ...seen.map(({ state, inspection }) => difference(get(Inspect.state(given)(state)), inspection, 'inspection')),
      difference(get(Train.fit(given)(start)), last?.state, 'last'),
    );
  },
  { runs: 12 },
);

const lazy: Law = law(
  'each when it is asked for',
  'whoever stops asking has seen what others see, and asking twice gives the same',
  fc.tuple(scenario, fc.nat(3)),
  ([of, count]) => {
    const given = configOf(of);
    const all = Inspect.epochs(given)(Train.start(given, fromSeed(of.seed)));
    const few = [];
    for (const one of all) {
      if (few.length === count) break;
      few.push(one);
    }
    return difference(Array.from(all).slice(0, count), few);
  },
  { runs: 5 },
);

const values = (x: Tensor | undefined): readonly number[] => Array.from(x?.data ?? []);

const next: Law = law(
  'what the step does',
  'with all rows in a batch, the update that is seen is by how much the weights change in the next step, whatever the ' +
    'optimizer, and the loss that is seen is what the next step measures',
  fc.tuple(scenario, fc.nat(2)),
  ([of, epochs]) => {
    const given = { ...configOf({ ...of, batchSize: 'full', patience: 0, validated: false }), epochs };
    const state = get(Train.fit(given)(Train.start(given, fromSeed(of.seed))));
    const after = get(Train.step(given)(state));
    const seen = get(Inspect.state(given)(state));
    const dense = seen.layers.filter(({ kind }) => kind === 'dense');
    return all(
      same(after.history[after.history.length - 1]?.loss, seen.loss, 'loss'),
      same(2, dense.length, 'dense layers'),
      ...([0, 4] as const).map((layer, i) => {
        const [before, later] = [values(state.params[layer].weight), values(after.params[layer].weight)];
        const moved = lengthOf(before.map((w, j) => (later[j] ?? Number.NaN) - w));
        return all(
          near(moved, dense[i]?.updateNorm, moved, `layer ${layer}, updateNorm`),
          near(lengthOf(before), dense[i]?.weightNorm, lengthOf(before), `layer ${layer}, weightNorm`),
          near(
            moved / lengthOf(before),
            dense[i]?.updateRatio,
            moved / lengthOf(before),
            `layer ${layer}, updateRatio`,
          ),
        );
      }),
    );
  },
  { runs: 15 },
);

const rows: Law = law(
  'rows to plot',
  'a table has a row a layer, with what the layer has, where it stands, and when',
  scenario,
  (of) => {
    const given = configOf(of);
    const inspection = get(Inspect.state(given)(Train.start(given, fromSeed(of.seed))));
    const { epoch: _, step: __, ...bare } = inspection;
    const table = Inspect.table(inspection);
    return all(
      same('0,1,2,3,4', table.map(({ layer }) => layer).join(), 'layers'),
      same('0,0,0,0,0', table.map(({ epoch }) => epoch).join(), 'epochs'),
      same('0,0,0,0,0', table.map(({ step }) => step).join(), 'steps'),
      difference(
        table.map(({ epoch: _epoch, step: _step, ...row }) => row),
        Inspect.table(bare),
        'a table without epochs',
      ),
      ...inspection.layers.map(({ path, ...statistics }, i) =>
        difference({ ...statistics, layer: path.join('.'), loss: inspection.loss }, Inspect.table(bare)[i], `row ${i}`),
      ),
    );
  },
  { runs: 10 },
);

const data = examplesOf('f64', 4, fromSeed(1));
const plain = config({
  layer: sequential(dense(2, 3), batchNorm(), dense(3, 1)),
  loss: squaredError(),
  optimizer: gradientDescent({ learningRate: 0.1 }),
  data,
  epochs: 2,
});
const network = init(plain.layer, fromSeed(1), 'f64');
const start = Train.start(plain, fromSeed(1));
const f32 = { inputs: cast('f32')(data.inputs), targets: cast('f32')(data.targets) };
const single = { inputs: zeros('f64', [1, 2]), targets: zeros('f64', [1, 1]) };

const refused: Law = saying('what cannot be looked at', 'it is a failure, in words', [
  [
    () => Inspect.batch({ loss: squaredError() }, f32)(network),
    'examples.inputs: expected numbers in f64 as in the network (Tensor.cast), received f32',
  ],
  [
    () => Inspect.batch({ loss: squaredError() }, single)(network),
    'examples.inputs: expected at least 2 rows, as a layer normalises over them, received 1',
  ],
  [
    () => Inspect.batch(Object.assign({ loss: squaredError() }, { penalties: 1 }), data)(network),
    'Inspect, penalties: expected one of loss, penalty, optimizer, key, received an unknown field',
  ],
  [
    () => Inspect.state(plain, { ...data, inputs: zeros('f64', [4, 3]) })(start),
    'examples.inputs: expected shape [rows,2], received [4,3]',
  ],
  [
    () => Inspect.state(plain, { ...data, inputs: zeros('f64', [3, 2]) })(start),
    'examples.targets: expected 3 rows, one for each of the inputs, received [4,1]',
  ],
]);

const ends: Law = lawOf(
  'failures end it',
  'what cannot be looked at is one failure; a run that fails gives its failure last',
  ['examples', 'run'],
  (what) => {
    const wild = { ...plain, optimizer: gradientDescent({ learningRate: 1e300 }), epochs: 50 };
    const found = Array.from(
      what === 'examples' ? Inspect.epochs(plain, single)(start) : Inspect.epochs(wild)(Train.start(wild, fromSeed(1))),
    );
    const last = found[found.length - 1];
    return all(
      same(1, found.filter(E.isLeft).length, 'failures'),
      what === 'examples'
        ? same(1, found.length, 'found')
        : holds(found.length > 1 && found.length < 51, 'some epochs', `${found.length}`),
      failsWith(last ?? E.right(0), what === 'examples' ? 'at least 2 rows' : 'diverged'),
    );
  },
);

export const runningLaws = lawSet('over a run', [beside, lazy, next, rows, refused, ends]);
