/** Trials: what settings come to, and that training in parts is training at once. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Key, Tensor, Trial } from '../../src/index.ts';
import { fromText } from '../../src/search/trial/checkpoint.ts';
import { all, code, type Law, type LawSet, law, lawSet, same, type Verdict } from '../law.ts';
import { got } from './search-mistakes.ts';
import { trialMistakes } from './trial-mistakes.ts';
import { ROWS, setupOf, trainOf } from './trial-setups.ts';
import { byHandLaws } from './trials-by-hand.ts';

const kinds = fc.constantFrom('classification', 'regression');

/** Settings of every kind that keep something between steps: moments, averages, running statistics, keys of masks. */
const points: fc.Arbitrary<Trial.Settings> = fc
  .record(
    {
      activation: fc.constantFrom('relu', 'tanh', 'elu', 'softplus'),
      normalisation: fc.constantFrom('none', 'batchNorm', 'layerNorm'),
      dropout: fc.constantFrom(0, 0.25),
      inputDropout: fc.constantFrom(0, 0.25),
      optimizer: fc.constantFrom('gradientDescent', 'momentum', 'nesterov', 'adam', 'rmsprop', 'lion'),
      l2: fc.constantFrom(0, 0.01),
      l1: fc.constantFrom(0.001),
      weightDecay: fc.constantFrom(0.01),
      clip: fc.constantFrom(0.5),
      averaging: fc.constantFrom(0.5),
      initialiser: fc
        .constantFrom('heNormal', 'orthogonal')
        .map((kind) => (kind === 'orthogonal' ? { kind, gain: 1 } : kind)),
    },
    { requiredKeys: [] },
  )
  .chain((settings) =>
    fc
      .record({
        learningRate: fc.constantFrom(0.01, 0.1),
        batchSize: fc.constantFrom<number | 'full'>(3, 4, 'full'),
        hidden: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 2 }),
      })
      .map((more) => {
        // Of 7 rows batches of 3 leave one alone, and batch norm has no variance of it.
        const batchSize = settings.normalisation === 'batchNorm' && more.batchSize === 3 ? 4 : more.batchSize;
        return { ...settings, ...more, batchSize };
      }),
  );

const same2 = (a: E.Either<unknown, Trial.Ended>, b: E.Either<unknown, Trial.Ended>): Verdict =>
  E.isLeft(a) || E.isLeft(b)
    ? same(code(a), code(b))
    : all(same(a.right.value, b.right.value, 'value'), same(a.right.state, b.right.state, 'state'));

/** The tensors of some rows changed. */
const changed =
  (rows: readonly number[]) =>
  (x: Tensor.Tensor): Tensor.Tensor => {
    const width = x.data.length / ROWS;
    return Tensor.generate(
      x.dtype,
      x.shape,
      (i) => (rows.includes(Math.floor(i / width)) ? 3 : 1) * (x.data[i] ?? Number.NaN),
    );
  };

interface Sample {
  readonly kind: Trial.Task['kind'];
  readonly point: Trial.Settings;
  readonly seed: number;
  readonly first: number;
  readonly more: number;
}

const samples: fc.Arbitrary<Sample> = fc.record({
  kind: kinds,
  point: points,
  seed: fc.nat(1000),
  first: fc.integer({ min: 1, max: 2 }),
  more: fc.integer({ min: 0, max: 2 }),
});

const training: readonly Law[] = [
  law(
    'a trial in parts',
    'goes on from its checkpoint as if it had never stopped: value and state are those of one run',
    samples,
    ({ kind, point, seed, first, more }) => {
      const train = trainOf(setupOf(kind, seed));
      const half = got(train(point, { budget: first }));
      return same2(train(point, { budget: first + more }), train(point, { budget: first + more }, half.state));
    },
    { runs: 25 },
  ),
  law(
    'a trial in parts trains nothing twice',
    'it is the checkpoint that goes on: one of another key comes to what that key comes to',
    samples,
    ({ kind, point, seed, first, more }) => {
      const setup = setupOf(kind, seed);
      const [train, other] = [trainOf(setup), trainOf({ ...setup, key: Key.fromSeed(seed + 1) })];
      const half = got(other(point, { budget: first }));
      return same2(other(point, { budget: first + more }), train(point, { budget: first + more }, half.state));
    },
    { runs: 10 },
  ),
  law(
    'a trial on the engine',
    'has the bits of the reference',
    samples,
    ({ kind, point, seed, first }) => {
      const setup = setupOf(kind, seed);
      return same2(trainOf(setup)(point, { budget: first }), trainOf(setup, Trial.train())(point, { budget: first }));
    },
    { runs: 8 },
  ),
  law(
    'what is validated on',
    'has no say in what is learnt: other validation rows, and outliers among them, leave every training state as it was',
    samples,
    ({ kind, point, seed, first }) => {
      const setup = setupOf(kind, seed);
      const [, second] = setup.folds;
      const outliers = changed(second?.validation ?? []);
      const other = {
        ...setup,
        inputs: outliers(setup.inputs),
        ...(kind === 'regression' ? { targets: outliers(setup.targets) } : {}),
      };
      const states = (of: Trial.Setup): unknown =>
        got(
          pipe(
            trainOf(of)(point, { budget: first }),
            E.chain(({ state }) => fromText(state)),
          ),
        ).folds[1];
      return same(code(states(setup)), code(states(other)));
    },
    { runs: 15 },
  ),
  law(
    'the order of settings',
    'says nothing, nor whether they are fixed or of a point',
    samples,
    ({ kind, point, seed, first }) => {
      const setup = setupOf(kind, seed);
      const entries = Object.entries(point);
      const fixed = Object.fromEntries(entries.slice(0, 2));
      const searched = Object.fromEntries(entries.slice(2).reverse());
      const one = got(trainOf(setup)(point, { budget: first }));
      const other = got(trainOf({ ...setup, settings: fixed })(searched, { budget: first }));
      return all(
        same(one.value, other.value),
        same(code(got(fromText(one.state)).folds), code(got(fromText(other.state)).folds)),
      );
    },
    { runs: 10 },
  ),
];

/** The laws of trials. */
export const trialLaws: LawSet = lawSet('trials', [...training, ...byHandLaws, ...trialMistakes]);
