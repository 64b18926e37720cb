/**
 * What is wrong inside a network, by name, with the numbers it was read from and what to do about it. It stands beside
 * `Fold.diagnose`, which says what a network's error is made of: that one judges results, this one causes.
 *
 * Laws: a network made to have a fault is told that it has it; one made well has none; nothing is named that is within its
 * limit.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';
import type { Inspection } from './batch.ts';
import { ADVICE, type Evidence, type Finding, others, over, percent, placeOf, shown } from './finding.ts';
import type { ColumnStatistics } from './inputs.ts';
import { LIMITS, type LimitName } from './limits.ts';
import type { LayerStatistics } from './statistics.ts';

/** The faults, causes before what may follow from them: data, then gradients, then activations. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
}

/** Other limits than those of {@link LIMITS}. `slope` is not among them: saturation was counted by it. */
export type OwnLimits = Readonly<Partial<Record<Exclude<LimitName, 'slope'>, number>>>;

type Known = Readonly<Record<Exclude<LimitName, 'slope'>, number>>;

// ---------- of the inputs ----------

const leaking = ({ columns, rows }: Inspection, limits: Known): readonly Finding[] =>
  // Where there is one column, the target has nothing else to follow from.
  columns.length < 2 || rows < limits.leakingRows
    ? []
    : over(
        'leakingTarget',
        limits.leaking,
        columns.map(({ column, determination }) => ({ where: `column ${column}`, amount: determination })),
        ({ where, amount }, all) =>
          `${where} alone predicts ${percent(amount)} of the variance of the targets or of their ranks${
            all.length > 1 ? `, and so ${all.length === 2 ? 'does 1 more' : `do ${all.length - 1} more`}` : ''
          }.`,
      );

const isConstant = ({ least, greatest }: ColumnStatistics): boolean => least === greatest;

const deadInputs = ({ columns, rows }: Inspection, limits: Known): readonly Finding[] => {
  const constant = columns.filter(isConstant);
  return rows < limits.rows || constant.length === 0
    ? []
    : [
        {
          fault: 'deadInput',
          amount: constant.length,
          limit: 1,
          evidence: constant.map(({ column, least }) => ({ where: `column ${column}`, amount: least })),
          words: `${constant.length} of ${columns.length} columns ${constant.length === 1 ? 'has' : 'have'} one value in all ${rows} rows, the first of them ${constant[0]?.column}.`,
          advice: ADVICE.deadInput,
        },
      ];
};

// ---------- of gradients ----------

/** The root mean square of the gradient at the output of each layer that learns, in order. */
const gradients = ({ layers, rows }: Inspection): readonly Evidence[] =>
  layers.flatMap((layer) =>
    layer.parameterGradientNorm === undefined || layer.gradientNorm === undefined
      ? []
      : [{ where: placeOf(layer), amount: layer.gradientNorm / Math.sqrt(rows * layer.units) }],
  );

const isBroken = (layer: LayerStatistics): boolean =>
  [layer.deviation, layer.gradientNorm, layer.parameterGradientNorm].some(
    (x) => x !== undefined && !Number.isFinite(x),
  );

const broken = ({ layers }: Inspection): LayerStatistics | undefined =>
  layers.find(({ deviation }) => !Number.isFinite(deviation)) ?? layers.filter(isBroken).at(-1);

const exploding = (inspection: Inspection, limits: Known): readonly Finding[] => {
  const first = broken(inspection);
  if (first === undefined) return along(inspection, limits, 'exploding');
  const amount = Number.POSITIVE_INFINITY;
  return [
    {
      fault: 'exploding',
      amount,
      limit: limits.exploding,
      evidence: [{ where: placeOf(first), amount }],
      words: `The numbers are no longer finite; it began in ${placeOf(first)}.`,
      advice: ADVICE.exploding,
    },
  ];
};

/** The gradient at the first layer that learns, as a share of that at the last, where it is beyond a limit. */
const along = (inspection: Inspection, limits: Known, fault: 'exploding' | 'vanishing'): readonly Finding[] => {
  const evidence = gradients(inspection);
  const [first, last] = [evidence[0], evidence[evidence.length - 1]];
  // Where nothing comes to the last layer there is nothing to lose on the way.
  if (first === undefined || last === undefined || !(last.amount > 0)) return [];
  const amount = first.amount / last.amount;
  const limit = limits[fault];
  if (fault === 'exploding' ? !(amount >= limit) : !(amount <= limit)) return [];
  return [
    {
      fault,
      amount,
      limit,
      evidence,
      words: `The gradient at ${first.where} is ${shown(amount)} times that at ${last.where}.`,
      advice: ADVICE[fault],
    },
  ];
};

