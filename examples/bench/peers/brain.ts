/** brain.js: networks whose layers all have one activation, changed after every example. So the gate is all it can do
 * here, and that with four small steps for each of the others' one. */
import type { Problem } from '../problem.ts';
import { parametersOf } from './feed.ts';
import { load, versionOf } from './load.ts';
import { serve } from './serve.ts';

await serve(async (problem: Problem) => {
  const { workload, inputs, targets } = problem;
  const { batches, hidden, loss, output, sizes } = workload;
  if (loss !== 'squaredError' || hidden !== output)
    return { unable: 'brain.js has only squared errors, and one activation for all layers', missing: false };
  const { NeuralNetwork } = load('brain.js');
  const width = sizes[0] ?? 0;
  const examples = Array.from(targets, (target, i) => ({
    input: inputs.subarray(i * width, (i + 1) * width),
    output: [target],
  }));
  const network = new NeuralNetwork({ inputSize: width, hiddenLayers: sizes.slice(1, -1), outputSize: sizes.at(-1) });
  network.initialize();
  for (const [i, { weight, bias }] of parametersOf(problem).entries()) {
    const [from, to] = [sizes[i] ?? 0, sizes[i + 1] ?? 0];
    for (let j = 0; j < to; j++) {
      for (let k = 0; k < from; k++) network.weights[i + 1][j][k] = weight[k * to + j];
      network.biases[i + 1][j] = bias[j];
    }
  }
  const options = {
    activation: hidden,
    praxis: 'adam',
    learningRate: 1e-3,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    errorThresh: 1e-30,
    errorCheckInterval: 1,
  };
  return {
    name: `brain.js ${versionOf('brain.js')}, Node ${process.versions.node}`,
    differs: 'brain.js changes its parameters after every example: it has no batches',
    steps: async (count) => {
      const iterations = Math.ceil(count / batches);
      const { error } = network.train(examples, { ...options, iterations });
      return { steps: iterations * batches, loss: error };
    },
  };
});
