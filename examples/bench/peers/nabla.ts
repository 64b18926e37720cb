/** This project's engines as contestants: `node … nabla.ts reference`. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { type Engine, Failure, type Layer, Loss, Optimizer, type Shape, Tensor, Train, type Tree } from 'nabla-ts';
import { type EngineName, engineOf, engines, productsOf } from '../engine.ts';
import { key, layerOf, type Problem } from '../problem.ts';
import type { Workload } from '../workloads.ts';
import { type Ready, serve, type Unable } from './serve.ts';

const examples = ({ workload, inputs, targets }: Problem): E.Either<Failure.Failure, Train.Examples> => {
  const { sizes, batch, batches, loss } = workload;
  const rows = batch * batches;
  return pipe(
    E.Do,
    E.apS('inputs', Tensor.fromArray('f32', [rows, sizes[0] ?? 0], inputs)),
    E.apS('targets', Tensor.fromArray('f32', loss === 'crossEntropy' ? [rows] : [rows, 1], targets)),
  );
};

const losses: Readonly<Record<Workload['loss'], Loss.Loss>> = {
  crossEntropy: Loss.fromLabels(Loss.softmaxCrossEntropy()),
  squaredError: Loss.squaredError(),
};

const orThrow = <A>(of: E.Either<Failure.Failure, A>): A => {
  if (E.isLeft(of)) throw new Error(Failure.show(of.left));
  return of.right;
};

const start =
  (name: EngineName, engine: Engine.Engine, { workload }: Problem, data: Train.Examples) =>
  <P extends Tree.Form, S extends Tree.Form>(layer: Layer.Layer<Shape.Shape, Shape.Shape, P, S>): Ready => {
    const config = {
      layer,
      loss: losses[workload.loss],
      optimizer: Optimizer.adam(),
      data,
      batchSize: workload.batch,
      epochs: Number.MAX_SAFE_INTEGER,
      engine,
    };
    const step = Train.step(config);
    const lossOf = ({ history, progress }: Train.State<Shape.Shape, Shape.Shape, P, S>): number =>
      progress.batch === 0 ? (history.at(-1)?.loss ?? Number.NaN) : progress.loss / progress.share;
    let state = Train.start(config, key);
    let epochs: Iterator<E.Either<Failure.Failure, typeof state>> | undefined;
    /** Single steps for the first, and where an epoch takes too long; an epoch's worth of others at once. */
    const steps = async (count: number) => {
      if (count < workload.batches && (state.step === 0 || engines[name].stepByStep)) {
        epochs = undefined;
        for (let i = 0; i < count; i++) state = orThrow(step(state));
        return { steps: count, loss: lossOf(state) };
      }
      const from = state.step;
      epochs ??= Train.epochs(config)(state)[Symbol.iterator]();
      while (state.step - from < count) {
        const next = epochs.next();
        if (next.done) throw new Error('the run is over');
        state = orThrow(next.value);
      }
      return { steps: state.step - from, loss: lossOf(state) };
    };
    return { name: `nabla-ts ${name}, Node ${process.versions.node}`, steps, products: productsOf(engine, workload) };
  };

const name = Object.keys(engines).find((each): each is EngineName => each === process.argv[2]);
if (name === undefined) throw new Error(`no engine ${process.argv[2]}`);
await serve(async (problem) =>
  pipe(
    engineOf(name),
    TE.bindTo('engine'),
    TE.apS('data', TE.fromEither(examples(problem))),
    TE.match(
      (failure): Ready | Unable => ({ unable: Failure.show(failure), missing: false }),
      ({ engine, data }) => layerOf(problem.workload).use(start(name, engine, problem, data)),
    ),
    (result) => result(),
  ),
);
