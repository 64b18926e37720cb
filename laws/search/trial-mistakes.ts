/** What trials refuse, in words. */
import * as E from 'fp-ts/lib/Either.js';
import { Engine, type Failure, Failure as Failures, Tensor, Trial } from '../../src/index.ts';
import { all, code, holds, type Law, lawOf, type Verdict } from '../law.ts';
import { KEY } from './search-mistakes.ts';

const refused = (what: string, result: E.Either<Failure.Failure, unknown>, words: string): Verdict =>
  E.isLeft(result)
    ? holds(Failures.show(result.left).includes(words), words, Failures.show(result.left), what)
    : { expected: 'a failure', received: code(result.right), where: what };

const setup: Trial.Setup = {
  task: { kind: 'classification', classes: 2 },
  inputs: Tensor.generate('f64', [6, 2], (i) => (i * i) % 7),
  targets: Tensor.generate('f64', [6], (i) => i % 2),
  folds: [{ train: [0, 1, 2, 3], validation: [4, 5] }],
  key: KEY,
};

const settings: ReadonlyArray<readonly [string, Trial.Settings, string]> = [
  ['a misspelt name', { hidden: [3], learningrate: 0.1 }, 'settings.learningrate: expected one of hidden'],
  ['no layers', { learningRate: 0.1 }, 'neither'],
  ['layers said twice', { hidden: [3], layers: 1 }, 'both'],
  ['a layer without a width', { layers: 2, width1: 3 }, 'settings.width2'],
  ['a width without a layer', { layers: 1, width1: 3, width2: 3 }, 'no layer after the last'],
  ['half a layer', { layers: 1.5, width: 3 }, 'settings.layers'],
  ['a width of 0', { layers: 1, width: 0 }, 'settings.width'],
  ['a width of a layer of 0', { layers: 1, width1: 0 }, 'settings.width1'],
  ['an empty list', { hidden: [] }, 'settings.hidden'],
  ['too many parameters', { layers: 2, width: 10_000 }, 'at most 20000000 parameters'],
  ['an unknown activation', { hidden: [3], activation: 'swoosh' }, 'settings.activation'],
  ['an unknown initialiser', { hidden: [3], initialiser: 'swoosh' }, 'settings.initialiser'],
  ['an unknown optimizer', { hidden: [3], optimizer: 'swoosh' }, 'settings.optimizer'],
  ['an unknown normalisation', { hidden: [3], normalisation: 'swoosh' }, 'settings.normalisation'],
  ['an unknown loss', { hidden: [3], loss: 'swoosh' }, 'settings.loss'],
  [
    'a loss of other targets',
    { hidden: [3], loss: 'hinge' },
    'settings.loss: expected a loss that takes the task’s targets',
  ],
  [
    'smoothed targets that the loss does not take',
    { hidden: [3], loss: 'multiClassHinge', labelSmoothing: 0.1 },
    '0 or 1',
  ],
  ['a description without a kind', { hidden: [3], activation: { slope: 1 } }, 'settings.activation'],
  ['a rate below 0', { hidden: [3], learningRate: -1 }, 'settings.optimizer.learningRate'],
  ['a field that the optimizer has not', { hidden: [3], optimizer: 'adam', momentum: 0.9 }, 'momentum'],
  ['a field by another name', { hidden: [3], 'optimizer.beta3': 0.9 }, 'beta3'],
  ['a field twice', { hidden: [3], learningRate: 0.1, 'optimizer.learningRate': 0.1 }, 'once'],
  [
    'a field of a description twice',
    { hidden: [3], learningRate: 0.1, optimizer: { kind: 'adam', learningRate: 0.1 } },
    'once',
  ],
  ['all dropped', { hidden: [3], dropout: 1 }, 'settings.dropout'],
  ['a penalty below 0', { hidden: [3], l2: -1 }, 'settings.l2'],
  ['batches of nothing', { hidden: [3], batchSize: 0 }, 'settings.batchSize'],
  ['nothing', { hidden: [3], batchSize: null }, 'settings.batchSize'],
  [
    'a batch of one with batch norm',
    { hidden: [3], normalisation: 'batchNorm', batchSize: 3 },
    'fold 0, config.batchSize',
  ],
];

