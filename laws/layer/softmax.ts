/** Softmax against its formula. */
import * as fc from 'fast-check';
import { inference } from '../../src/layer/context.ts';
import * as Layer from '../../src/layer/index.ts';
import { generate, toRows } from '../../src/tensor/tensor.ts';
import { normals } from '../arbitrary/keys.ts';
import { tensorsOf } from '../arbitrary/tensors.ts';
import { all, holds, type Law, law, sameTensor } from '../law.ts';
import { matrix, near, ops, sum, U } from './rows.ts';

const softmaxOf = (row: readonly number[]): readonly number[] => {
  const e = row.map(Math.exp);
  return e.map((x) => x / sum(e));
};

export const softmaxLaws: readonly Law[] = [
  law('softmax: formula', 'e^xᵢ/Σe^xⱼ without shifting, and its logarithm', matrix, ([rows, columns, key]) => {
    const x = normals([rows, columns], key);
    const y = Layer.softmax.at([columns]).forward(ops, {}, {}, x, inference()).y;
    const logY = Layer.logSoftmax.at([columns]).forward(ops, {}, {}, x, inference()).y;
    // Two exponentials and a logarithm, each within 6u of the other, of arguments within u·|x| with |x| ≤ 7 (normal
    // numbers from 32 bits), a sum and a quotient: at most 64 roundings of numbers of at most 1, or 16 in the logarithm.
    return all(
      near(toRows(x).map(softmaxOf), toRows(y), 64 * U, 'softmax'),
      near(
        toRows(x).map((row) => softmaxOf(row).map(Math.log)),
        toRows(logY),
        16 * 64 * U,
        'logSoftmax',
      ),
    );
  }),
  law(
    'softmax: a row sums to 1, and does not see a shift',
    'within a rounding an element; bit for bit when what is added is exact',
    fc.tuple(
      fc.integer({ min: 1, max: 7 }).chain((n) =>
        tensorsOf(
          'f64',
          [1, n],
          fc.integer({ min: -9000, max: 9000 }).map((k) => k / 8),
        ),
      ),
      fc.integer({ min: -100000, max: 100000 }),
    ),
    ([x, shift]) => {
      const width = x.data.length;
      const moved = generate('f64', x.shape, (i) => (x.data[i] ?? NaN) + shift);
      const [y, yMoved] = [x, moved].map(
        (given) => Layer.softmax.at([width]).forward(ops, {}, {}, given, inference()).y,
      );
      const [z, zMoved] = [x, moved].map(
        (given) => Layer.logSoftmax.at([width]).forward(ops, {}, {}, given, inference()).y,
      );
      const total = sum(Array.from(y?.data ?? []));
      return all(
        holds(Math.abs(total - 1) <= (width + 1) * 2 * U, `1 within ${2 * (width + 1)}u`, `${total}`),
        holds(
          Array.from(y?.data ?? []).every((p) => p >= 0 && p <= 1),
          'probabilities',
          `${y?.data}`,
        ),
        holds(Array.from(z?.data ?? []).every(Number.isFinite), 'finite logarithms', `${z?.data}`),
        sameTensor(y ?? x, yMoved ?? moved, 'softmax'),
        sameTensor(z ?? x, zMoved ?? moved, 'logSoftmax'),
      );
    },
  ),
];
