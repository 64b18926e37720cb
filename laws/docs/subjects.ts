/**
 * Every law of the pack, for the page that prints them: of each subject a value that is told all there is to tell, and
 * where one value cannot have all laws, others, of which only what the first has not is kept.
 */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import * as N from 'fp-ts/lib/number.js';
import {
  Activation,
  Data,
  Engine,
  Initialiser,
  Key,
  Layer,
  Loss,
  Network,
  Ops,
  Optimizer,
  Schedule,
  Search,
  Space,
  Transform,
} from '../../src/index.ts';
import { type Law, type LawSet, lawSet, laws } from '../index.ts';

const said = ({ name, statement }: Law): string => `${name}: ${statement}`;

/** A set without the laws that were printed before. */
const beyond = (printed: ReadonlySet<string>, name: string, { laws: own, sets }: LawSet): LawSet =>
  lawSet(
    name,
    own.filter((law) => !printed.has(said(law))),
    sets.map((inner) => beyond(printed, inner.name, inner)).filter((inner) => inner.laws.length > 0),
  );

/** A subject's laws, and under them those that other values have beside these, each by what is said of the value. */
const subject = (name: string, first: LawSet, others: Readonly<Record<string, LawSet>> = {}): LawSet => {
  const printed = new Set(first.laws.map(said));
  const more: LawSet[] = [];
  for (const [when, other] of Object.entries(others)) {
    const set = beyond(printed, when, other);
    for (const law of set.laws) printed.add(said(law));
    more.push(set);
  }
  return lawSet(name, first.laws, [...first.sets, ...more]);
};

const optimizer = {
  decode: Optimizer.decode(),
  expected: { start: null, step: (state: null) => ({ state, parameter: 0 }) },
};
const distribution = { mean: () => 0, variance: () => 1 / 3, limit: () => 1 };
const around = { decode: Transform.decode() };
const adam = Optimizer.adam();
const layer = Layer.dropout(0.5).at([3]);
const rows = (given: ReadonlyArray<readonly number[]>) => given;
const scaling = { fit: () => 1, apply: () => rows, invert: () => rows, fitAmong: () => 1 };
const text = { write: () => '', read: () => 1 };
const folds = (): undefined => undefined;
const dice = {
  dimensions: { eyes: Space.integer({ low: 1, high: 3 }) },
  sample: () => ({ eyes: 1 }),
  within: () => true,
  decode: () => undefined,
};
const random = Search.random({ trials: 8, key: Key.fromSeed(1) });
const trials = { make: random, even: random, learning: random };

const named = (name: string, { laws: own, sets }: LawSet): LawSet => lawSet(name, own, sets);

