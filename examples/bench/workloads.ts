/** What is timed: one training step of a network of dense layers, as a value. */

export interface Workload {
  readonly name: string;
  /** Widths from the input to the output. */
  readonly sizes: readonly number[];
  /** Between the dense layers. */
  readonly hidden: 'sigmoid' | 'tanh' | 'relu';
  /** After the last; cross-entropy is of logits, so nothing stands before it. */
  readonly output: 'sigmoid' | 'linear';
  readonly loss: 'squaredError' | 'crossEntropy';
  /** Rows a step. */
  readonly batch: number;
  /** Steps an epoch: enough that shuffling and what else is done once an epoch is spread as thin as in use. */
  readonly batches: number;
}

/** Of one matrix product: [rows, inner] times [inner, columns], and which of the two lies transposed in memory. */
export interface Product {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly transposed: 'neither' | 'left' | 'right';
}

const LOSS = { squaredError: 'MSE', crossEntropy: 'CE' } as const;
const ACTIVATION = { sigmoid: 'sigmoid', tanh: 'tanh', relu: 'ReLU' } as const;

const named = (workload: Omit<Workload, 'name'>): Workload => ({
  name: `${workload.sizes.join('-')} ${ACTIVATION[workload.hidden]}, ${LOSS[workload.loss]}, b ${workload.batch}`,
  ...workload,
});

const classifier = (sizes: readonly number[], batch: number, batches: number): Workload =>
  named({ sizes, hidden: 'relu', output: 'linear', loss: 'crossEntropy', batch, batches });

/** From a gate to a network that is nothing but matrix products. */
export const workloads: readonly Workload[] = [
  named({ sizes: [2, 2, 1], hidden: 'sigmoid', output: 'sigmoid', loss: 'squaredError', batch: 4, batches: 1024 }),
  named({ sizes: [1, 64, 64, 1], hidden: 'tanh', output: 'linear', loss: 'squaredError', batch: 256, batches: 64 }),
  classifier([64, 64, 32, 10], 32, 64),
  classifier([784, 128, 64, 10], 64, 32),
  classifier([784, 512, 512, 10], 128, 8),
  classifier([1024, 1024, 1024, 10], 256, 8),
];

/** One quantity that grows while the others stay. */
export interface Growth {
  readonly quantity: 'width' | 'depth' | 'batch';
  readonly points: ReadonlyArray<{ readonly at: number; readonly workload: Workload }>;
}

const grow = (quantity: Growth['quantity'], at: readonly number[], make: (at: number) => Workload): Growth => ({
  quantity,
  points: at.map((n) => ({ at: n, workload: make(n) })),
});

const hiddenLayers = (width: number, depth: number): readonly number[] => Array.from({ length: depth }, () => width);

/** Two hidden layers of a width; a number of hidden layers of 64; the fourth workload at a batch. */
export const growths: readonly Growth[] = [
  grow('width', [64, 128, 256, 512, 1024, 2048], (n) => classifier([n, ...hiddenLayers(n, 2), 10], 64, 8)),
  grow('depth', [1, 2, 4, 8, 16, 32, 64], (n) => classifier([64, ...hiddenLayers(64, n), 10], 64, 32)),
  grow('batch', [1, 4, 16, 64, 256, 1024, 4096], (n) => classifier([784, 128, 64, 10], n, Math.max(4, 256 / n))),
];

/** The matrix products of a step: forward, the gradient of each weight, and that of each layer's input but the first. */
export const products = ({ sizes, batch }: Pick<Workload, 'sizes' | 'batch'>): readonly Product[] =>
  sizes.slice(1).flatMap((outputs, i): readonly Product[] => {
    const inputs = sizes[i] ?? Number.NaN;
    return [
      { rows: batch, inner: inputs, columns: outputs, transposed: 'neither' },
      { rows: inputs, inner: batch, columns: outputs, transposed: 'left' },
      ...(i === 0 ? [] : [{ rows: batch, inner: outputs, columns: inputs, transposed: 'right' } as const]),
    ];
  });

/** Floating-point operations of a step's products, a multiplication and an addition being two. */
export const flops = (of: Pick<Workload, 'sizes' | 'batch'>): number =>
  products(of).reduce((sum, { rows, inner, columns }) => sum + 2 * rows * inner * columns, 0);

/** Weights and biases. */
export const parameterCount = ({ sizes }: Pick<Workload, 'sizes'>): number =>
  sizes.slice(1).reduce((sum, outputs, i) => sum + ((sizes[i] ?? Number.NaN) + 1) * outputs, 0);
