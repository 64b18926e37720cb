/** Steps that a plan begins and the reference has to finish: another phase cannot be recorded, or a later batch is not
 * finite. The answer is the reference's, bit for bit. */
import * as E from 'fp-ts/lib/Either.js';
import { create, type Engine, reference } from '../../src/engine/engine.ts';
import * as Layer from '../../src/layer/index.ts';
import { zeros } from '../../src/layer/initialiser/index.ts';
import { poissonWithLogRate } from '../../src/loss/index.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { gradientDescent, lbfgs, type Optimizer } from '../../src/optimizer/index.ts';
import { show } from '../../src/tensor/failure.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import * as Tensor from '../../src/tensor/tensor.ts';
import * as Train from '../../src/train/index.ts';
import { all, type Law, type LawSet, lawOf, lawSet, same } from '../law.ts';
import { counted, seenSlow } from './counted.ts';
import { config, difference, get } from './scenario.ts';

const sgd = gradientDescent({ learningRate: 0.1 });

/** Gradient descent, and then a phase that looks at numbers which a plan does not have yet. */
const peeking: Optimizer = {
  ...sgd,
  decide: (numbers, ran) =>
    ran?.phase === 'update' ? { numbers, run: { phase: 'peek', scalars: {} } } : sgd.decide(numbers, ran),
  phases: {
    ...sgd.phases,
    peek: ({ ops, params, vectors, evaluation }) => {
      const value: unknown = evaluation.value;
      if (typeof value !== 'object' || value === null || !('data' in value)) throw new Error('no numbers here');
      return { params, vectors, readings: { rows: ops.scalar(1) } };
    },
  },
};

const at = (rows: number, broken: number): Tensor.Tensor =>
  Tensor.generate('f32', [rows, 2], (i) => (Math.floor(i / 2) === broken ? 3e38 : i / 8));

/** The same run on plans and on the reference. */
const twice = (optimizer: Optimizer, broken: number, seed: number) =>
  [create(), reference].map((engine) => {
    const of = config({
      layer: Layer.dense(2, 1),
      loss: squaredError(),
      optimizer,
      data: { inputs: at(4, broken), targets: Tensor.zeros('f32', [4, 1]) },
      batchSize: 1,
      epochs: 2,
      engine,
    });
    return Train.fit(of)(Train.start(of, fromSeed(seed)));
  });

const seeds = Array.from({ length: 8 }, (_, seed) => seed);

const phases: Law = lawOf(
  'phases that cannot be recorded',
  'leave a step to the reference, from its beginning',
  seeds,
  (seed) => {
    const [fast, slow] = twice(peeking, -1, seed);
    return all(same('Right', fast?._tag), difference(slow, fast));
  },
);

const broken: Law = lawOf(
  'a batch that is not finite',
  'ends the epoch where it stands, after whatever steps were made before it, with the failure of the reference',
  seeds,
  (seed) => {
    const [fast, slow] = twice(sgd, seed % 4, seed);
    const [left, right] = [fast, slow].map((of) => (of !== undefined && E.isLeft(of) ? show(of.left) : 'a success'));
    return all(same(right, left), same(true, right !== 'a success'));
  },
);

const refusing: Law = lawOf(
  'an engine that refuses',
  'is asked for each plan once, and the reference makes the steps',
  [2, 5],
  (batchSize) => {
    const asked: string[] = [];
    const engine: Engine = {
      ...reference,
      prepare: (computation) => {
        asked.push(computation.name);
        return E.left('no');
      },
    };
    const given = config({
      layer: Layer.dense(2, 1),
      loss: squaredError(),
      optimizer: sgd,
      data: { inputs: at(5, -1), targets: Tensor.zeros('f32', [5, 1]) },
      batchSize,
      epochs: 3,
      engine,
    });
    const start = Train.start(given, fromSeed(2));
    return all(
      difference(Train.fit({ ...given, engine: reference })(start), Train.fit(given)(start)),
      same(1, asked.length, asked.join('; ')),
    );
  },
);

const trials: Law = lawOf(
  'trials',
  'of a line search that leave the finite numbers are made on emitted code, nothing of them by the reference',
  [lbfgs()],
  (optimizer) => {
    const { engine, ran } = counted();
    const { layer, slow } = seenSlow(Layer.denseWithoutBias(1, 1, { weight: zeros }));
    // From w = 0 a unit step reaches the cost e^300 − …, which f32 does not hold.
    const given = config({
      layer,
      loss: poissonWithLogRate(),
      optimizer,
      data: { inputs: Tensor.generate('f32', [1, 1], () => 300), targets: Tensor.generate('f32', [1, 1], () => 1000) },
      epochs: 6,
      engine,
    });
    const end = get(Train.fit(given)(Train.start(given, fromSeed(1))));
    return all(
      same(
        true,
        end.history.some(({ loss }) => !Number.isFinite(loss)),
        'a loss that is not finite',
      ),
      same(0, slow(), 'forward passes of the reference'),
      same(true, ran() >= 6, 'steps on emitted code'),
    );
  },
  { show: ({ description }) => description.kind },
);

export const fallbackLaws: LawSet = lawSet('steps left to the reference', [phases, broken, refusing, trials]);
