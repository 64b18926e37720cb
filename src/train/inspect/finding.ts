/** One thing that is wrong: its name, its evidence, its words and its advice. */
import { showPath } from '../../tensor/tree.ts';
import type { LayerStatistics } from './statistics.ts';

/** What can be wrong. */
export type Fault = 'leakingTarget' | 'deadInput' | 'exploding' | 'vanishing' | 'saturated' | 'dying';

/** A number that speaks for a fault, and where it was measured: `layer 3 (tanh)`, `column 12`. */
export interface Evidence {
  readonly where: string;
  readonly amount: number;
}

/** One fault: how bad, from where on it counts as one, what it was read from, and what it asks for. */
export interface Finding {
  readonly fault: Fault;
  /** The worst of what was measured: in the unit of the limit. */
  readonly amount: number;
  readonly limit: number;
  readonly evidence: readonly Evidence[];
  readonly words: string;
  readonly advice: string;
}

/** What to do about each fault. */
export const ADVICE: Readonly<Record<Fault, string>> = {
  leakingTarget:
    'Ask whether the column will be known when the network is used. If it is made from the target, or after it, leave it out: what is measured with it says nothing. If it is an honest measurement, no network is needed.',
  deadInput:
    'A column that never varies teaches nothing, and its weights stay where they began: leave it out. If it should vary, look at how the data were read, and whether the batch is large enough to show it.',
  exploding:
    'Begin with smaller weights (Initialiser.heNormal before ReLU and its kin, glorotUniform before tanh and sigmoid, lecunNormal before SELU), put Layer.batchNorm or layerNorm between layers, go round layers with Layer.residual, or clip the gradient (Transform.clipByGlobalNorm). If it came in training, lower the learning rate.',
  vanishing:
    'Begin with larger weights (Initialiser.heNormal before ReLU and its kin, glorotUniform before tanh), use an activation that is steep (ELU, ReLU, tanh rather than sigmoid), put Layer.batchNorm between layers, go round layers with Layer.residual, or use fewer of them. An optimizer that scales each parameter (Optimizer.adam) suffers less.',
  saturated:
    'Begin with smaller weights (Initialiser.glorotUniform; normal numbers of deviation 1 are too large for any width above a few), scale the inputs (Data.standardise), put Layer.batchNorm before the activation, or use one that does not saturate on both sides (ELU, ReLU). If it came in training, lower the learning rate.',
  dying:
    'Units that are off for every row do not learn and will not come back: use an activation that is never flat (Activation.leakyRelu, elu), lower the learning rate, begin with Initialiser.heNormal and biases of 0, and scale the inputs.',
};

/** A layer as evidence names it. */
export const placeOf = ({ path, kind }: LayerStatistics): string =>
  path.length === 0 ? `the network (${kind})` : `layer ${showPath(path)} (${kind})`;

/** A number to two digits. */
export const shown = (x: number): string => String(Number(x.toPrecision(2)));
/** A share, in percent. */
export const percent = (x: number): string => `${Math.round(100 * x)} %`;

const worst = (evidence: readonly Evidence[]): Evidence =>
  evidence.reduce((most, one) => (one.amount > most.amount ? one : most));

/** How many more there are than the worst. */
export const others = (evidence: readonly Evidence[]): string =>
  evidence.length > 1 ? `, and ${evidence.length - 1} more ${evidence.length === 2 ? 'has' : 'have'} too many` : '';

/** What is over a limit, as a finding; nothing where nothing is. */
export const over = (
  fault: Fault,
  limit: number,
  measured: readonly Evidence[],
  words: (most: Evidence, all: readonly Evidence[]) => string,
): readonly Finding[] => {
  const evidence = measured.filter(({ amount }) => amount >= limit);
  if (evidence.length === 0) return [];
  const most = worst(evidence);
  return [{ fault, amount: most.amount, limit, evidence, words: words(most, evidence), advice: ADVICE[fault] }];
};
