/**
 * Which layers are activations: a scalar function at every element, that learns at most a number and remembers nothing.
 * A layer is not asked what it calls itself: its forward pass is interpreted once more, by what each value depends on.
 */
import { inference } from '../../layer/context.ts';
import type { AnyLayer, Spec } from '../../layer/layer.ts';
import { count, type Sized } from '../../ops/count.ts';
import type { Ops } from '../../ops/ops.ts';
import { equals } from '../../tensor/shape.ts';
import { entries, type Form, map } from '../../tensor/tree.ts';

/** What an element of a value depends on: nothing that varies, the element of x at the same place, or more. */
type Reach = 'constant' | 'element' | 'more';

interface Traced extends Sized {
  readonly reach: Reach;
}

const ORDER = ['constant', 'element', 'more'] as const;

/** The algebra of what depends on what, its shapes being those of `sized`. */
const tracing = (sized: Ops<Sized>): Ops<Traced> => {
  const more = ({ shape }: Sized): Traced => ({ shape, reach: 'more' });
  /** A value moved to another shape: a constant stays one, and what keeps its shape has not moved. */
  const moved = ({ shape }: Sized, x: Traced): Traced =>
    equals(shape, x.shape) ? x : { shape, reach: x.reach === 'constant' ? 'constant' : 'more' };
  return {
    dtype: sized.dtype,
    shape: ({ shape }) => shape,
    scalar: (value) => ({ ...sized.scalar(value), reach: 'constant' }),
    iota: (length) => more(sized.iota(length)),
    map: (expr, inputs) => {
      const reaches = Object.values<Traced>(inputs).map(({ reach }) => ORDER.indexOf(reach));
      return { ...sized.map(expr, inputs), reach: ORDER[Math.max(0, ...reaches)] ?? 'more' };
    },
    reshape: (shape, x) => moved(sized.reshape(shape, x), x),
    broadcast: (shape, x) => moved(sized.broadcast(shape, x), x),
    transpose: (permutation, x) => more(sized.transpose(permutation, x)),
    sum: (axes, x) => more(sized.sum(axes, x)),
    max: (axes, x) => more(sized.max(axes, x)),
    slice: (axis, start, end, x) => more(sized.slice(axis, start, end, x)),
    pad: (axis, before, after, x) => more(sized.pad(axis, before, after, x)),
    concatenate: (axis, xs) => more(sized.concatenate(axis, xs)),
    matmul: (a, b) => more(sized.matmul(a, b)),
  };
};

/** What a parameter is to an element: one number for all of them is a constant, others differ by place. */
const parameter = ({ shape }: Spec): Traced => ({ shape, reach: shape.length === 0 ? 'constant' : 'more' });

/** Whether a layer applies one scalar function to every element: {@link Activation} and whatever is made like one. */
export const isActivation = (layer: AnyLayer): boolean =>
  layer.children.length === 0 &&
  layer.sites === 0 &&
  entries<Form, Spec>(layer.state.tree, layer.state.specs).length === 0 &&
  count('f64')((sized) => {
    const ops = tracing(sized);
    const params = map<Form, Spec, Traced>(layer.parameters.tree, parameter, layer.parameters.specs);
    const x: Traced = { shape: [2, ...layer.input], reach: 'element' };
    return layer.forward<Traced>(ops, params, layer.state.specs, x, inference()).y.reach;
  }).result === 'element';
