/** This project's diagnosis under the pack's laws, told and answering in plain numbers. */
import * as Inspect from '../../../src/train/inspect/index.ts';
import { type Diagnosed, type Diagnosis, diagnosis } from '../../pack/diagnosis.ts';
import { get } from '../scenario.ts';

const nameOf = (layer: number, kind: string): string => `layer ${layer} (${kind})`;

/** What was seen as an inspection; a dense layer learns. */
const inspected = ({ rows, layers, columns }: Diagnosed): Inspect.Inspection => ({
  rows,
  loss: 1,
  layers: layers.map(({ kind, units, deviation, gradient, saturation, dead, oneSided }, i) => ({
    path: [`${i}`],
    kind,
    units,
    mean: 0,
    deviation,
    gradientNorm: gradient * Math.sqrt(rows * units),
    gradientDeviation: gradient,
    ...(kind === 'dense' ? { parameterGradientNorm: 1 } : {}),
    ...(saturation === undefined ? {} : { saturation }),
    ...(dead === undefined ? {} : { dead }),
    ...(oneSided === undefined ? {} : { oneSided }),
  })),
  columns: columns.map((one, column) => ({ column, ...one })),
});

const { vanishing, exploding, saturated, dying, leaking } = Inspect.LIMITS;
const ours: Diagnosis = {
  limits: {
    vanishing: vanishing.value,
    exploding: exploding.value,
    saturated: saturated.value,
    dying: dying.value,
    leakingTarget: leaking.value,
    deadInput: 1,
  },
  of: (seen) =>
    get(Inspect.diagnose(inspected(seen))).findings.map(({ fault, amount, evidence }) => ({
      fault,
      amount,
      evidence: evidence.map(({ where, amount: measured }) => ({
        at: where.startsWith('column')
          ? Number(where.slice('column '.length))
          : seen.layers.findIndex(({ kind }, i) => where === nameOf(i, kind)),
        amount: measured,
      })),
    })),
};

/** The laws of the pack for a diagnosis. */
export const diagnosisByThePack = diagnosis(ours, { name: 'diagnosis by the pack' });
