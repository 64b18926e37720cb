/** The derivative of an activation at what it was given: read off its own pullback, as the training step sees it. */
import { inference } from '../../layer/context.ts';
import type { Spec } from '../../layer/layer.ts';
import { reference } from '../../ops/reference/reference.ts';
import type { Dtype } from '../../scalar/dtype.ts';
import { full, generate, type Tensor } from '../../tensor/tensor.ts';
import { type Form, map, type Of, type Path, showPath } from '../../tensor/tree.ts';
import { LIMITS } from './limits.ts';
import type { Placed } from './wiring.ts';

/** f′ at every element, where the parameters of all the network are given by path. */
export const slopeAt = ({ path, layer }: Placed, parameters: ReadonlyMap<string, Tensor>, x: Tensor): Tensor => {
  const { tree, specs } = layer.parameters;
  const own: Of<Form, Tensor> = map<Form, Spec, Tensor | undefined>(
    tree,
    (_, leaf: Path) => parameters.get(showPath([...path, ...leaf])),
    specs,
  );
  const { pullback } = layer.forward<Tensor>(reference(x.dtype), own, layer.state.specs, x, inference());
  return pullback(full(x.dtype, x.shape, 1)).dx;
};

/** Whether a slope counts as none. The limit is rounded to the format, so that a leaky ReLU of slope 0.01 is just not
 * flat in f32 either. */
export const isFlat = ({ dtype }: Tensor): ((slope: number) => boolean) => {
  const limit = dtype === 'f32' ? Math.fround(LIMITS.slope.value) : LIMITS.slope.value;
  return (slope) => Math.abs(slope) < limit;
};

/** 2⁻⁴, …, 2⁴. */
const PROBES = Array.from({ length: 9 }, (_, i) => 2 ** (i - 4));

/** Whether an activation is flat on the whole of one side, as a ReLU is: half of its elements may well be off. */
export const isOneSided = (placed: Placed, parameters: ReadonlyMap<string, Tensor>, dtype: Dtype): boolean =>
  [PROBES, PROBES.map((x) => -x)].some((side) => {
    const x = generate(dtype, [side.length, ...placed.layer.input], (i) => side[i % side.length] ?? Number.NaN);
    const slopes = slopeAt(placed, parameters, x);
    return Array.from(slopes.data).every(isFlat(slopes));
  });
