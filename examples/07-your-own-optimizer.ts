/**
 * An optimizer of one's own: AdaBelief, which divides by how much a gradient surprises (Zhuang and others, 2020, algorithm 2).
 * Its formulas are expressions, so it runs emitted; the laws hold it, and a transcription in plain numbers says what it means.
 *
 *     npx tsx examples/07-your-own-optimizer.ts
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Activation, Expr, type Failure, Key, Layer, Loss, Optimizer, Tensor, Train } from 'nabla-ts';
import { check, laws, reportText } from 'nabla-ts/laws';
import { main, type Report } from './print.ts';

const input = <N extends string>(name: N) => Expr.input(name);
const [m, s, gradient, value] = [input('m'), input('s'), input('gradient'), input('value')];
const surprise = Expr.subtract(gradient, m);
const mixed = <N extends string>(old: Expr.Expr<N>, seen: Expr.Expr<N>, kept: N, rest: N): Expr.Expr<N> =>
  Expr.add(Expr.multiply(input(kept), old), Expr.multiply(input(rest), seen));

const settings = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/** m ← β₁m + (1 − β₁)g, s ← β₂s + (1 − β₂)(g − m)² + ε, θ ← θ − η·m̂ ÷ (√ŝ + ε). */
export const adaBelief: Optimizer.Optimizer = Optimizer.fromRule({
  kind: 'adaBelief',
  config: settings,
  slots: { m: 0, s: 0 },
  scalars: ({ beta1, beta2, epsilon }, { step, power }) => ({
    beta1,
    rest1: 1 - beta1,
    beta2,
    rest2: 1 - beta2,
    epsilon,
    correction1: 1 - power(beta1, step),
    correction2: 1 - power(beta2, step),
  }),
  updates: [
    ['m', mixed<string>(m, gradient, 'beta1', 'rest1')],
    ['s', Expr.add(mixed<string>(s, Expr.multiply(surprise, surprise), 'beta2', 'rest2'), input('epsilon'))],
  ],
  value: Expr.subtract(
    value,
    Expr.divide(
      Expr.multiply(input('rate'), Expr.divide(m, input('correction1'))),
      Expr.add(Expr.sqrt(Expr.divide(s, input('correction2'))), input('epsilon')),
    ),
  ),
});

/** What the laws say of it, the paper's algorithm transcribed for one number. */
export const held = (runs = 30): readonly string[] =>
  reportText(
    check(
      laws.optimizer(adaBelief, {
        name: 'adaBelief',
        runs,
        expected: {
          start: { m: 0, s: 0 },
          step: ({ m: m0, s: s0 }, { t, parameter, gradient: g, rate }) => {
            const { beta1, beta2, epsilon } = settings;
            const m1 = beta1 * m0 + (1 - beta1) * g;
            const s1 = beta2 * s0 + (1 - beta2) * (g - m1) ** 2 + epsilon;
            const [mHat, sHat] = [m1 / (1 - beta1 ** t), s1 / (1 - beta2 ** t)];
            return { state: { m: m1, s: s1 }, parameter: parameter - (rate * mHat) / (Math.sqrt(sHat) + epsilon) };
          },
        },
      }),
    ),
  ).split('\n');

/** The loss on a noisy wave after some epochs. */
const lossWith = (optimizer: Optimizer.Optimizer, epochs: number): E.Either<Failure.Failure, number> => {
  const config = {
    layer: Layer.sequential(Layer.dense(1, 16), Activation.tanh, Layer.dense(16, 1)),
    loss: Loss.squaredError(),
    optimizer,
    data: {
      inputs: Tensor.generate('f32', [128, 1], (i) => i / 16 - 4),
      targets: Tensor.generate('f32', [128, 1], (i) => Math.sin(i / 16 - 4)),
    },
    batchSize: 32,
    epochs,
  };
  return pipe(
    Train.start(config, Key.fromSeed(1)),
    Train.fit(config),
    E.map(({ history }) => history.at(-1)?.loss ?? Number.NaN),
  );
};

/** The laws of the optimizer, and what it reaches beside Adam. */
export const ownOptimizer = (runs = 30, epochs = 200): Report =>
  pipe(
    E.Do,
    E.apS('own', lossWith(adaBelief, epochs)),
    E.apS('adam', lossWith(Optimizer.adam({ learningRate: settings.learningRate }), epochs)),
    E.map(({ own, adam }) => [
      ...held(runs),
      `after ${epochs} epochs: mean squared error ${own.toExponential(1)}, Adam's ${adam.toExponential(1)}`,
    ]),
  );

main(import.meta.url, ownOptimizer);
