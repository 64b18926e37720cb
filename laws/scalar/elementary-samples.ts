/** Where elementary functions are tried: the places where their bodies change, the ends of their ranges, anywhere. */
import * as fc from 'fast-check';
import { type Dtype, round } from '../../src/scalar/dtype.ts';
import type { ElementaryUnary } from '../../src/scalar/expr.ts';

export const elementaryNames: readonly ElementaryUnary[] = [
  'exp',
  'expm1',
  'log',
  'log1p',
  'tanh',
  'sigmoid',
  'softplus',
  'erf',
  'sin',
  'cos',
];

/** The number of a format with these bits. */
export const fromBits = (dtype: Dtype, bits: bigint): number => {
  const view = new DataView(new ArrayBuffer(8));
  if (dtype === 'f64') {
    view.setBigUint64(0, bits);
    return view.getFloat64(0);
  }
  view.setUint32(0, Number(bits));
  return view.getFloat32(0);
};

const toBits = (dtype: Dtype, x: number): bigint => {
  const view = new DataView(new ArrayBuffer(8));
  if (dtype === 'f64') {
    view.setFloat64(0, x);
    return view.getBigUint64(0);
  }
  view.setFloat32(0, x);
  return BigInt(view.getUint32(0));
};

/** The number that is so many places further up the format (down where negative) than a number that is not near 0. */
export const neighbour =
  (dtype: Dtype, steps: number) =>
  (x: number): number =>
    fromBits(dtype, toBits(dtype, x) + BigInt(x < 0 ? -steps : steps));

const whole = (from: number, to: number, step = 1): readonly number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);

const mirrored = (xs: readonly number[]): readonly number[] => xs.flatMap((x) => [x, -x]);

/** Halfway between multiples of ln 2, where the exponential's reduction steps. */
const exponentSteps = (from: number, to: number, step = 1): readonly number[] =>
  whole(from, to, step).map((k) => (k + 0.5) * Math.LN2);
/** √2·2ᵏ, where the logarithm's reduction steps. */
const logarithmSteps = (from: number, to: number, step = 1): readonly number[] =>
  whole(from, to, step).map((k) => Math.SQRT2 * 2 ** k);

/** Where a body goes from one piece to the next: the branches and the steps of the reductions. */
export const breakpoints = (dtype: Dtype, name: ElementaryUnary): readonly number[] => {
  const wide = dtype === 'f64';
  const quarters = whole(0, wide ? 1048575 : 8190, wide ? 6553 : 63).map((k) => ((k + 0.5) * Math.PI) / 2);
  switch (name) {
    case 'exp':
      return wide ? exponentSteps(-1074, 1023, 3) : exponentSteps(-149, 127);
    case 'expm1':
      return wide ? [...exponentSteps(-57, 60), ...exponentSteps(1000, 1023)] : exponentSteps(-25, 127);
    case 'log':
      return wide ? logarithmSteps(-1073, 1023, 3) : logarithmSteps(-148, 127);
    case 'log1p':
      return logarithmSteps(-50, wide ? 1023 : 127, 1)
        .map((x) => x - 1)
        .filter((x) => x > -1 && x !== 0);
    case 'tanh':
      return mirrored([
        wide ? 0.625 : 0.7000018954277039,
        wide ? 20 : 10,
        ...exponentSteps(0, wide ? 56 : 27).map((x) => x / 2),
      ]);
    case 'sigmoid':
    case 'softplus':
      return mirrored([0.5, ...(wide ? exponentSteps(0, 1073, 3) : exponentSteps(0, 148))]);
    case 'erf':
      return mirrored([0.92, wide ? 6 : 4]);
    case 'sin':
    case 'cos':
      return mirrored(quarters);
  }
};

/** Multiples of π/2 as near as the format comes, where sin or cos is all that the reduction leaves. */
const crossings = (dtype: Dtype, name: ElementaryUnary): fc.Arbitrary<number> | undefined =>
  name === 'sin' || name === 'cos'
    ? fc
        .tuple(fc.integer({ min: 1, max: dtype === 'f64' ? 1048576 : 8190 }), fc.integer({ min: -2, max: 2 }))
        .map(([k, steps]) => neighbour(dtype, steps)(round(dtype)((k * Math.PI) / 2)))
    : undefined;

