/** Training that can be watched: epoch by epoch, with a bar, and with time for what happens meanwhile. */
import * as E from 'fp-ts/lib/Either.js';
import type { TaskEither } from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../tensor/failure.ts';
import type { Shape } from '../tensor/shape.ts';
import type { Form } from '../tensor/tree.ts';
import { type Config, epochs, type Row, type State } from '../train/index.ts';
import { begin } from './progress.ts';
import type { World } from './world.ts';

/** A loss for a person. */
export const brief = (x: number): string => (Math.abs(x) < 0.001 ? x.toExponential(1) : x.toPrecision(3));

/** What an epoch came to, on a bar. */
export const noted = ({ loss, validationLoss }: Row): string =>
  validationLoss === undefined ? `loss ${brief(loss)}` : `loss ${brief(loss)}, validation ${brief(validationLoss)}`;

/** The last of the states that training goes through, a bar moving with their epochs. */
export const follow =
  (world: World, title: string, total: number) =>
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
    states: (start: State<In, Out, P, S>) => Iterable<E.Either<Failure, State<In, Out, P, S>>>,
  ) =>
  (start: State<In, Out, P, S>): TaskEither<Failure, State<In, Out, P, S>> =>
  async () => {
    const bar = begin(world)(title, total);
    let state = start;
    for (const next of states(start)) {
      if (E.isLeft(next)) {
        bar.end('failed');
        return next;
      }
      state = next.right;
      const row = state.history[state.history.length - 1];
      if (row !== undefined) bar.update(state.epoch, noted(row));
      await world.breathe();
    }
    const last = state.history[state.history.length - 1];
    const stopped = state.status === 'running' ? '' : ` (stopped after ${state.epoch} epochs)`;
    bar.end(last === undefined ? 'nothing to do' : `${noted(last)}${stopped}`);
    return E.right(state);
  };

/** What a configuration makes of a state, with a bar. */
export const watch =
  (world: World, title: string) =>
  <In extends Shape, Out extends Shape, P extends Form, S extends Form>(config: Config<In, Out, P, S>) =>
    follow(world, title, config.epochs)(epochs(config));
