/** What an epoch is: every example once, in another order each time. What was seen is read from the weights alone. */
import * as fc from 'fast-check';
import { unitRoundoff } from '../../../src/scalar/dtype.ts';
import { named } from '../../law/named.ts';
import { all, holds, type Law, law, same, type Verdict } from '../../law.ts';
import { dtypesOf, type PackOptions, runsOf, toleranceOf } from '../options.ts';
import type { Problem, Training } from './problem.ts';

const RATE = 2 ** -6;

interface Sizes {
  readonly dtype: Problem['dtype'];
  readonly rows: number;
  readonly batchSize: number;
  readonly seed: number;
}

/** Row i is the i-th unit vector and wants 1 where 0 is given: weight i moves when row i is seen, and only then. */
const oneWeightARow = ({ dtype, rows, batchSize, seed }: Sizes): Problem => ({
  dtype,
  inputs: Array.from({ length: rows }, (_, i) => Array.from({ length: rows }, (__, j) => (i === j ? 1 : 0))),
  targets: Array.from({ length: rows }, () => 1),
  weights: [Array.from({ length: rows }, () => [0])],
  batchSize,
  rule: { kind: 'gradientDescent', learningRate: RATE },
  seed,
});

// Steps of a batch of one with these targets halve the distance to each in turn; the 120 orders end at least 1/16 apart.
const TARGETS = [13, 17, 31, 75, 95];
const halved = (w: number, order: readonly number[]): number => order.reduce((at, t) => (at + t) / 2, w);
const orders = (left: readonly number[]): ReadonlyArray<readonly number[]> =>
  left.length < 2
    ? [left]
    : left.flatMap((first) => orders(left.filter((x) => x !== first)).map((rest) => [first, ...rest]));
const ALL = orders(TARGETS);

const oneWeight = (dtype: Problem['dtype'], seed: number): Problem => ({
  dtype,
  inputs: TARGETS.map(() => [1]),
  targets: TARGETS,
  weights: [[[0]]],
  batchSize: 1,
  rule: { kind: 'gradientDescent', learningRate: 0.25 },
  seed,
});

const EPOCHS = 8;

/** The laws of epochs. */
export const epochLaws = <S>({ start, epoch, weights }: Training<S>, options: PackOptions): readonly Law[] => {
  const once = (sizes: Sizes): Verdict => {
    const problem = oneWeightARow(sizes);
    const { rows, batchSize } = sizes;
    const received = weights(epoch(problem)(start(problem)));
    const last = rows % batchSize;
    const full = Math.min(batchSize, rows);
    const expected = Array.from({ length: rows }, (_, i) => (2 * RATE) / (i < rows - last || last === 0 ? full : last));
    // The difference, the product with 1, the mean (a sum of zeros and one number, a quotient) and the product with the
    // rate each round once.
    const near = toleranceOf(options) * 8 * unitRoundoff(sizes.dtype);
    const sorted = received.toSorted((a, b) => a - b);
    const wanted = expected.toSorted((a, b) => a - b);
    return all(
      same(rows, received.length, 'how many weights'),
      ...wanted.map(
        (move, i): Verdict =>
          Math.abs((sorted[i] ?? NaN) - move) <= near * move
            ? undefined
            : {
                expected: `moves ${wanted.join(', ')}, in some order`,
                received: `moves ${sorted.join(', ')}`,
                where: `weights, sorted: [${i}]`,
                tolerance: `${near} of each: 8 roundings`,
              },
      ),
    );
  };
  /** The order in which an epoch saw the targets, told by where the weight went. */
  const orderOf = (before: number, after: number): string =>
    ALL.find((order) => Math.abs(halved(before, order) - after) < 1 / 64)?.join(' ') ?? 'no order of the five';
  const seen = (problem: Problem): readonly string[] => {
    let state = start(problem);
    return Array.from({ length: EPOCHS }, () => {
      const [before = NaN] = weights(state);
      state = epoch(problem)(state);
      return orderOf(before, weights(state)[0] ?? NaN);
    });
  };
  const seeds = fc.tuple(fc.constantFrom(...dtypesOf(options)), fc.nat(2 ** 31 - 2));
  return [
    law(
      'every example once an epoch',
      'each example moves its own weight once, by the rate and the size of its batch: none is left out (the last batch has ' +
        'what is left), none comes twice',
      fc.record<Sizes>({
        dtype: fc.constantFrom(...dtypesOf(options)),
        rows: fc.integer({ min: 1, max: 20 }),
        batchSize: fc.integer({ min: 1, max: 22 }),
        seed: fc.nat(2 ** 31 - 1),
      }),
      once,
      { runs: runsOf(options, 60), formula: 'w′ᵢ = 2η/|B(i)|, Σ|B| = n' },
    ),
    law(
      'the order is another in other epochs',
      'batches are drawn anew for each epoch (eight agree by chance once in 120⁷ times)',
      seeds,
      ([dtype, seed]) => {
        const found = seen(oneWeight(dtype, seed));
        return all(
          ...found.map((order, i) => holds(!order.startsWith('no'), 'every target once', order, `epoch ${i + 1}`)),
          holds(
            new Set(found).size > 1,
            'orders that differ',
            `${EPOCHS} times ${found[0]}`,
            'the orders of the epochs',
          ),
        );
      },
      { runs: runsOf(options, 8), show: named('dtype', 'seed'), formula: 'order = f(seed, epoch)' },
    ),
    law(
      'the order is the seed’s',
      'one seed gives one order, another seed another (eight epochs agree by chance once in 120⁸ times)',
      seeds,
      ([dtype, seed]) => {
        const [one, again, other] = [seed, seed, seed + 1].map((from) => seen(oneWeight(dtype, from)).join('; '));
        return all(
          same(one, again, 'one seed'),
          holds(one !== other, 'other orders of another seed', one ?? '', 'orders, seed + 1'),
        );
      },
      { runs: runsOf(options, 8), show: named('dtype', 'seed'), formula: 'order = f(seed, epoch)' },
    ),
  ];
};
