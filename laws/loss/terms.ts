/** The size of the numbers that cancel in an example's cost and gradient, of every loss: see `LossSample`. */
import type { Shape } from '../../src/tensor/shape.ts';

/** Of an example's prediction and target, row-major, and the shape of its prediction. */
export type Terms = (prediction: readonly number[], target: readonly number[], example: Shape) => number;

/**
 * Nothing cancels but a difference of numbers that are given, which is rounded to its own size; or, at a hinge's kink, a
 * margin that is rounded to 1 where the slope is 1 too.
 */
export const none: Terms = () => 0;
/** A probability less a target of at most 1, and 1 + δ in the logarithm. Or t/p − (1 − t)/(1 − p): where these cancel,
 * p is about t and each of them about 1. */
export const atMostTwo: Terms = () => 2;
/** The greatest of the terms of pairs; an example costs the mean over its pairs. */
const greatest =
  (term: (p: number, t: number) => number): Terms =>
  (prediction, target) =>
    Math.max(...prediction.map((p, i) => term(p, target[i] ?? NaN)));
/** t·log t − t·log p, of every class. */
export const entropies: Terms = (prediction, target) =>
  target.reduce(
    (sum, t, i) => sum + (t === 0 ? 0 : t * (Math.abs(Math.log(t)) + Math.abs(Math.log(prediction[i] ?? NaN)))),
    0,
  );
/** p − t·log p, and its derivative 1 − t/p, which cancels where p is about t. */
export const counted = greatest((p, t) => p + t * Math.abs(Math.log(p)) + 2);
/** e^x − t·x, and its derivative e^x − t. */
export const logCounted = greatest((x, t) => Math.exp(x) + t * Math.abs(x) + t);
/** ½·(s + (μ − t)²·e^−s), and its derivative in s, ½·(1 − (μ − t)²·e^−s). */
export const likelihoods: Terms = (prediction, target, example) => {
  const width = (example.at(-1) ?? 0) / 2;
  return Math.max(
    ...target.map((t, i) => {
      const mean = i + width * Math.floor(i / width);
      const [deviation, logVariance] = [(prediction[mean] ?? NaN) - t, prediction[mean + width] ?? NaN];
      return Math.abs(logVariance) + deviation ** 2 * Math.exp(-logVariance) + 1;
    }),
  );
};
