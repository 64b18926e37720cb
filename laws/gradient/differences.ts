/** Differences without extrapolation: the derivative of a function of one number from two and from four of its values. */
import { better, type Estimate, type Method, slope, U, UNKNOWN } from './estimate.ts';

/**
 * The central difference over one step, (F(h) − F(−h))/2h. Its error is h²·F‴/6, which the difference over half the step
 * shows: three quarters of it are gone there.
 *
 * @example
 * ```ts
 * import { centralDifference } from 'nabla-ts/laws';
 * const cube = (t: number) => ({ value: (1 + t) ** 3, magnitude: 1 });
 * centralDifference(cube, 1 / 4) // => { derivative: 3.0625, error: 0.0625 + 2 ** -51, noise: 2 ** -51 }
 * ```
 */
export const centralDifference: Method = (sample, h) => {
  const [whole, half] = [slope(sample, h), slope(sample, h / 2)];
  const left = (4 / 3) * Math.abs(whole.derivative - half.derivative);
  return { derivative: whole.derivative, error: left + whole.noise, noise: whole.noise };
};

/** The five-point stencil: (8(F(h) − F(−h)) − (F(2h) − F(−2h)))/12h, of which the error is of the order h⁴. */
const stencil = (sample: Parameters<Method>[0], h: number): Pick<Estimate, 'derivative' | 'noise'> => {
  const [near, far] = [slope(sample, h), slope(sample, 2 * h)];
  const derivative = (4 * near.derivative - far.derivative) / 3;
  return { derivative, noise: (4 * near.noise + far.noise) / 3 + 4 * U * Math.abs(derivative) };
};

/** Halving a step this often takes h⁴ below the roundoff. */
const HALVINGS = 14;

/**
 * The five-point stencil over ±h and ±h/2, over steps halved for as long as that helps: the error left by the step falls
 * by 16 with each halving, which the change from one to the next shows, and what rounding does doubles.
 *
 * @example
 * ```ts
 * import { fivePoint } from 'nabla-ts/laws';
 * const sine = (t: number) => ({ value: Math.sin(1 + t), magnitude: 1 });
 * Math.abs(fivePoint(sine, 1 / 8).derivative - Math.cos(1)) < 1e-12 // => true
 * ```
 */
export const fivePoint: Method = (sample, h) => {
  let best = UNKNOWN;
  let coarser = stencil(sample, h / 2);
  for (let halving = 2; halving <= HALVINGS; halving++) {
    const finer = stencil(sample, h / 2 ** halving);
    // Where rounding alone is worse than the best so far, a smaller step can only be worse still.
    if (finer.noise > best.error) break;
    // A change of δ leaves δ/15; all of it is taken, since far from step 0 the error does not yet fall by 16.
    const error = Math.abs(finer.derivative - coarser.derivative) + finer.noise;
    best = better(best, { ...finer, error });
    coarser = finer;
  }
  return best;
};
