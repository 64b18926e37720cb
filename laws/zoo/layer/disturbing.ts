/** Wrong noise, Gaussian dropout and alpha dropout. */
import { Ops } from '../../../src/index.ts';
import type { LawSet } from '../../law.ts';
import type { LayerOptions } from '../../pack/layer.ts';
import type { Broken } from '../broken.ts';
import { type Any, type Body, broken as entry, keeping, lawsOf } from './parts.ts';

const disturbing = (body: Body): Any => keeping('disturbing', [3], body, 1);

const DEVIATION = 0.5;
const noisy: LayerOptions = { moments: (x) => ({ mean: x, variance: DEVIATION ** 2 }) };

const noise =
  (deviation: number): Body =>
  (ops, x, { training, random }) => ({
    y: training ? Ops.add(ops, x, Ops.multiply(ops, random.normal(ops.shape(x)), ops.scalar(deviation))) : x,
    back: (dy) => dy,
  });
const always: Body = (ops, x, context) => noise(DEVIATION)(ops, x, { ...context, training: true });

const RATE = 0.25;
const multiplied: LayerOptions = { moments: (x) => ({ mean: x, variance: (x * x * RATE) / (1 - RATE) }) };

const gaussian =
  (deviation: number, back: 'same' | 'none' | 'other' = 'same'): Body =>
  (ops, x, { training, random }) => {
    if (!training) return { y: x, back: (dy) => dy };
    const drawn = random.normal(ops.shape(x));
    const factor = Ops.add(ops, ops.scalar(1), Ops.multiply(ops, drawn, ops.scalar(deviation)));
    return {
      y: Ops.multiply(ops, x, factor),
      back: (dy) =>
        back === 'none'
          ? dy
          : Ops.multiply(ops, dy, back === 'same' ? factor : Ops.subtract(ops, ops.scalar(2), factor)),
    };
  };

const KEPT = 1 - RATE;
const LOWEST = -1.0507009873554805 * 1.6732632423543772;
const SCALE = (KEPT + LOWEST ** 2 * KEPT * RATE) ** -0.5;
const standard: LayerOptions = { standard: true };

/** What is dropped takes a value, and all is scaled and shifted. */
const alpha =
  (dropped: number, scale: number, shift: number): Body =>
  (ops, x, { training, random }) => {
    if (!training) return { y: x, back: (dy) => dy };
    const mask = random.bernoulli(ops.shape(x), KEPT);
    const rest = Ops.multiply(ops, Ops.subtract(ops, ops.scalar(1), mask), ops.scalar(dropped));
    const all = Ops.add(ops, Ops.multiply(ops, x, mask), rest);
    return {
      y: Ops.add(ops, Ops.multiply(ops, all, ops.scalar(scale)), ops.scalar(shift)),
      back: (dy) => Ops.multiply(ops, Ops.multiply(ops, dy, mask), ops.scalar(scale)),
    };
  };

export const correct: readonly LawSet[] = [
  lawsOf(disturbing(noise(DEVIATION)), noisy),
  lawsOf(disturbing(gaussian(Math.sqrt(RATE / KEPT))), multiplied),
  lawsOf(disturbing(alpha(LOWEST, SCALE, -SCALE * RATE * LOWEST)), standard),
];

export const broken: readonly Broken[] = [
  entry('noise at inference', 'predictions are random', 'inference draws nothing', disturbing(always), noisy),
  entry(
    'noise of half the deviation squared',
    'the variance is taken for the deviation',
    'mean and variance in training',
    disturbing(noise(DEVIATION ** 2)),
    noisy,
  ),
  entry(
    'Gaussian dropout of the rate’s deviation',
    'rate/(1 − rate) is the deviation of the factor, where it should be its variance',
    'mean and variance in training',
    disturbing(gaussian(RATE / KEPT)),
    multiplied,
  ),
  entry(
    'Gaussian dropout, gradient as it is',
    'the pullback does not multiply by what the input was multiplied by',
    'pullback: dual numbers',
    disturbing(gaussian(Math.sqrt(RATE / KEPT), 'none')),
    multiplied,
  ),
  entry(
    'Gaussian dropout, other noise in the pullback',
    'the gradient is multiplied by noise of the other sign',
    'pullback: dual numbers',
    disturbing(gaussian(Math.sqrt(RATE / KEPT), 'other')),
    multiplied,
  ),
  entry(
    'alpha dropout without its affine correction',
    'what is dropped takes α′, but the rest is not moved back to mean 0 and variance 1',
    'standard numbers stay standard',
    disturbing(alpha(LOWEST, 1, 0)),
    standard,
  ),
  entry(
    'alpha dropout to 0',
    'dropped numbers become 0 as in plain dropout, with the correction for α′',
    'standard numbers stay standard',
    disturbing(alpha(0, SCALE, -SCALE * RATE * LOWEST)),
    standard,
  ),
];
