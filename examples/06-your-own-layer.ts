/**
 * A layer of one's own: a gated linear unit, y = a·σ(b) for an example whose halves are a and b (Dauphin and others,
 * *Language modeling with gated convolutional networks*, 2017). The laws hold it, a file names it, and it trains on the
 * engine as the library's own layers do.
 *
 *     npx tsx examples/06-your-own-layer.ts
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { Expr, type Failure, Key, Layer, Loss, Network, Optimizer, Tensor, Train } from 'nabla-ts';
import { check, laws, reportText } from 'nabla-ts/laws';
import { main, type Report } from './print.ts';

const [a, b, dy] = [Expr.input('a'), Expr.input('b'), Expr.input('dy')];
const gate = Expr.multiply(a, Expr.sigmoid(b));
const [inA, inB] = [Expr.differentiate('a')(gate), Expr.differentiate('b')(gate)];

/** A gated linear unit that gives `width` numbers for twice as many. Throws unless the width is a whole number from 1. */
export const gated = <N extends number, M extends number>(
  inputs: N,
  width: M,
): Layer.Layer<readonly [N], readonly [M], Layer.EmptyForm, Layer.EmptyForm> => {
  if (!(Number.isInteger(width) && width >= 1 && inputs === 2 * width))
    throw new RangeError(`gated: ${inputs} inputs are not two halves of ${width}`);
  return {
    ...Layer.plain,
    input: [inputs] as const,
    output: [width] as const,
    description: { kind: 'gated', width },
    parameters: Layer.none,
    forward: (ops, _params, _state, x) => {
      const halves = { a: ops.slice(1, 0, width, x), b: ops.slice(1, width, inputs, x) };
      return {
        y: ops.map(gate, halves),
        state: Layer.noValues,
        pullback: (d) => {
          const back = (part: Expr.Expr<'a' | 'b'>) => ops.map(Expr.multiply(dy, part), { ...halves, dy: d });
          return { dParams: Layer.noValues, dx: ops.concatenate(1, [back(inA), back(inB)]) };
        },
      };
    },
  };
};

/** Layers of this kind read from files, beside the library's own. */
export const registry: Layer.Registry = {
  ...Layer.registry,
  gated: Layer.kind('gated', { width: t.number }, ({ width }) => gated(2 * width, width)),
};

/** What the laws say of it; its formula in plain numbers is told apart from what it is built of. */
export const held = (runs = 30): readonly string[] => {
  const set = laws.layer(gated(6, 3), {
    runs,
    registry,
    expected: ({ x }) => ({
      y: x.map((row) => [0, 1, 2].map((i) => (row[i] ?? NaN) / (1 + Math.exp(-(row[i + 3] ?? NaN))))),
    }),
  });
  return reportText(check(set)).split('\n');
};

/** A network with it in the middle learns a sine; what came of it, and where it ran. */
const trained = (epochs: number): E.Either<Failure.Failure, readonly string[]> => {
  const inputs = Tensor.generate('f32', [200, 1], (i) => i / 25 - 4);
  const config = {
    layer: Layer.sequential(Layer.dense(1, 32), gated(32, 16), Layer.dense(16, 1)),
    loss: Loss.squaredError(),
    optimizer: Optimizer.adam({ learningRate: 0.01 }),
    data: { inputs, targets: Tensor.generate('f32', [200, 1], (i) => Math.sin(i / 25 - 4)) },
    batchSize: 50,
    epochs,
  };
  return pipe(
    E.Do,
    E.apS('description', Train.describe(config)),
    E.apS('state', pipe(Train.start(config, Key.fromSeed(1)), Train.fit(config))),
    E.bind('again', ({ state }) =>
      Network.decode(registry)(JSON.parse(JSON.stringify(Network.encode(Train.network(state))))),
    ),
    E.map(({ description, state, again }) => {
      const y = Network.predict(Train.network(state))(inputs);
      const same = again.use((network) => Tensor.equals(Network.predict(network)(inputs), y));
      return [
        `trained on ${description.runs}: mean squared error ${state.history.at(-1)?.loss.toExponential(1)} after ${epochs} epochs`,
        `read back from its file it predicts ${same ? 'the same, bit for bit' : 'something else'}`,
      ];
    }),
  );
};

/** The laws of the layer, and a network with it. */
export const ownLayer = (runs = 30, epochs = 300): Report =>
  pipe(
    trained(epochs),
    E.map((lines) => [...held(runs), ...lines]),
  );

main(import.meta.url, ownLayer);