const setups: ReadonlyArray<readonly [string, Partial<Trial.Setup>, string]> = [
  ['no rows', { inputs: Tensor.zeros('f64', [0, 2]) }, 'setup.inputs'],
  ['images', { inputs: Tensor.zeros('f64', [6, 2, 2]) }, 'setup.inputs'],
  ['labels of other rows', { targets: Tensor.zeros('f64', [5]) }, 'setup.targets'],
  ['labels as columns', { targets: Tensor.zeros('f64', [6, 1]) }, 'setup.targets'],
  ['values as a vector', { task: { kind: 'regression' } }, '[6, outputs]'],
  ['one class', { task: { kind: 'classification', classes: 1 } }, 'setup.task.classes'],
  ['a label too many', { targets: Tensor.generate('f64', [6], (i) => i % 3) }, 'targets, row 2'],
  ['no folds', { folds: [] }, 'setup.folds'],
  ['a fold without validation', { folds: [{ train: [0], validation: [] }] }, 'none of one kind'],
  ['a fold without training', { folds: [{ train: [], validation: [0] }] }, 'none of one kind'],
  ['a row that there is not', { folds: [{ train: [0], validation: [6] }] }, 'rows from 0 to 5'],
  ['a row on both sides', { folds: [{ train: [0, 1], validation: [1] }] }, 'row 1'],
  ['a measure of values', { measure: 'squaredError' }, 'errorRate, logLoss'],
  [
    'another task',
    { task: JSON.parse('{"kind":"ranking"}') },
    'setup.task.kind: expected one of classification, regression',
  ],
  [
    'another scaling',
    { scaling: JSON.parse('"max"') },
    'setup.scaling: expected one of standardise, minMax, none, received "max"',
  ],
  ['another format', { dtype: JSON.parse('"f16"') }, 'setup.dtype: expected one of f32, f64, received "f16"'],
  ['half a key', { key: JSON.parse('{"words":[1]}') }, 'setup.key: expected a key'],
  ['no key', { key: JSON.parse('null') }, 'setup.key: expected a key'],
  [
    'values that are all the same',
    { task: { kind: 'regression' }, targets: Tensor.full('f64', [6, 1], 3) },
    'setup.folds 0, targets: expected values that vary in the rows to train on, received output 1, a constant',
  ],
  [
    'values of which one that is not trained on is another',
    { task: { kind: 'regression' }, targets: Tensor.generate('f64', [6, 2], (i) => (i % 2 === 0 || i === 9 ? i : 3)) },
    'setup.folds 0, targets: expected values that vary in the rows to train on, received output 2, a constant',
  ],
  ['NaN in the inputs', { inputs: Tensor.full('f64', [6, 2], Number.NaN) }, 'folds 0'],
  ['NaN in the settings', { settings: { l2: Number.NaN } }, 'settings.l2'],
];

const train = Trial.train({ engine: () => Engine.reference });
const on = (more: Partial<Trial.Setup> = {}) => {
  const problem = Trial.problem({ ...setup, ...more });
  if (E.isLeft(problem)) throw new Error(Failures.show(problem.left));
  return train(problem.right);
};
const point = { hidden: [2], learningRate: 0.1 };
const stateOf = (given: Trial.Settings, budget: number): string => {
  const ended = on()(given, { budget });
  if (E.isLeft(ended)) throw new Error(Failures.show(ended.left));
  return ended.right.state;
};

/** Laws on what is refused. */
export const trialMistakes: readonly Law[] = [
  lawOf('bad settings', 'are refused, naming the setting', settings, ([what, given, words]) =>
    refused(what, on()(given, { budget: 1 }), words),
  ),
  lawOf('bad setups', 'are refused, naming the field', setups, ([what, more, words]) =>
    refused(what, Trial.problem({ ...setup, ...more }), words),
  ),
  lawOf('a setup with a misspelt field', 'is refused', [{ ...setup, fold: [] }], (given) =>
    refused('fold', Trial.problem(given), '"fold"'),
  ),
  lawOf('bad trials', 'are refused in words', [0], () =>
    all(
      refused('half an epoch', on()(point, { budget: 1.5 }), 'whole number of epochs'),
      refused('no budget', on()(point, JSON.parse('{}')), 'budget: expected a whole number of epochs'),
      refused('no trial', on()(point, JSON.parse('null')), 'budget: expected a whole number of epochs'),
      refused(
        'no point',
        on()(JSON.parse('null'), { budget: 1 }),
        'point: expected a record of settings, received null',
      ),
      refused('no epoch', on()(point, { budget: 0 }), 'whole number of epochs'),
      refused('fixed and searched', on({ settings: { hidden: [2] } })(point, { budget: 1 }), 'not both'),
      refused(
        'divergence',
        on()({ hidden: [2], optimizer: 'gradientDescent', learningRate: 1e38 }, { budget: 9 }),
        'fold 0',
      ),
      refused(
        'a log loss of scores',
        on({ measure: 'logLoss' })({ ...point, loss: 'multiClassHinge' }, { budget: 1 }),
        'settings.loss: expected softmaxCrossEntropy, for logLoss takes',
      ),
      refused('no checkpoint', on()(point, { budget: 2 }, '{}'), 'checkpoint'),
      refused('half a checkpoint', on()(point, { budget: 2 }, stateOf(point, 1).slice(0, 99)), 'checkpoint'),
      refused('of another point', on()(point, { budget: 2 }, stateOf({ ...point, l2: 0.1 }, 1)), 'checkpoint.settings'),
      refused('of a greater budget', on()(point, { budget: 2 }, stateOf(point, 3)), 'checkpoint.budget'),
      refused(
        'of other folds',
        on({ folds: [...setup.folds, ...setup.folds] })(point, { budget: 2 }, stateOf(point, 1)),
        'checkpoint.folds',
      ),
    ),
  ),
];
