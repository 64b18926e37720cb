/** A line search may look at a point where the loss is beyond the format, and come back from it. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import {
  Engine,
  Failure,
  Initialiser,
  Key,
  Layer,
  Loss,
  Network,
  Optimizer,
  Tensor,
  Train,
  Transform,
} from '../../src/index.ts';
import { all, holds, type Law, type LawSet, lawOf, lawSet, same, type Verdict } from '../law.ts';

/** Cost e^z − 1000·z of z = 300·w in f32: from w = 0 a unit step reaches e^300, which f32 does not hold. */
const config = {
  layer: Layer.denseWithoutBias(1, 1, { weight: Initialiser.zeros }),
  loss: Loss.poissonWithLogRate(),
  optimizer: Optimizer.lbfgs(),
  data: { inputs: Tensor.full('f32', [1, 1], 300), targets: Tensor.full('f32', [1, 1], 1000) },
  epochs: 60,
};

const trainedBy = (optimizer: Optimizer.Optimizer, engine: Engine.Engine) =>
  pipe(Train.start({ ...config, optimizer }, Key.fromSeed(1)), Train.fit({ ...config, optimizer, engine }));

/** Each optimizer on either engine. */
const onBoth = (...optimizers: readonly Optimizer.Optimizer[]) =>
  optimizers.flatMap((optimizer) => [Engine.create(), Engine.reference].map((engine) => ({ optimizer, engine })));

const searching: Law = lawOf(
  'a line search',
  'comes back from an infinite loss to the minimum, alone and within a transform',
  onBoth(config.optimizer, Transform.weightDecay({ rate: 0 })(config.optimizer)),
  ({ optimizer, engine }) =>
    pipe(
      trainedBy(optimizer, engine),
      E.match(
        (failure): Verdict => ({ expected: 'a state', received: Failure.show(failure) }),
        (state) => {
          const rate = Tensor.at(0, 0)(Network.predict(Train.network(state))(config.data.inputs));
          const off = Math.abs(rate - Math.log(1000));
          return all(
            same(
              true,
              state.history.some(({ loss }) => !Number.isFinite(loss)),
              'a loss that is not finite',
            ),
            // The cost is flat to f32's rounding of 1000·ln 1000 within √(2·u·6908/1000) of the minimum.
            holds(off < 2e-3, `ln 1000 = ${Math.log(1000)}`, `${rate}`),
          );
        },
      ),
    ),
  { show: ({ optimizer, engine }) => `${JSON.stringify(optimizer.description)} on ${engine.name}` },
);

const descending: Law = lawOf(
  'an ordinary rule',
  'stops at an infinite loss, and says so',
  onBoth(Optimizer.gradientDescent({ learningRate: 1 })),
  ({ optimizer, engine }) =>
    pipe(
      trainedBy(optimizer, engine),
      E.match(
        ({ tag }): Verdict => same('diverged', tag),
        (): Verdict => ({ expected: 'a failure', received: 'a state' }),
      ),
    ),
  { show: ({ optimizer, engine }) => `${JSON.stringify(optimizer.description)} on ${engine.name}` },
);

export const trialLaws: LawSet = lawSet('infinite losses', [searching, descending]);
