/** A network to look into and what is seen of it, in plain numbers. */

/** A number for each unit of each row. */
export type Rows = ReadonlyArray<readonly number[]>;

/** The activations that are asked for: ReLU, max(−1, min(1, x)), the hyperbolic tangent, 1/(1 + e⁻ˣ) and x/(1 + |x|). */
export type InspectedActivation = 'relu' | 'hardTanh' | 'tanh' | 'sigmoid' | 'softsign';

/** A dense layer: y = x·weights + biases. */
export interface InspectedDense {
  /** A row for each input, with a number for each output. */
  readonly weights: Rows;
  readonly biases: readonly number[];
}

/** A network and one step of its training. */
export interface InspectedNetwork {
  /** In order; the activation stands after each of them but the last. */
  readonly dense: readonly InspectedDense[];
  readonly activation: InspectedActivation;
  readonly inputs: Rows;
  /** The gradient of the loss in what the last layer gives, row by row. */
  readonly dy: Rows;
  /** The step is plain gradient descent: parameters − learningRate·gradient. */
  readonly learningRate: number;
}

/** What is seen of a layer. */
export interface InspectedLayer {
  /** Σx/n over all rows and units of what the layer gives. */
  readonly mean: number;
  /** √(Σ(x − mean)²/n) over the same. */
  readonly deviation: number;
  /** √Σg², g being the gradient of the loss in each number that the layer gives. */
  readonly gradientNorm: number;
  /** Of an activation: the share of its elements, rows times units, at which |f′| < 0.01, f′ being that at what it is given. */
  readonly saturation?: number | undefined;
  /** Of an activation: the share of its units at which f′ is 0 in every row. */
  readonly dead?: number | undefined;
  /** Of a dense layer: √Σg² over weights and biases together. */
  readonly parameterGradientNorm?: number | undefined;
  /** Of a dense layer: the length of what the step adds to the weights, by the length of the weights, biases left out. */
  readonly updateRatio?: number | undefined;
}

/** A way to look into networks. */
export interface Inspector {
  /** What is seen: a dense layer, its activation, the next dense layer, …, the last dense layer. */
  readonly of: (network: InspectedNetwork) => readonly InspectedLayer[];
  /** Where columns of the inputs are looked at: the share of the targets that a column tells by itself, row by row, at most 1. */
  readonly determination?: (column: readonly number[], targets: readonly number[]) => number;
}
