/** Gradients that are cut where they are too large. */
import { total } from '../../ops/derived.ts';
import type { Ops } from '../../ops/ops.ts';
import * as S from '../../scalar/expr.ts';
import { size as sizeOf } from '../../tensor/shape.ts';
import { type Form, leaves, map, type Of, type Tree } from '../../tensor/tree.ts';
import { fieldsOf, positive } from '../config.ts';
import { type Made, makes } from '../kind.ts';
import { scalarOf } from '../leaves.ts';
import type { PhaseInput } from '../optimizer.ts';
import { around } from './nest.ts';
import { scaleOf, shortened, size, square, squareRoot } from './norm.ts';
import type { Transform } from './transform.ts';

export type ClipConfig = { readonly limit: number };

type Cut = <P extends Form, T>(ops: Ops<T>, tree: Tree<P>, limit: T, gradient: Of<P, T>) => Of<P, T>;

const clips = (kind: string, cut: Cut): Made<ClipConfig, Transform> =>
  makes(
    'Transform',
    fieldsOf<ClipConfig>()(kind, { limit: positive }, {}),
    (config): Transform =>
      (optimizer) =>
        around(
          optimizer,
          kind,
          config,
          { limit: config.limit },
          {
            before: <P extends Form, T>({ ops, declaration, scalars, evaluation }: PhaseInput<P, T>) => ({
              value: evaluation.value,
              gradient: cut<P, T>(ops, declaration.tree, scalarOf(scalars, 'limit'), evaluation.gradient),
            }),
          },
        ),
  );

const [x, limit] = [S.input('x'), S.input('limit')];
const [a, b] = [S.input('a'), S.input('b')];
const larger = S.max(a, b);
const sum = S.add(a, b);
const clamped = S.max(S.negate(limit), S.min(limit, x));

const greatest = <T>(ops: Ops<T>, tensor: T): T =>
  ops.reshape([], ops.max([0], ops.reshape([sizeOf(ops.shape(tensor))], ops.map(size, { x: tensor }))));

/** The norm over some tensors as root·2^exponent, both of shape []. */
const normOf = <T>(ops: Ops<T>, tensors: readonly T[]): { readonly root: T; readonly exponent: T } => {
  const most = tensors.reduce<T>(
    (joined, tensor) => ops.map(larger, { a: joined, b: greatest(ops, tensor) }),
    ops.scalar(0),
  );
  const of = ops.map(scaleOf, { x: most });
  const squares = tensors.reduce<T>(
    (joined, tensor) => ops.map(sum, { a: joined, b: total(ops, ops.map(square, { x: tensor, exponent: of })) }),
    ops.scalar(0),
  );
  return { root: ops.map(squareRoot, { x: squares }), exponent: of };
};

const values = clips('clipByValue', (ops, tree, most, gradient) =>
  map(tree, (g) => ops.map(clamped, { x: g, limit: most }), gradient),
);
const norms = clips('clipByNorm', (ops, tree, most, gradient) =>
  map(tree, (g) => ops.map(shortened, { x: g, limit: most, ...normOf(ops, [g]) }), gradient),
);
const globalNorms = clips('clipByGlobalNorm', (ops, tree, most, gradient) => {
  const norm = normOf(ops, leaves(tree, gradient));
  return map(tree, (g) => ops.map(shortened, { x: g, limit: most, ...norm }), gradient);
});

/**
 * Every element of the gradient at most `limit` in size: those beyond are put at ±limit. Throws unless the limit is
 * finite and above 0.
 *
 * @example
 * ```ts
 * import { Optimizer, Transform } from 'nabla-ts';
 * Transform.clipByValue(0.5)(Optimizer.adam()).description.limit // => 0.5
 * ```
 */
export const clipByValue = (limit: number): Transform => values.make({ limit });
export const clipByValueKind = values.kind;

/**
 * The gradient of each parameter at most `limit` in Euclidean norm: one that is longer keeps its direction and is
 * shortened to it (Pascanu, Mikolov and Bengio 2013; Keras' `clipnorm`). Throws unless the limit is finite and above 0.
 *
 * @example
 * ```ts
 * import { Optimizer, Transform } from 'nabla-ts';
 * Transform.clipByNorm(1)(Optimizer.adam()).description.kind // => 'clipByNorm'
 * ```
 */
export const clipByNorm = (limit: number): Transform => norms.make({ limit });
export const clipByNormKind = norms.kind;

/**
 * The whole gradient at most `limit` in Euclidean norm: a longer one keeps its direction and is shortened to it (Pascanu,
 * Mikolov and Bengio 2013; PyTorch's `clip_grad_norm_` without its 1e-6, optax' `clip_by_global_norm`). Throws unless the
 * limit is finite and above 0.
 *
 * @example
 * ```ts
 * import { Optimizer, Transform } from 'nabla-ts';
 * Transform.clipByGlobalNorm(1)(Optimizer.adam()).description.kind // => 'clipByGlobalNorm'
 * ```
 */
export const clipByGlobalNorm = (limit: number): Transform => globalNorms.make({ limit });
export const clipByGlobalNormKind = globalNorms.kind;
