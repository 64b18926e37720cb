/**
 * Ridders' extrapolated central differences (C. J. F. Ridders, Advances in Engineering Software 4, 1982), with the
 * error that rounding makes: a difference over ±h cannot be better than the noise of the function over h, which the
 * textbook's estimate, the change by the last extrapolation alone, does not see.
 */
export interface Derivative {
  readonly value: number;
  readonly error: number;
}

const SHRINK = 1.4;
const STEPS = 10;

/**
 * The derivative of a function at a point, from differences over ±h and smaller steps; `noise` bounds the error of one
 * value of the function.
 */
export const ridders = (f: (x: number) => number, x: number, h: number, noise: number): Derivative => {
  const central = (step: number): number => {
    const [above, below] = [x + step, x - step];
    // Divided by the distance of the numbers that f was given, which differs from 2h by rounding.
    return (f(above) - f(below)) / (above - below);
  };
  let best: Derivative = { value: Number.NaN, error: Number.POSITIVE_INFINITY };
  let previous: readonly number[] = [];
  for (let i = 0; i < STEPS; i++) {
    const step = h / SHRINK ** i;
    const row: number[] = [central(step)];
    // Extrapolation j weighs the two differences it combines by f/(f − 1) and 1/(f − 1) with f = 1.4²ʲ ≥ 1.96, so the
    // noise of a row grows by (f + 1)/(f − 1) each time.
    let rounding = noise / step;
    for (let j = 1; j <= i; j++) {
      const factor = SHRINK ** (2 * j);
      const [finer, coarser] = [row[j - 1] ?? Number.NaN, previous[j - 1] ?? Number.NaN];
      const value = (factor * finer - coarser) / (factor - 1);
      rounding *= (factor + 1) / (factor - 1);
      row.push(value);
      const error = Math.max(Math.abs(value - finer), Math.abs(value - coarser)) + rounding;
      if (error < best.error) best = { value, error };
    }
    previous = row;
  }
  return best;
};
