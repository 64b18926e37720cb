/** This project's engines, and how a run is told which to use. */
import * as E from 'fp-ts/lib/Either.js';
import { Failure, type Shape, type Train, type Tree } from 'nabla-ts';

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
