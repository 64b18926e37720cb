/** Laws of the normal and of Student's distribution against integrals, closed forms and tables. */
import * as fc from 'fast-check';
import * as Interval from '../../src/search/interval/index.ts';
import { all, holds, type Law, law, lawOf, type Verdict } from '../law.ts';

/** Holds when a number is within a distance of another. */
export const near = (expected: number, received: number, within: number, where?: string): Verdict =>
  holds(Math.abs(expected - received) <= within, `${expected} ± ${within}`, `${received}`, where);

/** Φ(x) by Simpson's rule on 2000 intervals of the density (error below 8⁵·3/(180·2000⁴) < 10⁻¹⁰). */
const integrated = (x: number): number => {
  const [steps, density] = [2000, (t: number) => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI)];
  let sum = density(0) + density(x);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 0 ? 2 : 4) * density((x * i) / steps);
  return 0.5 + (sum * x) / (3 * steps);
};

const distribution = law(
  'normal-distribution',
  'is the integral of the density, and symmetric',
  fc.double({ min: -8, max: 8, noNaN: true }),
  (x) =>
    all(
      near(integrated(x), Interval.normalDistribution(x), 1e-9),
      near(1, Interval.normalDistribution(x) + Interval.normalDistribution(-x), 2 ** -51, 'symmetry'),
    ),
);

const inverse = law(
  'normal-quantile',
  'is the inverse of the distribution, odd about ½',
  fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }),
  (p) => {
    const x = Interval.normalQuantile(p);
    // The distribution has an error of 2⁻⁵², the quantile one of 4·10⁻¹⁶·|x|, of which the density takes at most 0.4.
    return all(
      near(p, Interval.normalDistribution(x), 2e-15),
      // 1 − p is rounded by 2⁻⁵⁴, which the density (above 6e-9 here) makes at most 1e-8.
      near(-x, Interval.normalQuantile(1 - p), 1e-7, '1 − p'),
    );
  },
);

const table = lawOf<readonly [number, number]>(
  'normal-table',
  'quantiles to 16 digits (from 40-digit arithmetic), into the far tail',
  [
    [0.5, 0],
    [0.975, 1.9599639845400538],
    [0.025, -1.9599639845400543],
    [0.9, 1.2815515655446006],
    [0.07, -1.4757910281791706],
    [1e-5, -4.264890793922825],
    [1e-8, -5.612001244174789],
    [1e-10, -6.361340902404056],
    [1e-12, -7.034483825301132],
    [1e-20, -9.262340089798407],
    [1e-100, -21.273453560965326],
    [1e-300, -37.0470962993612],
  ],
  // What the approximation promises, 1e-16, and the rounding of some twenty operations that mostly cancels: measured 4e-16.
  ([p, x]) => near(x, Interval.normalQuantile(p), Math.abs(x) * 1e-15, `p = ${p}`),
);

const students = law(
  'student-closed-forms',
  'quantiles of 1, 2 and 4 degrees of freedom have closed forms',
  fc.double({ min: 0.001, max: 0.999, noNaN: true }),
  (p) => {
    const alpha = 4 * p * (1 - p);
    const four =
      2 * Math.sign(p - 0.5) * Math.sqrt(Math.max(0, Math.cos(Math.acos(Math.sqrt(alpha)) / 3) / Math.sqrt(alpha) - 1));
    const is = (n: number, expected: number): Verdict =>
      // Where p is near ½ the closed form of 4 cancels: 2⁻⁵³ under a root.
      near(expected, Interval.studentQuantile(n)(p), 1e-9 * Math.abs(expected) + (n === 4 ? 1e-7 : 1e-12), `n = ${n}`);
    return all(is(1, Math.tan(Math.PI * (p - 0.5))), is(2, (2 * p - 1) / Math.sqrt(2 * p * (1 - p))), is(4, four));
  },
);

const tables = lawOf<readonly [number, number, number]>(
  'student-table',
  'quantiles to the three decimals of every textbook',
  [
    [1, 0.975, 12.706],
    [3, 0.975, 3.182],
    [4, 0.95, 2.132],
    [5, 0.995, 4.032],
    [9, 0.975, 2.262],
    [10, 0.9, 1.372],
    [20, 0.975, 2.086],
    [30, 0.995, 2.75],
    [100, 0.975, 1.984],
    [1000, 0.975, 1.962],
    [1001, 0.975, 1.962],
    [10_000_000, 0.975, 1.96],
  ],
  ([n, p, t]) =>
    all(
      near(t, Interval.studentQuantile(n)(p), 0.0005, `n = ${n}, p = ${p}`),
      near(-t, Interval.studentQuantile(n)(1 - p), 0.0005, `n = ${n}, 1 − p`),
    ),
);

const expanded = lawOf<readonly [number, number, number]>(
  'student-expansion',
  'quantiles of about a thousand degrees of freedom and more, by series and by solving, from 30-digit arithmetic',
  [
    [999, 0.9995, 3.3002924403987666],
    [1001, 0.9995, 3.3002728760660403],
    [1001, 0.975, 1.9623367052808796],
    [5000, 0.9995, 3.2924737233708825],
  ],
  // The first term that is left out is below 10⁻¹⁰ here, as is what a thousand roundings leave in a tail of 0.0005.
  ([n, p, t]) => near(t, Interval.studentQuantile(n)(p), 2e-10, `n = ${n}, p = ${p}`),
);

const seam = law(
  'student-seam',
  'falls with the degrees of freedom, also where the expansion takes over (after 1000)',
  fc.tuple(fc.integer({ min: 2, max: 2000 }), fc.double({ min: 0.6, max: 0.9995, noNaN: true })),
  ([n, p]) => {
    const [t, next] = [Interval.studentQuantile(n)(p), Interval.studentQuantile(n + 1)(p)];
    const z = Interval.normalQuantile(p);
    return holds(t > next - 1e-9 * t && next > z - 1e-9 * z, `t falling towards ${z}`, `${t}, then ${next}`);
  },
  { runs: 20 },
);

/** The laws of distributions. */
export const distributions: readonly Law[] = [distribution, inverse, table, students, tables, expanded, seam];
