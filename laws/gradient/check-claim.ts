/** The gradient that a pullback claims, and a layer's whole Jacobian, against a judge. */
import { reference } from '../../src/ops/reference/reference.ts';
import { generate } from '../../src/tensor/tensor.ts';
import type { Form } from '../../src/tensor/tree.ts';
import { type CheckOptions, checkJacobian } from './check.ts';
import { type Claim, type LayerRun, type PlacedLayer, running } from './claim.ts';
import type { DerivativeCheck } from './compared.ts';
import { computationAt, numbersOf, objectiveAt, plainInterpreter } from './computation.ts';

/**
 * The gradient that is claimed, number after number.
 *
 * @example
 * ```ts
 * import { Key, Layer, Network, Tensor } from 'nabla-ts';
 * import { claimedGradient, layerClaim } from 'nabla-ts/laws';
 * const [x, dy] = [Tensor.full('f64', [1, 2], 0.5), Tensor.full('f64', [1, 1], 2)];
 * claimedGradient(layerClaim({ ...Network.init(Layer.dense(2, 1), Key.fromSeed(1), 'f64'), x }, dy)).slice(0, 3)
 * // => [1, 1, 2]
 * ```
 */
export const claimedGradient = ({ gradient, points, random }: Claim): readonly number[] =>
  numbersOf(gradient(plainInterpreter(reference('f64'), random), points));

/**
 * Holds every number of a claimed gradient against a judge.
 *
 * @example
 * ```ts
 * import { Key, Layer, Network, Tensor } from 'nabla-ts';
 * import { byDualNumbers, checkClaim, layerClaim } from 'nabla-ts/laws';
 * const [x, dy] = [Tensor.full('f64', [3, 2], 0.5), Tensor.full('f64', [3, 1], 2)];
 * const claim = layerClaim({ ...Network.init(Layer.dense(2, 1), Key.fromSeed(1), 'f64'), x }, dy);
 * checkClaim(claim, { judge: byDualNumbers }).relativeError < 1e-14 // => true
 * ```
 */
export const checkClaim = (claim: Claim, options: CheckOptions = {}): DerivativeCheck =>
  checkJacobian(objectiveAt(claim.objective, claim.points, claim), [claimedGradient(claim)], options);

/**
 * Holds the full Jacobian of a layer at some values, every number of the output by every parameter and every input,
 * against a judge: what the pullback gives for each number of the output alone.
 *
 * @example
 * ```ts
 * import { Activation, Key, Layer, Network, Tensor } from 'nabla-ts';
 * import { checkLayer } from 'nabla-ts/laws';
 * const layer = Layer.sequential(Layer.dense(2, 2), Activation.relu);
 * const x = Tensor.generate('f64', [1, 2], (i) => 1 - 2 * i);
 * checkLayer({ ...Network.init(layer, Key.fromSeed(1), 'f64'), x }).checked // => 16
 * ```
 */
export const checkLayer = <P extends Form, S extends Form>(
  of: PlacedLayer<P, S>,
  { judge, ...options }: LayerRun & CheckOptions = {},
): DerivativeCheck => {
  const { forward, listed, points, names, random } = running(of, options);
  const { y, pullback } = forward(plainInterpreter(reference('f64'), random), points);
  const rows = Array.from(y.data, (_, row) => {
    const { dParams, dx } = pullback(generate('f64', y.shape, (i) => (i === row ? 1 : 0)));
    return numbersOf([...listed(dParams), dx]);
  });
  const outputs = computationAt((interpreter, given) => [forward(interpreter, given).y], points, { random, names });
  return checkJacobian(outputs, rows, judge === undefined ? {} : { judge });
};
