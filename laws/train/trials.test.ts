/** A line search may look at a point where the loss is beyond the format, and come back from it. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { expect, it } from 'vitest';
import { Initialiser, Key, Layer, Loss, Network, Optimizer, Tensor, Train, Transform } from '../../src/index.ts';

/** Cost e^z − 1000·z of z = 300·w in f32: from w = 0 a unit step reaches e^300, which f32 does not hold. */
const config = {
  layer: Layer.denseWithoutBias(1, 1, { weight: Initialiser.zeros }),
  loss: Loss.poissonWithLogRate(),
  optimizer: Optimizer.lbfgs(),
  data: { inputs: Tensor.full('f32', [1, 1], 300), targets: Tensor.full('f32', [1, 1], 1000) },
  epochs: 60,
};

for (const [name, optimizer] of [
  ['lbfgs', config.optimizer],
  ['lbfgs in a transform', Transform.weightDecay({ rate: 0 })(config.optimizer)],
] as const)
  it(`${name} comes back from an infinite loss`, () => {
    const trained = pipe(Train.start({ ...config, optimizer }, Key.fromSeed(1)), Train.fit({ ...config, optimizer }));
    expect(trained).toSatisfy(E.isRight);
    if (E.isLeft(trained)) return;
    const { history } = trained.right;
    expect(history.some(({ loss }) => !Number.isFinite(loss))).toBe(true);
    const rate = Tensor.at(0, 0)(Network.predict(Train.network(trained.right))(config.data.inputs));
    // The cost is flat to f32's rounding of 1000·ln 1000 within √(2·u·6908/1000) of the minimum.
    expect(Math.abs(rate - Math.log(1000))).toBeLessThan(2e-3);
  });

it('an ordinary rule stops there, and says so', () => {
  const descent = { ...config, optimizer: Optimizer.gradientDescent({ learningRate: 1 }) };
  const trained = pipe(Train.start(descent, Key.fromSeed(1)), Train.fit(descent));
  expect(trained).toMatchObject({ left: { tag: 'diverged' } });
});
