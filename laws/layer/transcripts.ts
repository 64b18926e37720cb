/** Dense layers, softmax, dropout and the normalisations against their formulas, transcribed in plain loops. */
import * as fc from 'fast-check';
import { inference } from '../../src/layer/context.ts';
import * as Layer from '../../src/layer/index.ts';
import { toRows } from '../../src/tensor/tensor.ts';
import { smallIntegers, tensorsOf } from '../arbitrary/tensors.ts';
import { all, type LawSet, law, lawSet } from '../law.ts';
import { dropoutLaws } from './dropout.ts';
import { batchNormLaws, layerNormLaw } from './normalisation.ts';
import { at, near, ops, type Rows, range, sum } from './rows.ts';
import { softmaxLaws } from './softmax.ts';

const dense = law(
  'dense: y = x·W + b and its gradients',
  'in plain loops, exactly, on small integers',
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
    .chain(([m, k, n]) =>
      fc.tuple(
        tensorsOf('f64', [m, k], smallIntegers),
        tensorsOf('f64', [k, n], smallIntegers),
        tensorsOf('f64', [n], smallIntegers),
        tensorsOf('f64', [m, n], smallIntegers),
      ),
    ),
  ([x, weight, bias, dy]) => {
    const [m = 0, k = 0] = x.shape;
    const n = bias.data.length;
    const [xs, ws, bs, ds] = [toRows(x), toRows(weight), Array.from(bias.data), toRows(dy)];
    const by = (bias0: number) => (i: number, j: number) =>
      sum(range(k).map((p) => at(xs, i, p) * at(ws, p, j))) + bias0 * (bs[j] ?? NaN);
    const run = Layer.dense(k, n).forward(ops, { weight, bias }, {}, x, inference());
    const bare = Layer.denseWithoutBias(k, n).forward(ops, { weight }, {}, x, inference());
    const { dParams, dx } = run.pullback(dy);
    const rowsOf = (rows: number, columns: number, f: (i: number, j: number) => number): Rows =>
      range(rows).map((i) => range(columns).map((j) => f(i, j)));
    const dW = rowsOf(k, n, (p, j) => sum(range(m).map((i) => at(xs, i, p) * at(ds, i, j))));
    const dX = rowsOf(m, k, (i, p) => sum(range(n).map((j) => at(ds, i, j) * at(ws, p, j))));
    return all(
      near(rowsOf(m, n, by(1)), toRows(run.y), 0, 'y'),
      near(rowsOf(m, n, by(0)), toRows(bare.y), 0, 'y without bias'),
      near(dW, toRows(dParams.weight), 0, 'dW'),
      near(dW, toRows(bare.pullback(dy).dParams.weight), 0, 'dW without bias'),
      near([range(n).map((j) => sum(range(m).map((i) => at(ds, i, j))))], [Array.from(dParams.bias.data)], 0, 'db'),
      near(dX, toRows(dx), 0, 'dx'),
      near(dX, toRows(bare.pullback(dy).dx), 0, 'dx without bias'),
    );
  },
);

/** Laws of the layers that are not activations, against their formulas. */
export const transcriptLaws: LawSet = lawSet('formulas', [
  dense,
  ...softmaxLaws,
  ...dropoutLaws,
  ...batchNormLaws,
  layerNormLaw,
]);
