/** The gradient of a trained network's loss by its pullback, held against differences. */
import { checkGradient, type GradientCheck } from '../../../laws/gradient/index.ts';
import type { Loss, Network, Shape, Tensor, Tree } from '../../index.ts';

export interface Checked extends GradientCheck {
  readonly network: string;
  /** Whether its gradient is large enough to be told from the rounding of differences: at an optimum it is not. */
  readonly judged: boolean;
}

/** Digits that differences must be able to see, as the laws of gradients ask of them. */
const SEEN = 1e-8;

/** Checks some numbers of each parameter on a batch. */
export const checked = <P extends Tree.Form, S extends Tree.Form>(
  name: string,
  network: Network.Network<Shape.Shape, Shape.Shape, P, S>,
  loss: Loss.Loss,
  inputs: Tensor.Tensor,
  targets: Tensor.Tensor,
): Checked => {
  const check = checkGradient(network, loss, inputs, targets, { coordinates: 16 });
  return { network: name, ...check, judged: check.checked > 0 && check.noise <= SEEN };
};
