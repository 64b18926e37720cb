/** Losses and slopes for the control of L-BFGS: as a search meets them, and as it had better not. */
import * as fc from 'fast-check';
import type { LbfgsConfig } from '../../src/optimizer/lbfgs/lbfgs.ts';
import type { About } from './lbfgs-book.ts';

const RAW = [0, -1, 1, 1e200, -1e200, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
const squares = fc.constantFrom(1, 4, 0.25, 1e-300, 1e300, 0, Number.POSITIVE_INFINITY, Number.NaN);

/** How a loss is drawn: on the line that the slope at the start draws, so many times as far down as it says; where the
 * conditions change; or far above. */
const VALUES = ['enough', 'start', 'low', 'lower', 'steep'] as const;
/** How a slope is drawn: as a part of that at the start; or as what the second condition just allows. */
const SLOPES = ['up', 'down'] as const;

/** A point to be measured. */
export interface Drawn {
  readonly value: number | (typeof VALUES)[number] | { readonly raw: number };
  readonly slope: number | (typeof SLOPES)[number] | { readonly raw: number };
  readonly gradientSquare: number;
  readonly sy: number;
  readonly ss: number;
  readonly yy: number;
  /** The slope along the direction that follows. */
  readonly ahead: number;
}

export const PLAIN: Omit<Drawn, 'value' | 'slope'> = { gradientSquare: 4, sy: 1, ss: 1, yy: 2, ahead: -1 };

const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });
const raw = fc.constantFrom(...RAW).map((x) => ({ raw: x }));

/** Points that are seldom accepted, so that searches are long. */
const calm: fc.Arbitrary<Drawn> = fc.record({
  value: fc.oneof(
    { weight: 6, arbitrary: between(-0.5, 2) },
    { weight: 9, arbitrary: fc.constantFrom(...VALUES) },
    { weight: 1, arbitrary: raw },
  ),
  slope: fc.oneof(
    { weight: 4, arbitrary: between(0.3, 2) },
    { weight: 4, arbitrary: between(-2, -0.3) },
    { weight: 1, arbitrary: fc.constantFrom(...SLOPES) },
  ),
  gradientSquare: fc.constant(4),
  sy: fc.constantFrom(1, 2, -1),
  ss: fc.constant(1),
  yy: fc.constantFrom(1, 3),
  ahead: fc.constantFrom(-1, -0.25, -3, -16),
});

/** Points of which anything may be so small, large or none that it is at the edge of what is asked for. */
const wild: fc.Arbitrary<Drawn> = fc.record({
  value: fc.oneof(between(-0.5, 2), fc.constantFrom(...VALUES), raw),
  slope: fc.oneof(between(-1.5, 2), fc.constantFrom(...SLOPES), raw),
  gradientSquare: fc.constantFrom(4, 4, 4, 0.26, 0.25, 0.2, 0, Number.NaN, Number.POSITIVE_INFINITY),
  sy: fc.oneof(between(0.1, 3), fc.constantFrom(1e-8, 1.005e-8, 2e-8, 4e-8, -1, 0, Number.NaN)),
  ss: fc.oneof(fc.constant(1), squares),
  yy: fc.oneof(fc.constant(1), squares),
  ahead: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(-1, -0.25) },
    { weight: 1, arbitrary: fc.constantFrom(0, 1, 1e-300, Number.NaN, Number.NEGATIVE_INFINITY, -1e300, -1e-320) },
  ),
});

const configs = (curvatures: readonly number[]): fc.Arbitrary<LbfgsConfig> =>
  fc.record({
    memory: fc.integer({ min: 1, max: 3 }),
    sufficientDecrease: fc.constantFrom(1e-4, 0.04),
    curvature: fc.constantFrom(...curvatures),
    maximumTrials: fc.constantFrom(1, 2, 5, 25, 25),
    tolerance: fc.constantFrom(0, 0.5),
  });

export type Course = readonly [config: LbfgsConfig, drawn: readonly Drawn[]];

/** Long searches, wild ones, and both. */
export const courses: fc.Arbitrary<Course> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.tuple(configs([0.05, 0.9]), fc.array(calm, { minLength: 12, maxLength: 24, size: 'max' })),
  },
  { weight: 1, arbitrary: fc.tuple(configs([0.5, 0.9]), fc.array(wild, { minLength: 5, maxLength: 15, size: 'max' })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        configs([0.5, 0.9]),
        fc.array(calm, { minLength: 1, maxLength: 4 }),
        fc.array(wild, { minLength: 1, maxLength: 3 }),
      )
      .map(([config, before, after]): Course => [config, [...before, ...after, ...before]]),
  },
);

export const valueOf = ({ value }: Drawn, { step, start, low }: About, { sufficientDecrease }: LbfgsConfig): number => {
  if (typeof value === 'number') return start.value + value * step * start.slope;
  if (value === 'start') return start.value;
  if (value === 'low') return low.value;
  const enough = start.value + sufficientDecrease * step * start.slope;
  if (value === 'enough') return enough;
  if (value === 'lower') return Math.min(low.value, enough) - 0.5;
  if (value === 'steep') return start.value + 1e9 * step;
  return value.raw;
};

export const slopeOf = ({ slope }: Drawn, { start }: About, { curvature }: LbfgsConfig): number => {
  if (typeof slope === 'number') return slope * start.slope;
  if (slope === 'up') return -curvature * start.slope;
  if (slope === 'down') return curvature * start.slope;
  return slope.raw;
};
