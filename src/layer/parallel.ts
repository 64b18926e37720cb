/** Layers side by side: each is given the same input, and their outputs are joined along the last axis. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { add } from '../ops/derived.ts';
import type { Ops } from '../ops/ops.ts';
import { closed } from '../scalar/closed.ts';
import { failure } from '../tensor/failure.ts';
import { equals, type Shape, show } from '../tensor/shape.ts';
import {
  type ConsForm,
  cons as consTree,
  type Form,
  type ListForm,
  type NilForm,
  nil,
  type Of,
  type Path,
} from '../tensor/tree.ts';
import { decodeAs } from './config.ts';
import { after, inside } from './context.ts';
import type { Kind } from './kind.ts';
import type { AnyLayer, Child, Context, Declaration, Layer } from './layer.ts';
import type { ParameterForms, StateForms } from './sequential.ts';
import { type SomeLayer, someLayer } from './some.ts';
import type { Sum } from './sum.ts';

/** A shape with another joined to it along the last axis. */
type Joined<A extends Shape, B extends Shape> = A extends readonly [...infer Lead extends Shape, infer M extends number]
  ? B extends readonly [...Lead, infer N extends number]
    ? readonly [...Lead, Sum<M, N>]
    : never
  : Shape;

/** The shape of the outputs of all branches, joined. */
export type JoinedAll<B extends Shape, Ls extends readonly unknown[]> = Ls extends readonly [infer L, ...infer Rest]
  ? L extends Layer<Shape, infer O, Form, Form>
    ? JoinedAll<Joined<B, O>, Rest>
    : never
  : B;

/** The list of branches as it must be: where one takes another input, an object that says so stands in its place. */
export type SameInput<A extends Shape, Ls extends readonly unknown[]> = {
  readonly [K in keyof Ls]: Ls[K] extends Layer<infer I, Shape, Form, Form>
    ? A extends I
      ? Ls[K]
      : I extends A
        ? Ls[K]
        : { readonly 'this branch takes': I; readonly 'but is given': A }
    : never;
};

/** Branches, not yet joined: what each gives, in order. */
interface Branches<P extends Form, S extends Form> {
  readonly parameters: Declaration<P>;
  readonly state: Declaration<S>;
  readonly children: readonly Child[];
  run<T>(
    ops: Ops<T>,
    params: Of<P, T>,
    state: Of<S, T>,
    x: T,
    context: Context<T>,
  ): {
    readonly ys: readonly T[];
    readonly state: Of<S, T>;
    /** From the gradients of the branches, those of the parameters and, when asked, those of the input by each branch. */
    readonly pullback: (dys: readonly T[]) => { readonly dParams: Of<P, T>; readonly dxs: () => readonly T[] };
  };
}

const noBranch: Branches<NilForm, NilForm> = {
  parameters: { tree: nil, specs: [] },
  state: { tree: nil, specs: [] },
  children: [],
  run: () => ({ ys: [], state: [], pullback: () => ({ dParams: [], dxs: () => [] }) }),
};

/** A branch beside others, from position `at` on. */
const beside = <P extends Form, S extends Form, Q extends ListForm, R extends ListForm>(
  at: number,
  first: Layer<Shape, Shape, P, S>,
  rest: Branches<Q, R>,
): Branches<ConsForm<P, Q>, ConsForm<S, R>> => {
  const name = String(at);
  return {
    parameters: {
      tree: consTree(at, first.parameters.tree, rest.parameters.tree),
      specs: [first.parameters.specs, ...rest.parameters.specs],
    },
    state: {
      tree: consTree(at, first.state.tree, rest.state.tree),
      specs: [first.state.specs, ...rest.state.specs],
    },
    children: [{ path: [name], layer: first }, ...rest.children],
    run: (ops, [p, ...q], [s, ...r], x, context) => {
      const path: Path = [...context.path, name];
      const branch = first.forward(ops, p, s, x, inside(context, [name]));
      context.watch({ path, kind: 'output', value: branch.y });
      const others = rest.run(ops, q, r, x, after(context, first));
      return {
        ys: [branch.y, ...others.ys],
        state: [branch.state, ...others.state],
        pullback: (dys) => {
          const [dy, ...dOthers] = dys;
          // never: there are as many gradients as branches
          if (dy === undefined) throw new Error('parallel: a branch without a gradient');
          context.watch({ path, kind: 'gradient', value: dy });
          const own = branch.pullback(dy);
          const beyond = others.pullback(dOthers);
          return { dParams: [own.dParams, ...beyond.dParams], dxs: () => [own.dx, ...beyond.dxs()] };
        },
      };
    },
  };
};

