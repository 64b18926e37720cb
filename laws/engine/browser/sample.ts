/** Computations of every kind that the engine does, as one text: the same wherever it is run. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import {
  Activation,
  type Engine,
  Expr,
  Key,
  Layer,
  Loss,
  Network,
  Ops,
  Optimizer,
  Penalty,
  Tensor,
  Train,
  Transform,
} from '../../../src/index.ts';

const layer = Layer.sequential(
  Layer.dense(5, 12),
  Activation.tanh,
  Layer.dropout(0.25),
  Layer.dense(12, 7),
  Layer.batchNorm(),
  Activation.gelu,
  Layer.layerNorm(),
  Layer.dense(7, 3),
);
const optimizers = [
  Transform.clipByGlobalNorm(0.5)(Optimizer.adam({ learningRate: 0.01 })),
  Transform.exponentialMovingAverage({ decay: 0.9 })(Optimizer.rmsprop({ learningRate: 0.01 })),
];

/** A run's state after some epochs with a last batch that is not full, and what its network then says. */
const trained = (dtype: 'f32' | 'f64', optimizer: Optimizer.Optimizer, engine: Engine.Engine): string => {
  const inputs = Key.normal([23, 5], dtype)(Key.fromSeed(1));
  const targets = Tensor.generate(dtype, [23, 3], (i) => (i % 3 === Math.floor(i / 3) % 3 ? 1 : 0));
  const config = {
    layer,
    loss: Loss.softmaxCrossEntropy(),
    penalty: Penalty.l2(0.001),
    optimizer,
    data: { inputs, targets },
    validation: { inputs, targets },
    batchSize: 8,
    epochs: 4,
    engine,
  };
  return pipe(
    Train.start(config, Key.fromSeed(2)),
    Train.fit(config),
    E.match(JSON.stringify, (state) =>
      JSON.stringify([Train.encode(state), Tensor.toArray(Network.predict(Train.network(state))(inputs))]),
    ),
  );
};

const functions = [
  Expr.exp,
  Expr.expm1,
  Expr.log,
  Expr.log1p,
  Expr.tanh,
  Expr.sigmoid,
  Expr.softplus,
  Expr.erf,
  Expr.sin,
  Expr.cos,
] as const;

/** The elementary functions, over numbers of all sizes. */
const elementary = (dtype: 'f32' | 'f64'): string => {
  const ops = Ops.reference(dtype);
  const x = ops.map(Expr.multiply(Expr.input('x'), 3), { x: Key.normal([500], dtype)(Key.fromSeed(3)) });
  return JSON.stringify(functions.map((of) => Tensor.toArray(ops.map(of(Expr.input('x')), { x }))));
};

/** What there is to compare. */
export const sample = (engine: Engine.Engine): readonly string[] =>
  (['f32', 'f64'] as const).flatMap((dtype) => [
    ...optimizers.map((optimizer) => trained(dtype, optimizer, engine)),
    elementary(dtype),
  ]);
