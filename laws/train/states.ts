/** Which states a configuration goes on from: those of its own shapes, optimizer and batches, and finite. */
import type { Either } from 'fp-ts/lib/Either.js';
import { dense } from '../../src/layer/dense.ts';
import { sequential } from '../../src/layer/sequential.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { adam, gradientDescent, momentum } from '../../src/optimizer/index.ts';
import type { Failure } from '../../src/tensor/failure.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import { full, zeros } from '../../src/tensor/tensor.ts';
import * as Train from '../../src/train/index.ts';
import { type Law, lawOf, lawSet, same } from '../law.ts';
import { counting } from './layers.ts';
import { config, get, told } from './scenario.ts';

const good = config({
  layer: dense(2, 1),
  loss: squaredError(),
  optimizer: gradientDescent({ learningRate: 0.1 }),
  data: { inputs: zeros('f32', [4, 2]), targets: zeros('f32', [4, 1]) },
  epochs: 1,
});
const more = { ...good, data: { inputs: zeros('f32', [5, 2]), targets: zeros('f32', [5, 1]) } };
const counted = config({ ...good, layer: sequential(good.layer, counting) });

const start = () => Train.start(good, fromSeed(0));
const begun = () => Train.start(counted, fromSeed(0));
const weight = zeros('f32', [2, 1]);

/** A run of 4 rows, in batches of a size, after some steps. */
const after = (batchSize: number, steps: number) =>
  Array.from({ length: steps }).reduce<ReturnType<typeof start>>(
    (state) => get(Train.step({ ...good, batchSize })(state)),
    start(),
  );

/** How a run goes on, and what is said of it. */
const cases: ReadonlyArray<readonly [run: () => Either<Failure, unknown>, says: string]> = [
  [
    () => Train.fit(good)({ ...start(), params: { weight: zeros('f32', [3, 1]), bias: zeros('f32', [1]) } }),
    'shape: state.params.weight: expected f32[2,1], as the layer and the data have it, received f32[3,1]',
  ],
  [
    () => Train.fit(good)({ ...start(), params: { weight: zeros('f64', [2, 1]), bias: zeros('f64', [1]) } }),
    'shape: state.params.weight: expected f32[2,1], as the layer and the data have it, received f64[2,1]',
  ],
  [
    // As a program without types may have it.
    () => Train.fit(good)(Object.assign({}, start(), { params: { weight } })),
    'shape: state.params.bias: expected f32[1], as the layer and the data have it, received none',
  ],
  [
    () => Train.fit(good)({ ...start(), params: { weight, bias: full('f32', [1], Number.NaN) } }),
    'value: state.params.bias: expected finite numbers, received NaN',
  ],
  [
    () => Train.fit(counted)({ ...begun(), layerState: [{}, { count: zeros('f64', []) }] }),
    'shape: state.layerState.1.count: expected f32[], as the layer and the data have it, received f64[]',
  ],
  [
    () => Train.fit(counted)({ ...begun(), layerState: [{}, { count: full('f32', [], Number.POSITIVE_INFINITY) }] }),
    'value: state.layerState.1.count: expected finite numbers, received Infinity',
  ],
  [
    () =>
      Train.fit({ ...good, optimizer: adam() })(
        Train.start({ ...good, optimizer: momentum({ learningRate: 1 }) }, fromSeed(0)),
      ),
    'config: state.slots: expected the vectors of adam (m, v), received velocity',
  ],
  [
    () => Train.fit({ ...good, batchSize: 3 })(after(1, 1)),
    'config: state.progress: expected an epoch of 4 rows in batches of 3, received 1 batches of 1 from 4 rows',
  ],
  [
    () => Train.fit({ ...more, batchSize: 3 })(after(3, 1)),
    'config: state.progress: expected an epoch of 5 rows in batches of 3, received 1 batches of 3 from 4 rows',
  ],
  // States that no run came to: of two batches of two rows, and of four of one, there is no further one.
  ...[
    [2, 2],
    [4, 1],
  ].map(([batch = 0, size = 0]): readonly [() => Either<Failure, unknown>, string] => [
    () =>
      Train.step({ ...good, batchSize: size })({
        ...start(),
        progress: { batch, rows: 4, size, loss: 0, penalty: 0, share: 4 },
      }),
    `config: state.progress: expected an epoch of 4 rows in batches of ${size}, received ${batch} batches of ${size} from 4 rows`,
  ]),
  [
    () =>
      Train.fit({ ...good, optimizer: { ...adam(), vectors: { v: 0, m: 0 } } })({
        ...start(),
        slots: { numbers: { steps: 0 }, vectors: { z: start().params, a: start().params } },
      }),
    'config: state.slots: expected the vectors of adam (m, v), received a, z',
  ],
  [
    // Whatever the order of their names.
    () =>
      Train.fit({ ...good, optimizer: adam() })({
        ...start(),
        slots: { numbers: { steps: 0 }, vectors: { v: start().params, m: start().params } },
      }),
    'a success',
  ],
  [() => Train.fit({ ...good, batchSize: 1 })(after(1, 3)), 'a success'],
  [() => Train.fit({ ...good, batchSize: 3 })(after(3, 1)), 'a success'],
  // Between epochs the rows may be others, and cut in another way.
  [() => Train.fit({ ...more, batchSize: 1, epochs: 2 })(after(3, 2)), 'a success'],
];

const goingOn: Law = lawOf(
  'states of another run',
  'a state with parameters of another shape or format, that are not finite, with the slots of another optimizer, or in ' +
    'the middle of an epoch of other batches is refused, word for word',
  cases,
  ([run, says]) => same(says, told(run())),
);

export const stateLaws = lawSet('states', [goingOn]);
