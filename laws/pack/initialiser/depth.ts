/** The law that a signal keeps its size from layer to layer. */
import { inference } from '../../../src/layer/context.ts';
import { dense } from '../../../src/layer/dense.ts';
import type { Initialiser } from '../../../src/layer/initialiser/initialiser.ts';
import { init } from '../../../src/layer/network.ts';
import { reference } from '../../../src/ops/reference/reference.ts';
import { input, max } from '../../../src/scalar/expr.ts';
import * as Key from '../../../src/tensor/key.ts';
import type { Tensor } from '../../../src/tensor/tensor.ts';
import { keys, normals } from '../../arbitrary/keys.ts';
import { all, holds, type Law, law } from '../../law.ts';

const values = (x: Tensor): readonly number[] => Array.from(x.data);
const mean = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;
/** Wide enough that ReLU leaves nothing of a signal with probability at most 104·2⁻⁴⁰ < 1e-10. */
const WIDTH = 40;
const DEPTHS = { linear: 32, rectified: 104 } as const;

/**
 * What a layer does to the mean square of a signal. Given its input, each output of a layer is a sum of independent
 * symmetric terms, of a variance that makes it a deviation z: X = z² (linear) or 2·relu(z)² (with ReLU) has mean 1, and the
 * gains of all layers together are a mean of WIDTH·depth such X. Normal weights make z normal; uniform ones make it
 * strictly sub-Gaussian (Arbel, Marchal and Nguyen 2020), so E e^(λz²) ≤ (1 − 2λ)^(−½) and E z⁴ ≤ 3 in either case. Hence
 *   above: log E e^(λ(X−1)) ≤ vλ²/(2(1 − cλ)) with v = 2, c = 2 (linear) or v = 6, c = 4 (with ReLU, from the series of
 *   ½ + ½(1 − 4λ)^(−½)), so P(mean ≥ 1 + √(2vx/n) + cx/n) ≤ e⁻ˣ;
 *   below: E e^(−λX) ≤ e^(−λ + λ²E X²/2) with E X² ≤ w = 3 or 6, so P(mean ≤ 1 − √(2wx/n)) ≤ e⁻ˣ.
 */
const tails = (rectified: boolean) => {
  const terms = WIDTH * DEPTHS[rectified ? 'rectified' : 'linear'];
  const [v, c, w] = rectified ? [6, 4, 6] : [2, 2, 3];
  return {
    above: (x: number): number => 1 + Math.sqrt((2 * v * x) / terms) + (c * x) / terms,
    below: (x: number): number => 1 - Math.sqrt((2 * w * x) / terms),
  };
};
const [ALARM, MISS] = [Math.log(2e9), Math.log(1e6)];

const rectifier = max(input('x'), 0);

/** The law of what keeps a signal's mean square through depth, where layers are linear or followed by ReLU. */
export const signalLaw = (initialiser: Initialiser, rectified: boolean): Law => {
  const depth = DEPTHS[rectified ? 'rectified' : 'linear'];
  return law(
    'keeps the variance through depth',
    `the mean gain of the mean square over ${depth} layers of width ${WIDTH}${rectified ? ' with ReLU' : ''} is 1, so that a variance off by a factor of 2 shows`,
    keys,
    (key) => {
      const ops = reference('f64');
      const layer = dense(WIDTH, WIDTH, { weight: initialiser });
      const square = (x: Tensor): number => mean(values(x).map((value) => value * value));
      const first = normals([1, WIDTH], key);
      const { gains } = Array.from({ length: depth }).reduce<{ readonly x: Tensor; readonly gains: readonly number[] }>(
        (before, _, at) => {
          const { params } = init(layer, Key.foldIn(at + 1)(key), 'f64');
          const { y } = layer.forward(ops, params, {}, before.x, inference());
          const x = rectified ? ops.map(rectifier, { x: y }) : y;
          return { x, gains: before.gains.concat(square(x) / square(before.x)) };
        },
        { x: first, gains: [] },
      );
      const { above, below } = tails(rectified);
      return all(
        // A variance twice or half as great is missed with probability at most 1e-6.
        holds(2 * below(MISS) > above(ALARM) && above(MISS) / 2 < below(ALARM), 'enough layers', `${depth}`),
        holds(
          mean(gains) <= above(ALARM) && mean(gains) >= below(ALARM),
          `${below(ALARM)} to ${above(ALARM)}`,
          `${mean(gains)}`,
          'the mean gain of a layer',
        ),
      );
    },
    { runs: 1, formula: 'E ‖f(x)‖² = E ‖x‖²' },
  );
};
