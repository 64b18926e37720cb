/** Laws of differences: they find derivatives that are known, and know how well. */
import * as fc from 'fast-check';
import { evaluate } from '../../../src/scalar/evaluate.ts';
import { call, input } from '../../../src/scalar/expr.ts';
import { all, holds, type LawSet, law, lawSet, type Verdict } from '../../law.ts';
import { centralDifference, fivePoint } from '../differences.ts';
import type { Method } from '../estimate.ts';
import { ridders } from '../ridders.ts';
import { places, showPlace, U } from './table.ts';

const STEP = 2 ** -3;

/**
 * Each method, and how near it comes over a step of 2⁻³ to functions whose n-th derivatives are at most n!·4ⁿ (their
 * singularities are a quarter away at least): a central difference to h²·f‴/6 ≤ 2⁻⁶·64; five points after some halvings to
 * where h⁴ meets u/h, at u^(4/5) ≈ 2e-13, and a thousandfold for the derivatives; Ridders to 1e-9.
 */
const methods: readonly { readonly name: string; readonly method: Method; readonly within: number }[] = [
  { name: 'central differences', method: centralDifference, within: 1 },
  { name: 'five points', method: fivePoint, within: 2e-10 },
  { name: 'Ridders', method: ridders, within: 1e-9 },
];

const found = ({ name, method, within }: (typeof methods)[number]) =>
  law(
    `${name}: derivatives from a table`,
    `within ${within} of the value, and of its own estimate of the error, a hundredfold`,
    places,
    ([{ name: of, slope }, at]): Verdict => {
      const f = evaluate('f64')(call(of)(input('x')));
      const { derivative, error, noise } = method((t) => {
        const value = f({ x: at + t });
        return { value, magnitude: Math.abs(value) };
      }, STEP);
      const off = Math.abs(derivative - slope(at));
      return all(
        holds(off <= within * (1 + Math.abs(slope(at))), `${slope(at)}`, `${derivative}`),
        holds(noise <= error, `no more noise than error`, `${noise} of ${error}`),
        // The estimate is no bound, but it is of the size of the error; at + t is rounded too, by u·|at| over t.
        holds(off <= 100 * (error + U * at * 2 ** 10), `error at most ${100 * error}`, `${off}`),
      );
    },
    { show: showPlace },
  );

const noise = ({ name, method }: (typeof methods)[number]) =>
  law(
    `${name}: rounding is not mistaken for agreement`,
    'of a function that is noise of size u about 1, the estimate of the error is at least a tenth of the noise over the widest step',
    fc.nat(),
    (seed) => {
      // A rough function of t with values 1 and 1 + 2u: its differences vanish by chance, which agreement alone believes.
      const rough = (t: number): number => (Math.imul(Math.round(t * 2 ** 20) ^ seed, 0x9e3779b1) >>> 31) * 2 * U;
      const { error } = method((t) => ({ value: 1 + rough(t), magnitude: 1 }), STEP);
      return holds(error >= (0.1 * U) / STEP, `at least ${(0.1 * U) / STEP}`, `${error}`);
    },
  );

const polynomials = law(
  'a step that is left out is estimated',
  'of x³ at 1 the central difference over h is 3 + h², and its error is estimated as h²',
  fc.integer({ min: 1, max: 12 }).map((n) => 2 ** -n),
  (h) => {
    const { derivative, error, noise: rounding } = centralDifference((t) => ({ value: (1 + t) ** 3, magnitude: 1 }), h);
    const slack = 16 * rounding;
    return all(
      holds(Math.abs(derivative - 3 - h * h) <= slack, `${3 + h * h}`, `${derivative}`),
      holds(Math.abs(error - h * h) <= slack, `${h * h}`, `${error}`),
    );
  },
);

export const methodLaws: LawSet = lawSet('differences', [...methods.map(found), ...methods.map(noise), polynomials]);
