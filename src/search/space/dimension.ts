/**
 * A dimension is one hyperparameter and what it may be, as plain data: a number between bounds, one of several values, or
 * either of these where a choice has some value. Whether a set of them makes a space is asked by `Space.make`.
 */
import type { Json } from '../../tensor/json.ts';

/** One value. */
export type Fixed<A extends Json = Json> = { readonly kind: 'fixed'; readonly value: A };
/** One of several values, each as likely as another. */
export type Choice<A extends Json = Json> = { readonly kind: 'choice'; readonly options: readonly A[] };
/** A number from `low` to `high`. */
export type Uniform = { readonly kind: 'uniform'; readonly low: number; readonly high: number };
/** A number from `low` to `high` whose logarithm is uniform. */
export type LogUniform = { readonly kind: 'logUniform'; readonly low: number; readonly high: number };
/** A whole number from `low` to `high`, both included. */
export type Integer = { readonly kind: 'integer'; readonly low: number; readonly high: number };

/** A dimension that is always there. */
export type Simple = Fixed | Choice | Uniform | LogUniform | Integer;

/** A dimension that is there only where the choice named `on` has one of these values. */
export type Conditional<D extends Simple = Simple> = {
  readonly kind: 'conditional';
  readonly on: string;
  readonly values: readonly Json[];
  readonly dimension: D;
};

export type Dimension = Simple | Conditional;

/** The dimensions of a space by their names. */
export type Dimensions = Readonly<Record<string, Dimension>>;

/** Bounds, both of which are values. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/**
 * A hyperparameter that is not searched.
 *
 * @example
 * ```ts
 * import { Space } from 'nabla-ts';
 * Space.fixed(0.9) // => { kind: 'fixed', value: 0.9 }
 * ```
 */
export const fixed = <const A extends Json>(value: A): Fixed<A> => ({ kind: 'fixed', value });

/**
 * One of several values of any kind that JSON can say, each as likely as another.
 *
 * @example
 * ```ts
 * import { Space } from 'nabla-ts';
 * Space.choice('relu', 'tanh').options // => ['relu', 'tanh']
 * ```
 */
export const choice = <const A extends readonly Json[]>(...options: A): Choice<A[number]> => ({
  kind: 'choice',
  options,
});

/**
 * A number from `low` to `high`.
 *
 * @example
 * ```ts
 * import { Space } from 'nabla-ts';
 * Space.uniform({ low: 0, high: 0.5 }).kind // => 'uniform'
 * ```
 */
export const uniform = ({ low, high }: Bounds): Uniform => ({ kind: 'uniform', low, high });

/**
 * A number from `low` to `high`, both above 0, whose logarithm is uniform: each power of ten is as likely as another.
 *
 * @example
 * ```ts
 * import { Space } from 'nabla-ts';
 * Space.logUniform({ low: 1e-4, high: 1e-1 }).kind // => 'logUniform'
 * ```
 */
export const logUniform = ({ low, high }: Bounds): LogUniform => ({ kind: 'logUniform', low, high });

/**
 * A whole number from `low` to `high`, both included.
 *
 * @example
 * ```ts
 * import { Space } from 'nabla-ts';
 * Space.integer({ low: 1, high: 3 }).high // => 3
 * ```
 */
export const integer = ({ low, high }: Bounds): Integer => ({ kind: 'integer', low, high });

/**
 * A dimension that is there only where the choice named `on` has one of these values (and is there itself).
 *
 * @example
 * ```ts
 * import { Space } from 'nabla-ts';
 * Space.when('optimizer', ['momentum'], Space.uniform({ low: 0, high: 0.99 })).on // => 'optimizer'
 * ```
 */
export const when = <D extends Simple>(on: string, values: readonly Json[], dimension: D): Conditional<D> => ({
  kind: 'conditional',
  on,
  values,
  dimension,
});

/** What a dimension is where it is there. */
export const simple = (dimension: Dimension): Simple =>
  dimension.kind === 'conditional' ? dimension.dimension : dimension;
