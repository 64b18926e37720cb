/**
 * Training as an unfold: a state, then the state after one more epoch, and so on. `fit` is the last of them.
 *
 * Laws: n + m epochs are m epochs after n, bit for bit, also when the state between went through JSON; equal
 * configurations and keys give equal runs; an observer changes nothing.
 */
import * as E from 'fp-ts/lib/Either.js';
import { flow, pipe } from 'fp-ts/lib/function.js';
import { create } from '../engine/engine.ts';
import type { Failure } from '../tensor/failure.ts';
import type { Shape } from '../tensor/shape.ts';
import type { Form } from '../tensor/tree.ts';
import { type Advance, advance } from './advance.ts';
import { batches } from './batches.ts';
import type { Config } from './config.ts';
import { fits, type Plan, plan } from './plan.ts';
import type { State } from './state.ts';

/** What is told of a run as it goes: of the state after each step and each epoch. It answers nothing, so it cannot
 * change the run; what it throws ends the run and reaches the caller of `fit`, who still has the state before. */
export interface Observer<In extends Shape, Out extends Shape, P extends Form, S extends Form> {
  readonly step?: (state: State<In, Out, P, S>) => void;
  readonly epoch?: (state: State<In, Out, P, S>) => void;
}

const order = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  { rows, size }: Plan<In, Out, P, S>,
  { key, epoch }: State<In, Out, P, S>,
) => batches(rows, size)(key, epoch);

/** The rest of the state's epoch: at once, unless each step is to be seen. */
const epochOf =
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
    known: Ready<In, Out, P, S>,
    observe: ((state: State<In, Out, P, S>) => void) | undefined,
  ) =>
  (state: State<In, Out, P, S>): E.Either<Failure, State<In, Out, P, S>> => {
    const next = known.advance(order(known.plan, state));
    if (observe === undefined) return next(state, known.plan.batches);
    for (let at = state; ; ) {
      const done = next(at, 1);
      if (E.isLeft(done)) return done;
      observe(done.right);
      if (done.right.epoch > state.epoch) return done;
      at = done.right;
    }
  };

/** A checked configuration, and what makes its steps. */
interface Ready<In extends Shape, Out extends Shape, P extends Form, S extends Form> {
  readonly plan: Plan<In, Out, P, S>;
  readonly advance: Advance<In, Out, P, S>;
}

/** What a configuration makes of a state, the configuration having been checked once. */
const checked = <In extends Shape, Out extends Shape, P extends Form, S extends Form, A>(
  config: Config<In, Out, P, S>,
  use: (known: Ready<In, Out, P, S>) => (state: State<In, Out, P, S>) => A,
): ((state: State<In, Out, P, S>) => E.Either<Failure, A>) => {
  const known = plan(config);
  if (E.isLeft(known)) return () => known;
  const run = use({ plan: known.right, advance: advance(known.right, config.engine ?? create()) });
  return (state) => pipe(state, fits(known.right), E.map(run));
};

/**
 * The state after one more step.
 *
 * @example
 * ```ts
 * import { Initialiser, Key, Layer, Loss, Optimizer, Tensor, Train } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const data = { inputs: Tensor.full('f64', [1, 1], 1), targets: Tensor.full('f64', [1, 1], 2) };
 * const config = {
 *   layer: Layer.dense(1, 1, { weight: Initialiser.zeros }),
 *   loss: Loss.squaredError(),
 *   optimizer: Optimizer.gradientDescent({ learningRate: 0.125 }),
 *   data,
 *   epochs: 2,
 * };
 * const next = Train.step(config)(Train.start(config, Key.fromSeed(1)));
 * pipe(next, E.map(({ params }) => Tensor.toArray(params.weight))) // => E.right([0.5])
 * ```
 */
export const step = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  config: Config<In, Out, P, S>,
): ((state: State<In, Out, P, S>) => E.Either<Failure, State<In, Out, P, S>>) =>
  flow(
    checked(config, (known) => (state: State<In, Out, P, S>) => known.advance(order(known.plan, state))(state, 1)),
    E.flatten,
  );

