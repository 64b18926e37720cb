/** The laws of a space of hyperparameters. */
import * as fc from 'fast-check';
import type { Dimensions, Simple } from '../../src/search/space/dimension.ts';
import { all, code, holds, type LawSet, law, type Verdict } from '../law.ts';
import { difference } from './difference.ts';
import { type PackOptions, packed, runsOf } from './options.ts';
import { expectedThere, type Fields, inside, isRecord, simpleOf, text } from './space/point.ts';
import { shrinkingLaws } from './space/shrinking.ts';

/** A space: what its dimensions are meant to be, and how it samples, judges and reads its points. */
export interface SpaceSubject {
  readonly dimensions: Dimensions;
  /** The point of a seed. */
  readonly sample: (seed: number) => unknown;
  /** Whether something is a point. */
  readonly within: (u: unknown) => boolean;
  /** A point from JSON; undefined where it is none. */
  readonly decode: (json: unknown) => unknown;
  /** Points for tests, where there are such: what they shrink to is then held to the space as well. */
  readonly points?: fc.Arbitrary<unknown>;
}

/** Statements that are true of a value of a dimension with a known probability. */
const eventsOf = (dimension: Simple): ReadonlyArray<readonly [string, number, (value: unknown) => boolean]> => {
  switch (dimension.kind) {
    case 'fixed':
      return [];
    case 'choice':
      return dimension.options.map((option) => [
        `is ${text(option)}`,
        1 / dimension.options.length,
        (value) => text(value) === text(option),
      ]);
    case 'integer': {
      const { low, high } = dimension;
      const count = high - low + 1;
      // The ends, the quarters, and the values next to the ends.
      const limits = new Set([low + 1, ...[0.25, 0.5, 0.75, 1].map((part) => low + Math.ceil(part * count) - 1)]);
      return [...limits].map((limit) => [`is below ${limit}`, (limit - low) / count, (value) => Number(value) < limit]);
    }
    default: {
      const { low, high } = dimension;
      return [0.25, 0.5, 0.75].map((part) => {
        const limit =
          dimension.kind === 'uniform'
            ? low + part * (high - low)
            : Math.exp(Math.log(low) + part * Math.log(high / low));
        return [`is below ${limit}`, part, (value) => Number(value) < limit];
      });
    }
  }
};

const DRAWS = 5000;
/** Hoeffding: a share of n draws leaves its chance by more than t with probability 2·exp(−2nt²), which is 1e-15 here. */
const away = (n: number): number => Math.sqrt(Math.log(2e15) / (2 * n));

/** Points that are none: a field too many, one too few, a value on either side of a bound. */
const strangers = (dimensions: Dimensions, point: Fields): readonly Fields[] => [
  { ...point, 'no such dimension': 1 },
  ...Object.keys(point).map((name) => Object.fromEntries(Object.entries(point).filter(([other]) => other !== name))),
  ...Object.entries(point).flatMap(([name, value]) => {
    const dimension = dimensions[name];
    const simple = dimension === undefined ? undefined : simpleOf(dimension);
    if (simple === undefined || simple.kind === 'fixed' || simple.kind === 'choice')
      return [{ ...point, [name]: 'no such option' }];
    return [simple.low - 1, simple.high + 1, Number.NaN, String(value)].map((other) => ({ ...point, [name]: other }));
  }),
];

/**
 * The laws of anybody's space: samples lie in it, hold a conditional dimension exactly where its condition holds, come back
 * from JSON, follow the distributions that the dimensions say, and what is no point is refused; points that shrink stay in
 * the space, and become simple.
 *
 * @example
 * ```ts
 * import { Space } from 'nabla-ts';
 * import { check, laws } from 'nabla-ts/laws';
 * const isPoint = (u: unknown) => [1, 2, 3].some((eyes) => JSON.stringify(u) === `{"eyes":${eyes}}`);
 * // The upper bound is never drawn.
 * const dice = laws.space({
 *   dimensions: { eyes: Space.integer({ low: 1, high: 3 }) },
 *   sample: (seed) => ({ eyes: 1 + (seed % 2) }),
 *   within: isPoint,
 *   decode: (json) => (isPoint(json) ? json : undefined),
 * });
 * check(dice).filter(({ outcome }) => outcome.tag === 'failed').map(({ law }) => law.name) // => ['values have their shares']
 * ```
 */
export const space = (
  { dimensions, sample, within, decode, points }: SpaceSubject,
  options: PackOptions = {},
): LawSet => {
  const names = Object.keys(dimensions);
  const seeds = fc.nat(2 ** 31 - 1);
  const stated = (name: string, statement: string, formula: string, of: (point: Fields, seed: number) => Verdict) =>
    law(
      name,
      statement,
      seeds,
      (seed) => {
        const point = sample(seed);
        return isRecord(point) ? of(point, seed) : { expected: 'a record', received: code(point) };
      },
      { runs: runsOf(options, 50), formula },
    );
  return packed('space', options, [
    stated('samples lie in the space', 'every value is one of its dimension', 'x ∈ S', (point) =>
      all(
        ...Object.entries(point).map(([name, value]) => {
          const dimension = dimensions[name];
          return holds(
            dimension !== undefined && inside(simpleOf(dimension), value),
            `a value of ${text(dimension)}`,
            code(value),
            name,
          );
        }),
        holds(within(point), 'within the space', 'not so', code(point)),
      ),
    ),
    stated(
      'conditions decide what is there',
      'a dimension is there exactly where its condition holds',
      'xₐ ∈ x ⇔ x_b ∈ V',
      (point) =>
        all(
          ...names.map((name) => {
            const there = expectedThere(dimensions, name, point);
            return holds(Object.hasOwn(point, name) === there, there ? 'there' : 'not there', 'not so', name);
          }),
        ),
    ),
    stated(
      'points come back from JSON',
      'what is written as text and read is the same point',
      'decode(parse(text(x))) = x',
      (point) => difference(point, decode(JSON.parse(JSON.stringify(point))), 'point'),
    ),
    stated(
      'what is no point is refused',
      'a field too many or too few, or a value that is none of its dimension',
      'x ∉ S ⇒ decode(x) = nothing',
      (point) =>
        all(
          ...strangers(dimensions, point).map((other) =>
            holds(!within(other) && decode(other) === undefined, 'a refusal', 'accepted', code(other)),
          ),
        ),
    ),
    stated('the seed decides', 'one seed gives one point', 'x = f(seed)', (point, seed) =>
      difference(point, sample(seed), 'point'),
    ),
    law(
      'values have their shares',
      `over ${DRAWS} seeds, values fall below the quarters of a dimension, or on an option, as often as it says`,
      fc.nat(2 ** 30),
      (first) => {
        const points = Array.from({ length: DRAWS }, (_, i) => sample(first + i)).filter(isRecord);
        return all(
          ...Object.entries(dimensions).flatMap(([name, dimension]) => {
            const there = points.filter((point) => Object.hasOwn(point, name));
            return eventsOf(simpleOf(dimension)).map(([what, chance, event]) => {
              const share = there.filter((point) => event(point[name])).length / Math.max(1, there.length);
              return holds(
                Math.abs(share - chance) <= away(Math.max(1, there.length)),
                `${chance} ± ${away(Math.max(1, there.length))}`,
                `${share}`,
                `${name} ${what}`,
              );
            });
          }),
        );
      },
      { runs: runsOf(options, 1), formula: 'P(x ≤ F⁻¹(q)) = q' },
    ),
    ...(points === undefined ? [] : shrinkingLaws({ dimensions, within, points }, options)),
  ]);
};
