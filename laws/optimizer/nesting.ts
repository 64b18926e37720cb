/** What passes through a transform to the optimizer inside and back: names, decisions, observations, trials, preferences. */
import * as O from 'fp-ts/lib/Option.js';
import { constant } from '../../src/layer/initialiser/index.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { type Decision, type Optimizer, preferred, type Settled } from '../../src/optimizer/optimizer.ts';
import { accumulate } from '../../src/optimizer/transform/accumulate.ts';
import { exponentialMovingAverage, stochasticWeightAveraging } from '../../src/optimizer/transform/average.ts';
import { clipByGlobalNorm, clipByNorm, clipByValue } from '../../src/optimizer/transform/clip.ts';
import { maxNorm } from '../../src/optimizer/transform/maxNorm.ts';
import { both, innerDecision, innerOf, innerRan, ownOf } from '../../src/optimizer/transform/nest.ts';
import { freeze } from '../../src/optimizer/transform/scaleRates.ts';
import type { Transform } from '../../src/optimizer/transform/transform.ts';
import { weightDecay } from '../../src/optimizer/transform/weightDecay.ts';
import { full, type Tensor } from '../../src/tensor/tensor.ts';
import { type Form, type LeafForm, leaf, type Of } from '../../src/tensor/tree.ts';
import { all, lawOf, lawSet, same, type Verdict } from '../law.ts';

const json = (value: unknown): string => JSON.stringify(value) ?? 'undefined';
const alike = (expected: unknown, received: unknown, where: string): Verdict =>
  same(json(expected), json(received), where);

const names = lawOf(
  'names',
  'what is the optimizer’s inside stands under `inner.` and its name, beside the transform’s own, at every depth',
  [{ a: 1, 'inner.b': 2, 'inner.inner.c': 3, inner: 4, 'of inner.d': 5 }],
  (numbers) => {
    const decision: Decision = { numbers: { b: 6 }, run: { phase: 'go', scalars: { b: 7 } } };
    return all(
      alike({ b: 2, 'inner.c': 3 }, innerOf(numbers), 'innerOf'),
      alike({ a: 1, inner: 4, 'of inner.d': 5 }, ownOf(numbers), 'ownOf'),
      alike({ a: 1, 'inner.b': 2 }, both({ a: 1 }, { b: 2 }), 'both'),
      alike(undefined, innerRan(undefined), 'nothing ran'),
      alike(undefined, innerRan({ phase: 'own', readings: {} }), 'an own phase ran'),
      alike({ phase: 'go', readings: { r: 1 } }, innerRan({ phase: 'inner.go', readings: { r: 1 } }), 'its phase ran'),
      alike(
        { numbers: { a: 1, 'inner.b': 6 }, run: { phase: 'inner.go', scalars: { s: 8, 'inner.b': 7 } } },
        innerDecision({ a: 1 }, { s: 8 }, decision),
        'a decision to go on',
      ),
      alike(
        { numbers: { a: 1, 'inner.b': 6 } },
        innerDecision({ a: 1 }, { s: 8 }, { numbers: { b: 6 } }),
        'to be done',
      ),
    );
  },
);

/** An optimizer that does nothing, observes into n, is trying where n is 1, and then prefers its vector v. */
const inside: Optimizer = {
  description: { kind: 'inside' },
  numbers: { n: 1 },
  vectors: { v: 0 },
  decide: (numbers) => ({ numbers }),
  phases: {},
  observe: (numbers, metric) => ({ ...numbers, n: metric }),
  tries: ({ n }) => n === 1,
  preferred: <P extends Form, T>({ slots: { numbers, vectors } }: Settled<P, T>): O.Option<Of<P, T>> =>
    numbers.n === 1 ? O.fromNullable(vectors.v) : O.none,
};
const { observe: _, tries: __, preferred: ___, ...plain } = inside;

const transforms: ReadonlyArray<readonly [name: string, transform: Transform]> = [
  ['clipByValue', clipByValue(1)],
  ['clipByNorm', clipByNorm(1)],
  ['clipByGlobalNorm', clipByGlobalNorm(1)],
  ['maxNorm', maxNorm(1)],
  ['weightDecay', weightDecay({ rate: 1 })],
  ['accumulate', accumulate(2)],
  ['scaleRates', freeze([''])],
  ['exponentialMovingAverage', exponentialMovingAverage()],
  ['stochasticWeightAveraging', stochasticWeightAveraging({ start: 0 })],
];

const ops = reference('f64');
const spec = { role: 'weight', shape: [1], initialiser: constant(0), fanIn: 1, fanOut: 1 } as const;
const of = (x: number): Tensor => full('f64', [1], x);
const preferredIn = (optimizer: Optimizer, numbers: Readonly<Record<string, number>>, inner: number): unknown =>
  O.toNullable(
    O.map((x: Tensor) => x.data[0])(
      preferred<LeafForm, Tensor>(
        ops,
        optimizer,
        { tree: leaf, specs: spec },
        { numbers, vectors: { average: of(8), v: of(6), 'inner.v': of(inner) } },
      ),
    ),
  );

const through = lawOf(
  'observations, trials and preferences',
  'go to the optimizer inside with the numbers and vectors that are its own, and are not there where it has none',
  transforms,
  ([name, transform]) => {
    const [around, bare] = [transform(inside), transform(plain)];
    const none = { n: 1, averaged: 0, gathered: 0, steps: 0 };
    return all(
      alike({ ...none, 'inner.n': 3 }, around.observe?.({ ...none, 'inner.n': 1 }, 3), `${name}: observe`),
      same(true, around.tries?.({ n: 2, 'inner.n': 1 }), `${name}: tries`),
      same(false, around.tries?.({ n: 1, 'inner.n': 2 }), `${name}: tries not`),
      alike([false, false], ['observe' in bare, 'tries' in bare], `${name}: of none`),
      alike(7, preferredIn(around, { ...none, 'inner.n': 1 }, 7), `${name}: prefers what is preferred inside`),
      alike(null, preferredIn(around, { ...none, 'inner.n': 2 }, 7), `${name}: prefers nothing`),
      alike(null, preferredIn(bare, { ...none, 'inner.n': 1 }, 7), `${name}: prefers nothing of none`),
      ...(name.includes('verag')
        ? [alike(8, preferredIn(around, { ...none, averaged: 1, 'inner.n': 1 }, 7), `${name}: prefers its average`)]
        : []),
    );
  },
);

export const nestingLaws = lawSet('nesting', [names, through]);
