/** What passed through a layer, summed up. */
import { size } from '../../tensor/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Path } from '../../tensor/tree.ts';
import { moments, normOf } from './moments.ts';
import type { LayerPass, ParameterPass } from './pass.ts';
import { isFlat } from './slope.ts';

/** One layer: of its output over all rows and units, and of the gradient that came back. What is not there is left out:
 * only activations have a saturation, only layers with parameters their gradient. */
export interface LayerStatistics {
  readonly path: Path;
  readonly kind: string;
  /** The numbers that an example's output has. */
  readonly units: number;
  readonly mean: number;
  readonly deviation: number;
  /** Of an activation, the share of elements (rows times units) at which |f′| < 0.01. */
  readonly saturation?: number;
  /** Of an activation, the share of units at which f′ is 0 at every row: nothing in the batch can teach them. */
  readonly dead?: number;
  /** Of an activation, whether it is flat on a whole side, as a ReLU is; its saturation is then no fault. */
  readonly oneSided?: boolean;
  /** The gradient of the loss in the output: its deviation over rows and units, and its length. */
  readonly gradientDeviation?: number;
  readonly gradientNorm?: number;
  /** The length of the gradient of the layer's own parameters, the penalty's part included. */
  readonly parameterGradientNorm?: number;
  /** The length of the layer's weights (what penalties act on), that of what the next step adds to them, and the second
   * by the first: about 0.001 is usual (A. Karpathy, notes of Stanford CS231n). */
  readonly weightNorm?: number;
  readonly updateNorm?: number;
  readonly updateRatio?: number;
}

/** The share of elements at which an activation is flat. */
const saturationOf = (slope: Tensor): number => Array.from(slope.data).filter(isFlat(slope)).length / slope.data.length;

/** The share of units through which no row passes a gradient. */
const deadOf = ({ shape, data }: Tensor): number => {
  const units = size(shape.slice(1));
  const alive = new Set<number>();
  for (const [i, f] of Array.from(data).entries()) if (f !== 0) alive.add(i % units);
  return (units - alive.size) / units;
};

/** What a step adds. */
const added = ({ value, next }: ParameterPass): Pick<Tensor, 'data'> => ({
  data: Array.from(value.data, (x, i) => (next?.data[i] ?? Number.NaN) - x),
});

const ofParameters = (parameters: readonly ParameterPass[]): Partial<LayerStatistics> => {
  if (parameters.length === 0) return {};
  const weights = parameters.filter(({ role }) => role === 'weight');
  const weightNorm = normOf(weights.map(({ value }) => value));
  const updateNorm = normOf(weights.map(added));
  const moves = weights.some(({ next }) => next !== undefined);
  return {
    parameterGradientNorm: normOf(parameters.map(({ gradient }) => gradient)),
    ...(weights.length === 0 ? {} : { weightNorm }),
    ...(moves ? { updateNorm } : {}),
    // Of weights that are all 0 no step is a share.
    ...(moves && weightNorm > 0 ? { updateRatio: updateNorm / weightNorm } : {}),
  };
};

/** The statistics of a layer. */
export const statistics = ({
  path,
  kind,
  output,
  gradient,
  slope,
  oneSided,
  parameters,
}: LayerPass): LayerStatistics => {
  const { mean, deviation } = moments(output);
  const back = gradient === undefined ? undefined : moments(gradient);
  return Object.freeze({
    path,
    kind,
    units: output.data.length / (output.shape[0] ?? 1),
    mean,
    deviation,
    ...(slope === undefined ? {} : { saturation: saturationOf(slope), dead: deadOf(slope) }),
    ...(oneSided === undefined ? {} : { oneSided }),
    ...(back === undefined ? {} : { gradientDeviation: back.deviation, gradientNorm: back.norm }),
    ...ofParameters(parameters),
  });
};
