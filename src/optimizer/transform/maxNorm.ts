/** Weights that are kept short: the norm of those that come into a unit has a limit. */
import type { Spec } from '../../layer/layer.ts';
import type { Ops } from '../../ops/ops.ts';
import { size as sizeOf } from '../../tensor/shape.ts';
import { type Form, type Of, zip } from '../../tensor/tree.ts';
import { fieldsOf, positive } from '../config.ts';
import { makes } from '../kind.ts';
import { scalarOf } from '../leaves.ts';
import type { PhaseInput } from '../optimizer.ts';
import { around } from './nest.ts';
import { scaleOf, shortened, size, square, squareRoot } from './norm.ts';
import type { Transform } from './transform.ts';

export type MaxNormConfig = { readonly limit: number };

/** A weight whose last axis counts the units, each of these shortened by itself. */
const projected = <T>(ops: Ops<T>, limit: T, weight: T): T => {
  const shape = ops.shape(weight);
  const units = shape[shape.length - 1] ?? 1;
  const matrix = [sizeOf(shape.slice(0, -1)), units];
  const x = ops.reshape(matrix, weight);
  const each = (of: T): T => ops.broadcast(matrix, of);
  const exponent = each(ops.map(scaleOf, { x: ops.max([0], ops.map(size, { x })) }));
  const root = each(ops.map(squareRoot, { x: ops.sum([0], ops.map(square, { x, exponent })) }));
  return ops.reshape(shape, ops.map(shortened, { x, limit, exponent, root }));
};

const made = makes(
  'Transform',
  fieldsOf<MaxNormConfig>()('maxNorm', { limit: positive }, {}),
  (config): Transform =>
    (optimizer) =>
      around(
        optimizer,
        'maxNorm',
        config,
        { limit: config.limit },
        {
          after: <P extends Form, T>({ ops, declaration, scalars }: PhaseInput<P, T>, params: Of<P, T>) =>
            zip(
              declaration.tree,
              (x: T, { role }: Spec): T => (role === 'weight' ? projected(ops, scalarOf(scalars, 'limit'), x) : x),
              params,
              declaration.specs,
            ),
        },
      ),
);

/**
 * After each step, the weights that come into a unit at most `limit` in Euclidean norm: longer ones keep their direction and
 * are shortened to it (Srebro and Shraibman 2005; Srivastava et al. 2014, section 5.1, with dropout, limits of 3 to 4).
 * The last axis of a weight counts the units, so of a dense weight [inputs, outputs] it is the norm of a column. Biases, and
 * the scales of normalisations, are left as they are. Weights that begin longer are shortened after the first step. Around
 * `lbfgs` the line search measures other points than it proposes. Throws unless the limit is finite and above 0.
 *
 * @example
 * ```ts
 * import { Optimizer, Transform } from 'nabla-ts';
 * Transform.maxNorm(3)(Optimizer.adam()).description.limit // => 3
 * ```
 */
export const maxNorm = (limit: number): Transform => made.make({ limit });
export const maxNormKind = made.kind;
