/** What may change from step to step, or be asked for twice: an optimizer's scalars, and a site's draws. */
import * as fc from 'fast-check';
import type { Engine } from '../../src/engine/engine.ts';
import { reference } from '../../src/engine/engine.ts';
import { tanh } from '../../src/layer/activations.ts';
import { dense } from '../../src/layer/dense.ts';
import { type Layer, none, noValues, plain, type Unshaped } from '../../src/layer/layer.ts';
import { sequential } from '../../src/layer/sequential.ts';
import { squaredError } from '../../src/loss/squaredError.ts';
import { gradientDescent } from '../../src/optimizer/index.ts';
import type { Optimizer } from '../../src/optimizer/optimizer.ts';
import { add, input } from '../../src/scalar/expr.ts';
import { foldIn, fromSeed, normal } from '../../src/tensor/key.ts';
import type { Shape } from '../../src/tensor/shape.ts';
import type { EmptyForm } from '../../src/tensor/tree.ts';
import * as Train from '../../src/train/index.ts';
import { dtypes } from '../arbitrary/tensors.ts';
import { all, type Law, type LawSet, law, lawSet, type Verdict } from '../law.ts';
import { difference, succeeds } from '../train/scenario.ts';
import { changingScalars } from './changingScalars.ts';
import { ranEmitted, spied } from './spied.ts';

const [x, noise, more] = [input('x'), input('noise'), input('more')];

/** y = x + ε + Σε′ in training, where both are drawn at one site, in different shapes. */
const twice = (length: number): Unshaped<EmptyForm, EmptyForm> => ({
  description: { kind: 'twice' },
  at: <In extends Shape>(shape: In): Layer<In, In, EmptyForm, EmptyForm> => ({
    ...plain,
    input: shape,
    output: shape,
    description: { kind: 'twice' },
    parameters: none,
    sites: 1,
    forward: (ops, _params, _state, given, { training, random }) => ({
      y: training
        ? ops.map(add(add(x, noise), more), {
            x: given,
            noise: random.normal(ops.shape(given)),
            more: ops.reshape([], ops.sum([0], random.normal([length]))),
          })
        : given,
      state: noValues,
      pullback: (dy) => ({ dParams: noValues, dx: dy }),
    }),
  }),
});

const samples = fc.record({ seed: fc.nat(1e6), dtype: dtypes, length: fc.integer({ min: 1, max: 9 }) });
type Sample = typeof samples extends fc.Arbitrary<infer A> ? A : never;

/** Holds when a run of four epochs, on emitted code alone, ends as the reference's. */
const alike = (
  { seed, dtype, length }: Sample,
  optimizer: Optimizer,
  part: Unshaped<EmptyForm, EmptyForm>,
): Verdict => {
  const key = fromSeed(seed);
  const spy = spied();
  const run = (engine: Engine) => {
    const config = {
      layer: sequential(dense(3, 2), part),
      loss: squaredError(),
      optimizer,
      data: {
        inputs: normal([9, 3], dtype)(foldIn(0)(key)),
        targets: normal([9, 2], dtype)(foldIn(1)(key)),
      },
      batchSize: length > 4 ? 4 : 3,
      epochs: 4,
      engine,
    };
    return Train.fit(config)(Train.start(config, key));
  };
  return all(
    succeeds(run(reference), (expected) =>
      succeeds(run(spy.engine), ({ params, step, slots }) =>
        difference({ params: expected.params, step: expected.step, slots: expected.slots }, { params, step, slots }),
      ),
    ),
    ranEmitted(spy, 12),
  );
};

const scalars: Law = law(
  'other scalars in another step',
  'a phase that is given other scalars in another step computes with these, on emitted code',
  samples,
  (of) => alike(of, changingScalars, tanh),
  { runs: 6 },
);

const draws: Law = law(
  'two shapes at one site',
  'draws of different shapes at one site are the reference’s, on emitted code',
  samples,
  (of) => alike(of, gradientDescent({ learningRate: 0.125 }), twice(of.length)),
  { runs: 6 },
);

export const changingLaws: LawSet = lawSet('what changes between steps', [scalars, draws]);
