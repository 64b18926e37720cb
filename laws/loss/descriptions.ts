/** Losses as data: descriptions and their codec, and what is refused. */
import * as E from 'fp-ts/lib/Either.js';
import * as Loss from '../../src/loss/index.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import * as Failure from '../../src/tensor/failure.ts';
import { full, show, type Tensor, zeros } from '../../src/tensor/tensor.ts';
import { holds, type Law, type LawSet, lawOf, lawSet, type Verdict } from '../law.ts';
import { families } from './families.ts';

const decode = Loss.decode(Loss.registry);
const ops = reference('f64');

const complete: Law = lawOf(
  'registry',
  'every kind in the registry is tried by these laws',
  Object.keys(Loss.registry),
  (kind) => {
    const known = JSON.stringify(families.map(({ loss }) => loss('mean').description));
    return holds(known.includes(`"kind":"${kind}"`), `a family that uses ${kind}`, 'none');
  },
);

interface Malformed {
  readonly description: unknown;
  /** What the message must say. */
  readonly says: readonly string[];
}

const malformed: readonly Malformed[] = [
  { description: null, says: ['loss', 'null'] },
  { description: 'squaredError', says: ['loss', 'squaredError'] },
  { description: { kind: 'squareError', reduction: 'mean' }, says: ['loss.kind', 'squaredError', 'squareError'] },
  { description: { kind: 'toString', reduction: 'mean' }, says: ['loss.kind', 'toString'] },
  { description: { kind: 'squaredError' }, says: ['loss.reduction'] },
  { description: { kind: 'squaredError', reduction: 'median' }, says: ['loss.reduction', 'median'] },
  { description: { kind: 'squaredError', reduction: 'mean', delta: 1 }, says: ['loss.delta', 'no such field'] },
  { description: { kind: 'huber', reduction: 'mean', delta: 0 }, says: ['loss.delta', 'above 0', '0'] },
  { description: { kind: 'huber', reduction: 'mean', delta: '1' }, says: ['loss.delta', '"1"'] },
  { description: { kind: 'binaryCrossEntropy', reduction: 'mean', epsilon: 0.5 }, says: ['loss.epsilon', '0.5'] },
  { description: { kind: 'fromLabels' }, says: ['loss.loss'] },
  { description: { kind: 'fromLabels', loss: { kind: 'no' } }, says: ['loss.loss.kind', 'no'] },
  {
    description: {
      kind: 'labelSmoothing',
      smoothing: 1,
      loss: { kind: 'softmaxCrossEntropy', reduction: 'mean' },
    },
    says: ['loss.smoothing', '1'],
  },
];

const refused: Law = lawOf(
  'malformed descriptions',
  'are failures that say where and what',
  malformed,
  ({ description, says }) => {
    const decoded = decode(description);
    if (E.isRight(decoded)) return { expected: 'a failure', received: JSON.stringify(decoded.right.description) };
    const message = Failure.show(decoded.left);
    const missing = says.filter((part) => !message.includes(part));
    return holds(missing.length === 0, `a message with ${says.join(', ')}`, message);
  },
);

interface Refusal {
  readonly name: string;
  readonly attempt: () => unknown;
  readonly says: readonly string[];
}

const p = zeros('f64', [2, 3]);
const value = (loss: Loss.Loss, prediction: Tensor, target: Tensor, weights?: Tensor): unknown =>
  Loss.value(ops, loss, prediction, target, weights);

