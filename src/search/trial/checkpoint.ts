/** Where a trial stopped, as a text: the settings, the budget, the score and the training state of each fold. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { numberThat } from '../../layer/config.ts';
import { closed } from '../../scalar/closed.ts';
import { type Failure, failure, fromErrors, quote } from '../../tensor/failure.ts';
import type { Json } from '../../tensor/json.ts';
import { isJson } from '../space/same.ts';
import type { Settings } from './settings.ts';

/** Names the form, so that a later one can be told from it. */
const FORMAT = 'nabla-ts/trial 1';

/** What a checkpoint says of its trial. */
export interface Summary {
  readonly settings: Settings;
  /** Epochs. */
  readonly budget: number;
  /** What was measured on each fold. */
  readonly scores: readonly number[];
  /** Training steps in all folds together, from the beginning. */
  readonly steps: number;
}

/** A checkpoint: what it says, and a training state a fold (`Train.encode`). */
export interface Checkpoint extends Summary {
  readonly folds: readonly Json[];
}

const count = numberThat('a whole number of at least 0', (x) => Number.isSafeInteger(x) && x >= 0);
const json: t.Type<Json, unknown> = new t.Type(
  'JSON',
  isJson,
  (u, context) => (isJson(u) ? t.success(u) : t.failure(u, context)),
  t.identity,
);

const codec = closed('Checkpoint', {
  format: t.literal(FORMAT),
  settings: t.record(t.string, json),
  budget: count,
  scores: t.readonlyArray(numberThat('a finite number', Number.isFinite)),
  steps: count,
  folds: t.readonlyArray(json),
});

/** A checkpoint as text. */
export const toText = ({ settings, budget, scores, steps, folds }: Checkpoint): string =>
  JSON.stringify({ format: FORMAT, settings, budget, scores, steps, folds });

/** A checkpoint from its text; fails on what is none. */
export const fromText = (text: string): E.Either<Failure, Checkpoint> =>
  pipe(
    E.tryCatch(
      (): unknown => JSON.parse(text),
      () => failure('parse', 'checkpoint', 'JSON', quote(text)),
    ),
    E.chain((parsed) => pipe(codec.decode(parsed), E.mapLeft(fromErrors('checkpoint')))),
    E.map(({ format: _, ...checkpoint }) => checkpoint),
  );

/**
 * What a checkpoint says of its trial; fails on a text that is none.
 *
 * @example
 * ```ts
 * import { Failure, Trial } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * E.mapLeft(Failure.show)(Trial.read('half a checkpo')) // => E.left('checkpoint: expected JSON, received "half a checkpo"')
 * ```
 */
export const read = (text: string): E.Either<Failure, Summary> =>
  pipe(
    fromText(text),
    E.map(({ folds: _, ...summary }) => summary),
  );
