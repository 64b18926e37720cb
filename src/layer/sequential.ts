/**
 * Layers one after another. The compiler checks that each takes what the one before it gives; what it cannot see
 * (widths known only at run time) is checked here, once.
 *
 * Laws: `sequential(a, sequential(b, c))` and `sequential(sequential(a, b), c)` have equal outputs and gradients, and
 * equal leaves up to the nesting of the records; an empty sequence is the identity.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { closed } from '../scalar/closed.ts';
import type { Failure } from '../tensor/failure.ts';
import { equals, type Shape, show } from '../tensor/shape.ts';
import {
  type ConsForm,
  cons as consTree,
  type Form,
  type ListForm,
  type NilForm,
  nil,
  type Path,
} from '../tensor/tree.ts';
import { decodeAs } from './config.ts';
import { after, inside } from './context.ts';
import type { Kind } from './kind.ts';
import type { AnyLayer, Child, Layer, Part, Unshaped } from './layer.ts';
import { type SomeLayer, someLayer } from './some.ts';

// ---------- what the compiler checks ----------

/** Whether one shape can be another: a length known only as `number` fits any. */
type Fits<A extends Shape, B extends Shape> = A extends B ? true : B extends A ? true : false;

/** The shape that a part gives when it is given A. */
export type Given<A extends Shape, L> =
  L extends Layer<Shape, infer O, Form, Form> ? O : L extends Unshaped<Form, Form> ? A : never;

/** The list of parts as it must be: where one does not fit, an object that says so stands in its place. */
export type Checked<
  A extends Shape,
  Ls extends readonly unknown[],
  Before extends readonly unknown[] = readonly [],
> = Ls extends readonly [infer L, ...infer Rest]
  ? L extends Layer<infer I, Shape, Form, Form>
    ? Fits<A, I> extends true
      ? Checked<Given<A, L>, Rest, readonly [...Before, L]>
      : readonly [...Before, { readonly 'this layer takes': I; readonly 'but is given': A }, ...Rest]
    : Checked<A, Rest, readonly [...Before, L]>
  : Before;

/** The shape after all the parts. */
export type Final<A extends Shape, Ls extends readonly unknown[]> = Ls extends readonly [infer L, ...infer Rest]
  ? Final<Given<A, L>, Rest>
  : A;

type ParametersOf<L> = L extends Layer<Shape, Shape, infer P, Form> ? P : L extends Unshaped<infer P, Form> ? P : never;
type StateOf<L> = L extends Layer<Shape, Shape, Form, infer S> ? S : L extends Unshaped<Form, infer S> ? S : never;

/** The forms of the parameters of each part, as one list. */
export type ParameterForms<Ls extends readonly unknown[]> = Ls extends readonly [infer L, ...infer Rest]
  ? ParameterForms<Rest> extends infer Q extends ListForm
    ? ConsForm<ParametersOf<L>, Q>
    : never
  : NilForm;

/** The forms of the state of each part, as one list. */
export type StateForms<Ls extends readonly unknown[]> = Ls extends readonly [infer L, ...infer Rest]
  ? StateForms<Rest> extends infer Q extends ListForm
    ? ConsForm<StateOf<L>, Q>
    : never
  : NilForm;

// ---------- two layers, and a list of them ----------

/** No layer: the identity, with an empty list of parameters. */
const end = <S extends Shape>(shape: S): Layer<S, S, NilForm, NilForm> => ({
  input: shape,
  output: shape,
  description: { kind: 'sequential', layers: [] },
  parameters: { tree: nil, specs: [] },
  state: { tree: nil, specs: [] },
  sites: 0,
  minimumBatch: 1,
  children: [],
  forward: (_ops, _params, _state, x) => ({ y: x, state: [], pullback: (dy) => ({ dParams: [], dx: dy }) }),
});

/** A layer, then the layers from position `at` + 1 on. */
const cons = <
  A extends Shape,
  B extends Shape,
  C extends Shape,
  P extends Form,
  S extends Form,
  Q extends ListForm,
  R extends ListForm,