const refusals: readonly Refusal[] = [
  {
    name: 'a target of another shape',
    attempt: () => value(Loss.squaredError(), p, zeros('f64', [2])),
    says: ['squaredError', '[2,3]', '[2]'],
  },
  {
    name: 'a scalar target',
    attempt: () => value(Loss.squaredError(), p, zeros('f64', [])),
    says: ['squaredError', '[2,3]', '[]'],
  },
  {
    name: 'one-hot rows for labels',
    attempt: () => value(Loss.fromLabels(Loss.softmaxCrossEntropy()), p, p),
    says: ['fromLabels', '[2,3]', '[2]'],
  },
  {
    name: 'weights of another shape',
    attempt: () => value(Loss.squaredError(), p, p, zeros('f64', [3])),
    says: ['weights', '[3]', '[2]'],
  },
  {
    name: 'an empty batch',
    attempt: () => value(Loss.squaredError(), zeros('f64', [0, 3]), zeros('f64', [0, 3])),
    says: ['squaredError', '[0,3]'],
  },
  {
    name: 'examples without components',
    attempt: () => value(Loss.squaredError(), zeros('f64', [2, 0]), zeros('f64', [2, 0])),
    says: ['squaredError', '[2,0]'],
  },
  {
    name: 'one class',
    attempt: () => value(Loss.softmaxCrossEntropy(), zeros('f64', [2, 1]), zeros('f64', [2, 1])),
    says: ['softmaxCrossEntropy', '[2,1]'],
  },
  {
    name: 'no class axis',
    attempt: () => value(Loss.labelSmoothing(0.1)(Loss.softmaxCrossEntropy()), zeros('f64', [2]), zeros('f64', [2])),
    says: ['labelSmoothing', '[2]'],
  },
  {
    name: 'means without variances',
    attempt: () => value(Loss.gaussianNegativeLogLikelihood(), p, p),
    says: ['gaussianNegativeLogLikelihood', '[2,3]', '2n'],
  },
  { name: 'δ = 0', attempt: () => Loss.huber({ delta: 0 }), says: ['huber.delta', '0'] },
  { name: 'ε = ½', attempt: () => Loss.binaryCrossEntropy({ epsilon: 0.5 }), says: ['epsilon', '0.5'] },
  { name: 'ε = NaN', attempt: () => Loss.kullbackLeibler({ epsilon: NaN }), says: ['epsilon', 'NaN'] },
  { name: 'α = 1', attempt: () => Loss.labelSmoothing(1), says: ['smoothing', '1'] },
];

const thrown: Law = lawOf(
  'mistakes',
  'throw, naming what does not fit',
  refusals,
  ({ name, attempt, says }): Verdict => {
    try {
      attempt();
      return { expected: `${name} to be refused`, received: 'a result' };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return holds(
        says.every((part) => message.includes(part)),
        `a message with ${says.join(', ')}`,
        message,
      );
    }
  },
);

const targets: ReadonlyArray<readonly [Loss.Loss, readonly number[], Tensor, readonly string[]]> = [
  [Loss.squaredError(), [3], full('f32', [2, 3], NaN), ['target [0,0]', 'finite', 'NaN']],
  [Loss.binaryCrossEntropy(), [1], full('f32', [2, 1], 2), ['target [0,0]', '0 to 1', '2']],
  [Loss.hinge(), [1], full('f32', [2, 1], 0), ['target [0,0]', '−1 or 1', '0']],
  [Loss.multiClassHinge(), [2], full('f32', [2, 2], 0.5), ['target [0,0]', '0.5']],
  [Loss.poisson(), [1], full('f32', [2, 1], -1), ['target [0,0]', '-1']],
  [Loss.fromLabels(Loss.softmaxCrossEntropy()), [3], full('f32', [2], 3), ['target [0]', '0 to 2', '3']],
  [Loss.fromLabels(Loss.softmaxCrossEntropy()), [3], zeros('f32', [2, 3]), ['[batch]', '[2,3]']],
  [Loss.softmaxCrossEntropy(), [3], zeros('f32', [2]), ['[batch,3]', '[2]']],
];

const checked: Law = lawOf(
  'targets',
  'that mean nothing to a loss are failures that say where and what',
  targets,
  ([loss, example, given, says]) => {
    const result = Loss.checkTargets(loss, example)(given);
    if (E.isRight(result)) return { expected: 'a failure', received: show(result.right) };
    const message = Failure.show(result.left);
    return holds(
      says.every((part) => message.includes(part)),
      `a message with ${says.join(', ')}`,
      message,
    );
  },
);

export const descriptionLaws: LawSet = lawSet('descriptions', [complete, refused, thrown, checked]);
