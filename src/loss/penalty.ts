/**
 * What the size of the weights costs, beside what the predictions cost. A penalty is a list of formulas of one weight,
 * summed over all parameters whose role is `weight`; biases cost nothing. Lists are joined by `concat`.
 *
 * Laws: `concat` and `none` are a monoid; the gradient is that of the value, and +0 at every bias.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Monoid } from 'fp-ts/lib/Monoid.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import * as t from 'io-ts';
import { checked, decodeAs, fraction, notNegative } from '../layer/config.ts';
import type { Declaration, Spec } from '../layer/layer.ts';
import { add, fill, total } from '../ops/derived.ts';
import type { Ops } from '../ops/ops.ts';
import { differentiate } from '../scalar/differentiate.ts';
import * as S from '../scalar/expr.ts';
import type { Failure } from '../tensor/failure.ts';
import type { Json } from '../tensor/json.ts';
import { type Form, leaves, type Of, zip } from '../tensor/tree.ts';
import { type Kind, kind, type Registry, read } from './kind.ts';

/** A formula of one weight, and what it is as JSON. */
export interface PenaltyTerm {
  readonly description: { readonly kind: string; readonly [field: string]: Json };
  readonly cost: S.Expr<'weight'>;
}

export interface Penalty {
  readonly terms: readonly PenaltyTerm[];
  /** What a weight costs: the sum of the terms, in order. */
  readonly cost: S.Expr<'weight'>;
  /** The derivative of `cost`. */
  readonly slope: S.Expr<'weight'>;
}

/** A penalty's value (shape []) and its gradient in the parameters. */
export interface Penalised<P extends Form, T> {
  readonly value: T;
  readonly gradient: Of<P, T>;
}

const weight = S.input('weight');

/** A penalty of terms. The derivative is taken here, once: an interpreter may remember what it makes of a formula. */
const ofTerms = (terms: readonly PenaltyTerm[]): Penalty => {
  const [first, ...rest] = terms.map(({ cost }) => cost);
  const cost = first === undefined ? S.constant(0) : rest.reduce((sum, next) => S.add(sum, next), first);
  return Object.freeze({ terms: Object.freeze([...terms]), cost, slope: differentiate('weight')(cost) });
};

/**
 * A penalty of one term. The formula is 0 at 0 if a weight that is not used is to cost nothing.
 *
 * @example
 * ```ts
 * import { Expr, Penalty } from 'nabla-ts';
 * const w = Expr.input('weight');
 * Penalty.describe(Penalty.of({ description: { kind: 'quartic' }, cost: Expr.multiply(Expr.multiply(w, w), Expr.multiply(w, w)) })) // => [{ kind: 'quartic' }]
 * ```
 */
export const of = (term: PenaltyTerm): Penalty => ofTerms([term]);

/**
 * No penalty: value 0, gradient 0.
 *
 * @example
 * ```ts
 * import { Penalty } from 'nabla-ts';
 * Penalty.describe(Penalty.none) // => []
 * ```
 */
export const none: Penalty = ofTerms([]);

/**
 * Both penalties.
 *
 * @example
 * ```ts
 * import { Penalty } from 'nabla-ts';
 * Penalty.describe(Penalty.concat(Penalty.l1(1), Penalty.l2(2))).length // => 2
 * ```
 */
export const concat = (first: Penalty, second: Penalty): Penalty => ofTerms([...first.terms, ...second.terms]);

/**
 * Penalties under `concat`, for fp-ts.
 *
 * @example
 * ```ts
 * import * as Monoid from 'fp-ts/lib/Monoid.js';
 * import { Penalty } from 'nabla-ts';
 * Penalty.describe(Monoid.concatAll(Penalty.monoid)([Penalty.l1(1), Penalty.l2(2)])).length // => 2
 * ```
 */
export const monoid: Monoid<Penalty> = { concat, empty: none };

/**
 * L1 penalty: strength·Σ|w| (the lasso). The derivative at w = 0 is taken as 0. Throws unless strength is at least 0.
 *
 * Source: R. Tibshirani, Regression shrinkage and selection via the lasso, Journal of the Royal Statistical Society B 58
 * (1996).
 *
 * @example
 * ```ts
 * import { Penalty } from 'nabla-ts';
 * Penalty.describe(Penalty.l1(0.01)) // => [{ kind: 'l1', strength: 0.01 }]
 * ```
 */
export const l1 = (strength: number): Penalty =>
  of({
    description: { kind: 'l1', strength: checked(notNegative, 'l1.strength', strength) },
    cost: S.multiply(strength, S.abs(weight)),
  });

/**
 * L2 penalty: ½·strength·Σw² (ridge, Tikhonov), so that its derivative is strength·w. scikit-learn's `alpha` and
 * PyTorch's `weight_decay` mean the same; Keras's `L2(l2)` is strength = 2·l2.
 *
 * @example
 * ```ts
 * import { Penalty } from 'nabla-ts';
 * Penalty.describe(Penalty.l2(0.01)) // => [{ kind: 'l2', strength: 0.01 }]
 * ```
 */
