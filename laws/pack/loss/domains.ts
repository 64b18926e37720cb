/** What predictions and targets may hold: numbers that suit a loss. */
import * as fc from 'fast-check';
import type { Loss } from '../../../src/loss/loss.ts';
import { type Shape, size } from '../../../src/tensor/shape.ts';
import { roundNumbers } from '../../arbitrary/rounded.ts';

/**
 * What the numbers of a prediction or a target are. `numbers`: any; `probabilities`: within (0, 1); `fractions`: from 0 to
 * 1, the ends too; `positive`: above 0; `counts`: 0, 1, 2, …; `signs`: −1 or 1; `oneHot` and `distributions`: rows along
 * the last axis; `labels`: whole numbers below the length of the prediction's last axis.
 */
export type Domain =
  | 'numbers'
  | 'probabilities'
  | 'fractions'
  | 'positive'
  | 'counts'
  | 'signs'
  | 'oneHot'
  | 'distributions'
  | 'labels';

/** The numbers of one example, row-major; `classes` is the length of the prediction's last axis. */
export type Numbers = (shape: Shape, classes: number) => fc.Arbitrary<readonly number[]>;

const each =
  (number: (classes: number) => fc.Arbitrary<number>): Numbers =>
  (shape, classes) =>
    fc.array(number(classes), { minLength: size(shape), maxLength: size(shape) });

const rows =
  (row: (width: number) => fc.Arbitrary<readonly number[]>): Numbers =>
  (shape) => {
    const width = shape.at(-1) ?? 1;
    const count = size(shape.slice(0, -1));
    return fc.array(row(width), { minLength: count, maxLength: count }).map((all) => all.flat());
  };

const share = (parts: readonly number[]): readonly number[] => {
  const sum = parts.reduce((all, part) => all + part, 0);
  return parts.map((part) => Math.fround(part / sum));
};

const domains: Readonly<Record<Domain, Numbers>> = {
  numbers: each(() => roundNumbers(4)),
  probabilities: each(() => fc.integer({ min: 1, max: 63 }).map((k) => k / 64)),
  fractions: each(() =>
    fc.oneof(
      fc.constantFrom(0, 1),
      fc.integer({ min: 0, max: 64 }).map((k) => k / 64),
    ),
  ),
  positive: each(() => fc.integer({ min: 1, max: 64 }).map((k) => k / 16)),
  counts: each(() => fc.integer({ min: 0, max: 6 })),
  signs: each(() => fc.constantFrom(1, -1)),
  oneHot: rows((width) => fc.nat(width - 1).map((label) => Array.from({ length: width }, (_, i) => +(i === label)))),
  distributions: rows((width) =>
    fc.array(fc.integer({ min: 1, max: 16 }), { minLength: width, maxLength: width }).map(share),
  ),
  labels: each((classes) => fc.nat(Math.max(0, classes - 1))),
};

/** The numbers of a domain, or the ones that are given. */
export const numbersOf = (domain: Domain | Numbers): Numbers =>
  typeof domain === 'function' ? domain : domains[domain];

/** Numbers at the edges of a domain, and far out in it. */
const edges: Partial<Readonly<Record<Domain, readonly number[]>>> = {
  numbers: [-1e4, 1e4, 0, -0, 2 ** -149, 88.8, -103.98, 709.8, -745.2],
  probabilities: [0, 1, 2 ** -149, 2 ** -24, 1 - 2 ** -24],
  fractions: [0, 1, 2 ** -149, 2 ** -24, 1 - 2 ** -24],
  positive: [0, 2 ** -149, 2 ** -24, 1e4],
};

/** The numbers of a domain, and among them those at its edges. */
export const extremesOf = (domain: Domain | Numbers): Numbers => {
  const usual = numbersOf(domain);
  if (domain === 'distributions')
    return (shape, classes) => fc.oneof(usual(shape, classes), domains.oneHot(shape, classes));
  const far = typeof domain === 'string' ? edges[domain] : undefined;
  if (far === undefined) return usual;
  return (shape, classes) => {
    const some = fc.array(fc.option(fc.constantFrom(...far), { nil: undefined, freq: 4 }), {
      minLength: size(shape),
      maxLength: size(shape),
    });
    return fc.tuple(usual(shape, classes), some).map(([near, out]) => near.map((x, i) => out[i] ?? x));
  };
};

/** The first domain whose numbers a loss takes as targets of predictions of a shape. */
export const suits = (loss: Loss, prediction: Shape): Domain => {
  const { shape, holds } = loss.expected([1, ...prediction]);
  const takes = (...numbers: readonly number[]): boolean => numbers.every(holds);
  if (takes(-1.5, 2.25)) return 'numbers';
  if (takes(0, 2.5, 7)) return 'counts';
  if (takes(0.25, 2.5)) return 'positive';
  if (takes(0, 0.25, 1)) return 'fractions';
  if (takes(0.25)) return 'probabilities';
  if (takes(-1, 1)) return 'signs';
  if (shape.length - 1 < prediction.length) return 'labels';
  if (takes(0, 1)) return 'oneHot';
  throw new Error(`laws.loss: say with \`target\` what targets ${loss.description.kind} takes`);
};

/** Whether targets of a domain may stand as predictions of another: then the best prediction is taken to be the target. */
export const alike = (prediction: Domain | Numbers, target: Domain | Numbers): boolean =>
  (prediction === 'numbers' && target === 'numbers') ||
  (prediction === 'probabilities' && (target === 'probabilities' || target === 'fractions')) ||
  (prediction === 'positive' && (target === 'positive' || target === 'counts')) ||
  (prediction === 'distributions' && (target === 'distributions' || target === 'oneHot'));
