/** Functions that are no steeper than a constant, which is all that the constructions of this folder ask for. */
import { adopt, buffer, type Tensor } from '../../tensor/tensor.ts';

/** A function on [0, 1] with |f(x) − f(y)| ≤ L·|x − y|, and the width of the network that is to approximate it. */
export interface Approximated {
  readonly f: (x: number) => number;
  /** L. */
  readonly lipschitz: number;
  /** How many hidden units the network has. */
  readonly width: number;
}

/** Throws where the numbers of a construction mean nothing. */
export const checkApproximated = (where: string, { lipschitz, width }: Approximated): void => {
  if (!(lipschitz >= 0 && lipschitz < Number.POSITIVE_INFINITY))
    throw new RangeError(`${where}: ${lipschitz} is not a Lipschitz constant, a finite number of at least 0`);
  if (!Number.isSafeInteger(width) || width < 1)
    throw new RangeError(`${where}: ${width} is not a width, a whole number of at least 1`);
};

/** The values of f at points in ascending order. Throws where one is not finite, or two neighbours are further apart than
 * the constant allows: the bound would not hold. */
export const sample = (where: string, { f, lipschitz }: Approximated, points: readonly number[]): readonly number[] => {
  const values = points.map(f);
  values.forEach((value, i) => {
    const x = points[i] ?? Number.NaN;
    if (!Number.isFinite(value)) throw new RangeError(`${where}: f(${x}) is ${value}`);
    // The first has none before it, and stands beside itself.
    const before = values[i - 1] ?? value;
    const allowed = lipschitz * (x - (points[i - 1] ?? x));
    // Values that are as steep as allowed may be over by their own rounding.
    const rounding = 2 ** -50 * (Math.abs(value) + Math.abs(before) + lipschitz);
    if (Math.abs(value - before) > allowed + rounding)
      throw new RangeError(
        `${where}: f rises by ${value - before} up to ${x}, more than ${allowed} (L = ${lipschitz})`,
      );
  });
  return values;
};

/** A tensor in f64 of given elements. */
export const tensorOf = (shape: readonly number[], elements: readonly number[]): Tensor => {
  const data = buffer('f64', elements.length);
  data.set(elements);
  return adopt(shape, data);
};
