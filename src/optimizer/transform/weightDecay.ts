/** Weight decay that is coupled into the gradient: the L2 penalty. */
import * as O from 'fp-ts/lib/Option.js';
import type { Spec } from '../../layer/layer.ts';
import { total } from '../../ops/derived.ts';
import * as S from '../../scalar/expr.ts';
import { type Form, leaves, type Of, zip } from '../../tensor/tree.ts';
import { fieldsOf, notNegative } from '../config.ts';
import { makes } from '../kind.ts';
import { scalarOf } from '../leaves.ts';
import type { PhaseInput } from '../optimizer.ts';
import { type Decayed, decayedField } from '../rules/moments.ts';
import { around } from './nest.ts';
import type { Transform } from './transform.ts';

export type WeightDecayConfig = {
  /** λ ≥ 0. */
  readonly rate: number;
  /** `weights` unless told. */
  readonly decayed: Decayed;
};

const [value, gradient, rate, loss, squares] = [
  S.input('value'),
  S.input('gradient'),
  S.input('rate'),
  S.input('loss'),
  S.input('squares'),
];
const pulled = S.add(gradient, S.multiply(rate, value));
const square = S.multiply(value, value);
const penalised = S.add(loss, S.multiply(S.multiply(0.5, rate), squares));

const made = makes(
  'Transform',
  fieldsOf<WeightDecayConfig>()('weightDecay', { rate: notNegative, decayed: decayedField }, { decayed: 'weights' }),
  (config): Transform =>
    (optimizer) =>
      around(
        optimizer,
        'weightDecay',
        config,
        { rate: config.rate },
        {
          before: <P extends Form, T>({ ops, declaration, scalars, evaluation, params }: PhaseInput<P, T>) => {
            const { tree, specs } = declaration;
            const lambda = scalarOf(scalars, 'rate');
            const decayed: Of<P, O.Option<T>> = zip(
              tree,
              (p: T, { role }: Spec): O.Option<T> =>
                config.decayed === 'all' || role === 'weight' ? O.some(p) : O.none,
              params,
              specs,
            );
            return {
              // Computed when read: only a line search looks at the loss.
              get value() {
                return leaves<P, O.Option<T>>(tree, decayed).reduce<T>(
                  (joined, p) =>
                    O.isNone(p)
                      ? joined
                      : ops.map(penalised, {
                          loss: joined,
                          rate: lambda,
                          squares: total(ops, ops.map(square, { value: p.value })),
                        }),
                  evaluation.value,
                );
              },
              gradient: zip(
                tree,
                (g: T, p: O.Option<T>): T =>
                  O.isNone(p) ? g : ops.map(pulled, { gradient: g, rate: lambda, value: p.value }),
                evaluation.gradient,
                decayed,
              ),
            };
          },
        },
      ),
);

/**
 * Adds λθ to the gradient of weights, and ½λ‖θ‖² to the loss (which only a line search looks at): the L2 penalty, coupled
 * through the optimizer's moments, as the `weight_decay` of PyTorch's `SGD` and `Adam` (there of all parameters:
 * `decayed: 'all'`). For the decoupled decay see `Optimizer.adamW`. Throws where the rate is negative or not finite.
 *
 * @example
 * ```ts
 * import { Optimizer, Transform } from 'nabla-ts';
 * const optimizer = Transform.weightDecay({ rate: 0.01 })(Optimizer.adam());
 * optimizer.description.decayed // => 'weights'
 * ```
 */
export const weightDecay = (config: Pick<WeightDecayConfig, 'rate'> & Partial<WeightDecayConfig>): Transform =>
  made.make(config);
export const weightDecayKind = made.kind;
