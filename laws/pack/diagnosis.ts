/** The laws of a diagnosis: what is named of what was seen in a network. */
import * as fc from 'fast-check';
import { named } from '../law/named.ts';
import { all, holds, type Law, type LawSet, law, same, type Verdict } from '../law.ts';
import { activationAt, past, type Seen, well, withLayer } from './diagnosis/samples.ts';
import type { Diagnosed, DiagnosedFault, DiagnosedFinding, Diagnosis } from './diagnosis/subject.ts';
import { copied, difference } from './difference.ts';
import { type PackOptions, packed, runsOf, toleranceOf } from './options.ts';

export type {
  Diagnosed,
  DiagnosedColumn,
  DiagnosedFault,
  DiagnosedFinding,
  DiagnosedLayer,
  Diagnosis,
} from './diagnosis/subject.ts';

const FAULTS: readonly DiagnosedFault[] = [
  'vanishing',
  'exploding',
  'saturated',
  'dying',
  'leakingTarget',
  'deadInput',
];

/** What each fault is, where one number of a network that is well has passed its limit. */
const PAST: Readonly<Record<DiagnosedFault, readonly [name: string, what: string, formula: string]>> = {
  vanishing: [
    'a gradient that fades vanishes',
    'the gradient at the first layer is below its share of that at the last',
    'g₁ < l·gₙ ⇒ vanishing',
  ],
  exploding: [
    'a gradient that grows explodes',
    'the gradient at the first layer is above its multiple of that at the last',
    'g₁ > l·gₙ ⇒ exploding',
  ],
  saturated: [
    'flat elements are saturation',
    'more of the elements of one activation are flat than may be',
    'sₖ > l for some k ⇒ saturated',
  ],
  dying: [
    'dead units are dying',
    'more of the units of one activation are dead than may be',
    'dₖ > l for some k ⇒ dying',
  ],
  leakingTarget: [
    'a column that knows is a leak',
    'one column alone predicts more of the targets than may be',
    'rₖ > l for some k ⇒ leaking target',
  ],
  deadInput: ['a column that stays is dead', 'one column has one value', 'min xₖ = max xₖ for some k ⇒ dead input'],
};

/**
 * The laws of anybody's diagnosis, told what was seen in plain numbers: it finds nothing where all is within its limits; one
 * number past its limit is that one finding, which holds the number as evidence; several are all found; what is no longer
 * finite is not passed over. The limits that are given say of which faults it is asked.
 *
 * @example
 * ```ts
 * import { check, laws } from 'nabla-ts/laws';
 * // The last layer by the first: upside down.
 * const wrong = laws.diagnosis({
 *   limits: { vanishing: 0.01 },
 *   of: ({ layers }) => {
 *     const [first, last] = [layers[0]?.gradient ?? NaN, layers.at(-1)?.gradient ?? NaN];
 *     const evidence = [{ at: 0, amount: first }];
 *     return last / first < 0.01 ? [{ fault: 'vanishing', amount: last / first, evidence }] : [];
 *   },
 * });
 * check(wrong).filter(({ outcome }) => outcome.tag === 'failed').map(({ law }) => law.name)
 * // => ['a gradient that fades vanishes', 'the evidence holds the number']
 * ```
 */
