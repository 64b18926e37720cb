/** Deep networks of one width, with an activation, a beginning and, where asked for, batch norm before each activation. */
import { Activation, Initialiser, Layer, Loss } from 'nabla-ts';

const PIXELS = 64;
const CLASSES = 10;

/** The activations of this chapter. */
export const activations = {
  sigmoid: Activation.sigmoid,
  tanh: Activation.tanh,
  softsign: Activation.softsign,
  ReLU: Activation.relu,
  'leaky ReLU': Activation.leakyRelu(),
  ELU: Activation.elu(),
} as const;

export type ActivationName = keyof typeof activations;

/** How weights begin, given how many inputs a unit has. */
export const beginnings = {
  /** U[−1/√n, 1/√n]: what Glorot and Bengio call the commonly used heuristic. */
  old: (inputs: number) => Initialiser.uniform(-1 / Math.sqrt(inputs), 1 / Math.sqrt(inputs)),
  /** U[±√(6/(n + m))]: their normalised initialisation. */
  normalised: () => Initialiser.glorotUniform,
  /** N(0, 2/n), He and others 2015. */
  He: () => Initialiser.heNormal,
  /** What many programs begin with. */
  'normal(0, 1)': () => Initialiser.normal(0, 1),
} as const;

export type Beginning = keyof typeof beginnings;

/** What a network is made of. */
export interface Deep {
  readonly activation: ActivationName;
  readonly beginning: Beginning;
  readonly depth: number;
  readonly width: number;
  readonly normalised?: boolean;
}

/** As many hidden layers as `depth` says, and a last dense layer. */
export const network = ({ activation, beginning, depth, width, normalised = false }: Deep): Layer.SomeLayer =>
  Layer.sequentialOf(
    [PIXELS],
    [
      ...Array.from({ length: depth }, (_, i) => {
        const from = i === 0 ? PIXELS : width;
        return [
          Layer.dense(from, width, { weight: beginnings[beginning](from) }),
          ...(normalised ? [Layer.batchNorm()] : []),
          activations[activation],
        ];
      }).flat(),
      Layer.dense(width, CLASSES, { weight: beginnings[beginning](width) }),
    ],
  );

export const loss = Loss.fromLabels(Loss.softmaxCrossEntropy());

/** The beginning that goes with an activation. */
export const fitting: Readonly<Record<ActivationName, Beginning>> = {
  sigmoid: 'normalised',
  tanh: 'normalised',
  softsign: 'normalised',
  ReLU: 'He',
  'leaky ReLU': 'He',
  ELU: 'He',
};

/** A network in words. */
export const named = ({ activation, beginning, normalised = false }: Deep): string =>
  `${activation}, ${beginning}${normalised ? ', batch norm' : ''}`;
