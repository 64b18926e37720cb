/** What a run is told: the network, what it learns from, and how long. */
import * as E from 'fp-ts/lib/Either.js';
import type { Engine } from '../engine/engine.ts';
import type { Layer } from '../layer/layer.ts';
import type { Loss } from '../loss/loss.ts';
import type { Penalty } from '../loss/penalty.ts';
import type { Optimizer } from '../optimizer/optimizer.ts';
import { type Failure, failure, quote } from '../tensor/failure.ts';
import type { Shape } from '../tensor/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Form } from '../tensor/tree.ts';
import type { Augment } from './augment.ts';
import type { Examples } from './examples.ts';

/** When to stop early: what is watched is the validation loss, or the loss and penalty of training where
 * there is no validation. */
export interface Stopping {
  /** Training stops after this many epochs in a row without improvement. */
  readonly patience: number;
  /** How much lower than the last improvement an epoch must come to count as one (0 by default). */
  readonly minimumImprovement?: number;
}

/** A number for a person, from the targets and predictions of the validation examples. */
export type Metric = (targets: Tensor) => (predictions: Tensor) => E.Either<Failure, number>;

export interface Config<In extends Shape, Out extends Shape, P extends Form, S extends Form> {
  readonly layer: Layer<In, Out, P, S>;
  readonly loss: Loss;
  /** What the size of the weights costs, added to the loss. */
  readonly penalty?: Penalty;
  readonly optimizer: Optimizer;
  /** What is learnt from. Its format, f32 or f64, is that of the parameters. */
  readonly data: Examples;
  /** What is only measured, after each epoch. */
  readonly validation?: Examples;
  /** Rows a step; all of them by default. */
  readonly batchSize?: number | 'full';
  /** What each step learns from in the place of its batch (`Data.mixup`, say): the same number of rows, shapes and formats.
   * A function of the key, which is the step's own, and of the batch alone, so that a run can be had again and gone on with.
   * Where two are wanted, the second is given `Key.foldIn(1)(key)`. Validation examples are measured as they are. */
  readonly augment?: Augment;
  /** Training is over when the state has seen this many epochs, however many of them were in an earlier run. */
  readonly epochs: number;
  readonly stopping?: Stopping;
  /** Measured on the validation examples after each epoch, for the history. */
  readonly metrics?: Readonly<Record<string, Metric>>;
  /** What computes the steps: an engine of the run's own unless given; runs that share one share its plans. */
  readonly engine?: Engine;
}

const examplesFields = ['inputs', 'targets', 'weights'];

/** The fields that there are: a misspelt one must not pass for a default. */
const fields: Readonly<Record<string, readonly string[]>> = {
  '': [
    'layer',
    'loss',
    'penalty',
    'optimizer',
    'data',
    'validation',
    'batchSize',
    'augment',
    'epochs',
    'stopping',
    'metrics',
    'engine',
  ],
  '.data': examplesFields,
  '.validation': examplesFields,
  '.stopping': ['patience', 'minimumImprovement'],
};

const checkFields = (where: string, of: object | undefined): E.Either<Failure, void> => {
  const known = fields[where] ?? [];
  const unknown = Object.keys(of ?? {}).find((field) => !known.includes(field));
  return unknown === undefined
    ? E.right(undefined)
    : E.left(failure('config', `config${where}.${unknown}`, `one of ${known.join(', ')}`, 'an unknown field'));
};

const whole = (where: string, from: number, value: number): E.Either<Failure, void> =>
  Number.isSafeInteger(value) && value >= from
    ? E.right(undefined)
    : E.left(failure('config', `config.${where}`, `a whole number of at least ${from}`, quote(value)));

/** What is wrong with the numbers and the fields of a configuration; the examples are checked elsewhere. */
export const checkConfig = <In extends Shape, Out extends Shape, P extends Form, S extends Form>(
  config: Config<In, Out, P, S>,
): E.Either<Failure, void> => {
  const { stopping, batchSize = 'full', metrics, validation } = config;
  const improvement = stopping?.minimumImprovement ?? 0;
  return (
    [
      checkFields('', config),
      checkFields('.data', config.data),
      checkFields('.validation', validation),
      checkFields('.stopping', stopping),
      whole('epochs', 0, config.epochs),
      batchSize === 'full' ? E.right(undefined) : whole('batchSize', 1, batchSize),
      stopping === undefined ? E.right(undefined) : whole('stopping.patience', 1, stopping.patience),
      improvement >= 0 && improvement < Number.POSITIVE_INFINITY
        ? E.right(undefined)
        : E.left(failure('config', 'config.stopping.minimumImprovement', 'a number of at least 0', quote(improvement))),
      metrics !== undefined && validation === undefined
        ? E.left(failure('config', 'config.metrics', 'validation examples to measure on', 'none'))
        : E.right(undefined),
    ].find(E.isLeft) ?? E.right(undefined)
  );
};
