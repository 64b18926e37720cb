/** The laws of a look into a network: what its statistics mean. */
import * as fc from 'fast-check';
import { named } from '../law/named.ts';
import { all, holds, type Law, type LawSet, law, same, type Verdict } from '../law.ts';
import { copied, difference } from './difference.ts';
import { columnLaws } from './inspection/columns.ts';
import { type Between, type Bounded, type ExpectedLayer, expectedOf } from './inspection/expected.ts';
import { inspectedNetworks } from './inspection/samples.ts';
import type { InspectedLayer, InspectedNetwork, Inspector, Rows } from './inspection/subject.ts';
import { type PackOptions, packed, runsOf, toleranceOf } from './options.ts';

export type {
  InspectedActivation,
  InspectedDense,
  InspectedLayer,
  InspectedNetwork,
  Inspector,
} from './inspection/subject.ts';

/** How much coarser f32 is than f64. */
const COARSER = 2 ** 29;

type Statistic = keyof InspectedLayer;

/** What is measured in numbers, not counted as a share. */
const MEASURED = ['mean', 'deviation', 'gradientNorm', 'parameterGradientNorm', 'updateRatio'] as const;
type Measured = (typeof MEASURED)[number];

/** What is asked of a network and of another made from it, whose statistics follow from the first one's. */
interface Pair {
  readonly network: InspectedNetwork;
  readonly other: InspectedNetwork;
}

const near = ({ value, within }: Bounded, received: number | undefined, where: string): Verdict =>
  holds(
    received !== undefined && Math.abs(value - received) <= within,
    `${value} within ${within}`,
    `${received}`,
    where,
  );

/** A share is a quotient of whole numbers, of which rounding takes little. */
const SHARE = 1e-6;
const between = ({ least, most }: Between, received: number | undefined, where: string): Verdict =>
  holds(
    received !== undefined && received >= least - SHARE && received <= most + SHARE,
    least === most ? `${least}` : `${least} to ${most}`,
    `${received}`,
    where,
  );

/** A bias of the last layer that is added to all units and rows of what it gives. */
const SHIFT = 2 ** 20;

/** Rows in reverse order, after themselves. */
const twice = (rows: Rows): Rows => [...rows, ...rows.toReversed()];

/**
 * The laws of anybody's way to look into a network, told a perceptron in plain numbers: what is said of each layer is what
 * plain loops over rows and units find; it follows rows that come twice, outputs that are shifted and gradients that are
 * scaled; what is not a number is not passed over; and where `determination` is given, a column that tells the target is told
 * from one that does not. With `dtypes: ['f32']` its arithmetic is taken to be that of f32. Where a
 * statistic is not measured, `except` says so.
 *
 * @example
 * ```ts
 * import { check, laws } from 'nabla-ts/laws';
 * // Looks at the first layer alone, and has the variance for a deviation.
 * const wrong = laws.inspection({
 *   of: ({ dense: [first], inputs }) => {
 *     const z = inputs.flatMap((x) =>
 *       (first?.biases ?? []).map((b, j) => x.reduce((sum, v, k) => sum + v * (first?.weights[k]?.[j] ?? NaN), b)),
 *     );
 *     const mean = z.reduce((sum, v) => sum + v, 0) / z.length;
 *     const deviation = z.reduce((sum, v) => sum + (v - mean) ** 2, 0) / z.length;
 *     return [{ mean, deviation, gradientNorm: 0 }];
 *   },
 * });
 * check(wrong).filter(({ outcome }) => outcome.tag === 'held').map(({ law }) => law.name)
 * // => ['looking changes nothing', 'what is not a number stays none']
 * ```
 */
