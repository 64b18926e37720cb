/**
 * How far two evaluations of one formula in floating point may be apart, in the Frobenius norm: a bound is carried from
 * operation to operation. Higher orders of the roundoff are kept, so that a bound is never short of them.
 */
import type { Tensor } from '../../src/tensor/tensor.ts';

/** Of a value of two evaluations: neither's norm is above `norm`, their difference's not above `off`. */
export interface Bound {
  readonly norm: number;
  readonly off: number;
}

/** The norm, itself rounded by some 1e-12 of it, which is added. */
export const norm = (numbers: ArrayLike<number>): number =>
  Math.sqrt(Array.from(numbers).reduce((sum, x) => sum + x * x, 0)) * (1 + 1e-11);

/** A value that both have alike. */
export const exact = ({ data }: Tensor): Bound => ({ norm: norm(data), off: 0 });

/** A product over k: each evaluation errs by at most γₖ‖A‖‖B‖ (Higham 2002, section 3.5, and ‖|A||B|‖ ≤ ‖A‖‖B‖). */
export const product = (u: number, k: number, a: Bound, b: Bound): Bound => {
  const gamma = (k * u) / (1 - k * u);
  return {
    norm: (1 + gamma) * a.norm * b.norm,
    off: a.off * b.norm + a.norm * b.off + 2 * gamma * a.norm * b.norm,
  };
};

/** A sum or a difference of two, rounded once. */
export const sum = (u: number, a: Bound, b: Bound): Bound => ({
  norm: (1 + u) * (a.norm + b.norm),
  off: a.off + b.off + 2 * u * (a.norm + b.norm),
});

/** tanh, whose slope is at most 1: an error of at most 2 ulp, an ulp being at most 2u of a number, so 4u in either. */
export const tanh = (u: number, { norm: of, off }: Bound): Bound => ({
  norm: (1 + 4 * u) * of,
  off: off + 8 * u * of,
});

/**
 * g·(1 − t²) for t = tanh, each with |t| ≤ 1: as t differs by δ the factor does by at most 2|δ|. Three operations, of which
 * none gives more than |g|, err by at most u each, so by less than 4u with all higher orders, in either evaluation.
 */
export const throughTanh = (u: number, g: Bound, t: Bound): Bound => ({
  norm: (1 + 4 * u) * g.norm,
  off: g.off + 2 * g.norm * t.off + 8 * u * g.norm,
});
