/**
 * A problem is what trials are judged by: rows with what is wanted of them, folds of these rows, and what is measured. What
 * scales the rows is fitted to the training rows of each fold, so that no validation row has a say in it.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { minMax, standardise } from '../../data/fitScaler.ts';
import { apply } from '../../data/scaler.ts';
import type { Dtype } from '../../scalar/dtype.ts';
import { type Failure, failure, quote } from '../../tensor/failure.ts';
import type { Key } from '../../tensor/key.ts';
import { show } from '../../tensor/shape.ts';
import { cast, type Tensor } from '../../tensor/tensor.ts';
import type { Examples } from '../../train/examples.ts';
import { type Fold, take } from '../fold/fold.ts';
import { knownFields } from '../fold/refuse.ts';
import { keyCodec } from '../search/config.ts';
import { isJson } from '../space/same.ts';
import type { Task } from './recipe.ts';
import type { Settings } from './settings.ts';

/** What is measured on the validation rows; smaller is better. */
export type Measure =
  /** The share of rows whose greatest output is not that of their class. */
  | 'errorRate'
  /** The mean cross-entropy, in nats. */
  | 'logLoss'
  /** The mean squared error, in units of the variance of the training targets. */
  | 'squaredError';

/** What trials are made on: plain data, which a thread can be sent. */
export interface Setup {
  readonly task: { readonly kind: 'classification'; readonly classes: number } | { readonly kind: 'regression' };
  /** Shape [rows, features], as they are: they are scaled here. */
  readonly inputs: Tensor;
  /** Labels [rows], or values [rows, outputs] as they are. */
  readonly targets: Tensor;
  /** Where a trial is trained and validated; its value is the mean over these. */
  readonly folds: readonly Fold[];
  /** Settings that are the same in every trial. */
  readonly settings?: Settings;
  /** From which every trial begins: its value is a function of its point and budget, whatever its number. */
  readonly key: Key;
  /** How features are scaled: to mean 0 and deviation 1 unless told. */
  readonly scaling?: 'standardise' | 'minMax' | 'none';
  /** `errorRate` of classes and `squaredError` of values unless told. */
  readonly measure?: Measure;
  /** In which format it is computed: f32 unless told. */
  readonly dtype?: Dtype;
}

const fields = ['task', 'inputs', 'targets', 'folds', 'settings', 'key', 'scaling', 'measure', 'dtype'];

/** The examples of a fold. */
export interface Parts {
  readonly train: Examples;
  readonly validation: Examples;
}

/** A setup that was checked, its rows scaled and dealt. */
export interface Problem {
  readonly task: Task;
  readonly folds: readonly Parts[];
  readonly settings: Settings;
  readonly key: Key;
  readonly measure: Measure;
}

const fail = (where: string, expected: string, received: string): E.Either<Failure, never> =>
  E.left(failure('value', `setup.${where}`, expected, received));

const SCALINGS: ReadonlyArray<NonNullable<Setup['scaling']>> = ['standardise', 'minMax', 'none'];
const DTYPES: readonly Dtype[] = ['f32', 'f64'];

/** Whether what is chosen among names is one of them, and a key is one. */
const checkNames = ({ task, scaling, dtype, key }: Setup): E.Either<Failure, undefined> => {
  const kinds = Object.keys(measures);
  if (!kinds.includes(task.kind)) return fail('task.kind', `one of ${kinds.join(', ')}`, quote(task.kind));
  if (scaling !== undefined && !SCALINGS.includes(scaling))
    return fail('scaling', `one of ${SCALINGS.join(', ')}`, quote(scaling));
  if (dtype !== undefined && !DTYPES.includes(dtype)) return fail('dtype', `one of ${DTYPES.join(', ')}`, quote(dtype));
  return keyCodec.is(key) ? E.right(undefined) : fail('key', keyCodec.name, quote(key));
};

const checkRows = ({ task, inputs, targets }: Setup): E.Either<Failure, number> => {
  const [rows = 0, features = 0] = inputs.shape;
  if (inputs.shape.length !== 2 || rows === 0 || features === 0)
    return fail('inputs', 'shape [rows, features], none of them 0', show(inputs.shape));
  const expected = task.kind === 'classification' ? `[${rows}]` : `[${rows}, outputs]`;
  if (targets.shape[0] !== rows || targets.shape.length !== (task.kind === 'classification' ? 1 : 2))
    return fail('targets', `shape ${expected}`, show(targets.shape));
  if (task.kind === 'regression') return E.right(rows);
  const { classes } = task;
  if (!(Number.isSafeInteger(classes) && classes >= 2))
    return fail('task.classes', 'a whole number of at least 2', quote(classes));
  const wrong = Array.from(targets.data).findIndex(
    (label) => !(Number.isInteger(label) && label >= 0 && label < classes),
  );
  return wrong < 0
    ? E.right(rows)
    : fail(`targets, row ${wrong}`, `a label from 0 to ${classes - 1}`, quote(targets.data[wrong]));
};

