/**
 * A trial: a network for each fold, trained for a budget of epochs from where an earlier trial of the same point stopped.
 *
 * Laws: the budgets n and then n + m come to the same checkpoint, bit for bit, as n + m at once; a trial is a function of
 * settings and budget; validation rows change nothing of the training state.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { create, type Engine } from '../../engine/engine.ts';
import type { Layer } from '../../layer/layer.ts';
import { softmaxCrossEntropy } from '../../loss/softmaxCrossEntropy.ts';
import { fromLabels } from '../../loss/targets.ts';
import { type Failure, failure, quote } from '../../tensor/failure.ts';
import type { Json } from '../../tensor/json.ts';
import { foldIn } from '../../tensor/key.ts';
import type { Shape } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Form } from '../../tensor/tree.ts';
import { decode, encode } from '../../train/codec.ts';
import { epochs } from '../../train/epochs.ts';
import { lossOf } from '../../train/evaluate.ts';
import type { Examples } from '../../train/examples.ts';
import { accuracy } from '../../train/metrics/accuracy.ts';
import { meanSquaredError } from '../../train/metrics/regression.ts';
import { predictOn } from '../../train/predict.ts';
import { network, type State, start } from '../../train/state.ts';
import { meanOf } from '../interval/moments.ts';
import { sameJson } from '../space/same.ts';
import { type Checkpoint, fromText, toText } from './checkpoint.ts';
import { type Budget, configOf, settingsOf, unmakeable } from './config.ts';
import type { Measure, Parts, Problem } from './problem.ts';
import { type Recipe, recipe } from './recipe.ts';
import type { Settings } from './settings.ts';

/** How a trial ended: its value (smaller is better), and the checkpoint from which it can go on. */
export interface Ended {
  readonly value: number;
  readonly state: string;
}

/** How trials are computed. */
export interface TrainOptions {
  /** Makes the engine of a trial: the WebAssembly one unless told. */
  readonly engine?: () => Engine;
}

/** What takes long, in pieces: an epoch of a fold each. */
type Pieces<A> = Generator<void, E.Either<Failure, A>, void>;

/** A fold's score, and where its training stopped. */
interface Done {
  readonly score: number;
  readonly steps: number;
  readonly state: Json;
}

const crossEntropy = fromLabels(softmaxCrossEntropy());

const measured = (measure: Measure, examples: Examples, predictions: Tensor): E.Either<Failure, number> => {
  switch (measure) {
    case 'errorRate':
      return pipe(
        accuracy(examples.targets)(predictions),
        E.map((share) => 1 - share),
      );
    case 'logLoss':
      return E.right(lossOf(crossEntropy, predictions, examples));
    case 'squaredError':
      return meanSquaredError(examples.targets)(predictions);
  }
};

/** The kind of the loss that is told labels through others. */
const innermost = (loss: Json | undefined): Json | undefined =>
  typeof loss === 'object' && loss !== null && 'kind' in loss
    ? 'loss' in loss
      ? innermost(loss.loss)
      : loss.kind
    : undefined;

/** A log loss is of probabilities: outputs have them that were trained as logits of one class among all. */
const measurable =
  (measure: Measure) =>
  (made: Recipe): E.Either<Failure, Recipe> => {
    const kind = innermost(made.loss.description);
    const expected = 'softmaxCrossEntropy, for logLoss takes outputs as logits (errorRate takes any)';
    return measure !== 'logLoss' || kind === 'softmaxCrossEntropy'
      ? E.right(made)
      : E.left(failure('config', 'settings.loss', expected, quote(kind)));
  };

/** The best epoch so far is not asked for, and would double what is kept. */
const lean = <In extends Shape, Out extends Shape, P extends Form, S extends Form>({
  best: _,
  ...state
}: State<In, Out, P, S>): State<In, Out, P, S> => state;

const trainFold = ({ measure, key }: Problem, made: Recipe, budget: number, engine: Engine) =>
  function* <P extends Form, S extends Form>(
    layer: Layer<Shape, Shape, P, S>,
    i: number,
    { train, validation }: Parts,
    saved: Json | undefined,
  ): Pieces<Done> {
    const config = configOf(made, train, budget, engine)(layer);
    const begun = saved === undefined ? E.right(start(config, foldIn(i)(key))) : decode(config)(saved);
    let last: typeof begun = begun;
    if (E.isRight(begun)) for (last of epochs(config)(begun.right)) yield;
    return pipe(
      last,
      E.map(lean),
      E.chain((state) =>
        pipe(
          measured(measure, validation, predictOn(engine)(network(state), validation.inputs)),
          E.filterOrElse(Number.isFinite, (score) => failure('diverged', measure, 'a finite number', `${score}`)),
          E.map((score): Done => ({ score, steps: state.step, state: encode(state) })),
        ),
      ),
      E.mapLeft((wrong) => ({ ...wrong, where: `fold ${i}, ${wrong.where}` })),
    );
  };