export const l2 = (strength: number): Penalty =>
  of({
    description: { kind: 'l2', strength: checked(notNegative, 'l2.strength', strength) },
    cost: S.multiply(0.5 * strength, S.multiply(weight, weight)),
  });

/** How strong an elastic penalty is, and which part of it is L1. */
export interface ElasticConfig {
  readonly strength: number;
  /** From 0 (L2 alone) to 1 (L1 alone), as scikit-learn's `l1_ratio`. */
  readonly ratio: number;
}

/**
 * Elastic net: L1 of strength·ratio and L2 of strength·(1 − ratio).
 *
 * Source: H. Zou and T. Hastie, Regularization and variable selection via the elastic net, Journal of the Royal
 * Statistical Society B 67 (2005), parametrised as in scikit-learn.
 *
 * @example
 * ```ts
 * import { Penalty } from 'nabla-ts';
 * Penalty.describe(Penalty.elastic({ strength: 1, ratio: 0.25 }))
 * // => [{ kind: 'l1', strength: 0.25 }, { kind: 'l2', strength: 0.75 }]
 * ```
 */
export const elastic = ({ strength, ratio }: ElasticConfig): Penalty => {
  checked(fraction, 'elastic.ratio', ratio);
  return concat(l1(strength * ratio), l2(strength * (1 - ratio)));
};

/**
 * A penalty's value and gradient at parameters. The value is the sum over weights, leaf by leaf in order, of the sum of
 * the terms; the gradient has the parameters' form.
 *
 * @example
 * ```ts
 * import { Layer, Ops, Penalty, Tensor } from 'nabla-ts';
 * const params = { weight: Tensor.full('f64', [2, 1], 3), bias: Tensor.full('f64', [1], 5) };
 * const { value, gradient } = Penalty.value(
 *   Ops.reference('f64'),
 *   Penalty.l2(2),
 *   Layer.dense(2, 1).parameters,
 *   params,
 * );
 * Tensor.toArray(value) // => [18]
 * Tensor.toArray(gradient.weight) // => [6, 6]
 * Tensor.toArray(gradient.bias) // => [0]
 * ```
 */
export const value = <P extends Form, T>(
  ops: Ops<T>,
  penalty: Penalty,
  declaration: Declaration<P>,
  params: Of<P, T>,
): Penalised<P, T> => {
  const acts = ({ role }: Spec): boolean => role === 'weight';
  const costs = zip(
    declaration.tree,
    (spec: Spec, x: T): readonly T[] => (acts(spec) ? [total(ops, ops.map(penalty.cost, { weight: x }))] : []),
    declaration.specs,
    params,
  );
  const [start, ...others] = leaves<P, readonly T[]>(declaration.tree, costs).flat();
  return {
    value: start === undefined ? ops.scalar(0) : others.reduce((sum, next) => add(ops, sum, next), start),
    gradient: zip(
      declaration.tree,
      (spec: Spec, x: T): T => (acts(spec) ? ops.map(penalty.slope, { weight: x }) : fill(ops, ops.shape(x), 0)),
      declaration.specs,
      params,
    ),
  };
};

/**
 * A penalty as JSON: the list of its terms.
 *
 * @example
 * ```ts
 * import { Penalty } from 'nabla-ts';
 * Penalty.describe(Penalty.l2(0.5)) // => [{ kind: 'l2', strength: 0.5 }]
 * ```
 */
export const describe = (penalty: Penalty): readonly PenaltyTerm['description'][] =>
  penalty.terms.map(({ description }) => description);

const strengthKind = (name: string, build: (strength: number) => Penalty): Kind<Penalty> =>
  kind<{ strength: t.Type<number> }, Penalty>(name, { strength: notNegative }, ({ strength }) =>
    E.right(build(strength)),
  );

/**
 * How the toolkit's terms are read. Add one's own: `{ ...Penalty.registry, mine: … }`.
 *
 * @example
 * ```ts
 * import { Penalty } from 'nabla-ts';
 * Object.keys(Penalty.registry) // => ['l1', 'l2']
 * ```
 */
export const registry: Registry<Penalty> = Object.freeze({ l1: strengthKind('l1', l1), l2: strengthKind('l2', l2) });

/**
 * A penalty from its description, by the kinds of a registry. Fails on other kinds, unknown fields and strengths below 0.
 *
 * @example
 * ```ts
 * import { Penalty } from 'nabla-ts';
 * Penalty.decode(Penalty.registry)([{ kind: 'l2', strength: 0.1 }])._tag // => 'Right'
 * Penalty.decode(Penalty.registry)([{ kind: 'l2', strength: -1 }])._tag // => 'Left'
 * ```
 */
export const decode =
  (kinds: Registry<Penalty>) =>
  (description: unknown): E.Either<Failure, Penalty> =>
    pipe(
      description,
      decodeAs(t.readonlyArray(t.unknown), 'penalty'),
      E.chain(RA.traverseWithIndex(E.Applicative)((i, term) => read('penalty', kinds)(term, `penalty.${i}`))),
      E.map((penalties) => penalties.reduce(concat, none)),
    );
