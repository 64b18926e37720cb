/** One hidden layer with chosen parameters: what both constructions come to. */
import type { Elementwise } from '../../layer/activation.ts';
import { type DenseForm, dense } from '../../layer/dense.ts';
import { constant, zeros } from '../../layer/initialiser/constant.ts';
import type { Network } from '../../layer/network.ts';
import { sequential } from '../../layer/sequential.ts';
import type { ConsForm, EmptyForm, NilForm } from '../../tensor/tree.ts';
import { tensorOf } from './lipschitz.ts';

/** The parameters of dense → activation → dense. */
export type HiddenForm = ConsForm<DenseForm, ConsForm<EmptyForm, ConsForm<DenseForm, NilForm>>>;
/** Their state: none. */
export type HiddenState = ConsForm<EmptyForm, ConsForm<EmptyForm, ConsForm<EmptyForm, NilForm>>>;

/** A network that approximates a function on [0, 1], and how far from it the network can be. */
export interface Approximation {
  readonly network: Network<readonly [1], readonly [1], HiddenForm, HiddenState>;
  /** Proven: |f(x) − network(x)| ≤ bound for every x in [0, 1], up to the rounding of f64. */
  readonly bound: number;
}

/** A hidden unit: height · activation(slope·x + offset). */
export interface Unit {
  readonly slope: number;
  readonly offset: number;
  readonly height: number;
}

/** The network base + Σ heightᵢ · activation(slopeᵢ·x + offsetᵢ), in f64. */
export const hidden = (activation: Elementwise, units: readonly Unit[], base: number): Approximation['network'] => {
  const width = units.length;
  const layer = sequential(dense(1, width, { weight: zeros }), activation, dense(width, 1, { weight: constant(0) }));
  const column = (of: (unit: Unit) => number): readonly number[] => units.map(of);
  const params = [
    {
      weight: tensorOf(
        [1, width],
        column(({ slope }) => slope),
      ),
      bias: tensorOf(
        [width],
        column(({ offset }) => offset),
      ),
    },
    {},
    {
      weight: tensorOf(
        [width, 1],
        column(({ height }) => height),
      ),
      bias: tensorOf([1], [base]),
    },
  ] as const;
  return Object.freeze({ layer, dtype: 'f64', params, state: [{}, {}, {}] as const });
};