/** What decides which laws there are is told; what only makes them fail or hold may be anything. */
export const subjects: readonly LawSet[] = [
  subject('laws.layer', laws.layer(layer, { expected: () => ({}) }), {
    'where unbiased: true': laws.layer(layer, { unbiased: true }),
    'where moments are given': laws.layer(layer, { moments: () => ({ mean: 0, variance: 1 }) }),
    'where standard: true': laws.layer(layer, { standard: true }),
  }),
  subject('laws.activation', laws.activation(Activation.tanh, { expected: { value: Math.tanh, slope: () => 1 } })),
  subject(
    'laws.gradient',
    laws.gradient({ inputs: 1, outputs: 1, of: (x) => x, pullback: (_, dy) => dy }, { expected: (x) => x }),
  ),
  subject('laws.initialiser', laws.initialiser(Initialiser.uniform(-1, 1), { expected: { distribution } }), {
    "where expected.keeps: 'linear layers'": laws.initialiser(Initialiser.glorotNormal, {
      expected: { keeps: 'linear layers' },
    }),
    "where expected.keeps: 'layers with ReLU'": laws.initialiser(Initialiser.heNormal, {
      expected: { keeps: 'layers with ReLU' },
    }),
    'where expected.orthonormal is given': laws.initialiser(Initialiser.orthogonal(), { expected: { orthonormal: 1 } }),
  }),
  subject('laws.loss', laws.loss(Loss.squaredError(), { expected: () => 0, bound: 0 })),
  subject('laws.optimizer', laws.optimizer(adam, optimizer), {
    "where scale: 'linear'": laws.optimizer(adam, { ...optimizer, scale: 'linear' }),
    "where scale: 'invariant'": laws.optimizer(adam, { ...optimizer, scale: 'invariant' }),
    "where decay: 'weights' (where decay: 'all', the second)": laws.optimizer(adam, { ...optimizer, decay: 'weights' }),
  }),
  subject(
    'laws.schedule',
    laws.schedule(Schedule.linearWarmup({ initial: 0.1, final: 1, steps: 9 }), {
      initial: 0.1,
      final: 1,
      length: 9,
      slope: 0.1,
      greatest: 1,
      expected: () => 1,
    }),
  ),
  subject('laws.plateau', laws.plateau(Schedule.reduceOnPlateau({ initial: 1 }), { patience: 10, expected: () => [] })),
  subject('laws.transform', laws.transform(Transform.clipByGlobalNorm(2), { ...around, expected: () => [] }), {
    "where clips: { limit, by: 'number' | 'norm' | 'globalNorm' }": laws.transform(Transform.clipByGlobalNorm(2), {
      clips: { limit: 2, by: 'globalNorm' },
    }),
    'where accumulates is given': laws.transform(Transform.accumulate(2), { accumulates: 2 }),
    'where averages: true': laws.transform(Transform.exponentialMovingAverage({ decay: 0.5 }), { averages: true }),
    "where decays: { rate, of: 'weights' | 'all' }": laws.transform(Transform.weightDecay({ rate: 0.1 }), {
      decays: { rate: 0.1, of: 'weights' },
    }),
    'where constrains: { limit }': laws.transform(Transform.maxNorm(2), { constrains: { limit: 2 } }),
  }),
  lawSet(
    'laws.metric',
    [],
    [
      named("where kind: 'accuracy'", laws.metric({ kind: 'accuracy', of: () => 1 })),
      named("where kind: 'confusionMatrix'", laws.metric({ kind: 'confusionMatrix', of: () => [] })),
      named("where kind: 'rocAuc'", laws.metric({ kind: 'rocAuc', of: () => 1 })),
      named("where kind: 'logLoss'", laws.metric({ kind: 'logLoss', of: () => 1 })),
      named("where kind: 'r2'", laws.metric({ kind: 'r2', of: () => 1 })),
      named("where kind: 'calibration'", laws.metric({ kind: 'calibration', of: () => 1, bins: 8 })),
      named("where kind: 'calibrationCurve'", laws.metric({ kind: 'calibrationCurve', of: () => [] })),
      named("where kind: 'residuals'", laws.metric({ kind: 'residuals', of: () => [] })),
      named("where kind: 'mean'", laws.metric({ kind: 'mean', of: () => 1, expected: () => 1 })),
    ],
  ),
  subject('laws.scaler', laws.scaler({ ...scaling, to: { kind: 'any' }, text }), {
    "where to: { kind: 'standardise', ddof: 0 | 1 }": laws.scaler({ ...scaling, to: { kind: 'standardise', ddof: 0 } }),
    "where to: { kind: 'minMax', low, high }": laws.scaler({ ...scaling, to: { kind: 'minMax', low: -1, high: 1 } }),
  }),
  subject('laws.split', laws.split({ of: folds, fractions: { train: 0.5, test: 0.5 } }), {
    'where stratified: true': laws.split({ of: folds, fractions: { train: 0.5, test: 0.5 }, stratified: true }),
  }),
  subject('laws.augment', laws.augment(Data.mixup({ alpha: 0.2 }), { mixes: true })),
  subject(
    'laws.training',
    laws.training({
      start: () => 1,
      epoch: () => (state) => state,
      weights: () => [],
      text: () => text,
      watched: () => (state) => state,
      loss: () => 1,
    }),
  ),
  subject('laws.inspection', laws.inspection({ of: () => [], determination: () => 1 })),
  subject(
    'laws.diagnosis',
    laws.diagnosis({
      of: () => [],
      limits: { vanishing: 0.01, exploding: 100, saturated: 0.5, dying: 0.4, leakingTarget: 0.95, deadInput: 1 },
    }),
  ),
  subject('laws.fold', laws.fold({ kind: 'partition', of: folds }), {
    'where stratified: true': laws.fold({ kind: 'partition', of: folds, stratified: true }),
    'where grouped: true': laws.fold({ kind: 'partition', of: folds, grouped: true }),
    'where times: 3': laws.fold({ kind: 'partition', of: folds, times: 3 }),
    "where kind: 'random' and validation is given": laws.fold({ kind: 'random', of: folds, validation: 0.25 }),
    "where kind: 'time'": laws.fold({ kind: 'time', of: folds }),
    "where kind: 'time' and gap is given": laws.fold({ kind: 'time', of: folds, gap: 2 }),
  }),
  subject('laws.bootstrap', laws.bootstrap({ of: folds })),
  subject('laws.crossValidation', laws.crossValidation({ of: folds })),
  subject('laws.errorEstimate', laws.errorEstimate({ of: folds })),
  subject('laws.interval', laws.interval({ of: folds })),
  subject('laws.biasVariance', laws.biasVariance({ of: folds })),
  subject('laws.zeroOneBiasVariance', laws.zeroOneBiasVariance({ of: folds })),
  subject('laws.learningCurve', laws.learningCurve({ of: folds })),
  subject('laws.importance', laws.importance({ of: folds })),
  subject('laws.space', laws.space(dice), {
    'where points are given': laws.space({ ...dice, points: fc.constant({ eyes: 1 }) }),
  }),
  subject('laws.search', laws.search({ make: trials.make }), {
    'where anyOrder: true': laws.search({ make: trials.make, anyOrder: true }),
    'where drawn: true': laws.search({ make: trials.make, drawn: true }),
    'where distinct: true': laws.search({ make: trials.make, distinct: true }),
    'where even is given': laws.search({ make: trials.make, even: trials.even }),
    'where learning is given': laws.search({ make: trials.make, learning: trials.learning }),
  }),
  subject('laws.trial', laws.trial({ make: () => E.right(() => E.right({ value: 0, state: '' })), learnt: () => [] })),
  subject('laws.network', laws.network(Network.someNetwork(Network.init(Layer.dense(2, 1), Key.fromSeed(1))))),
  subject('laws.ops', laws.ops({ ops: Ops.reference, write: (x) => x, read: (x) => x })),
  subject(
    'laws.engine',
    laws.engine(() => Engine.create()),
  ),
  subject('laws.monoid', laws.monoid(N.MonoidSum, fc.integer())),
  subject('laws.eq', laws.eq(N.Eq, fc.integer(), { expected: (a, b) => a === b })),
  subject('laws.codec', laws.codec({ encode: (x: number) => x, decode: (x) => E.right(Number(x)) }, fc.integer())),
];
