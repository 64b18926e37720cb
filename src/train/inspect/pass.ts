/**
 * One step of training, watched: what every layer gave, the gradient that came back to it, and what the step would make of
 * its parameters. Nothing is changed, and nothing is summed up: `statistics` does that.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { training } from '../../layer/context.ts';
import type { Layer, Sighting, Spec } from '../../layer/layer.ts';
import type { Loss } from '../../loss/loss.ts';
import type { Penalty } from '../../loss/penalty.ts';
import { random } from '../../ops/reference/random.ts';
import { reference } from '../../ops/reference/reference.ts';
import { type Optimizer, type Slots, step } from '../../optimizer/optimizer.ts';
import type { Dtype } from '../../scalar/dtype.ts';
import { type Failure, failure } from '../../tensor/failure.ts';
import type { Key } from '../../tensor/key.ts';
import type { Shape } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { entries, type Form, type Of, type Path, showPath } from '../../tensor/tree.ts';
import { checkExamples } from '../evaluate.ts';
import { type Examples, rowsOf } from '../examples.ts';
import { valueAndGradient } from '../gradient.ts';
import { isActivation } from './pointwise.ts';
import { isOneSided, slopeAt } from './slope.ts';
import { inputsOf, layersOf, type Placed } from './wiring.ts';

/** A parameter of a layer, its gradient, and what the optimizer would make of it. */
export interface ParameterPass {
  readonly path: Path;
  readonly role: Spec['role'];
  readonly value: Tensor;
  readonly gradient: Tensor;
  readonly next?: Tensor;
}

/** What passed through a layer. */
export interface LayerPass {
  readonly path: Path;
  readonly kind: string;
  /** Shape [rows, …]. */
  readonly output: Tensor;
  /** The gradient of the loss in the output; none where a composition of one's own does not tell it. */
  readonly gradient?: Tensor;
  /** Of an activation whose input is known, f′ at each element of it. */
  readonly slope?: Tensor;
  /** Of an activation, whether it is flat on a whole side, as a ReLU is. */
  readonly oneSided?: boolean;
  /** The parameters that are this layer's own, or of a layer inside it that was not watched. */
  readonly parameters: readonly ParameterPass[];
}

/** One step of training, watched. */
export interface Pass {
  readonly rows: number;
  /** The loss of the batch, without the penalty. */
  readonly loss: number;
  /** In the order in which they are computed; a sequence and branches side by side are seen by what is in them. */
  readonly layers: readonly LayerPass[];
}

/** What is watched: a network or the state of a run, and what it minimises. */
export interface Watched<In extends Shape, Out extends Shape, P extends Form, S extends Form> {
  readonly layer: Layer<In, Out, P, S>;
  readonly dtype: Dtype;
  readonly params: Of<P, Tensor>;
  readonly layerState: Of<S, Tensor>;
  readonly loss: Loss;
  readonly penalty?: Penalty | undefined;
  readonly moves?: { readonly optimizer: Optimizer; readonly slots: Slots<P, Tensor> } | undefined;
  /** What dropout and noise draw from. */
  readonly key: Key;
}

/** Examples that a network can be watched on, or what is wrong with them. */
const fitting =
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>({
    layer,
    dtype,
    loss,
  }: Watched<In, Out, P, S>) =>
  (examples: Examples): E.Either<Failure, Examples> =>
    pipe(
      examples,
      checkExamples('examples', layer.input, layer.output, loss),
      E.filterOrElse(
        ({ inputs }) => inputs.dtype === dtype,
        ({ inputs }) =>
          failure('value', 'examples.inputs', `numbers in ${dtype} as in the network (Tensor.cast)`, inputs.dtype),
      ),
      E.filterOrElse(
        (known) => rowsOf(known) >= layer.minimumBatch,
        (known) =>
          failure(
            'value',
            'examples.inputs',
            `at least ${layer.minimumBatch} rows, as a layer normalises over them`,
            `${rowsOf(known)}`,
          ),
      ),
    );

/** Compositions that only pass on what is in them. */
const isSeenWithin = ({ layer }: Placed): boolean =>
  layer.children.length > 0 && ['sequential', 'parallel'].includes(layer.description.kind);

/** The innermost of some layers that holds a parameter: those inside a composition stand before it. */
const holderOf = (layers: readonly Placed[], leaf: Path): Placed | undefined =>
  layers.find(({ path }) => path.every((name, i) => leaf[i] === name));

const read = (x: Tensor): number => x.data[0] ?? Number.NaN;

const passOf = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  { layer, dtype, params, layerState, loss, penalty, moves, key }: Watched<In, Out, P, S>,
  { inputs, targets, weights }: Examples,
): Pass => {
  const ops = reference(dtype);
  const { tree, specs } = layer.parameters;
  const seen = { output: new Map<string, Tensor>(), gradient: new Map<string, Tensor>() };
  const watch = ({ path, kind, value }: Sighting<Tensor>): void => void seen[kind].set(showPath(path), value);
  const objective = { layer, loss, ...(penalty === undefined ? {} : { penalty }) };
  const measured = valueAndGradient<In, Out, P, S, Tensor>(ops, objective)(
    params,
    layerState,
    inputs,
    targets,
    weights,
    training(random(dtype, key), watch),
  );
  const named = (of: Of<P, Tensor>): ReadonlyMap<string, Tensor> =>
    new Map(entries<P, Tensor>(tree, of).map(([path, x]) => [showPath(path), x]));
  const [values, gradients] = [named(params), named(measured.gradient)];
  const next =
    moves === undefined
      ? undefined
      : named(step<P, Tensor>(ops, read, moves.optimizer, layer.parameters, moves.slots, measured, params).params);
  const given = new Map(inputsOf(layer, inputs, seen.output));
  // A composition stands for a layer in it that has the same path, as a residual's.
  const placed = layersOf(layer).filter((one) => seen.output.has(showPath(one.path)) && !isSeenWithin(one));
  const layers = [...new Map(placed.map((one) => [showPath(one.path), one])).values()];
  const parameters = entries<P, Spec>(tree, specs).flatMap(([path, { role }]) => {
    const name = showPath(path);
    const [value, gradient, after] = [values.get(name), gradients.get(name), next?.get(name)];
    // never: the three records have one form
    if (value === undefined || gradient === undefined) return [];
    const of: ParameterPass = { path, role, value, gradient, ...(after === undefined ? {} : { next: after }) };
    return [{ holder: holderOf(layers, path), of }];
  });
  return {
    rows: inputs.shape[0] ?? 0,
    loss: read(measured.loss),
    layers: layers.flatMap((one) => {
      const name = showPath(one.path);
      const [output, gradient, x] = [seen.output.get(name), seen.gradient.get(name), given.get(name)];
      // never: only what was seen is here
      if (output === undefined) return [];
      return [
        {
          path: one.path,
          kind: one.layer.description.kind,
          output,
          ...(gradient === undefined ? {} : { gradient }),
          ...(x !== undefined && isActivation(one.layer)
            ? { slope: slopeAt(one, values, x), oneSided: isOneSided(one, values, dtype) }
            : {}),
          parameters: parameters.filter(({ holder }) => holder === one).map(({ of }) => of),
        },
      ];
    }),
  };
};

/** The pass of examples through what is watched, or what is wrong with the examples. */
export const watch =
  (examples: Examples) =>
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
    watched: Watched<In, Out, P, S>,
  ): E.Either<Failure, Pass> =>
    pipe(
      examples,
      fitting(watched),
      E.map((known) => passOf(watched, known)),
    );
