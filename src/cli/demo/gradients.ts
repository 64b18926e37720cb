/** The gradient of a trained network's loss by its pullback, held against differences. */
import { checkGradient, type GradientCheck } from '../../../laws/gradient/index.ts';
import type { Loss, Network, Shape, Tensor, Tree } from '../../index.ts';

export interface Checked extends GradientCheck {
  readonly network: string;
}

/** Checks some numbers of each parameter on a batch. */
export const checked = <P extends Tree.Form, S extends Tree.Form>(
  name: string,
  network: Network.Network<Shape.Shape, Shape.Shape, P, S>,
  loss: Loss.Loss,
  inputs: Tensor.Tensor,
  targets: Tensor.Tensor,
): Checked => ({ network: name, ...checkGradient(network, loss, inputs, targets, { coordinates: 16 }) });
