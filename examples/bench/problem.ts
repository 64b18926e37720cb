/** The numbers of a workload: the same examples and the same first parameters for every contestant, to the bit. */
import { Activation, Expr, Key, Layer, Network, type Shape, Tensor, Tree } from 'nabla-ts';
import type { Workload } from './workloads.ts';

export interface Problem {
  readonly workload: Workload;
  /** [rows, inputs], row after row. */
  readonly inputs: Float32Array;
  /** A label a row, or the values [rows, outputs]. */
  readonly targets: Float32Array;
  /** For each dense layer its weight [inputs, outputs], then its bias. */
  readonly parameters: Float32Array;
}

/** The key of the first parameters and of the data. */
export const key = Key.fromSeed(1);

const x = Expr.input('x');
const wave = Expr.evaluate('f64')(Expr.sin(Expr.multiply(3, x)));

/** The network, of a type known only at run time. */
export const layerOf = ({ sizes, hidden, output }: Workload): Layer.SomeLayer =>
  Layer.sequentialOf(
    sizes.slice(0, 1),
    sizes.slice(1).flatMap((width, i): readonly Layer.Part[] => {
      const dense = Layer.dense(sizes[i] ?? Number.NaN, width);
      const after = i < sizes.length - 2 ? hidden : output;
      return after === 'linear' ? [dense] : [dense, Activation[after]];
    }),
  );

/** The class of a row is the greatest of its first numbers; a gate is an exclusive or; a curve is a sine. */
const target = ({ loss, sizes }: Workload, row: ArrayLike<number>): number => {
  const at = (i: number): number => row[i] ?? Number.NaN;
  if (loss === 'squaredError') return sizes[0] === 2 ? (at(0) === at(1) ? 0 : 1) : wave({ x: at(0) });
  const classes = Math.min(sizes.at(-1) ?? 1, row.length);
  return Array.from({ length: classes }, (_, i) => i).reduce((best, i) => (at(i) > at(best) ? i : best), 0);
};

/** The first parameters, leaf after leaf. */
const initial = <P extends Tree.Form, S extends Tree.Form>(
  layer: Layer.Layer<Shape.Shape, Shape.Shape, P, S>,
): readonly number[] =>
  Tree.leaves<P, Tensor.Tensor>(layer.parameters.tree, Network.init(layer, key, 'f32').params).flatMap(Tensor.toArray);

/** The problem of a workload: a function of it alone. */
export const problem = (workload: Workload): Problem => {
  const { sizes, batch, batches, hidden } = workload;
  const width = sizes[0] ?? 1;
  const rows = batch * batches;
  const drawn = Key.uniform([rows, width])(key).data;
  const inputs = Float32Array.from(drawn, hidden === 'sigmoid' ? (u) => (u < 0.5 ? 0 : 1) : (u) => 2 * u - 1);
  const targets = Float32Array.from({ length: rows }, (_, i) =>
    target(workload, inputs.subarray(i * width, (i + 1) * width)),
  );
  return { workload, inputs, targets, parameters: Float32Array.from(layerOf(workload).use(initial)) };
};
