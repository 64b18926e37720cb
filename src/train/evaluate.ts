/** How a network does on examples, as it is: nothing drops out, nothing is learnt, no statistic moves. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Network } from '../layer/network.ts';
import { checkTargets } from '../loss/checkTargets.ts';
import { type Loss, value } from '../loss/loss.ts';
import { reference } from '../ops/reference/reference.ts';
import type { Failure } from '../tensor/failure.ts';
import type { Shape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Form } from '../tensor/tree.ts';
import { check, type Examples, rowsOf } from './examples.ts';
import { predictSlowly } from './predict.ts';

/** The loss of predictions that are known to fit. */
export const lossOf = (loss: Loss, predictions: Tensor, { targets, weights }: Examples): number =>
  value(reference(predictions.dtype), loss, predictions, targets, weights).value.data[0] ?? Number.NaN;

/** Examples that fit a layer and a loss, or what is wrong with them. Throws where the loss takes no predictions of the
 * layer's output shape. */
export const checkExamples =
  (where: string, input: Shape, output: Shape, loss: Loss) =>
  (examples: Examples): E.Either<Failure, Examples> =>
    pipe(
      examples,
      check(where, input),
      E.chain((known) => checkTargets(loss, output)(known.targets)),
      E.bimap(
        (wrong) => (wrong.where.startsWith(where) ? wrong : { ...wrong, where: `${where}.${wrong.where}` }),
        () => examples,
      ),
    );

/**
 * The loss of a network on examples. Fails where these do not fit the layer or the loss.
 *
 * @example
 * ```ts
 * import { Initialiser, Key, Layer, Loss, Network, Tensor, Train } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * const network = Network.init(Layer.dense(1, 1, { weight: Initialiser.zeros }), Key.fromSeed(1));
 * const examples = { inputs: Tensor.full('f32', [5, 1], 1), targets: Tensor.full('f32', [5, 1], 3) };
 * Train.evaluate(Loss.squaredError(), examples)(network) // => E.right(9)
 * ```
 */
export const evaluate =
  (loss: Loss, examples: Examples) =>
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
    network: Network<In, Out, P, S>,
  ): E.Either<Failure, number> =>
    pipe(
      examples,
      checkExamples('examples', network.layer.input, network.layer.output, loss),
      E.map((known) => lossOf(loss, predictSlowly(network, known.inputs), known)),
    );

/** The number of rows over which a loss is a mean: what its value counts when values are joined. */
export const shareOf = (loss: Loss, examples: Examples): number => {
  if (loss.reduction === 'sum') return 1;
  if (examples.weights === undefined) return rowsOf(examples);
  let sum = 0;
  for (let i = 0; i < examples.weights.data.length; i++) sum += examples.weights.data[i] ?? Number.NaN;
  return sum;
};

/** The same for some rows of the examples. */
export const shareOfRows = (loss: Loss, { weights }: Examples, rows: readonly number[]): number => {
  if (loss.reduction === 'sum') return 1;
  if (weights === undefined) return rows.length;
  return rows.reduce((sum, row) => sum + (weights.data[row] ?? Number.NaN), 0);
};
