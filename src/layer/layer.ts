/**
 * A layer is a description, a form of parameters, a form of state, and a lens: `forward` computes the output and
 * returns with it the `pullback` that carries a gradient of the output back to the parameters and the input. A
 * composition of layers is a layer, and its pullback is the composition of pullbacks in reverse: the chain rule.
 *
 * Values carry the batch as their first axis: a layer of input [3] takes [batch, 3].
 *
 * Laws: `pullback` is linear in dy and is the adjoint of the derivative of `forward`; outside training, and but for
 * layers that normalise over the batch, row i of y depends on row i of x alone; `forward` is a function of its arguments.
 */
import type { Ops } from '../ops/ops.ts';
import type { Random } from '../ops/random.ts';
import type { Json } from '../tensor/json.ts';
import type { Shape } from '../tensor/shape.ts';
import { type EmptyForm, empty, type Form, type Of, type Path, type Tree } from '../tensor/tree.ts';
import type { Fans, Initialiser } from './initialiser/initialiser.ts';

/** What is known of a parameter before it has a value. */
export interface Spec extends Fans {
  readonly initialiser: Initialiser;
  /** Penalties and decay act on weights alone. */
  readonly role: 'weight' | 'bias';
}

/** A form, and what is known of each of its leaves. */
export interface Declaration<F extends Form> {
  readonly tree: Tree<F>;
  readonly specs: Of<F, Spec>;
}

/** A layer as JSON: its kind, its hyperparameters, its children. */
export type Description = { readonly kind: string; readonly [field: string]: Json };

/** What a watcher is told: the output of the layer at a path, or the gradient that came back to that output. */
export interface Sighting<T> {
  readonly path: Path;
  readonly kind: 'output' | 'gradient';
  readonly value: T;
}

/** What a layer is told beside its input. */
export interface Context<T> {
  /** Whether dropout drops and batch norm normalises by the batch. */
  readonly training: boolean;
  /** Whether what is learnt of batches is left as it is though training is on: batch norm then uses its running statistics
   * and keeps them, so that rows do not depend on one another. So is a network sampled. */
  readonly settled?: boolean;
  readonly random: Random<T>;
  /** Where the layer stands in the network. */
  readonly path: Path;
  /** Told of every layer's output and of the gradient that comes back to it; it cannot change the run. */
  readonly watch: (sighting: Sighting<T>) => void;
}

/** What a pullback gives: the gradient of each parameter and of the input. */
export interface Pulled<P extends Form, T> {
  readonly dParams: Of<P, T>;
  readonly dx: T;
}

/** What `forward` gives: the output, the new state, and the way back. */
export interface Run<P extends Form, S extends Form, T> {
  readonly y: T;
  readonly state: Of<S, T>;
  readonly pullback: (dy: T) => Pulled<P, T>;
}

export interface Layer<In extends Shape, Out extends Shape, P extends Form, S extends Form> {
  /** The shape of an example, without the batch axis. */
  readonly input: In;
  readonly output: Out;
  readonly description: Description;
  readonly parameters: Declaration<P>;
  readonly state: Declaration<S>;
  /** How many places in the layer draw random numbers. */
  readonly sites: number;
  /** The fewest examples that a training batch may have: 2 where batch norm would otherwise have no variance. */
  readonly minimumBatch: number;
  /** The layers that it is composed of, in order. */
  readonly children: readonly Child[];
  // A method, so that lists of layers type-check; see docs/decisions/0003.
  forward<T>(ops: Ops<T>, params: Of<P, T>, state: Of<S, T>, x: T, context: Context<T>): Run<P, S, T>;
}

/** A layer inside a layer, and where: its parameters stand at `path` under its parent's. */
export interface Child {
  readonly path: Path;
  readonly layer: AnyLayer;
}

/** A layer of which nothing is known. It accepts any parameters, so it stays inside; run-time networks are handed out
 * through `Network.use`. */
export type AnyLayer = Layer<Shape, Shape, Form, Form>;

/** A layer that takes whatever shape it is given and keeps it: `at` fixes the shape. */
export interface Unshaped<P extends Form, S extends Form> {
  readonly description: Description;
  readonly at: <In extends Shape>(shape: In) => Layer<In, In, P, S>;
}

/** What can stand in a composition. */
export type Part = AnyLayer | Unshaped<Form, Form>;

const nothing = Object.freeze({});

/**
 * The declaration of a layer that has no parameters, or no state.
 *
 * @example
 * ```ts
 * import { Layer } from 'nabla-ts';
 * Layer.softmax.at([3]).parameters === Layer.none // => true
 * ```
 */
export const none: Declaration<EmptyForm> = Object.freeze({ tree: empty, specs: nothing });

/**
 * The record of no parameters, or of no state.
 *
 * @example
 * ```ts
 * import { Layer } from 'nabla-ts';
 * Layer.noValues // => {}
 * ```
 */
export const noValues: Of<EmptyForm, never> = nothing;

/**
 * What a layer is that has no state, draws nothing, needs no company and contains no layer: spread it into one's own.
 *
 * @example
 * ```ts
 * import { Expr, Layer } from 'nabla-ts';
 * const negative: Layer.Unshaped<Layer.EmptyForm, Layer.EmptyForm> = {
 *   description: { kind: 'negative' },
 *   at: (shape) => ({
 *     ...Layer.plain,
 *     input: shape,
 *     output: shape,
 *     description: { kind: 'negative' },
 *     parameters: Layer.none,
 *     forward: (ops, _params, _state, x) => ({
 *       y: ops.map(Expr.negate(Expr.input('x')), { x }),
 *       state: {},
 *       pullback: (dy) => ({ dParams: {}, dx: ops.map(Expr.negate(Expr.input('x')), { x: dy }) }),
 *     }),
 *   }),
 * };
 * negative.at([3]).minimumBatch // => 1
 * ```
 */
export const plain: {
  readonly state: Declaration<EmptyForm>;
  readonly sites: 0;
  readonly minimumBatch: 1;
  readonly children: readonly [];
} = Object.freeze({ state: none, sites: 0, minimumBatch: 1, children: [] as const });
