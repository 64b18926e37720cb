/** Laws of clipping. */
import * as fc from 'fast-check';
import { clipByGlobalNorm, clipByNorm } from '../../src/optimizer/transform/clip.ts';
import type { Dtype } from '../../src/scalar/dtype.ts';
import { unitRoundoff } from '../../src/scalar/dtype.ts';
import { dtypes } from '../arbitrary/index.ts';
import { all, law, lawSet, same, type Verdict } from '../law.ts';
import { transformed } from './probes.ts';
import { courses, inFormat, numbersOf } from './problem.ts';

/** Numbers of one size, from those whose squares vanish to those whose squares overflow. */
const wide = (dtype: Dtype): fc.Arbitrary<fc.Arbitrary<number>> =>
  fc
    .constantFrom(...(dtype === 'f32' ? [1e-30, 1e-6, 1, 1e6, 1e30] : [1e-200, 1e-6, 1, 1e6, 1e200]))
    .map((size) =>
      fc.oneof(
        { weight: 5, arbitrary: fc.double({ min: -size, max: size, noNaN: true }) },
        { weight: 1, arbitrary: fc.constantFrom(0, size, -size) },
      ),
    );

const OUTPUTS = 12;

const normCases = dtypes.chain((dtype) =>
  wide(dtype).chain((numbers) =>
    fc.record({
      dtype: fc.constant(dtype),
      course: courses(1, numbers, OUTPUTS),
      limit: fc.constantFrom(...(dtype === 'f32' ? [1e-32, 1e-20, 0.5, 2, 1e20] : [1e-205, 1e-150, 0.5, 2, 1e150])),
      global: fc.boolean(),
    }),
  ),
);

/** The norm, of numbers of any size, and the greatest of them. */
const normOf = (x: readonly number[]): { readonly norm: number; readonly most: number } => {
  const most = Math.max(0, ...x.map(Math.abs));
  return { most, norm: most === 0 ? 0 : most * Math.sqrt(x.reduce((sum, a) => sum + (a / most) ** 2, 0)) };
};

const norms = law(
  'norms of numbers whose squares vanish or overflow',
  'clipByNorm and clipByGlobalNorm shorten them to the limit, number by number, as they do all others',
  normCases,
  ({ dtype, course, limit, global }) => {
    const { params, gradients } = inFormat(dtype, course);
    const gradient = gradients[0] ?? params;
    const clipped = transformed((global ? clipByGlobalNorm : clipByNorm)(limit), params, gradient);
    const u = unitRoundoff(dtype);
    // The squares of n numbers under 16 partial sums: each term rounds once as a square, at most ⌈n/16⌉ times in its lane,
    // 4 times in the tree and once for each of the 2 leaves; the root halves that and rounds. Then a quotient and a
    // product a number. This check's own sum in f64 adds at most 3n·2⁻⁵³.
    const allowed = (n: number): number => u * ((1 + Math.ceil(n / 16) + 4 + 2) / 2 + 1 + 2 + 1) + 3 * n * 2 ** -53;
    // What is so small beside the greatest that its quotient is not a normal number may lose digits, or vanish.
    const lost = dtype === 'f32' ? 2 ** -126 : 2 ** -1022;
    const groups: ReadonlyArray<readonly [string, readonly number[], readonly number[]]> = global
      ? [['all', numbersOf(gradient), numbersOf(clipped)]]
      : [
          ['weight', Array.from(gradient.weight.data), Array.from(clipped.weight.data)],
          ['bias', Array.from(gradient.bias.data), Array.from(clipped.bias.data)],
        ];
    return all(
      ...groups.map(([name, before, after]): Verdict => {
        const { norm, most } = normOf(before);
        const tolerance = allowed(before.length);
        if (norm <= limit * (1 - tolerance))
          return all(...before.map((g, i) => same(g, after[i], `${name}, number ${i}, within the limit`)));
        if (norm <= limit * (1 + tolerance)) return undefined;
        const length = normOf(after).norm;
        return all(
          Math.abs(length - limit) <= limit * tolerance
            ? undefined
            : { expected: `${limit}`, received: `${length}`, where: name, tolerance: `${tolerance}·limit, roundings` },
          ...before.map((g, i): Verdict => {
            const expected = (g / norm) * limit;
            const received = after[i] ?? Number.NaN;
            const off = Math.abs(expected) * (tolerance + 4 * u) + lost * (1 + limit) * (most > 0 ? 2 : 0);
            return Math.abs(expected - received) <= off
              ? undefined
              : {
                  expected: `${expected}`,
                  received: `${received}`,
                  where: `${name}, number ${i}`,
                  tolerance: `${off}`,
                };
          }),
        );
      }),
    );
  },
  { runs: 200 },
);

export const clippingLaws = lawSet('clipping', [norms]);
