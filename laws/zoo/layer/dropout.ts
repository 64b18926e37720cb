/** Wrong dropout. */
import { Ops } from '../../../src/index.ts';
import type { LawSet } from '../../law.ts';
import type { LayerOptions } from '../../pack/layer.ts';
import type { Broken } from '../broken.ts';
import { type Any, type Body, broken as entry, keeping, lawsOf } from './parts.ts';

const RATE = 0.25;
const KEPT = 1 - RATE;
const unbiased: LayerOptions = { unbiased: true };

const dropout = (body: Body, sites = 1): Any => keeping('dropping', [4], body, sites);

/** x and dy by the same factors. */
const by = <T>(ops: Ops.Ops<T>, x: T, mask: T, scale: number): { readonly y: T; readonly back: (dy: T) => T } => {
  const factor = Ops.multiply(ops, mask, ops.scalar(scale));
  return { y: Ops.multiply(ops, x, factor), back: (dy) => Ops.multiply(ops, dy, factor) };
};

const inverted =
  (scale: number): Body =>
  (ops, x, { training, random }) =>
    training ? by(ops, x, random.bernoulli(ops.shape(x), KEPT), scale) : { y: x, back: (dy) => dy };

const scaledTwice = inverted(1 / KEPT ** 2);
const notScaled = inverted(1);
const always: Body = (ops, x, { random }) => by(ops, x, random.bernoulli(ops.shape(x), KEPT), 1 / KEPT);
const otherMask: Body = (ops, x, context) => {
  const { y } = inverted(1 / KEPT)(ops, x, context);
  return {
    y,
    back: (dy) => inverted(1 / KEPT)(ops, dy, { ...context, random: context.random.skip(1) }).y,
  };
};
const scaledAtInference: Body = (ops, x, context) =>
  context.training
    ? inverted(1)(ops, x, context)
    : { y: Ops.multiply(ops, x, ops.scalar(KEPT)), back: (dy) => Ops.multiply(ops, dy, ops.scalar(KEPT)) };
/** Column by column, so that where a row's numbers come from depends on how many rows there are. */
const byColumn: Body = (ops, x, { training, random }) => {
  if (!training) return { y: x, back: (dy) => dy };
  const mask = ops.transpose([1, 0], random.bernoulli([...ops.shape(x)].reverse(), KEPT));
  return by(ops, x, mask, 1 / KEPT);
};
const drawnTwice: Body = (ops, x, context) => {
  const once = inverted(1 / KEPT)(ops, x, context);
  const twice = inverted(1 / KEPT)(ops, once.y, context);
  return { y: twice.y, back: (dy) => once.back(twice.back(dy)) };
};
const unscaledBack: Body = (ops, x, context) => ({
  y: inverted(1 / KEPT)(ops, x, context).y,
  back: (dy) => inverted(1)(ops, dy, context).y,
});

export const correct: readonly LawSet[] = [
  lawsOf(dropout(inverted(1 / KEPT)), unbiased),
  // Scaling at inference instead is right too.
  lawsOf(dropout(scaledAtInference), unbiased),
];

export const broken: readonly Broken[] = [
  entry(
    'dropout scaled twice',
    'what is kept is divided by (1 − p)²',
    'unbiased in training',
    dropout(scaledTwice),
    unbiased,
  ),
  entry(
    'dropout not scaled',
    'what is kept stays as it is, at inference too',
    'unbiased in training',
    dropout(notScaled),
    unbiased,
  ),
  entry(
    'another mask in the pullback',
    'gradients pass where the input did not',
    'pullback: dual numbers',
    dropout(otherMask, 2),
    unbiased,
  ),
  entry('dropout at inference', 'predictions are random', 'inference draws nothing', dropout(always), unbiased),
  entry(
    'undeclared site',
    'the layer draws but declares no site, so that the next layer draws the same numbers',
    'draws from its own sites',
    dropout(inverted(1 / KEPT), 0),
    unbiased,
  ),
  entry(
    'a site drawn from twice',
    'two masks are drawn from one site, and so are the same',
    'draws from its own sites',
    dropout(drawnTwice),
    unbiased,
  ),
  entry(
    'mask by column',
    'a row’s mask depends on how many rows follow',
    'rows do not depend on those that follow',
    dropout(byColumn),
    unbiased,
  ),
  entry(
    'gradient not scaled',
    'the pullback masks but does not divide by 1 − p',
    'pullback: dual numbers',
    dropout(unscaledBack),
    unbiased,
  ),
];
