/** Shuffled batches of a problem without end, for contestants that have no loader of their own. */
import type { Problem } from '../problem.ts';

export interface Batch {
  /** [batch, inputs], overwritten by the next batch. */
  readonly inputs: Float32Array;
  /** Labels one-hot, or values: [batch, outputs], overwritten by the next batch. */
  readonly targets: Float32Array;
}

/** A generator of batches; rows are shuffled anew each epoch (Fisher and Yates). */
export const feed = ({ workload, inputs, targets }: Problem): (() => Batch) => {
  const { sizes, batch, batches, loss } = workload;
  const width = sizes[0] ?? 0;
  const outputs = sizes.at(-1) ?? 0;
  const order = Uint32Array.from({ length: batch * batches }, (_, i) => i);
  const to: Batch = { inputs: new Float32Array(batch * width), targets: new Float32Array(batch * outputs) };
  let at = batches;
  const shuffle = (): void => {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(Math.random() * (i + 1));
      const kept = order[i] ?? 0;
      order[i] = order[j] ?? 0;
      order[j] = kept;
    }
    at = 0;
  };
  return () => {
    if (at === batches) shuffle();
    if (loss === 'crossEntropy') to.targets.fill(0);
    for (let i = 0; i < batch; i++) {
      const row = order[at * batch + i] ?? 0;
      to.inputs.set(inputs.subarray(row * width, (row + 1) * width), i * width);
      if (loss === 'crossEntropy') to.targets[i * outputs + (targets[row] ?? 0)] = 1;
      else to.targets[i] = targets[row] ?? 0;
    }
    at++;
    return to;
  };
};

/** The first parameters, a weight [inputs, outputs] and a bias for each layer. */
export const parametersOf = ({
  workload: { sizes },
  parameters,
}: Problem): ReadonlyArray<{ readonly weight: Float32Array; readonly bias: Float32Array }> => {
  let at = 0;
  const next = (length: number): Float32Array => {
    at += length;
    return parameters.slice(at - length, at);
  };
  return sizes.slice(1).map((outputs, i) => ({ weight: next((sizes[i] ?? 0) * outputs), bias: next(outputs) }));
};