/**
 * The state after the rest of its epoch, whatever the configuration says of when to end.
 *
 * @example
 * ```ts
 * import { Initialiser, Key, Layer, Loss, Optimizer, Tensor, Train } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const data = { inputs: Tensor.full('f64', [1, 1], 1), targets: Tensor.full('f64', [1, 1], 2) };
 * const config = {
 *   layer: Layer.dense(1, 1, { weight: Initialiser.zeros }),
 *   loss: Loss.squaredError(),
 *   optimizer: Optimizer.gradientDescent({ learningRate: 0.125 }),
 *   data,
 *   epochs: 2,
 * };
 * const next = Train.epoch(config)(Train.start(config, Key.fromSeed(1)));
 * pipe(next, E.map(({ history }) => history)) // => E.right([{ epoch: 1, step: 1, loss: 4 }])
 * ```
 */
export const epoch = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  config: Config<In, Out, P, S>,
): ((state: State<In, Out, P, S>) => E.Either<Failure, State<In, Out, P, S>>) =>
  flow(
    checked(config, (known) => epochOf(known, undefined)),
    E.flatten,
  );

const unfold = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  config: Config<In, Out, P, S>,
  observe: ((state: State<In, Out, P, S>) => void) | undefined,
) => {
  const ready = checked(config, (known) => (state: State<In, Out, P, S>) => ({ next: epochOf(known, observe), state }));
  return (from: State<In, Out, P, S>): Iterable<E.Either<Failure, State<In, Out, P, S>>> => ({
    *[Symbol.iterator]() {
      const begun = ready(from);
      if (E.isLeft(begun)) {
        yield begun;
        return;
      }
      let { state } = begun.right;
      while (state.epoch < config.epochs && state.status === 'running') {
        const done = begun.right.next(state);
        yield done;
        if (E.isLeft(done)) return;
        state = done.right;
      }
    },
  });
};

/**
 * The states after each further epoch until the configuration's number of them, an early stop or a failure, which is
 * the last; each is computed when it is asked for.
 *
 * @example
 * ```ts
 * import { Initialiser, Key, Layer, Loss, Optimizer, Tensor, Train } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * const data = { inputs: Tensor.full('f64', [1, 1], 1), targets: Tensor.full('f64', [1, 1], 2) };
 * const config = {
 *   layer: Layer.dense(1, 1, { weight: Initialiser.zeros }),
 *   loss: Loss.squaredError(),
 *   optimizer: Optimizer.gradientDescent({ learningRate: 0.125 }),
 *   data,
 *   epochs: 2,
 * };
 * const states = Train.epochs(config)(Train.start(config, Key.fromSeed(1)));
 * Array.from(states, E.map(({ step }) => step)) // => [E.right(1), E.right(2)]
 * ```
 */
export const epochs = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  config: Config<In, Out, P, S>,
): ((state: State<In, Out, P, S>) => Iterable<E.Either<Failure, State<In, Out, P, S>>>) => unfold(config, undefined);

/**
 * The last of `epochs`: the trained state, or the failure. The state itself where there is nothing left to do.
 *
 * @example
 * ```ts
 * import { Initialiser, Key, Layer, Loss, Optimizer, Tensor, Train } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const data = { inputs: Tensor.full('f64', [1, 1], 1), targets: Tensor.full('f64', [1, 1], 2) };
 * const config = {
 *   layer: Layer.dense(1, 1, { weight: Initialiser.zeros }),
 *   loss: Loss.squaredError(),
 *   optimizer: Optimizer.gradientDescent({ learningRate: 0.125 }),
 *   data,
 *   epochs: 2,
 * };
 * const trained = pipe(Train.start(config, Key.fromSeed(1)), Train.fit(config));
 * pipe(trained, E.map(({ history }) => history.map(({ loss }) => loss))) // => E.right([4, 1])
 * Train.fit({ ...config, epochs: -1 })(Train.start(config, Key.fromSeed(1)))._tag // => 'Left'
 * ```
 */
export const fit =
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
    config: Config<In, Out, P, S>,
    observer: Observer<In, Out, P, S> = {},
  ) =>
  (state: State<In, Out, P, S>): E.Either<Failure, State<In, Out, P, S>> => {
    let last: E.Either<Failure, State<In, Out, P, S>> = E.right(state);
    for (last of unfold(config, observer.step)(state)) if (E.isRight(last)) observer.epoch?.(last.right);
    return last;
  };
