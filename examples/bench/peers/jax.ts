/** jax-js on WebAssembly: the whole step, Adam included, is one `jit`. It counts references: `.ref` keeps an array that
 * is used again. */
import type { Problem } from '../problem.ts';
import { feed, parametersOf } from './feed.ts';
import { load, versionOf } from './load.ts';
import { serve } from './serve.ts';

const [RATE, BETA1, BETA2, EPSILON] = [1e-3, 0.9, 0.999, 1e-8];

await serve(async (problem: Problem) => {
  const { workload } = problem;
  const { batch, batches, sizes, hidden, output } = workload;
  if (Number(process.versions.node.split('.')[0]) < 22)
    return { unable: `jax-js needs Node 22 or later (this is ${process.versions.node})`, missing: true };
  const jax = load('@jax-js/jax');
  const { numpy: np, nn } = jax;
  await jax.init('wasm');
  jax.defaultDevice('wasm');
  type Array = typeof np;
  const activate = { relu: nn.relu, tanh: np.tanh, sigmoid: nn.sigmoid, linear: (x: Array) => x };
  const cost = (parameters: readonly Array[], x: Array, y: Array): Array => {
    const last = sizes.length - 2;
    let a = x;
    for (let i = 0; i <= last; i++)
      a = activate[i < last ? hidden : output](np.add(np.matmul(a, parameters[2 * i]), parameters[2 * i + 1]));
    return workload.loss === 'crossEntropy'
      ? np.mean(np.sum(np.multiply(y, nn.logSoftmax(a)), 1)).mul(-1)
      : np.mean(np.square(np.subtract(a, y)));
  };
  const valueAndGrad = jax.valueAndGrad(cost);
  /** `scales` are 1 / (1 − β₁ᵗ) and 1 / (1 − β₂ᵗ), inputs so that no step compiles anew. */
  const step = jax.jit(
    (parameters: Array[], ms: Array[], vs: Array[], scale1: Array, scale2: Array, x: Array, y: Array) => {
      const [value, gradients] = valueAndGrad(
        parameters.map((p) => p.ref),
        x,
        y,
      );
      const next = parameters.map((p, i) => {
        const g = gradients[i];
        const m = ms[i].mul(BETA1).add(g.ref.mul(1 - BETA1));
        const v = vs[i].mul(BETA2).add(np.square(g).mul(1 - BETA2));
        const change = m.ref.mul(scale1.ref).div(np.sqrt(v.ref.mul(scale2.ref)).add(EPSILON));
        return [p.sub(change.mul(RATE)), m, v];
      });
      scale1.dispose();
      scale2.dispose();
      return [next.map(([p]) => p), next.map(([, m]) => m), next.map(([, , v]) => v), value];
    },
  );
  const shaped = (values: Float32Array, shape: readonly number[]) => np.array(values.slice()).reshape(shape);
  let parameters: Array[] = parametersOf(problem).flatMap(({ weight, bias }, i) => [
    shaped(weight, [sizes[i] ?? 0, sizes[i + 1] ?? 0]),
    np.array(bias.slice()),
  ]);
  let ms: Array[] = parameters.map((p) => np.zerosLike(p.ref));
  let vs: Array[] = parameters.map((p) => np.zerosLike(p.ref));
  let at = 0;
  const next = feed(problem);
  return {
    name: `jax-js ${versionOf('@jax-js/jax')} wasm, Node ${process.versions.node}`,
    steps: async (count) => {
      const losses: number[] = [];
      for (let i = 0; i < count; i++) {
        at++;
        const { inputs, targets } = next();
        const scales = [BETA1, BETA2].map((beta) => np.array(1 / (1 - beta ** at)));
        const x = shaped(inputs, [batch, sizes[0] ?? 0]);
        const y = shaped(targets, [batch, sizes.at(-1) ?? 0]);
        let value: Array;
        [parameters, ms, vs, value] = step(parameters, ms, vs, ...scales, x, y);
        losses.push(value.dataSync()[0]);
      }
      await jax.blockUntilReady(parameters.map((p) => p.ref));
      const last = losses.slice(-batches);
      return { steps: count, loss: last.reduce((a, b) => a + b) / last.length };
    },
  };
});