// ---------- of activations ----------

const saturated = ({ layers }: Inspection, limits: Known): readonly Finding[] => {
  const last = layers.findLastIndex(({ parameterGradientNorm }) => parameterGradientNorm !== undefined);
  return over(
    'saturated',
    limits.saturated,
    // The network's own output may well be sure of itself: that is what it learns to be.
    layers
      .slice(0, Math.max(0, last))
      .flatMap((layer) =>
        layer.saturation === undefined || layer.oneSided === true
          ? []
          : [{ where: placeOf(layer), amount: layer.saturation }],
      ),
    ({ where, amount }, all) => `${where} has |f′| < 0.01 at ${percent(amount)} of its elements${others(all)}.`,
  );
};

const dying = ({ layers, rows }: Inspection, limits: Known): readonly Finding[] =>
  rows < limits.rows
    ? []
    : over(
        'dying',
        limits.dying,
        layers.flatMap((layer) => (layer.dead === undefined ? [] : [{ where: placeOf(layer), amount: layer.dead }])),
        ({ where, amount }, all) => `${percent(amount)} of the units of ${where} are off for every row${others(all)}.`,
      );

const NAMES = Object.keys(LIMITS).filter((name) => name !== 'slope');

const limitsOf = (own: OwnLimits): E.Either<Failure, Known> => {
  const wrong = Object.entries(own).find(([name, value]) => !NAMES.includes(name) || !(value >= 0));
  const known = (name: Exclude<LimitName, 'slope'>): number => own[name] ?? LIMITS[name].value;
  return wrong === undefined
    ? E.right({
        vanishing: known('vanishing'),
        exploding: known('exploding'),
        saturated: known('saturated'),
        dying: known('dying'),
        leaking: known('leaking'),
        rows: known('rows'),
        leakingRows: known('leakingRows'),
      })
    : E.left(
        failure(
          'config',
          `Inspect.diagnose, ${wrong[0]}`,
          NAMES.includes(wrong[0]) ? 'a limit of at least 0' : `one of ${NAMES.join(', ')}`,
          NAMES.includes(wrong[0]) ? `${wrong[1]}` : 'an unknown field',
        ),
      );
};

/**
 * What an inspection shows to be wrong: a column that alone predicts the target (leaking), columns that never vary (dead
 * inputs), a gradient that grows or fades on the way from the last layer that learns to the first (exploding, vanishing;
 * also what is no longer finite), hidden activations that are saturated, units that are dead. Each with its evidence, in
 * words, and with advice; none where nothing is beyond its limit. The limits are {@link LIMITS} unless others are given;
 * fails on limits that there are not, or that are below 0.
 *
 * What it does not say: it judges one batch at one moment. A fault may pass (an output layer that begins at 0 sends back no
 * gradient for one step) or be meant (an input that is constant in this batch). And a network without any of these faults
 * may be wrong in a hundred other ways.
 *
 * @example
 * ```ts
 * import { Activation, Initialiser, Inspect, Key, Layer, Loss, Network, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const layer = Layer.sequential(
 *   Layer.dense(2, 8, { bias: Initialiser.constant(-9) }),
 *   Activation.relu,
 *   Layer.dense(8, 1),
 * );
 * const inputs = Tensor.generate('f64', [16, 2], (i) => Math.abs(i - 16) / 16);
 * pipe(
 *   Network.init(layer, Key.fromSeed(1), 'f64'),
 *   Inspect.batch({ loss: Loss.squaredError() }, { inputs, targets: Tensor.full('f64', [16, 1], 1) }),
 *   E.chain((inspection) => Inspect.diagnose(inspection)),
 *   E.map(({ findings }) => findings.map(({ fault, amount }) => [fault, amount])),
 * ) // => E.right([['vanishing', 0], ['dying', 1]])
 * ```
 */
export const diagnose = (inspection: Inspection, limits: OwnLimits = {}): E.Either<Failure, Diagnosis> =>
  pipe(
    limitsOf(limits),
    E.map((known) =>
      Object.freeze({
        findings: Object.freeze([
          ...leaking(inspection, known),
          ...deadInputs(inspection, known),
          ...exploding(inspection, known),
          ...along(inspection, known, 'vanishing'),
          ...saturated(inspection, known),
          ...dying(inspection, known),
        ]),
      }),
    ),
  );