export const inspection = ({ of, determination }: Inspector, options: PackOptions = {}): LawSet => {
  const { dtypes = ['f64'] } = options;
  // 900 roundings of 2⁻⁵³, or of 2⁻²⁴; `expectedOf` says of what.
  const noise = 1e-13 * (dtypes.includes('f64') ? 1 : COARSER) * toleranceOf(options);
  const runs = runsOf(options, 60);
  const placeOf = (i: number, { dense }: InspectedNetwork, what: Statistic): string =>
    `layer ${i} of ${2 * dense.length - 1}, ${what}`;
  const allSeen = ({ dense }: InspectedNetwork, seen: readonly InspectedLayer[]): Verdict =>
    same(2 * dense.length - 1, seen.length, 'layers');
  const ofLayers = (
    network: InspectedNetwork,
    what: Statistic,
    verdict: (expected: ExpectedLayer, received: InspectedLayer | undefined, where: string) => Verdict,
  ): Verdict => {
    const received = of(network);
    return all(
      allSeen(network, received),
      ...expectedOf(network, noise).map((layer, i) => verdict(layer, received[i], placeOf(i, network, what))),
    );
  };
  const stated = (
    name: string,
    statement: string,
    formula: string,
    predicate: (network: InspectedNetwork) => Verdict,
  ) => law(name, statement, inspectedNetworks, predicate, { runs, formula });
  const measured = (what: Measured, name: string, statement: string, formula: string): Law =>
    stated(name, statement, formula, (network) =>
      ofLayers(network, what, (expected, received, where) => {
        const wanted = expected[what];
        return wanted === undefined ? undefined : near(wanted, received?.[what], where);
      }),
    );
  const shared = (what: 'saturation' | 'dead', name: string, statement: string, formula: string): Law =>
    stated(name, statement, formula, (network) =>
      ofLayers(network, what, (expected, received, where) => {
        const wanted = expected[what];
        return wanted === undefined ? undefined : between(wanted, received?.[what], where);
      }),
    );
  /** Each statistic of the other network is so many times that of the first; within the bounds of both. */
  const follows = ({ network, other }: Pair, times: Readonly<Partial<Record<Measured, number>>>): Verdict => {
    const [one, two] = [of(network), of(other)];
    const [bounds, otherBounds] = [expectedOf(network, noise), expectedOf(other, noise)];
    return all(
      allSeen(network, one),
      allSeen(other, two),
      ...one.flatMap((layer, i) =>
        MEASURED.map((what) => {
          const [by, value] = [times[what], layer[what]];
          if (by === undefined || value === undefined) return undefined;
          const within = by * (bounds[i]?.[what]?.within ?? NaN) + (otherBounds[i]?.[what]?.within ?? NaN);
          return near({ value: by * value, within }, two[i]?.[what], placeOf(i, network, what));
        }),
      ),
    );
  };
  return packed('inspection', options, [
    measured(
      'mean',
      'mean of the output',
      'that of all numbers that a layer gives, over rows and units',
      'm = (1/n)·Σᵢⱼ yᵢⱼ',
    ),
    measured(
      'deviation',
      'deviation of the output',
      'the root of the mean square by which all numbers that a layer gives leave their mean',
      's = √((1/n)·Σᵢⱼ (yᵢⱼ − m)²)',
    ),
    shared(
      'saturation',
      'saturation is of slopes',
      'the share of an activation’s elements at which |f′| < 0.01, where it is taken at what the activation is given',
      '#{(i, j) : |f′(zᵢⱼ)| < 0.01}/n',
    ),
    shared(
      'dead',
      'dead units are units',
      'the share of an activation’s units at which f′ is 0 in every row',
      '#{j : f′(zᵢⱼ) = 0 for all i}/#{j}',
    ),
    measured(
      'gradientNorm',
      'the gradient is of the output',
      'its length is that of ∂L/∂y over all that a layer gives, neither of what it is given nor averaged',
      '‖∂L/∂y‖ = √(Σᵢⱼ (∂L/∂yᵢⱼ)²)',
    ),
    measured(
      'parameterGradientNorm',
      'the gradient of parameters',
      'its length is that over the weights and biases of a layer together',
      '√(‖∂L/∂W‖² + ‖∂L/∂b‖²)',
    ),
    measured(
      'updateRatio',
      'updates by weights',
      'the ratio is the length of what the step adds to the weights, by the length of the weights before it',
      '‖η·∂L/∂W‖/‖W‖',
    ),
    stated(
      'rows twice',
      'rows that come twice, the second time in reverse, leave mean, deviation and shares; gradients are √2 times as long in outputs and twice in parameters',
      's(x, x) = s(x), ‖∂L/∂(y, y)‖ = √2·‖∂L/∂y‖, ‖∂L/∂W‖ doubles',
      (network) => {
        const other = { ...network, inputs: twice(network.inputs), dy: twice(network.dy) };
        const [one, two] = [of(network), of(other)];
        return all(
          follows(
            { network, other },
            { mean: 1, deviation: 1, gradientNorm: Math.SQRT2, parameterGradientNorm: 2, updateRatio: 2 },
          ),
          ...one.flatMap((layer, i) =>
            (['saturation', 'dead'] as const).map((what) =>
              layer[what] === undefined
                ? undefined
                : between({ least: layer[what], most: layer[what] }, two[i]?.[what], placeOf(i, network, what)),
            ),
          ),
        );
      },
    ),
    stated(
      'a shift moves the mean alone',
      `a last bias that is ${SHIFT} larger moves the mean of the last layer by so much, and leaves its deviation and all gradients`,
      'm(y + c) = m(y) + c, s(y + c) = s(y)',
      (network) => {
        const last = network.dense.length - 1;
        const other: InspectedNetwork = {
          ...network,
          dense: network.dense.map((one, i) =>
            i === last ? { ...one, biases: one.biases.map((b) => b + SHIFT) } : one,
          ),
        };
        const [before, after] = [of(network)[2 * last], of(other)[2 * last]];
        const bound = expectedOf(other, noise)[2 * last]?.mean.within ?? NaN;
        return all(
          follows({ network, other }, { deviation: 1, gradientNorm: 1, parameterGradientNorm: 1 }),
          near(
            { value: (before?.mean ?? NaN) + SHIFT, within: bound },
            after?.mean,
            placeOf(2 * last, network, 'mean'),
          ),
        );
      },
    ),
    law(
      'gradients scale',
      'a gradient of the loss that is 2ᵏ times as large is so in all layers and updates, and nothing else changes',
      fc.tuple(inspectedNetworks, fc.integer({ min: -6, max: 6 })),
      ([network, k]) => {
        const by = 2 ** k;
        const other = { ...network, dy: network.dy.map((row) => row.map((d) => by * d)) };
        return follows(
          { network, other },
          { mean: 1, deviation: 1, gradientNorm: by, parameterGradientNorm: by, updateRatio: by },
        );
      },
      { runs, show: named('network', 'k'), formula: '∂(2ᵏ·L) = 2ᵏ·∂L' },
    ),
    law(
      'one more row buries no unit',
      'with a row more, no larger share of units is dead',
      fc.tuple(inspectedNetworks, fc.integer({ min: -9, max: 9 })),
      ([network, x]) => {
        const [first = [], dy = []] = [network.inputs[0], network.dy[0]];
        const other = { ...network, inputs: [...network.inputs, first.map(() => x)], dy: [...network.dy, dy] };
        const [one, two] = [of(network), of(other)];
        return all(
          allSeen(network, one),
          ...one.map(({ dead }, i) =>
            dead === undefined
              ? undefined
              : between({ least: 0, most: dead }, two[i]?.dead, placeOf(i, network, 'dead')),
          ),
        );
      },
      { runs, show: named('network', 'x'), formula: 'dead(X ∪ {x}) ≤ dead(X)' },
    ),
    stated(
      'looking changes nothing',
      'a network that is looked into twice is what it was, and is seen as it was',
      'θ before = θ after, look(θ) = look(θ)',
      (network) => {
        const given = copied(network);
        const first = copied(of(given));
        return all(difference(network, given, 'network'), difference(first, of(given), 'the second look'));
      },
    ),
    stated(
      'what is not a number stays none',
      'where the first bias is NaN, mean and deviation of what the first layer gives are no finite numbers',
      'y ∉ ℝ ⇒ m, s ∉ ℝ',
      (network) => {
        const [first, ...rest] = network.dense;
        const dense = [
          ...(first === undefined ? [] : [{ ...first, biases: first.biases.map((b, j) => (j === 0 ? NaN : b)) }]),
          ...rest,
        ];
        const seen = of({ ...network, dense })[0];
        return all(
          ...(['mean', 'deviation'] as const).map((what) =>
            holds(!Number.isFinite(seen?.[what]), 'no finite number', `${seen?.[what]}`, placeOf(0, network, what)),
          ),
        );
      },
    ),
    ...(determination === undefined ? [] : columnLaws(determination, options)),
  ]);
};
