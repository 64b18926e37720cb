/** Gradients that explode, fade and break, and what is to be said of them. */
import type * as Inspect from '../../../src/train/inspect/index.ts';
import { acting, type Case, dense, found, type Layer, layer, learning, type Named } from './found.ts';

/** Gradients that come to layers that learn, of 2, 1 and 8 units, an activation among them. */
const down = (first: number, last: number): Inspect.Inspection =>
  found(8, [learning(0, first), acting(1, 0), learning(2, 7, 1), learning(3, last, 8)]);

const along = (fault: 'exploding' | 'vanishing', first: number, last: number, limit: number, times: string): Named => ({
  fault,
  amount: first / last,
  limit,
  evidence: [
    { where: dense(0), amount: first },
    { where: dense(2), amount: (7 * Math.sqrt(8)) / Math.sqrt(8) },
    { where: dense(3), amount: last },
  ],
  words: `The gradient at ${dense(0)} is ${times} times that at ${dense(3)}.`,
});

const endless = (where: string, limit = 100): Named => ({
  fault: 'exploding',
  amount: Number.POSITIVE_INFINITY,
  limit,
  evidence: [{ where, amount: Number.POSITIVE_INFINITY }],
  words: `The numbers are no longer finite; it began in ${where}.`,
});

const broken = (at: number, own: Partial<Layer>): Layer => learning(at, 1, 2, own);

export const ofGradients: readonly Case[] = [
  { what: 'a hundred times', of: down(100, 1), findings: [along('exploding', 100, 1, 100, '100')] },
  { what: 'not quite a hundred times', of: down(99.5, 1), findings: [] },
  { what: 'a hundredth', of: down(1, 100), findings: [along('vanishing', 1, 100, 0.01, '0.01')] },
  { what: 'not quite a hundredth', of: down(1.0625, 100), findings: [] },
  {
    what: 'a limit of one’s own',
    of: down(4, 12),
    limits: { vanishing: 0.5 },
    findings: [along('vanishing', 4, 12, 0.5, '0.33')],
  },
  { what: 'another', of: down(12, 5), limits: { exploding: 2 }, findings: [along('exploding', 12, 5, 2, '2.4')] },
  {
    what: 'limits of 0, and a gradient that is lost on the way',
    of: down(0, 1),
    limits: { vanishing: 0, exploding: 0, saturated: 2, dying: 2 },
    findings: [along('exploding', 0, 1, 0, '0'), along('vanishing', 0, 1, 0, '0')],
  },
  { what: 'nothing that comes to the last', of: down(1, 0), findings: [] },
  { what: 'nothing that comes to any', of: down(0, 0), findings: [] },
  { what: 'nothing that learns', of: found(8, [acting(0, 0), acting(1, 0)]), findings: [] },
  {
    what: 'the only one that learns',
    of: found(8, [learning(0, 3)]),
    limits: { exploding: 1 },
    findings: [
      {
        fault: 'exploding',
        amount: 1,
        limit: 1,
        evidence: [{ where: dense(0), amount: 3 }],
        words: `The gradient at ${dense(0)} is 1 times that at ${dense(0)}.`,
      },
    ],
  },
  {
    what: 'one that learns, whose gradient was not told',
    of: found(8, [layer(['0'], 'dense', { parameterGradientNorm: 1 }), learning(1, 1), learning(2, 100)]),
    findings: [
      {
        fault: 'vanishing',
        amount: 0.01,
        limit: 0.01,
        evidence: [
          { where: dense(1), amount: 1 },
          { where: dense(2), amount: 100 },
        ],
        words: `The gradient at ${dense(1)} is 0.01 times that at ${dense(2)}.`,
      },
    ],
  },
  {
    what: 'outputs that are not finite, from the first of them',
    of: found(8, [
      broken(0, { gradientNorm: Number.NaN }),
      broken(1, { deviation: Number.NaN }),
      broken(2, { deviation: Number.NaN, gradientNorm: Number.NaN }),
      learning(3, 1),
    ]),
    findings: [endless(dense(1))],
  },
  {
    what: 'gradients that are not finite, from the last of them',
    of: found(8, [
      broken(0, { gradientNorm: Number.NaN }),
      broken(1, { gradientNorm: Number.NaN }),
      broken(2, { gradientNorm: Number.POSITIVE_INFINITY }),
      learning(3, 1),
      learning(4, 1),
    ]),
    limits: { exploding: 7 },
    findings: [endless(dense(2), 7)],
  },
  {
    what: 'the gradient of parameters that is not finite',
    of: found(8, [
      learning(0, 1),
      broken(1, { parameterGradientNorm: Number.NaN }),
      layer(['2'], 'softmax'),
      learning(3, 1),
    ]),
    findings: [endless(dense(1))],
  },
  {
    what: 'a network that is one layer',
    of: found(8, [layer([], 'dense', { deviation: Number.NaN })]),
    findings: [endless('the network (dense)')],
  },
];
