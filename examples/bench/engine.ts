/** This project's engines: how a run is told which to use, and what their matrix products cost alone. */
import * as E from 'fp-ts/lib/Either.js';
import { Failure, Key, Ops, type Shape, type Tensor, type Train, type Tree } from 'nabla-ts';
import { type Product, products, type Workload } from './workloads.ts';

export const engines = {
  /** Steps one by one where an epoch would take long: it has nothing to prepare. */
  reference: { stepByStep: true },
  wasm: { stepByStep: false },
  native: { stepByStep: false },
} as const;

export type Engine = keyof typeof engines;

/** A configuration that trains on an engine, or why there is none. */
export const configure =
  (engine: Engine) =>
  <P extends Tree.Form, S extends Tree.Form>(
    config: Train.Config<Shape.Shape, Shape.Shape, P, S>,
  ): E.Either<Failure.Failure, typeof config> =>
    engine === 'reference'
      ? E.right(config)
      : E.left(Failure.failure('config', 'engine', 'reference, the only one that is built', engine));

const some = (shape: Shape.Shape): Tensor.Tensor => Key.uniform(shape)(Key.fromSeed(1));

/** A product on the reference, with numbers of its own. */
const onReference = ({ rows, inner, columns, transposed }: Product): (() => void) => {
  const ops = Ops.reference('f32');
  const flip = (x: Tensor.Tensor): Tensor.Tensor => ops.transpose([1, 0], x);
  const left = transposed === 'left' ? flip(some([inner, rows])) : some([rows, inner]);
  const right = transposed === 'right' ? flip(some([columns, inner])) : some([inner, columns]);
  return () => void ops.matmul(left, right);
};

/** The matrix products of a step and nothing else, for an engine that can be asked for them. */
export const productsOf = (engine: Engine, workload: Workload): (() => void) | undefined => {
  if (engine !== 'reference') return undefined;
  const each = products(workload).map(onReference);
  return () => {
    for (const run of each) run();
  };
};
