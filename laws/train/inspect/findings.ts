/** Findings, wholly: their numbers, evidence, words and advice, at their limits and just beside them. */
import * as Src from '../../../src/index.ts';
import { ADVICE, type Fault, percent, shown } from '../../../src/train/inspect/finding.ts';
import * as Inspect from '../../../src/train/inspect/index.ts';
import { type Law, lawOf, lawSet, same } from '../../law.ts';
import { difference, get } from '../scenario.ts';
import { acting, type Case, column, found, layer, learning, ofInputs, tanh } from './found.ts';
import { ofGradients } from './found-gradients.ts';

const ofActivations: readonly Case[] = [
  {
    what: 'activations that are saturated, before the last layer that learns',
    of: found(2, [
      learning(0, 1),
      acting(1, 0.5, 1),
      acting(2, 0.49, 1),
      acting(3, 1, 0, true),
      layer(['4'], 'softsign', { saturation: 0.75, dead: 0 }),
      learning(5, 1),
      acting(6, 1),
    ]),
    findings: [
      {
        fault: 'saturated',
        amount: 0.75,
        limit: 0.5,
        evidence: [
          { where: tanh(1), amount: 0.5 },
          { where: 'layer 4 (softsign)', amount: 0.75 },
        ],
        words: 'layer 4 (softsign) has |f′| < 0.01 at 75 % of its elements, and 1 more has too many.',
      },
    ],
  },
  { what: 'saturated where nothing learns', of: found(2, [acting(0, 1), acting(1, 1), acting(2, 1)]), findings: [] },
  {
    what: 'saturated behind all that learns',
    of: found(2, [learning(0, 1), acting(1, 1), acting(2, 1)]),
    findings: [],
  },
  {
    what: 'units that are dead, wherever they stand',
    of: found(8, [acting(0, 0, 0.4), learning(1, 1), acting(2, 0, 0.39), acting(3, 0, 0.5, true), acting(4, 0, 0.5)]),
    findings: [
      {
        fault: 'dying',
        amount: 0.5,
        limit: 0.4,
        evidence: [
          { where: tanh(0), amount: 0.4 },
          { where: tanh(3), amount: 0.5 },
          { where: tanh(4), amount: 0.5 },
        ],
        words: '50 % of the units of layer 3 (tanh) are off for every row, and 2 more have too many.',
      },
    ],
  },
  { what: 'units that are dead in too few rows', of: found(7, [acting(0, 0, 1)]), findings: [] },
  { what: 'in too few by another limit', of: found(8, [acting(0, 0, 1)]), limits: { rows: 9 }, findings: [] },
  {
    what: 'limits of one’s own',
    of: found(1, [acting(0, 0.125, 0.25), learning(1, 1)], [column(0, 0, 0)]),
    limits: { rows: 0, leakingRows: 0, saturated: 0.125, dying: 0.25 },
    findings: [
      {
        fault: 'deadInput',
        amount: 1,
        limit: 1,
        evidence: [{ where: 'column 0', amount: 0 }],
        words: '1 of 1 columns has one value in all 1 rows, the first of them 0.',
      },
      {
        fault: 'saturated',
        amount: 0.125,
        limit: 0.125,
        evidence: [{ where: tanh(0), amount: 0.125 }],
        words: 'layer 0 (tanh) has |f′| < 0.01 at 13 % of its elements.',
      },
      {
        fault: 'dying',
        amount: 0.25,
        limit: 0.25,
        evidence: [{ where: tanh(0), amount: 0.25 }],
        words: '25 % of the units of layer 0 (tanh) are off for every row.',
      },
    ],
  },
];

const whole: Law = lawOf(
  'findings, wholly',
  'at its limit a fault is named with its worst number, its evidence in order, its words and its advice; beside it, not',
  [...ofInputs, ...ofGradients, ...ofActivations],
  ({ of, limits, findings }) =>
    difference(
      findings.map((one) => ({ ...one, advice: ADVICE[one.fault] })),
      get(Inspect.diagnose(of, limits)).findings,
      'findings',
    ),
  { show: ({ what }) => what },
);

/** What each advice comes to. */
const ADVISED: Readonly<Record<Fault, readonly string[]>> = {
  leakingTarget: ['made from the target', 'leave it out'],
  deadInput: ['leave it out', 'how the data were read'],
  exploding: ['smaller weights', 'clip the gradient', 'lower the learning rate'],
  vanishing: ['larger weights', 'an activation that is steep', 'Optimizer.adam'],
  saturated: ['smaller weights', 'scale the inputs', 'lower the learning rate'],
  dying: ['never flat', 'lower the learning rate', 'scale the inputs'],
};

const advised: Law = lawOf(
  'advice',
  'each says what it comes to, in sentences, and names nothing that there is not',
  Object.entries(ADVISED).flatMap(([name, parts]) => parts.map((part) => [name, part] as const)),
  ([name, part]) => {
    const text = Object.entries(ADVICE).find(([own]) => own === name)?.[1] ?? '';
    const entries: ReadonlyMap<string, object> = new Map(
      Object.entries(Src).flatMap(([own, value]) => (typeof value === 'object' ? [[own, value] as const] : [])),
    );
    const missing = Array.from(text.matchAll(/\b([A-Z][a-z]+)\.([a-z]\w+)/g)).find(
      ([, space = '', member = '']) => !(member in (entries.get(space) ?? {})),
    );
    return same(
      `${name}: …${part}….`,
      `${name}: ${text.includes(part) ? `…${part}…` : text}${text.endsWith('.') ? '.' : ''}${missing?.[0] ?? ''}`,
    );
  },
);

const digits: Law = lawOf(
  'numbers in words',
  'two digits of a number, whole percents of a share',
  [
    [shown(0.012345), '0.012'],
    [shown(1234), '1200'],
    [shown(0), '0'],
    [shown(1e-30), '1e-30'],
    [shown(2.96), '3'],
    [percent(0.995), '100 %'],
    [percent(0.004), '0 %'],
    [percent(0.5), '50 %'],
  ] as const,
  ([received, expected]) => same(expected, received),
);

export const findingLaws = lawSet('findings', [whole, advised, digits]);