>(
  at: number,
  first: Layer<A, B, P, S>,
  rest: Layer<B, C, Q, R>,
): Layer<A, C, ConsForm<P, Q>, ConsForm<S, R>> => {
  const name = String(at);
  const children: readonly Child[] = [{ path: [name], layer: first }, ...rest.children];
  return {
    input: first.input,
    output: rest.output,
    description: { kind: 'sequential', layers: children.map(({ layer }) => layer.description) },
    parameters: {
      tree: consTree(at, first.parameters.tree, rest.parameters.tree),
      specs: [first.parameters.specs, ...rest.parameters.specs],
    },
    state: {
      tree: consTree(at, first.state.tree, rest.state.tree),
      specs: [first.state.specs, ...rest.state.specs],
    },
    sites: first.sites + rest.sites,
    minimumBatch: Math.max(first.minimumBatch, rest.minimumBatch),
    children,
    forward: (ops, [p, ...q], [s, ...r], x, context) => {
      const path: Path = [...context.path, name];
      const a = first.forward(ops, p, s, x, inside(context, [name]));
      context.watch({ path, kind: 'output', value: a.y });
      const b = rest.forward(ops, q, r, a.y, after(context, first));
      return {
        y: b.y,
        state: [a.state, ...b.state],
        pullback: (dy) => {
          const right = b.pullback(dy);
          const middle = right.dx;
          context.watch({ path, kind: 'gradient', value: middle });
          const left = a.pullback(middle);
          return {
            dParams: [left.dParams, ...right.dParams],
            get dx() {
              return left.dx;
            },
          };
        },
      };
    },
  };
};

/** A part, given the shape that comes to it. Throws where it takes another, naming both. */
const place = (part: Part, shape: Shape, at: number): AnyLayer => {
  const layer = 'at' in part ? part.at(shape) : part;
  if (!equals(layer.input, shape))
    throw new TypeError(
      `sequential: layer ${at} (${layer.description.kind}) takes ${show(layer.input)}, but is given ${show(shape)}`,
    );
  return layer;
};

const compose = (input: Shape, parts: readonly Part[]): Layer<Shape, Shape, ListForm, ListForm> => {
  const layers: AnyLayer[] = [];
  let last = input;
  for (const [i, part] of parts.entries()) {
    const layer = place(part, last, i);
    layers.push(layer);
    last = layer.output;
  }
  return layers.reduceRight<Layer<Shape, Shape, ListForm, ListForm>>(
    (tail, layer, at) => cons(at, layer, tail),
    end(last),
  );
};

/**
 * Layers one after another, each given what the one before it gives. Throws where two do not fit, naming both shapes;
 * where their shapes are known to the compiler it does not compile. {@link sequentialOf} takes a list.
 *
 * @example
 * ```ts
 * import { Activation, Layer } from 'nabla-ts';
 * const network = Layer.sequential(Layer.dense(784, 128), Activation.relu, Layer.dense(128, 10));
 * network.output // => [10]
 * ```
 */
export function sequential<
  A extends Shape,
  B extends Shape,
  P extends Form,
  S extends Form,
  const Ls extends readonly Part[],
>(
  first: Layer<A, B, P, S>,
  ...rest: Ls & Checked<B, NoInfer<Ls>>
): Layer<
  A,
  Final<B, Ls>,
  ParameterForms<readonly [Layer<A, B, P, S>, ...Ls]>,
  StateForms<readonly [Layer<A, B, P, S>, ...Ls]>
>;
export function sequential(first: AnyLayer, ...rest: readonly Part[]): AnyLayer {
  return compose(first.input, [first, ...rest]);
}

/**
 * Layers one after another, for a list whose length is known only at run time; of none, the identity. Throws where two
 * do not fit, naming both shapes.
 *
 * @example
 * ```ts
 * import { Activation, Layer } from 'nabla-ts';
 * const network = Layer.sequentialOf([4], [8, 8].flatMap((n, i) => [Layer.dense(i === 0 ? 4 : 8, n), Activation.tanh]));
 * network.use((layer) => layer.output) // => [8]
 * ```
 */
export const sequentialOf = (input: Shape, parts: readonly Part[]): SomeLayer => someLayer(compose(input, parts));

const fields = closed('sequential', { kind: t.literal('sequential'), layers: t.readonlyArray(t.unknown) });

/** How a sequence is read: each layer at the shape that the one before it gives. */
export const sequentialKind: Kind = ({ description, input, where, child }) =>
  pipe(
    description,
    decodeAs(fields, where),
    E.chain(({ layers }) =>
      layers.reduce<E.Either<Failure, readonly AnyLayer[]>>(
        (read, layer, at) =>
          pipe(
            read,
            E.chain((before) =>
              pipe(
                child(layer, before[before.length - 1]?.output ?? input, `${where}.layers.${at}`),
                E.map((next) => [...before, next]),
              ),
            ),
          ),
        E.right([]),
      ),
    ),
    E.map((layers) => compose(input, layers)),
  );