/** The states of a checkpoint that this trial can go on from. */
const statesOf = (
  { folds }: Problem,
  settings: Settings,
  budget: number,
  text: string,
): E.Either<Failure, readonly Json[]> =>
  pipe(
    fromText(text),
    E.chain((checkpoint): E.Either<Failure, readonly Json[]> => {
      const fail = (field: string, expected: string, received: unknown): E.Either<Failure, never> =>
        E.left(failure('config', `checkpoint.${field}`, expected, quote(received)));
      if (!sameJson(checkpoint.settings, settings)) return fail('settings', quote(settings), checkpoint.settings);
      if (checkpoint.budget > budget) return fail('budget', `at most ${budget} epochs`, checkpoint.budget);
      return checkpoint.folds.length === folds.length
        ? E.right(checkpoint.folds)
        : fail('folds', `${folds.length} states`, checkpoint.folds.length);
    }),
  );

const trainAll = function* (
  problem: Problem,
  { engine = create }: TrainOptions,
  settings: Settings,
  budget: number,
  saved: readonly Json[],
): Pieces<Checkpoint> {
  const made = pipe(recipe(problem.task)(settings), E.chain(measurable(problem.measure)));
  if (E.isLeft(made)) return made;
  const trained = trainFold(problem, made.right, budget, engine());
  const done: Done[] = [];
  for (const [i, parts] of problem.folds.entries()) {
    const fold = yield* made.right.layer.use((layer) => trained(layer, i, parts, saved[i]));
    if (E.isLeft(fold)) return fold;
    done.push(fold.right);
  }
  return E.right({
    settings,
    budget,
    scores: done.map(({ score }) => score),
    steps: done.reduce((sum, { steps }) => sum + steps, 0),
    folds: done.map(({ state }) => state),
  });
};

/** `train` in pieces, so that other things can be done between, or the rest be left undone. */
export const pieces =
  (options: TrainOptions = {}) =>
  (problem: Problem) =>
    function* (point: Settings, trial: Budget, checkpoint?: string): Pieces<Ended> {
      const asked = pipe(
        settingsOf(problem.settings, point, trial),
        E.bindTo('settings'),
        E.bind('saved', ({ settings }) =>
          checkpoint === undefined ? E.right([]) : statesOf(problem, settings, trial.budget, checkpoint),
        ),
      );
      if (E.isLeft(asked)) return asked;
      const { settings, saved } = asked.right;
      try {
        const done = yield* trainAll(problem, options, settings, trial.budget, saved);
        return pipe(
          done,
          E.map((all): Ended => ({ value: meanOf(all.scores), state: toText(all) })),
        );
      } catch (thrown) {
        return E.left(unmakeable(thrown));
      }
    };

/**
 * Trains what a point and the problem's fixed settings say, a network a fold, until each has seen `budget` epochs, and
 * measures each on its validation rows; the value is their mean. Goes on from the checkpoint of a trial of the same settings
 * where it is given one. Fails on settings that make no network, on a loss that `logLoss` cannot measure, on a budget that is
 * no whole number of epochs, where training diverges, naming the fold, and on a checkpoint of another trial.
 *
 * @example
 * ```ts
 * import { Fold, Key, Tensor, Trial } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const inputs = Tensor.generate('f32', [8, 1], (i) => i - 3.5);
 * const targets = Tensor.generate('f32', [8], (i) => (i < 4 ? 0 : 1));
 * const task = { kind: 'classification', classes: 2 } as const;
 * const folds = [{ train: [0, 2, 5, 7], validation: [1, 3, 4, 6] }];
 * const point = { layers: 0, learningRate: 0.1 };
 * pipe(
 *   Trial.problem({ task, inputs, targets, folds, key: Key.fromSeed(1) }),
 *   E.map(Trial.train()),
 *   E.bindTo('train'),
 *   E.bind('half', ({ train }) => train(point, { budget: 15 })),
 *   E.bind('whole', ({ train, half }) => train(point, { budget: 30 }, half.state)),
 *   E.bind('atOnce', ({ train }) => train(point, { budget: 30 })),
 *   E.map(({ whole, atOnce }) => [whole.value, whole.state === atOnce.state]),
 * ) // => E.right([0, true])
 * ```
 */
export const train =
  (options: TrainOptions = {}) =>
  (problem: Problem) =>
  (point: Settings, budget: Budget, checkpoint?: string): E.Either<Failure, Ended> => {
    const all = pieces(options)(problem)(point, budget, checkpoint);
    for (;;) {
      const { done, value } = all.next();
      if (done) return value;
    }
  };
