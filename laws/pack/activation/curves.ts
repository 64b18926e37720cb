/** Laws of an activation's meaning: its formula and derivative, transcribed in plain numbers. */
import * as fc from 'fast-check';
import type { Unshaped } from '../../../src/layer/layer.ts';
import { type Dtype, round } from '../../../src/scalar/dtype.ts';
import * as Key from '../../../src/tensor/key.ts';
import { full, type Tensor } from '../../../src/tensor/tensor.ts';
import { entries, type Form, showPath } from '../../../src/tensor/tree.ts';
import { all, holds, type Law, law, lawOf, type Verdict } from '../../law.ts';
import type { Bench } from '../../layer/case.ts';
import { exact } from '../../layer/error-ops.ts';
import { allowed } from '../layer/expected.ts';
import { bounded, VAGUE, vacuous } from '../layer/formats.ts';
import { applied, benchAt } from './element.ts';

/** A function of a number, and of the activation's parameters: every leaf under its path. */
export type Curve = (x: number, params: Readonly<Record<string, readonly number[]>>) => number;

/** An activation, transcribed. */
export interface Curves {
  readonly value: Curve;
  /** Its derivative in x. */
  readonly slope?: Curve;
  /** Where the derivative jumps: there the slope is not compared. */
  readonly kinks?: readonly number[];
}

interface Place {
  readonly dtype: Dtype;
  readonly x: number;
  readonly key: Key.Key;
}

/** From −30 to 30, closer to 0 where most of them bend, and tiny; they shrink to whole numbers, and these to 0. */
const numbers = fc
  .record({
    grain: fc.constantFrom('wholes', 'eighths', 'millionths', 'near 0', 'millionths', 'near 0', 'tiny'),
    millionths: fc.integer({ min: -30_000_000, max: 30_000_000 }),
  })
  .map(({ grain, millionths }) => {
    switch (grain) {
      case 'wholes':
        return Math.round(millionths / 1e6) + 0;
      case 'eighths':
        return Math.round(millionths / 125e3) / 8 + 0;
      case 'near 0':
        return millionths / 8e6;
      case 'tiny':
        return millionths * 2 ** -80;
      default:
        return millionths / 1e6;
    }
  });

const paramsOf = ({ layer, params }: Bench<Form, Form>): Readonly<Record<string, readonly number[]>> =>
  Object.fromEntries(
    entries<Form, Tensor>(layer.parameters.tree, params).map(([path, { data }]) => [showPath(path), Array.from(data)]),
  );

/** All finite numbers of a format, the greatest among them. */
const EXTREMES: Readonly<Record<Dtype, readonly number[]>> = {
  f32: [3.4028234663852886e38, 1e38, 1e20, 1e4, 100, 2 ** -149, 0],
  f64: [Number.MAX_VALUE, 1e300, 1e155, 1e4, 800, Number.MIN_VALUE, 0],
};

/** The laws of a transcription. */
export const curveLaws = (
  of: Unshaped<Form, Form>,
  { value, slope, kinks = [] }: Curves,
  dtypes: readonly Dtype[],
  { runs, tolerance }: { readonly runs: number; readonly tolerance: number },
): readonly Law[] => {
  const places: fc.Arbitrary<Place> = fc
    .record({ dtype: fc.constantFrom(...dtypes), x: numbers, key: fc.nat().map(Key.fromSeed) })
    .map((place) => ({ ...place, x: round(place.dtype)(place.x) }));
  const at = ({ dtype, x, key }: Place) => {
    const bench = benchAt(of, [1], key);
    const given = full(dtype, [1, 1], x);
    return { bench, run: applied(bench, given), limits: bounded({ ...bench, x: full('f64', [1, 1], x) }) };
  };
  const near = (dtype: Dtype, expected: number, received: number, e: number, where: string): Verdict => {
    const bound = tolerance * allowed(dtype, { v: expected, e });
    return Math.abs(expected - received) <= bound
      ? undefined
      : {
          expected: `${expected}`,
          received: `${received}`,
          where,
          tolerance: `${bound}, by running error analysis in ${dtype}`,
        };
  };
  return [
    law(
      'formula',
      'the value is that of the formula, transcribed in plain numbers, within rounding',
      places,
      (place) => {
        const { bench, run, limits } = at(place);
        if (vacuous([limits.y])) return VAGUE;
        const expected = value(place.x, paramsOf(bench));
        return near(place.dtype, expected, run.y.data[0] ?? NaN, limits.y.error.data[0] ?? NaN, `f(${place.x})`);
      },
      { runs, formula: '|f(x) − transcription(x)| ≤ running error bound' },
    ),
    ...(slope === undefined
      ? []
      : [
          law(
            'slope',
            'the gradient of 1 is the derivative of the formula, transcribed, within rounding, away from kinks',
            places,
            (place) => {
              const { dtype, x } = place;
              if (kinks.includes(x)) return { excluded: 'a kink' };
              const { bench, run, limits } = at(place);
              const limit = limits.pullback(exact(full('f64', [1, 1], 1))).dx;
              if (vacuous([limit])) return VAGUE;
              const { dx } = run.pullback(full(dtype, [1, 1], 1));
              return near(dtype, slope(x, paramsOf(bench)), dx.data[0] ?? NaN, limit.error.data[0] ?? NaN, `f′(${x})`);
            },
            { runs, formula: "|f'(x) − transcription'(x)| ≤ running error bound" },
          ),
        ]),
    lawOf(
      'finite at extremes',
      'at every finite number, to the greatest, value and gradient are finite, but where the value itself overflows',
      dtypes.flatMap((dtype) =>
        EXTREMES[dtype].flatMap((x) => [x, -x]).map((x) => ({ dtype, x, key: Key.fromSeed(1) })),
      ),
      (place) => {
        const { dtype, x } = place;
        const bench = benchAt(of, [1], place.key);
        const expected = round(dtype)(value(x, paramsOf(bench)));
        if (!Number.isFinite(expected)) return { excluded: 'the value itself overflows' };
        const run = applied(bench, full(dtype, [1, 1], x));
        const { dx } = run.pullback(full(dtype, [1, 1], 1));
        return all(
          ...[run.y, dx].map((found, i) =>
            holds(
              Number.isFinite(found.data[0]),
              i === 0 ? `${expected}` : 'a finite number',
              `${found.data[0]}`,
              `${i === 0 ? 'f' : 'f′'}(${x}) in ${dtype}`,
            ),
          ),
        );
      },
      { formula: '|x| < ∞ and |f(x)| < ∞ ⇒ computed |f(x)|, |f′(x)| < ∞' },
    ),
  ];
};