export const diagnosis = ({ of, limits }: Diagnosis, options: PackOptions = {}): LawSet => {
  const seen = well(limits);
  const runs = runsOf(options, 40);
  const known = FAULTS.flatMap((fault) => {
    const limit = limits[fault];
    return limit === undefined ? [] : [{ fault, limit }];
  });
  if (known.length === 0)
    throw new RangeError('laws.diagnosis: the limits are those of one fault at least, not of none');
  const names = (found: readonly DiagnosedFinding[]): string =>
    found
      .map(({ fault }) => fault)
      .toSorted()
      .join(', ');
  const faults = (expected: readonly DiagnosedFault[], told: Diagnosed): Verdict =>
    same(expected.toSorted().join(', '), names(of(told)), 'faults');
  // A quotient or two of numbers that were given.
  const near = (expected: number, received: number | undefined, where: string): Verdict =>
    holds(
      received !== undefined && Math.abs(expected - received) <= 1e-9 * toleranceOf(options) * Math.abs(expected),
      `${expected}`,
      `${received}`,
      where,
    );
  const stated = (name: string, statement: string, formula: string, predicate: (sample: Seen) => Verdict): Law =>
    law(name, statement, seen, predicate, { runs, formula });
  const { vanishing, exploding, saturated } = limits;
  const gradients = [
    ...(vanishing === undefined ? [] : ['vanishing' as const]),
    ...(exploding === undefined ? [] : ['exploding' as const]),
  ];
  const shares = known.filter(({ fault }) => fault === 'saturated' || fault === 'dying' || fault === 'leakingTarget');
  return packed('diagnosis', options, [
    stated(
      'within its limits nothing is found',
      'of a network all of whose numbers are within the limits nothing is said',
      'x within all l ⇒ nothing',
      (sample) => faults([], sample.seen),
    ),
    ...known.map(({ fault, limit }) => {
      const [name, what, formula] = PAST[fault];
      return stated(name, `${what}: that is found, and nothing else`, formula, (sample) =>
        faults([fault], past(fault, limit, sample).seen),
      );
    }),
    law(
      'the evidence holds the number',
      'what is past its limit is the amount of the finding, and stands in its evidence with the number of its layer or column',
      fc.tuple(seen, fc.constantFrom(...known)),
      ([sample, { fault, limit }]) => {
        const { seen: told, amount, at, evidence } = past(fault, limit, sample);
        const finding = of(told).find((one) => one.fault === fault);
        return all(
          near(amount, finding?.amount, `amount of ${fault}`),
          near(evidence, finding?.evidence.find((one) => one.at === at)?.amount, `evidence of ${fault} at ${at}`),
        );
      },
      { runs, show: named('sample', 'of'), formula: 'x > l ⇒ amount = x, (k, x) ∈ evidence' },
    ),
    ...(shares.length === 0
      ? []
      : [
          law(
            'the worst is the amount',
            'of two that are past a limit the amount is the larger, and the evidence has both',
            fc.tuple(
              seen.filter((sample) => sample.seen.layers.length > 3),
              fc.constantFrom(...shares),
              fc.boolean(),
            ),
            ([sample, { fault, limit }, reversed]) => {
              const steps = reversed ? [7, 2] : [2, 7];
              const one = past(fault, limit, { ...sample, far: steps[0] ?? 1 });
              const two = past(fault, limit, { seen: one.seen, at: sample.at + 1, far: steps[1] ?? 1 });
              const found = of(two.seen).filter((finding) => finding.fault === fault);
              return all(
                same(1, found.length, `findings of ${fault}`),
                near(Math.max(one.amount, two.amount), found[0]?.amount, `amount of ${fault}`),
                ...[one, two].map(({ at, amount }) =>
                  near(
                    amount,
                    found[0]?.evidence.find((each) => each.at === at)?.amount,
                    `evidence of ${fault} at ${at}`,
                  ),
                ),
              );
            },
            { runs, show: named('sample', 'of', 'reversed'), formula: 'amount = maxₖ xₖ' },
          ),
        ]),
    ...(known.length < 2
      ? []
      : [
          law(
            'two faults are two findings',
            'where a number of each is past its limit, both are found, and nothing else',
            fc.tuple(
              seen,
              fc
                .tuple(fc.constantFrom(...known), fc.constantFrom(...known))
                // A gradient does not fade and grow on one way.
                .filter(
                  ([a, b]) =>
                    a.fault !== b.fault && gradients.filter((one) => one === a.fault || one === b.fault).length < 2,
                ),
            ),
            ([sample, [a, b]]) => {
              const one = past(a.fault, a.limit, sample);
              return faults([a.fault, b.fault], past(b.fault, b.limit, { ...sample, seen: one.seen }).seen);
            },
            { runs, show: named('sample', 'of'), formula: 'x₁ > l₁, x₂ > l₂ ⇒ both' },
          ),
        ]),
    ...(gradients.length === 0
      ? []
      : [
          law(
            'only shares of gradients count',
            'all gradients 2ᵏ times as large are no other finding: they are so where a loss is, or a batch',
            fc.tuple(seen, fc.constantFrom(...gradients, undefined), fc.integer({ min: -40, max: 40 })),
            ([sample, fault, k]) => {
              const limit = fault === undefined ? undefined : limits[fault];
              const told = fault === undefined || limit === undefined ? sample.seen : past(fault, limit, sample).seen;
              const layers = told.layers.map((layer) => ({ ...layer, gradient: 2 ** k * layer.gradient }));
              return same(names(of(told)), names(of({ ...told, layers })), 'faults');
            },
            { runs, show: named('sample', 'fault', 'k'), formula: 'found(2ᵏ·g) = found(g)' },
          ),
        ]),
    ...(exploding === undefined
      ? []
      : [
          stated(
            'what is not finite explodes',
            'a layer whose output or gradient is NaN or infinite is found to explode: no comparison with NaN holds',
            'x ∉ ℝ ⇒ exploding',
            ({ seen: told, at, far }) => {
              const broken = far % 2 === 0 ? Number.NaN : Number.POSITIVE_INFINITY;
              const change = far % 4 < 2 ? { deviation: broken } : { gradient: broken };
              const dense = 2 * (at % ((told.layers.length + 1) / 2));
              return holds(
                of(withLayer(told, dense, change)).some(({ fault }) => fault === 'exploding'),
                'exploding',
                'not found',
                `layer ${dense}`,
              );
            },
          ),
        ]),
    ...(saturated === undefined
      ? []
      : [
          stated(
            'the last activation may be sure',
            'one that stands behind all that learns is no fault however flat: a classifier is to be sure of itself',
            'sₙ = 1 behind the last dense layer ⇒ nothing',
            ({ seen: told }) => {
              const last = { kind: 'activation' as const, units: 3, deviation: 1, gradient: 1 };
              const layers = [...told.layers, { ...last, saturation: 1, dead: 0, oneSided: false }];
              return faults([], { ...told, layers });
            },
          ),
          stated(
            'a rectifier may be off',
            'an activation that is flat on a whole side, as ReLU is, is no fault however many of its elements are on that side',
            'one-sided ⇒ s says nothing',
            ({ seen: told, at }) =>
              faults([], withLayer(told, activationAt(told, at), { saturation: 1, oneSided: true })),
          ),
        ]),
    stated(
      'asked twice it says the same',
      'a second diagnosis is as the first, and what was seen is as it was',
      'd(x) = d(x)',
      (sample) => {
        const [{ fault, limit }] = [known[sample.at % known.length] ?? { fault: 'vanishing' as const, limit: 0 }];
        const told = copied(past(fault, limit, sample).seen);
        const before = copied(told);
        const first = copied(of(told));
        return all(difference(first, of(told), 'the second diagnosis'), difference(before, told, 'what was seen'));
      },
    ),
  ]);
};
