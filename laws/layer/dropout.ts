/** Dropout: how much it drops, and what it does to the rest. */
import * as fc from 'fast-check';
import { inference, training } from '../../src/layer/context.ts';
import * as Layer from '../../src/layer/index.ts';
import { random } from '../../src/ops/reference/random.ts';
import * as Key from '../../src/tensor/key.ts';
import { full, type Tensor } from '../../src/tensor/tensor.ts';
import { keys } from '../arbitrary/keys.ts';
import { all, holds, type Law, law, sameTensor } from '../law.ts';
import { drawsForBounded, strayOfBounded } from '../pack/initialiser/statistics.ts';
import { ops, U } from './rows.ts';

/** A rate off by a fiftieth is seen. */
const DRAWS = drawsForBounded(0.02, 1);

const dropped = (rate: number, x: Tensor, key: Key.Key) =>
  Layer.dropout(rate)
    .at(x.shape.slice(1))
    .forward(ops, {}, {}, x, training(random('f64', key)));

export const dropoutLaws: readonly Law[] = [
  law(
    'dropout: as many as the rate says, the others scaled up',
    `of ${DRAWS} elements, so that a rate off by 0.02 shows: each is 0 or x/(1 − rate)`,
    fc.tuple(fc.constantFrom(0, 0.1, 0.3, 0.5, 0.9), keys),
    ([rate, key]) => {
      const x = full('f64', [1, DRAWS], 3);
      const y = Array.from(dropped(rate, x, key).y.data);
      const zeros = y.filter((value) => value === 0).length;
      const others = y.filter((value) => value !== 0);
      // x·(1/(1 − rate)) is rounded twice.
      const wrong = others.find((value) => Math.abs(value - 3 / (1 - rate)) > (3 / (1 - rate)) * 4 * U);
      const stray = strayOfBounded(DRAWS, 1);
      return all(
        holds(Math.abs(zeros / DRAWS - rate) <= stray, `${rate} ± ${stray} zeros`, `${zeros / DRAWS}`),
        holds(wrong === undefined, `${3 / (1 - rate)}`, `${wrong}`),
      );
    },
    { runs: 5 },
  ),
  law(
    'dropout: the gradient passes where the input did',
    'and is scaled alike; another key drops others; at inference nothing is dropped',
    fc.tuple(fc.constantFrom(0.25, 0.5), keys),
    ([rate, key]) => {
      const x = full('f64', [8, 32], 1);
      const { y, pullback } = dropped(rate, x, key);
      const { dx } = pullback(x);
      const other = dropped(rate, x, Key.foldIn(1)(key)).y;
      const still = Layer.dropout(rate).at([32]).forward(ops, {}, {}, x, inference());
      return all(
        sameTensor(y, dx, 'gradient of ones'),
        // 256 elements agree by chance with probability at most (5/8)²⁵⁶ < 1e-52.
        holds(
          y.data.length === 256 && Array.from(y.data).some((value, i) => value !== other.data[i]),
          'another mask from another key',
          'the same',
        ),
        sameTensor(x, still.y, 'at inference'),
        sameTensor(x, still.pullback(x).dx, 'gradient at inference'),
      );
    },
    { runs: 20 },
  ),
  law(
    'dropout: two in a sequence drop independently',
    'of 2048 elements, those that both keep: a half of a half, not a half',
    keys,
    (key) => {
      const layer = Layer.sequential(Layer.dropout(0.5).at([2048]), Layer.dropout(0.5));
      const y = layer.forward(ops, [{}, {}], [{}, {}], full('f64', [1, 2048], 1), training(random('f64', key))).y;
      const kept = Array.from(y.data).filter((value) => value !== 0).length / 2048;
      // Hoeffding: a stray of 0.125 from ¼ has probability at most 2·exp(−2·2048/64) < 1e-27.
      return holds(Math.abs(kept - 0.25) < 0.125, '¼ kept', `${kept}`);
    },
    { runs: 10 },
  ),
];