/** The ends of ranges: where results overflow, vanish or saturate, and where a domain ends. */
const ends: readonly number[] = [
  709.782712893384, 710, 745.1332191019411, 745.5, 708.3964185322641, 36.7, 37.43, 40, 18.4, 19.1, 5.92, 6, 0.999999, 1,
  1647099, 1647098.9,
];

const any64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }).map((bits) => fromBits('f64', bits));
const subnormal64 = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 1n, max: (1n << 52n) - 1n }))
  .map(([negative, bits]) => (negative ? -1 : 1) * fromBits('f64', bits));
/** Sizes where the functions bend, evenly in the exponent. */
const moderate64 = fc
  .tuple(fc.boolean(), fc.integer({ min: -40, max: 10 }), fc.bigInt({ min: 0n, max: (1n << 52n) - 1n }))
  .map(([negative, e, bits]) => (negative ? -1 : 1) * fromBits('f64', (BigInt(e + 1023) << 52n) | bits));

/** Numbers of f64 that try a function. */
export const samples64 = (name: ElementaryUnary): fc.Arbitrary<number> => {
  const corner = fc
    .tuple(fc.constantFrom(...breakpoints('f64', name), ...mirrored(ends)), fc.integer({ min: -64, max: 64 }))
    .map(([x, steps]) => neighbour('f64', steps)(x));
  return fc.oneof(
    { weight: 4, arbitrary: moderate64 },
    { weight: 4, arbitrary: corner },
    { weight: 4, arbitrary: crossings('f64', name) ?? corner },
    { weight: 1, arbitrary: any64 },
    { weight: 1, arbitrary: subnormal64 },
  );
};

/** Any number of f32. */
export const any32: fc.Arbitrary<number> = fc
  .integer({ min: 0, max: 2 ** 32 - 1 })
  .map((bits) => fromBits('f32', BigInt(bits)));
/** Numbers of f32 between 2⁻¹² and 2⁷ and around the breakpoints of a function. */
export const samples32 = (name: ElementaryUnary): fc.Arbitrary<number> =>
  fc.oneof(
    fc
      .tuple(fc.boolean(), fc.integer({ min: 115 * 2 ** 23, max: 135 * 2 ** 23 }))
      .map(([negative, bits]) => (negative ? -1 : 1) * fromBits('f32', BigInt(bits))),
    fc
      .tuple(fc.constantFrom(...breakpoints('f32', name)), fc.integer({ min: -64, max: 64 }))
      .map(([x, steps]) => neighbour('f32', steps)(Math.fround(x))),
    crossings('f32', name) ?? any32,
    any32,
  );

/** Bases of every size and near 1, exponents so that the power mostly stays in range. */
export const powers = (dtype: Dtype): fc.Arbitrary<readonly [number, number]> => {
  const [lowest, highest, span] = dtype === 'f64' ? [-1074, 1023, 1080] : [-149, 127, 152];
  const places = dtype === 'f64' ? 52 : 23;
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  const base = fc.oneof(
    fc.tuple(fc.integer({ min: lowest, max: highest }), unit).map(([e, u]) => (1 + u * 0.999) * 2 ** e),
    fc.tuple(fc.integer({ min: -places, max: 0 }), unit).map(([e, u]) => 1 + (u - 0.5) * 2 ** e),
  );
  const exponent = fc.double({ min: -span, max: span, noNaN: true });
  return fc
    .oneof(
      fc.tuple(base, exponent).map(([x, e]): readonly [number, number] => [x, x === 1 ? e : e / Math.log2(x)]),
      fc.tuple(base, fc.constantFrom(0.5, 2, 3, -1, -1.5, 1 / 3, 10)),
      fc.tuple(
        base.map((x) => -x),
        fc.integer({ min: -60, max: 60 }).map((n) => n || 1),
      ),
    )
    .map(([x, y]): readonly [number, number] => [round(dtype)(x), round(dtype)(y)]);
};
