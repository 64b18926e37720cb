/** Wrong diagnoses of what was seen in a network. */
import type { LawSet } from '../law.ts';
import {
  type Diagnosed,
  type DiagnosedFault,
  type DiagnosedFinding,
  type DiagnosedLayer,
  diagnosis,
} from '../pack/diagnosis.ts';
import type { Broken } from './broken.ts';

const limits = { vanishing: 0.01, exploding: 100, saturated: 0.5, dying: 0.4, leakingTarget: 0.95, deadInput: 1 };

type Evidence = DiagnosedFinding['evidence'];
type Numbered = Readonly<DiagnosedLayer & { readonly at: number }>;

/** The parts of a diagnosis, each of which may be another. */
interface Parts {
  /** The gradient that counts for vanishing and exploding, from those at the dense layers. */
  readonly ratio: (first: number, last: number) => number;
  /** The activations whose saturation counts. */
  readonly hidden: (layers: readonly Numbered[]) => readonly Numbered[];
  /** Which of the evidence is the amount. */
  readonly amount: (evidence: Evidence, limit: number) => number;
  /** What is measured of several. */
  readonly measured: (all: Evidence) => Evidence;
  readonly isBroken: (layer: DiagnosedLayer) => boolean;
  readonly told: (findings: readonly DiagnosedFinding[]) => readonly DiagnosedFinding[];
}

const lastDense = (layers: readonly DiagnosedLayer[]): number => layers.findLastIndex(({ kind }) => kind === 'dense');

const right: Parts = {
  ratio: (first, last) => first / last,
  hidden: (layers) => layers.slice(0, lastDense(layers)).filter(({ oneSided }) => oneSided !== true),
  amount: (evidence) => Math.max(...evidence.map(({ amount }) => amount)),
  measured: (all) => all,
  isBroken: ({ deviation, gradient }) => !Number.isFinite(deviation) || !Number.isFinite(gradient),
  told: (findings) => findings,
};

const withParts =
  ({ ratio, hidden, amount, measured, isBroken, told }: Parts) =>
  ({ layers, columns }: Diagnosed): readonly DiagnosedFinding[] => {
    const numbered: readonly Numbered[] = layers.map((layer, at) => ({ ...layer, at }));
    const dense = numbered.filter(({ kind }) => kind === 'dense');
    const gradients = dense.map(({ at, gradient }) => ({ at, amount: gradient }));
    const along = ratio(gradients[0]?.amount ?? NaN, gradients[gradients.length - 1]?.amount ?? NaN);
    const broken = numbered.find(isBroken);
    const over = (fault: DiagnosedFault, limit: number, all: Evidence): readonly DiagnosedFinding[] => {
      const evidence = measured(all).filter((one) => one.amount >= limit);
      return evidence.length === 0 ? [] : [{ fault, amount: amount(evidence, limit), evidence }];
    };
    const share = (of: readonly Numbered[], what: 'saturation' | 'dead'): Evidence =>
      of.flatMap((layer) => (layer[what] === undefined ? [] : [{ at: layer.at, amount: layer[what] }]));
    const constant = columns.flatMap(({ least, greatest }, at) => (least === greatest ? [{ at, amount: least }] : []));
    return told([
      ...over(
        'leakingTarget',
        limits.leakingTarget,
        columns.map(({ determination }, at) => ({ at, amount: determination })),
      ),
      ...(constant.length === 0 ? [] : [{ fault: 'deadInput' as const, amount: constant.length, evidence: constant }]),
      ...(broken === undefined
        ? along >= limits.exploding
          ? [{ fault: 'exploding' as const, amount: along, evidence: gradients }]
          : []
        : [{ fault: 'exploding' as const, amount: Infinity, evidence: [{ at: broken.at, amount: Infinity }] }]),
      ...(along <= limits.vanishing ? [{ fault: 'vanishing' as const, amount: along, evidence: gradients }] : []),
      ...over('saturated', limits.saturated, share(hidden(numbered), 'saturation')),
      ...over('dying', limits.dying, share(numbered, 'dead')),
    ]);
  };

const saying = (other: Partial<Parts>): LawSet => diagnosis({ limits, of: withParts({ ...right, ...other }) });

const average = (all: Evidence): number => all.reduce((sum, { amount }) => sum + amount, 0) / all.length;

export const broken: readonly Broken[] = [
  {
    name: 'vanishing upside down',
    fault: 'the gradient at the last layer by that at the first: what grows is said to vanish',
    law: 'a gradient that fades vanishes',
    laws: saying({ ratio: (first, last) => last / first }),
  },
  {
    name: 'a gradient that is small',
    fault: 'that at the first layer is taken by itself: it vanishes wherever the loss is small',
    law: 'only shares of gradients count',
    laws: saying({ ratio: (first) => first }),
  },
  {
    name: 'NaN within all limits',
    fault: 'no comparison with NaN holds, and a broken network is said to be well',
    law: 'what is not finite explodes',
    laws: saying({ isBroken: () => false }),
  },
  {
    name: 'layers on average',
    fault: 'the mean over layers is held against the limit: one that is dead hides among those that are not',
    law: 'dead units are dying',
    laws: saying({
      measured: (all) => all.map(({ at }) => ({ at, amount: average(all) })),
    }),
  },
  {
    name: 'the first beyond its limit',
    fault: 'the amount is that of the first layer that is found and not of the worst',
    law: 'the worst is the amount',
    laws: saying({ amount: ([first]) => first?.amount ?? NaN }),
  },
  {
    name: 'the limit for the number',
    fault: 'the finding says where the limit is, and not what was measured',
    law: 'the evidence holds the number',
    laws: saying({ amount: (_, limit) => limit }),
  },
  {
    name: 'one finding a network',
    fault: 'it stops at the first fault that it finds',
    law: 'two faults are two findings',
    laws: saying({ told: (findings) => findings.slice(0, 1) }),
  },
  {
    name: 'a classifier that is too sure',
    fault: 'the activation behind the last layer counts as a hidden one',
    law: 'the last activation may be sure',
    laws: saying({ hidden: (layers) => layers.filter(({ oneSided }) => oneSided !== true) }),
  },
  {
    name: 'a rectifier that is saturated',
    fault: 'elements of a ReLU that are off count as saturated, as half of them always are',
    law: 'a rectifier may be off',
    laws: saying({ hidden: (layers) => layers.slice(0, lastDense(layers)) }),
  },
  {
    name: 'a finding for everything',
    fault: 'whatever has a number is named, with the number: nobody reads it',
    law: 'within its limits nothing is found',
    laws: diagnosis({
      limits,
      of: (seen) => {
        const found = withParts(right)(seen);
        const evidence = seen.layers.map(({ gradient }, at) => ({ at, amount: gradient }));
        return found.length === 0 ? [{ fault: 'vanishing', amount: 1, evidence }] : found;
      },
    }),
  },
];

export const correct: readonly LawSet[] = [
  saying({}),
  diagnosis({ limits: { dying: 0.4 }, of: (seen) => withParts(right)(seen).filter(({ fault }) => fault === 'dying') }),
];
