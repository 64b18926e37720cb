/**
 * Universal approximation twice: networks of one hidden layer built as values, with the bound that their construction
 * proves beside the distance that is measured, and networks of the same widths trained on the same function.
 *
 *     npx tsx examples/04-universal-approximation.ts
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import {
  Activation,
  Approximation,
  Expr,
  type Failure,
  Key,
  Layer,
  Loss,
  Network,
  Optimizer,
  type Shape,
  Tensor,
  Train,
  type Tree,
} from 'nabla-ts';
import { main, type Report } from './print.ts';

/** sin(6x)/6, which is nowhere steeper than 1. */
const x = Expr.input('x');
const wave = Expr.evaluate('f64')(Expr.divide(Expr.sin(Expr.multiply(6, x)), 6));
const f = (at: number): number => wave({ x: at });

const POINTS = 1001;
const grid = Tensor.generate('f64', [POINTS, 1], (i) => i / (POINTS - 1));

/** The greatest distance from f on the grid. */
const distance = <P extends Tree.Form, S extends Tree.Form>(
  network: Network.Network<Shape.Shape, Shape.Shape, P, S>,
): number =>
  Tensor.toArray(Network.predict(network)(grid)).reduce(
    (greatest, y, i) => Math.max(greatest, Math.abs(y - f(i / (POINTS - 1)))),
    0,
  );

const trained = (width: number, epochs: number): E.Either<Failure.Failure, number> => {
  const inputs = Tensor.generate('f64', [200, 1], (i) => i / 199);
  const config = {
    layer: Layer.sequential(Layer.dense(1, width), Activation.tanh, Layer.dense(width, 1)),
    loss: Loss.squaredError(),
    optimizer: Optimizer.lbfgs(),
    data: { inputs, targets: Tensor.generate('f64', [200, 1], (i) => f(i / 199)) },
    epochs,
  };
  return pipe(
    Train.start(config, Key.fromSeed(1)),
    Train.fit(config),
    E.map((state) => distance(Train.network(state))),
  );
};

/** For each width: bound and measured distance of both constructions, and the distance of a trained network. */
export const universal = (epochs = 500, widths: readonly number[] = [2, 8, 32]): Report =>
  pipe(
    widths,
    RA.traverse(E.Applicative)((width) =>
      pipe(
        trained(width, epochs),
        E.map((learnt) => {
          const lines = Approximation.piecewiseLinear({ f, lipschitz: 1, width });
          const stairs = Approximation.staircase({ f, lipschitz: 1, width });
          const both = ({ network, bound }: Approximation.Approximation): string =>
            `${distance(network).toFixed(4)} ≤ ${bound.toFixed(4)}`;
          return `${String(width).padStart(5)}   ${both(lines)}   ${both(stairs)}   ${learnt.toFixed(4)}`;
        }),
      ),
    ),
    E.map((rows) => ['width   ReLU, built       sigmoid, built    tanh, trained', ...rows]),
  );

main(import.meta.url, universal);
