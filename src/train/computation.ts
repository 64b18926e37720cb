/** A training step as a computation for an engine: what it measures, and a phase of the optimizer. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Description, describe as describePlan } from '../engine/describe.ts';
import { type Computation, create } from '../engine/engine.ts';
import type { Node } from '../engine/graph/node.ts';
import type { Recorder } from '../engine/graph/record.ts';
import type { Kept, Result } from '../engine/plan.ts';
import { training } from '../layer/context.ts';
import type { Spec } from '../layer/layer.ts';
import type { Decision, Evaluation } from '../optimizer/optimizer.ts';
import type { Failure } from '../tensor/failure.ts';
import type { Shape } from '../tensor/shape.ts';
import { type Form, leaves, type Of, type Tree } from '../tensor/tree.ts';
import type { Config } from './config.ts';
import { valueAndGradient } from './gradient.ts';
import { type Plan, plan } from './plan.ts';
import { named, recordOf } from './predict.ts';

/** Marks of what is not finite: of the objective and gradient, of the next parameters. */
export const MEASURED = 0;
export const MOVED = 1;

/** What the inputs of a phase are called, before their own names. */
export const SCALAR = 'scalar.';

/** What the value of the objective is called where phases share it. */
const VALUE = 'value';

/** What a step does: measures on so many rows, runs a phase with scalars of these names, or both. */
export interface Task {
  readonly rows: number | undefined;
  readonly phase: string | undefined;
  readonly scalars: readonly string[];
}

/** Whether phases may follow one another in a step, so that the gradient must outlast the first. */
const isPhased = ({ phases }: { readonly phases: object }): boolean => Object.keys(phases).length > 1;

/** What stays in memory from step to step: parameters, state, vectors, and the gradient where phases share it. */
const keptBy = <In extends Shape, Out extends Shape, P extends Form, S extends Form>({
  config: { layer, optimizer },
}: Plan<In, Out, P, S>): readonly Kept[] => {
  const { parameters, state } = layer;
  const like = (prefix: string): readonly Kept[] =>
    named<P, Spec>(prefix, parameters.tree, parameters.specs).map(([name, { shape }]) => ({ name, shape }));
  return [
    ...like('p'),
    ...named<S, Spec>('s', state.tree, state.specs).map(([name, { shape }]) => ({ name, shape })),
    ...Object.keys(optimizer.vectors).flatMap((name) => like(`v.${name}`)),
    ...(isPhased(optimizer) ? [...like('g'), { name: VALUE, shape: [] }] : []),
  ];
};

/** The nodes of a record as results, each in the place that it is kept at. */
const back = <F extends Form>(prefix: string, tree: Tree<F>, of: Of<F, Node>): readonly Result[] =>
  named<F, Node>(prefix, tree, of).map(([name, node]) => ({ name, node, into: name }));

const recorded =
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
    { config }: Plan<In, Out, P, S>,
    { rows, phase, scalars }: Task,
  ) =>
  ({ ops, input, random, watch }: Recorder): readonly Result[] => {
    const { layer, optimizer, data } = config;
    const { parameters } = layer;
    const { tree } = parameters;
    const params = recordOf<P, Node>('p', tree, parameters.specs, input);
    const measured =
      rows === undefined
        ? undefined
        : valueAndGradient<In, Out, P, S, Node>(ops, config)(
            params,
            recordOf<S, Node>('s', layer.state.tree, layer.state.specs, input),
            input('inputs', [rows, ...layer.input]),
            input('targets', [rows, ...data.targets.shape.slice(1)]),
            data.weights === undefined ? undefined : input('weights', [rows]),
            training(random),
          );
    const evaluation: Evaluation<P, Node> = measured ?? {
      value: input(VALUE, []),
      gradient: recordOf<P, Node>('g', tree, parameters.specs, input),
    };
    const run = phase === undefined ? undefined : optimizer.phases[phase];
    const done = run?.<P, Node>({
      ops,
      declaration: parameters,
      scalars: Object.fromEntries(scalars.map((name) => [name, input(SCALAR + name, [])])),
      vectors: Object.fromEntries(
        Object.keys(optimizer.vectors).map((name) => [
          name,
          recordOf<P, Node>(`v.${name}`, tree, parameters.specs, input),
        ]),
      ),
      evaluation,
      params,
    });
    // What is watched is recorded after what reads it, so that one loop does both.
    if (measured !== undefined)
      for (const node of [measured.value, ...leaves<P, Node>(tree, measured.gradient)]) watch(MEASURED, node);
    if (done !== undefined) for (const node of leaves<P, Node>(tree, done.params)) watch(MOVED, node);
    return [
      ...(measured === undefined
        ? []
        : [
            { name: 'loss', node: measured.loss },
            ...(measured.penalty === undefined ? [] : [{ name: 'penalty', node: measured.penalty }]),
            ...back<S>('s', layer.state.tree, measured.state),
            ...(isPhased(optimizer)
              ? [...back<P>('g', tree, measured.gradient), { name: VALUE, node: measured.value, into: VALUE }]
              : []),
          ]),
      ...(done === undefined
        ? []
        : [
            ...back<P>('p', tree, done.params),
            ...Object.entries(done.vectors).flatMap(([name, vector]) => back<P>(`v.${name}`, tree, vector)),
            ...Object.entries(done.readings ?? {}).map(([name, node]) => ({ name: `reading.${name}`, node })),
          ]),
    ];
  };

/** What an engine compiles for a task. */
export const computationOf = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  plan: Plan<In, Out, P, S>,
  task: Task,
): Computation => {
  const { config, ops } = plan;
  const { layer, loss, penalty, optimizer, data } = config;
  const targets = data.targets.shape.slice(1).join(',');
  return {
    dtype: ops.dtype,
    of: [layer, loss, optimizer, ...(penalty === undefined ? [] : [penalty])],
    name: `step ${task.rows} ${task.phase} ${task.scalars.join(',')} ${targets} ${data.weights !== undefined}`,
    kept: keptBy(plan),
    record: recorded(plan, task),
  };
};

/** The task of a decision: with rows it also measures. */
export const taskOf = (rows: number | undefined, { run }: Decision): Task => ({
  rows,
  phase: run?.phase,
  scalars: Object.keys(run?.scalars ?? {}),
});

/** The first task of a step on full batches, before any was made. */
const firstTask = <In extends Shape, Out extends Shape, P extends Form, S extends Form>({
  config: { optimizer },
  size,
}: Plan<In, Out, P, S>): Task => taskOf(size, optimizer.decide(optimizer.numbers));

/**
 * What a run's first step is on its engine: kernels, buffers, operations, bytes; or that the reference makes it, and why.
 * Fails where the configuration does.
 *
 * @example
 * ```ts
 * import { Layer, Loss, Optimizer, Tensor, Train } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const data = { inputs: Tensor.full('f64', [1, 1], 1), targets: Tensor.full('f64', [1, 1], 2) };
 * const config = {
 *   layer: Layer.dense(1, 1),
 *   loss: Loss.squaredError(),
 *   optimizer: Optimizer.gradientDescent({ learningRate: 0.125 }),
 *   data,
 *   epochs: 2,
 * };
 * pipe(Train.describe(config), E.map(({ runs }) => runs)) // => E.right('wasm')
 * ```
 */
export const describe = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  config: Config<In, Out, P, S>,
): E.Either<Failure, Description> =>
  pipe(
    plan(config),
    E.map((known) => describePlan((config.engine ?? create()).prepare(computationOf(known, firstTask(known))))),
  );
