/** Steps that a plan begins and the reference has to finish: another phase cannot be recorded, or a later batch is not
 * finite. The answer is the reference's, bit for bit. */
import * as E from 'fp-ts/lib/Either.js';
import { create, reference } from '../../src/engine/engine.ts';
import * as Layer from '../../src/layer/index.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { gradientDescent, type Optimizer } from '../../src/optimizer/index.ts';
import { show } from '../../src/tensor/failure.ts';
import { fromSeed } from '../../src/tensor/key.ts';
import * as Tensor from '../../src/tensor/tensor.ts';
import * as Train from '../../src/train/index.ts';
import { all, type Law, type LawSet, lawOf, lawSet, same } from '../law.ts';
import { config, difference } from './scenario.ts';

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

export const fallbackLaws: LawSet = lawSet('steps left to the reference', [phases, broken]);
