/**
 * What each loss costs, written out once more from its formula in plain arithmetic over JavaScript's own functions, for
 * one example at a time. It shares nothing with the library.
 */

/** The cost of an example, and the size of the terms that it is made of: rounding is relative to that. */
export interface Cost {
  readonly value: number;
  readonly size: number;
}

/** The cost of an example from its prediction and its target, each row-major. */
export type Costing = (prediction: readonly number[], target: readonly number[]) => Cost;

const at = (xs: readonly number[], i: number): number => xs[i] ?? NaN;
const sum = (xs: readonly number[]): number => xs.reduce((total, x) => total + x, 0);

/** Terms and the sizes of what they are made of, summed or averaged. */
const joined = (terms: readonly Cost[], by: number): Cost => ({
  value: sum(terms.map(({ value }) => value)) / by,
  size: sum(terms.map(({ size }) => size)) / by,
});

const each =
  (term: (p: number, t: number) => Cost, mean = true): Costing =>
  (prediction, target) =>
    joined(
      prediction.map((p, i) => term(p, at(target, i))),
      mean ? prediction.length : 1,
    );

/** Every position of an example: so many predictions and so many targets each. */
export const perPosition =
  (predictions: number, targets: number, cost: Costing): Costing =>
  (prediction, target) => {
    const positions = prediction.length / predictions;
    return joined(
      Array.from({ length: positions }, (_, i) =>
        cost(prediction.slice(i * predictions, (i + 1) * predictions), target.slice(i * targets, (i + 1) * targets)),
      ),
      positions,
    );
  };

const difference = (f: (d: number) => number, slope: (d: number) => number) => (p: number, t: number) => ({
  value: f(p - t),
  size: Math.abs(f(p - t)) + Math.abs(slope(p - t)) * (Math.abs(p) + Math.abs(t)),
});

export const squaredError = each(
  difference(
    (d) => d * d,
    (d) => 2 * d,
  ),
);
export const halfSquaredError = each(
  difference(
    (d) => (d * d) / 2,
    (d) => d,
  ),
  false,
);
export const absoluteError = each(difference(Math.abs, () => 1));
export const huber = (delta: number): Costing =>
  each(
    difference(
      (d) => (Math.abs(d) <= delta ? (d * d) / 2 : delta * (Math.abs(d) - delta / 2)),
      (d) => Math.min(Math.abs(d), delta) + delta,
    ),
  );
/** log cosh d = d²/2 − d⁴/12 + d⁶/45 − 17d⁸/2520 + …, where the logarithm of the cosine would lose it: below 2⁻⁵ the next
 * term is less than 2⁻⁴⁷ of the first. */
export const logCosh = each(
  difference(
    (d) =>
      Math.abs(d) < 2 ** -5 ? d ** 2 / 2 - d ** 4 / 12 + d ** 6 / 45 - (17 * d ** 8) / 2520 : Math.log(Math.cosh(d)),
    () => 1,
  ),
);

/** amount·log of a probability, and nothing where the amount is nothing. */
const surprise = (amount: number, probability: number): number => (amount === 0 ? 0 : -amount * Math.log(probability));

const within = (epsilon: number, p: number): number => Math.min(Math.max(p, epsilon), 1 - epsilon);

export const binaryCrossEntropy = (epsilon: number): Costing =>
  each((p, t) => {
    const q = within(epsilon, p);
    const value = surprise(t, q) + surprise(1 - t, 1 - q);
    return { value, size: value + 1 + 1 / (1 - q) };
  });

export const binaryCrossEntropyWithLogits = each((x, t) => {
  // log(1 + e^∓x), the costs of a yes and of a no.
  const [yes, no] = [-x, x].map((z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))));
  const value = t * (yes ?? NaN) + (1 - t) * (no ?? NaN);
  return { value, size: value + Math.abs(x) + 1 };
});

export const categoricalCrossEntropy =
  (epsilon: number): Costing =>
  (prediction, target) => {
    const value = sum(prediction.map((p, j) => surprise(at(target, j), within(epsilon, p))));
    return { value, size: value + sum(target) };
  };

export const softmaxCrossEntropy: Costing = (prediction, target) => {
  const greatest = Math.max(...prediction);
  const logSum = greatest + Math.log(sum(prediction.map((x) => Math.exp(x - greatest))));
  return {
    value: sum(prediction.map((x, j) => at(target, j) * (logSum - x))),
    size: sum(prediction.map((x, j) => at(target, j) * (Math.abs(logSum) + Math.abs(x) + prediction.length))),
  };
};

export const kullbackLeibler: Costing = (prediction, target) => ({
  value: sum(prediction.map((p, j) => surprise(at(target, j), p) - surprise(at(target, j), at(target, j)))),
  size: sum(
    prediction.map((p, j) => at(target, j) + surprise(at(target, j), p) + surprise(at(target, j), at(target, j))),
  ),
});

export const hinge = each((p, t) => ({ value: Math.max(0, 1 - t * p), size: 1 + Math.abs(p) }));

/** Weston and Watkins: every other class that comes closer than 1 to the true one. */
export const multiClassHinge: Costing = (prediction, target) => {
  const y = target.indexOf(1);
  return {
    value: sum(prediction.map((x, j) => (j === y ? 0 : Math.max(0, 1 + x - at(prediction, y))))),
    size: sum(prediction.map((x) => 1 + Math.abs(x) + Math.abs(at(prediction, y)))),
  };
};

export const poisson = each((p, t) => ({
  value: p - (t === 0 ? 0 : t * Math.log(p)),
  size: p + t * (1 + Math.abs(Math.log(p))),
}));

export const poissonWithLogRate = each((x, t) => ({
  value: Math.exp(x) - t * x,
  size: Math.exp(x) * (1 + Math.abs(x)) + t * Math.abs(x),
}));

/** The means stand before the logarithms of the variances. */
export const gaussianNegativeLogLikelihood: Costing = (prediction, target) => {
  const n = target.length;
  return joined(
    target.map((t, i) => {
      const [mean, logVariance] = [at(prediction, i), at(prediction, n + i)];
      const scaled = (mean - t) ** 2 / Math.exp(logVariance);
      const reach = (Math.abs(mean) + Math.abs(t)) ** 2 / Math.exp(logVariance);
      return {
        value: 0.5 * (logVariance + scaled),
        size: Math.abs(logVariance) + reach * (1 + Math.abs(logVariance)),
      };
    }),
    n,
  );
};

/** Targets that share α of their certainty among all classes. */
export const smoothed =
  (smoothing: number, cost: Costing): Costing =>
  (prediction, target) =>
    cost(
      prediction,
      target.map((t) => (1 - smoothing) * t + smoothing / target.length),
    );

/** Targets given as the number of the class. */
export const labelled =
  (cost: Costing): Costing =>
  (prediction, [label]) =>
    cost(
      prediction,
      prediction.map((_, j) => (j === label ? 1 : 0)),
    );