const checkFold =
  (rows: number) =>
  (i: number, { train, validation }: Fold): E.Either<Failure, null> => {
    const trained = new Set(train);
    const stranger = [...train, ...validation].find((row) => !(Number.isInteger(row) && row >= 0 && row < rows));
    if (stranger !== undefined) return fail(`folds ${i}`, `rows from 0 to ${rows - 1}`, quote(stranger));
    if (train.length === 0 || validation.length === 0)
      return fail(`folds ${i}`, 'rows to train on and rows to validate on', 'none of one kind');
    const both = validation.find((row) => trained.has(row));
    return both === undefined ? E.right(null) : fail(`folds ${i}`, 'no row in both parts', `row ${both}`);
  };

/** Both parts of a tensor, scaled as the training part suggests. */
const scaled = (
  scaling: NonNullable<Setup['scaling']>,
  fold: Fold,
  all: Tensor,
): E.Either<Failure, { readonly train: Tensor; readonly validation: Tensor }> => {
  const parts = take(fold)(all);
  return scaling === 'none'
    ? E.right(parts)
    : pipe(
        (scaling === 'minMax' ? minMax() : standardise())(parts.train),
        E.chain(({ scaler }) =>
          pipe(E.Do, E.apS('train', apply(scaler)(parts.train)), E.apS('validation', apply(scaler)(parts.validation))),
        ),
      );
};

/** Values that vary in the training rows: in units of a variance of 0 every prediction would be as good as another. */
const varying = (fold: Fold, all: Tensor): E.Either<Failure, Tensor> =>
  pipe(
    take(fold)(all).train,
    standardise(Array.from({ length: all.shape[1] ?? 0 }, (_, i) => `output ${i + 1}`)),
    E.chain(({ warnings: [constant] }) =>
      constant === undefined
        ? E.right(all)
        : E.left(
            failure('value', 'targets', 'values that vary in the rows to train on', `${constant.feature}, a constant`),
          ),
    ),
  );

const partsOf = ({ task, inputs, targets, scaling = 'standardise', dtype = 'f32' }: Setup) => {
  const x = cast('f64')(inputs);
  const y = cast('f64')(targets);
  return (i: number, fold: Fold): E.Either<Failure, Parts> =>
    pipe(
      E.Do,
      E.apS('inputs', scaled(scaling, fold, x)),
      E.apS(
        'targets',
        task.kind === 'classification'
          ? E.right(take(fold)(y))
          : pipe(
              varying(fold, y),
              E.chain((values) => scaled('standardise', fold, values)),
            ),
      ),
      E.bimap(
        (wrong) => ({ ...wrong, where: `setup.folds ${i}, ${wrong.where}` }),
        (of): Parts => ({
          train: { inputs: cast(dtype)(of.inputs.train), targets: cast(dtype)(of.targets.train) },
          validation: { inputs: cast(dtype)(of.inputs.validation), targets: cast(dtype)(of.targets.validation) },
        }),
      ),
    );
};

const measures: Readonly<Record<Task['kind'], readonly Measure[]>> = {
  classification: ['errorRate', 'logLoss'],
  regression: ['squaredError'],
};

const measureOf = ({ task, measure }: Setup): E.Either<Failure, Measure> => {
  const known = measures[task.kind];
  const chosen = known.find((one) => one === (measure ?? known[0]));
  return chosen === undefined ? fail('measure', `one of ${known.join(', ')}`, quote(measure)) : E.right(chosen);
};

/**
 * The problem of a setup. Fails on labels that are no classes, on values that are constant in the rows that a fold trains
 * on, on folds without rows, with rows that there are not or with one in both parts, on a measure that the task has not, on
 * numbers that are not finite, on an unknown scaling or format, without a key and on unknown fields.
 *
 * @example
 * ```ts
 * import { Failure, Key, Tensor, Trial } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const inputs = Tensor.generate('f32', [4, 1], (i) => i);
 * const targets = Tensor.generate('f32', [4], (i) => i % 2);
 * const task = { kind: 'classification', classes: 2 } as const;
 * const folds = [{ train: [0, 1], validation: [1, 2] }];
 * pipe(
 *   Trial.problem({ task, inputs, targets, folds, key: Key.fromSeed(1) }),
 *   E.mapLeft(Failure.show),
 * ) // => E.left('setup.folds 0: expected no row in both parts, received row 1')
 * ```
 */
export const problem = (setup: Setup): E.Either<Failure, Problem> =>
  pipe(
    knownFields('setup', fields)(setup),
    E.chain(() => checkNames(setup)),
    E.chain(() => checkRows(setup)),
    E.chain((rows) =>
      setup.folds.length === 0
        ? fail('folds', 'at least one', 'none')
        : pipe(setup.folds, E.traverseArrayWithIndex(checkFold(rows))),
    ),
    E.chain(() => {
      const { settings = {} } = setup;
      const odd = Object.entries(settings).find(([, value]) => !isJson(value));
      return odd === undefined
        ? E.right(settings)
        : fail(`settings.${odd[0]}`, 'a value that JSON can say', quote(odd[1]));
    }),
    E.bindTo('settings'),
    E.bind('measure', () => measureOf(setup)),
    E.bind('folds', () => pipe(setup.folds, E.traverseArrayWithIndex(partsOf(setup)))),
    E.map(
      ({ settings, measure, folds }): Problem => ({
        task: {
          kind: setup.task.kind,
          inputs: setup.inputs.shape[1] ?? 0,
          outputs: setup.task.kind === 'classification' ? setup.task.classes : (setup.targets.shape[1] ?? 0),
        },
        folds,
        settings,
        key: setup.key,
        measure,
      }),
    ),
  );
