/** Costs by the reference, for laws about particular losses. */
import type { Costs, Loss } from '../../src/loss/loss.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import type { Dtype } from '../../src/scalar/dtype.ts';
import { generate, type Tensor } from '../../src/tensor/tensor.ts';

/** The costs of a batch in a format. */
export const costs = (dtype: Dtype, loss: Loss, prediction: Tensor, target: Tensor): Costs<Tensor> =>
  loss.costs(reference(dtype), prediction, target);

/** Ones in place of a tensor's elements. */
export const ones = (like: Tensor): Tensor => generate(like.dtype, like.shape, () => 1);
