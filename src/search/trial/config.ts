/** What a trial's training is told, and what settings are refused before it. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Engine } from '../../engine/engine.ts';
import type { Layer } from '../../layer/layer.ts';
import { type Failure, failure, quote } from '../../tensor/failure.ts';
import type { Shape } from '../../tensor/shape.ts';
import type { Form } from '../../tensor/tree.ts';
import type { Config } from '../../train/config.ts';
import type { Examples } from '../../train/examples.ts';
import type { Recipe } from './recipe.ts';
import { type Settings, together } from './settings.ts';

/** How long a trial is trained, in epochs. */
export interface Budget {
  readonly budget: number;
}

/** A recipe's training on some examples. */
export const configOf =
  ({ loss, penalty, optimizer, batchSize }: Recipe, data: Examples, epochs: number, engine: Engine) =>
  <P extends Form, S extends Form>(layer: Layer<Shape, Shape, P, S>): Config<Shape, Shape, P, S> => ({
    layer,
    loss,
    ...(penalty === undefined ? {} : { penalty }),
    optimizer,
    data,
    batchSize,
    epochs,
    engine,
  });

/** All settings of a trial. Fails on one that is told twice, on a point that is none, and on a budget that is no whole
 * number of epochs. */
export const settingsOf = (fixed: Settings, point: Settings, trial: Budget): E.Either<Failure, Settings> => {
  const budget = trial?.budget;
  if (!(Number.isSafeInteger(budget) && budget >= 1))
    return E.left(failure('config', 'budget', 'a whole number of epochs, at least 1', quote(budget)));
  return typeof point === 'object' && point !== null && !Array.isArray(point)
    ? together(fixed, point)
    : E.left(failure('config', 'point', 'a record of settings', quote(point)));
};

/** What is wrong with settings that throw: a network that no loss takes throws where it is built, and a trial that fails is a
 * result. */
export const unmakeable = (thrown: unknown): Failure =>
  failure('config', 'settings', 'what makes a network', E.toError(thrown).message);

/** What comes of settings, whether it throws or not. */
export const making = <A>(make: () => E.Either<Failure, A>): E.Either<Failure, A> =>
  pipe(E.tryCatch(make, unmakeable), E.flatten);