/** Branches joined along the last axis, as one layer. */
const join = <P extends Form, S extends Form>(
  input: Shape,
  output: Shape,
  { parameters, state, children, run }: Branches<P, S>,
): Layer<Shape, Shape, P, S> => ({
  input,
  output,
  description: { kind: 'parallel', layers: children.map(({ layer }) => layer.description) },
  parameters,
  state,
  sites: children.reduce((sum, { layer }) => sum + layer.sites, 0),
  minimumBatch: children.reduce((most, { layer }) => Math.max(most, layer.minimumBatch), 1),
  children,
  forward: (ops, params, before, x, context) => {
    const { ys, state: next, pullback } = run(ops, params, before, x, context);
    const axis = output.length;
    return {
      y: ops.concatenate(axis, ys),
      state: next,
      pullback: (dy) => {
        const widths = ys.map((value) => ops.shape(value)[axis] ?? 0);
        const start = (i: number): number => widths.slice(0, i).reduce((sum, n) => sum + n, 0);
        const pulled = pullback(widths.map((n, i) => ops.slice(axis, start(i), start(i) + n, dy)));
        return {
          dParams: pulled.dParams,
          get dx() {
            return pulled.dxs().reduce((sum, dx) => add(ops, sum, dx));
          },
        };
      },
    };
  },
});

const compose = (first: AnyLayer, rest: readonly AnyLayer[]): AnyLayer => {
  const layers = [first, ...rest];
  const lead = first.output.slice(0, -1);
  if (first.output.length === 0) throw new TypeError('parallel: layer 0 gives [], which has no last axis');
  for (const [i, layer] of layers.entries()) {
    if (!equals(layer.input, first.input))
      throw new TypeError(
        `parallel: layer ${i} (${layer.description.kind}) takes ${show(layer.input)}, but layer 0 takes ${show(first.input)}`,
      );
    if (!equals(layer.output.slice(0, -1), lead) || layer.output.length !== first.output.length)
      throw new TypeError(
        `parallel: layer ${i} (${layer.description.kind}) gives ${show(layer.output)}, which does not join ${show(first.output)}`,
      );
  }
  return join(
    first.input,
    [...lead, layers.reduce((sum, { output }) => sum + (output[output.length - 1] ?? 0), 0)],
    layers.reduceRight<Branches<ListForm, ListForm>>((tail, layer, at) => beside(at, layer, tail), noBranch),
  );
};

/**
 * Layers that are all given the same input; their outputs are concatenated along the last axis, in order. The gradient of
 * the input is the sum of theirs. Throws where a layer takes another input than the first, or gives an output that differs
 * in more than the last axis, naming both shapes.
 *
 * @example
 * ```ts
 * import { Layer } from 'nabla-ts';
 * Layer.parallel(Layer.dense(3, 4), Layer.dense(3, 2)).output // => [6]
 * ```
 */
export function parallel<
  A extends Shape,
  B extends Shape,
  P extends Form,
  S extends Form,
  const Ls extends readonly AnyLayer[],
>(
  first: Layer<A, B, P, S>,
  ...rest: Ls & SameInput<A, NoInfer<Ls>>
): Layer<
  A,
  JoinedAll<B, Ls>,
  ParameterForms<readonly [Layer<A, B, P, S>, ...Ls]>,
  StateForms<readonly [Layer<A, B, P, S>, ...Ls]>
>;
export function parallel(first: AnyLayer, ...rest: readonly AnyLayer[]): AnyLayer {
  return compose(first, rest);
}

/**
 * Layers side by side, for a list whose length is known only at run time. Throws as {@link parallel} does, and where
 * there is no layer.
 *
 * @example
 * ```ts
 * import { Layer } from 'nabla-ts';
 * Layer.parallelOf([1, 2, 3].map((n) => Layer.dense(3, n))).use((layer) => layer.output) // => [6]
 * ```
 */
export const parallelOf = (layers: readonly AnyLayer[]): SomeLayer => {
  const [first, ...rest] = layers;
  if (first === undefined) throw new TypeError('parallel: no layer');
  return someLayer(compose(first, rest));
};

const fields = closed('parallel', { kind: t.literal('parallel'), layers: t.readonlyArray(t.unknown) });

/** How layers side by side are read: each at the same shape. */
export const parallelKind: Kind = ({ description, input, where, child }) =>
  pipe(
    description,
    decodeAs(fields, where),
    E.chain(({ layers }) =>
      pipe(
        layers,
        E.traverseReadonlyArrayWithIndex((at, layer) => child(layer, input, `${where}.layers.${at}`)),
      ),
    ),
    E.chain(([first, ...rest]) =>
      first === undefined
        ? E.left(failure('codec', `${where}.layers`, 'at least one layer', 'none'))
        : E.right(compose(first, rest)),
    ),
  );
