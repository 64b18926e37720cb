/** TensorFlow.js on its WebAssembly backend (SIMD, one thread), with its own optimizer and losses. */
import type { Problem } from '../problem.ts';
import { feed, parametersOf } from './feed.ts';
import { load } from './load.ts';
import { serve } from './serve.ts';

await serve(async (problem: Problem) => {
  const { workload } = problem;
  const { batch, batches, sizes, hidden, output } = workload;
  const tf = load('@tensorflow/tfjs');
  const wasm = load('@tensorflow/tfjs-backend-wasm');
  wasm.setThreadsCount(1);
  await tf.setBackend('wasm');
  await tf.ready();
  const layers = parametersOf(problem).map(({ weight, bias }, i) => ({
    weight: tf.variable(tf.tensor2d(weight, [sizes[i], sizes[i + 1]])),
    bias: tf.variable(tf.tensor1d(bias)),
  }));
  const activate = { relu: tf.relu, tanh: tf.tanh, sigmoid: tf.sigmoid, linear: (x: unknown) => x };
  const cost = workload.loss === 'crossEntropy' ? tf.losses.softmaxCrossEntropy : tf.losses.meanSquaredError;
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-8);
  const next = feed(problem);
  const step = (): number => {
    const { inputs, targets } = next();
    const x = tf.tensor2d(inputs.slice(), [batch, sizes[0]]);
    const y = tf.tensor2d(targets.slice(), [batch, sizes.at(-1)]);
    const loss = optimizer.minimize(() => {
      const predicted = layers.reduce(
        (a, { weight, bias }, i) =>
          activate[i < layers.length - 1 ? hidden : output](tf.add(tf.matMul(a, weight), bias)),
        x,
      );
      return cost(y, predicted);
    }, true);
    const value = loss.dataSync()[0];
    tf.dispose([x, y, loss]);
    return value;
  };
  return {
    name: `TensorFlow.js ${tf.version_core} wasm${(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) ? '' : ' without SIMD'}, Node ${process.versions.node}`,
    steps: async (count) => {
      const losses = Array.from({ length: count }, step).slice(-batches);
      return { steps: count, loss: losses.reduce((a, b) => a + b) / losses.length };
    },
  };
});
