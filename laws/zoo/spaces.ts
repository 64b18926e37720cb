/** Wrong spaces of hyperparameters. */
import * as fc from 'fast-check';
import { fromSeed, uniform } from '../../src/tensor/key.ts';
import type { LawSet } from '../law.ts';
import { type SpaceSubject, space } from '../pack/space.ts';
import type { Broken } from './broken.ts';

const dimensions: SpaceSubject['dimensions'] = {
  rate: { kind: 'logUniform', low: 1e-4, high: 1e-1 },
  layers: { kind: 'integer', low: 1, high: 3 },
  optimizer: { kind: 'choice', options: ['adam', 'momentum'] },
  momentum: {
    kind: 'conditional',
    on: 'optimizer',
    values: ['momentum'],
    dimension: { kind: 'uniform', low: 0, high: 1 },
  },
};

type Values = Readonly<Record<string, unknown>>;
const isValues = (u: unknown): u is Values => typeof u === 'object' && u !== null;

const places = (seed: number): readonly number[] => Array.from(uniform([4], 'f64')(fromSeed(seed)).data);

/** The point at a place, by hand. */
const pointAt = ([a = 0, b = 0, c = 0, d = 0]: readonly number[]): Values => ({
  rate: 1e-4 * 1000 ** a,
  layers: 1 + Math.floor(3 * b),
  optimizer: c < 0.5 ? 'adam' : 'momentum',
  ...(c < 0.5 ? {} : { momentum: d }),
});

const number = (u: unknown, low: number, high: number): u is number => typeof u === 'number' && u >= low && u <= high;

const within = (u: unknown): boolean =>
  isValues(u) &&
  number(u.rate, 1e-4, 1e-1) &&
  number(u.layers, 1, 3) &&
  Number.isInteger(u.layers) &&
  (u.optimizer === 'momentum' ? number(u.momentum, 0, 1) : u.optimizer === 'adam' && !('momentum' in u)) &&
  Object.keys(u).every((name) => name in dimensions);

const plain: SpaceSubject = {
  dimensions,
  within,
  sample: (seed) => pointAt(places(seed)),
  decode: (json) => (within(json) ? json : undefined),
};

const changed = (change: (values: Values, at: readonly number[], seed: number) => Values): SpaceSubject => ({
  ...plain,
  sample: (seed) => change(pointAt(places(seed)), places(seed), seed),
});

/** Points for tests, from places on a grid as fine as 2⁻²⁰. */
const points = fc
  .array(fc.nat(2 ** 20 - 1), { minLength: 4, maxLength: 4 })
  .map((at) => pointAt(at.map((place) => place / 2 ** 20)));

/** Points of a seed that shrink as they are told. */
const shrinking = (shrink: (point: Values) => readonly Values[]): SpaceSubject => {
  const own: fc.Arbitrary<unknown> = Object.create(fc.nat(2 ** 31 - 1).map((seed) => pointAt(places(seed))));
  return {
    ...plain,
    points: Object.assign(own, {
      shrink: (point: unknown) =>
        fc.Stream.of(...(isValues(point) ? shrink(point) : []).map((next) => new fc.Value(next, undefined))),
    }),
  };
};

/** The one number between another and a number, where it is not yet there. */
const halfway = (from: unknown, to: number): readonly number[] =>
  typeof from !== 'number' || Math.abs(from - to) < 1e-3 ? [] : [to, (from + to) / 2];

export const broken: readonly Broken[] = [
  {
    name: 'a log-uniform dimension that is uniform',
    fault: 'the rate is drawn between its bounds, its logarithm not looked at',
    law: 'values have their shares',
    laws: space(changed((values, [a = 0]) => ({ ...values, rate: 1e-4 + a * (1e-1 - 1e-4) }))),
  },
  {
    name: 'whole numbers without the last',
    fault: 'the upper bound is taken for the first that is not there',
    law: 'values have their shares',
    laws: space(changed((values, [, b = 0]) => ({ ...values, layers: 1 + Math.floor(2 * b) }))),
  },
  {
    name: 'whole numbers rounded to the nearest',
    fault: 'the bounds are half as likely as what is between',
    law: 'values have their shares',
    laws: space(changed((values, [, b = 0]) => ({ ...values, layers: 1 + Math.round(2 * b) }))),
  },
  {
    name: 'whole numbers from 0',
    fault: 'the lower bound is forgotten',
    law: 'samples lie in the space',
    laws: space(changed((values, [, b = 0]) => ({ ...values, layers: Math.floor(3 * b) }))),
  },
  {
    name: 'a dimension without its condition',
    fault: 'momentum is there for every optimizer',
    law: 'conditions decide what is there',
    laws: space(changed((values, [, , , d = 0]) => ({ ...values, momentum: d }))),
  },
  {
    name: 'a space that reads a clock',
    fault: 'the rate depends on how often it was asked',
    law: 'the seed decides',
    laws: (() => {
      let asked = 0;
      return space(
        changed((values) => {
          asked += 1;
          return { ...values, rate: 1e-4 + (asked % 999) * 1e-5 };
        }),
      );
    })(),
  },
  {
    name: 'a space that lets anything pass',
    fault: 'what is read from a file is not held to the bounds',
    law: 'what is no point is refused',
    laws: space({ ...plain, decode: (json) => json }),
  },
  {
    name: 'a space that rounds what it reads',
    fault: 'numbers come back with six digits',
    law: 'points come back from JSON',
    laws: space({
      ...plain,
      decode: (json) =>
        within(json) && isValues(json) ? { ...json, rate: Number(Number(json.rate).toPrecision(6)) } : undefined,
    }),
  },
  {
    name: 'points that are one point',
    fault: 'tests are told one point, the simplest, again and again: whatever fails elsewhere is never seen',
    law: 'points differ',
    laws: space({ ...plain, points: fc.constant({ rate: 1e-4, layers: 1, optimizer: 'adam' }) }),
  },
  {
    name: 'points that shrink to zero',
    fault: 'numbers shrink towards 0 as numbers do, and past their lower bounds',
    law: 'points shrink within the space',
    laws: space(
      shrinking((point) => halfway(point.layers, 0).map((layers) => ({ ...point, layers: Math.floor(layers) }))),
    ),
  },
  {
    name: 'points that shrink without their conditions',
    fault: 'the optimizer shrinks to the first one, and its momentum stays',
    law: 'points shrink within the space',
    laws: space(shrinking((point) => (point.optimizer === 'momentum' ? [{ ...point, optimizer: 'adam' }] : []))),
  },
  {
    name: 'points that shrink to themselves',
    fault: 'the lower bound shrinks to the lower bound, for ever',
    law: 'shrinking ends',
    laws: space(shrinking((point) => [{ ...point, rate: 1e-4 }])),
  },
  {
    name: 'points that shrink by their seed',
    fault: 'the seed of a point shrinks to 0, whose point is no simpler than another',
    law: 'shrinks to the simplest point',
    laws: space({ ...plain, points: fc.nat(2 ** 31 - 1).map((seed) => pointAt(places(seed))) }),
  },
  {
    name: 'points that shrink at once or not at all',
    fault: 'there is one point to shrink to, the simplest, and no step between',
    law: 'what is not to blame becomes simple',
    laws: space(shrinking((point) => (point.rate === 1e-4 ? [] : [{ rate: 1e-4, layers: 1, optimizer: 'adam' }]))),
  },
];

export const correct: readonly LawSet[] = [space(plain), space({ ...plain, points })];
