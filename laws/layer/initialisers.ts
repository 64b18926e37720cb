/** Laws of initialisers: their moments, that variance is kept through depth, and the plain-data side of them. */

import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { inference } from '../../src/layer/context.ts';
import * as Layer from '../../src/layer/index.ts';
import * as Initialiser from '../../src/layer/initialiser/index.ts';
import { init } from '../../src/layer/network.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { input, max } from '../../src/scalar/expr.ts';
import { show as showFailure } from '../../src/tensor/failure.ts';
import * as Key from '../../src/tensor/key.ts';
import { cast, type Tensor } from '../../src/tensor/tensor.ts';
import { keys, normals } from '../arbitrary/keys.ts';
import { dtypes } from '../arbitrary/tensors.ts';
import { all, holds, type Law, type LawSet, law, lawSet, type Verdict } from '../law.ts';
import { sameTensor } from './forward.ts';
import {
  drawsForBounded,
  drawsForNormal,
  drawsForVariance,
  strayOfBounded,
  strayOfNormal,
  strayOfVariance,
} from './statistics.ts';

type Fans = Initialiser.Fans;

/** A distribution as the article states it. */
interface Stated {
  readonly name: string;
  readonly initialiser: Initialiser.Initialiser;
  readonly shape: 'uniform' | 'normal';
  readonly mean: number;
  readonly variance: (fans: Pick<Fans, 'fanIn' | 'fanOut'>) => number;
}

const stated = (
  name: string,
  initialiser: Initialiser.Initialiser,
  shape: Stated['shape'],
  variance: Stated['variance'],
  mean = 0,
): Stated => ({ name, initialiser, shape, variance, mean });

const distributions: readonly Stated[] = [
  stated('uniform(−1, 3)', Initialiser.uniform(-1, 3), 'uniform', () => 16 / 12, 1),
  stated('normal(2, 0.5)', Initialiser.normal(2, 0.5), 'normal', () => 0.25, 2),
  stated('glorotUniform', Initialiser.glorotUniform, 'uniform', ({ fanIn, fanOut }) => 2 / (fanIn + fanOut)),
  stated('glorotNormal', Initialiser.glorotNormal, 'normal', ({ fanIn, fanOut }) => 2 / (fanIn + fanOut)),
  stated('heUniform', Initialiser.heUniform, 'uniform', ({ fanIn }) => 2 / fanIn),
  stated('heNormal', Initialiser.heNormal, 'normal', ({ fanIn }) => 2 / fanIn),
  stated('lecunUniform', Initialiser.lecunUniform, 'uniform', ({ fanIn }) => 1 / fanIn),
  stated('lecunNormal', Initialiser.lecunNormal, 'normal', ({ fanIn }) => 1 / fanIn),
];

const values = (x: Tensor): readonly number[] => Array.from(x.data);
const mean = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;
const U = 2 ** -53;

/** A fault of 0.1 in the mean (in deviations) or the variance (relatively) shows in the uniform ones, whose numbers lie
 * within √3 deviations and their squares within 3 variances; of 0.2 in the normal ones, which cost more to draw. */
const EFFECT = { uniform: 0.1, normal: 0.2 } as const;
const DRAWS = {
  uniform: Math.max(drawsForBounded(EFFECT.uniform, 2 * Math.sqrt(3)), drawsForBounded(EFFECT.uniform, 3)),
  normal: Math.max(drawsForNormal(EFFECT.normal), drawsForVariance(EFFECT.normal)),
} as const;
const TRUNCATED_DRAWS = drawsForBounded(0.2, 4);

const fans = fc.record({ fanIn: fc.integer({ min: 1, max: 900 }), fanOut: fc.integer({ min: 1, max: 900 }) });

const momentsOf = ({ name, initialiser, shape, mean: centre, variance }: Stated): Law =>
  law(
    `${name}: moments`,
    `mean and variance of ${DRAWS[shape]} draws, so that a mean off by ${EFFECT[shape]} deviations or a variance off by as much of itself shows`,
    fc.tuple(fans, keys),
    ([given, key]) => {
      const deviation = Math.sqrt(variance(given));
      const z = values(initialiser.draw('f64', { ...given, shape: [DRAWS[shape]] })(key)).map(
        (x) => (x - centre) / deviation,
      );
      const square = mean(z.map((x) => x * x));
      const uniform = shape === 'uniform';
      const strayOfMean = uniform ? strayOfBounded(DRAWS[shape], 2 * Math.sqrt(3)) : strayOfNormal(DRAWS[shape]);
      const strayOfSquare = uniform ? strayOfBounded(DRAWS[shape], 3) : strayOfVariance(DRAWS[shape]);
      const greatest = z.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      return all(
        holds(Math.abs(mean(z)) <= strayOfMean, `mean 0 ± ${strayOfMean} deviations`, `${mean(z)}`),
        holds(Math.abs(square - 1) <= strayOfSquare, `variance 1 ± ${strayOfSquare}, relatively`, `${square}`),
        // A uniform number never leaves √3 deviations; of so many normal ones some do, but for probability
        // (1 − P(|z| > √3))ⁿ < 0.92ⁿ, below 1e-9 from n = 249 on.
        uniform
          ? holds(greatest <= Math.sqrt(3) * (1 + 8 * U), 'within √3 deviations', `${greatest}`)
          : holds(greatest > Math.sqrt(3), 'beyond √3 deviations', `${greatest}`),
      );
    },
    { runs: 2 },
  );

/** ∫ z²φ over [−2, 2] ÷ ∫ φ = 1 − 4φ(2)/(2Φ(2) − 1), with Φ(2) = 0.9772498680518208. */
const TRUNCATED = 1 - (4 * Math.exp(-2)) / Math.sqrt(2 * Math.PI) / (2 * 0.9772498680518208 - 1);

const truncated = law(
  'truncatedNormal: moments',
  `of ${TRUNCATED_DRAWS} draws: none beyond two deviations, mean as stated, variance 0.7737 of the uncut one`,
  keys,
  (key) => {
    const x = values(
      Initialiser.truncatedNormal(3, 0.5).draw('f64', { shape: [TRUNCATED_DRAWS], fanIn: 1, fanOut: 1 })(key),
    );
    const z = x.map((value) => (value - 3) / 0.5);
    const square = mean(z.map((value) => value * value));
    return all(
      holds(
        z.every((value) => Math.abs(value) <= 2 * (1 + 16 * U)),
        'within two deviations',
        `${Math.max(...z.map(Math.abs))}`,
      ),
      holds(
        Math.abs(mean(z)) <= strayOfBounded(TRUNCATED_DRAWS, 4),
        `mean 0 ± ${strayOfBounded(TRUNCATED_DRAWS, 4)}`,
        `${mean(z)}`,
      ),
      holds(
        Math.abs(square - TRUNCATED) <= strayOfBounded(TRUNCATED_DRAWS, 4),
        `${TRUNCATED} ± ${strayOfBounded(TRUNCATED_DRAWS, 4)}`,
        `${square}`,
      ),
    );
  },
  { runs: 2 },
);

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

const throughDepth = (name: string, initialiser: Initialiser.Initialiser, rectified: boolean): Law => {
  const depth = DEPTHS[rectified ? 'rectified' : 'linear'];
  return law(
    `${name}: keeps the variance through depth`,
    `the mean gain of the mean square over ${depth} layers of width ${WIDTH}${rectified ? ' with ReLU' : ''} is 1, so that a variance off by a factor of 2 shows`,
    keys,
    (key) => {
      const ops = reference('f64');
      const layer = Layer.dense(WIDTH, WIDTH, { weight: initialiser });
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
        ),
      );
    },
    { runs: 1 },
  );
};

const sides = fc.integer({ min: 1, max: 12 });

const orthogonal: readonly Law[] = [
  law(
    'orthogonal: rows or columns are orthonormal, times the gain',
    'WᵀW = gain²·1, or WWᵀ where there are more columns than rows; more axes count as the last against the others',
    fc.tuple(sides, sides, fc.constantFrom(1, Math.SQRT2, 0.25), fc.boolean(), keys),
    ([rows, columns, gain, deep, key]) => {
      const shape = deep ? [rows, 1, columns] : [rows, columns];
      const w = Initialiser.orthogonal(gain).draw('f64', { shape, fanIn: rows, fanOut: columns })(key);
      const at = (i: number, j: number): number => w.data[i * columns + j] ?? NaN;
      const [count, length] = rows < columns ? [rows, columns] : [columns, rows];
      const entry = (k: number, i: number): number => (rows < columns ? at(k, i) : at(i, k));
      const product = (a: number, b: number): number =>
        Array.from({ length }, (_, i) => entry(a, i) * entry(b, i)).reduce((sum, x) => sum + x, 0);
      // Twice cleared vectors are orthogonal within a small multiple of n·u (Giraud et al. 2005); 8·n·u of 1, n ≤ 12.
      const wrong = Array.from({ length: count * count }, (_, k) => [Math.floor(k / count), k % count] as const).find(
        ([a, b]) => Math.abs(product(a, b) / gain ** 2 - (a === b ? 1 : 0)) > 8 * 12 * U,
      );
      return wrong === undefined
        ? undefined
        : {
            expected: `${wrong[0] === wrong[1] ? 1 : 0}`,
            received: `${product(...wrong) / gain ** 2}`,
            where: `product of ${wrong}`,
          };
    },
  ),
  law(
    'orthogonal: turns and reflections alike',
    'of 64 keys some give a turn of the plane and some a reflection: all the same has probability 2⁻⁶³',
    keys,
    (key) => {
      const determinants = Array.from({ length: 64 }, (_, i) => {
        const { data } = Initialiser.orthogonal().draw('f64', { shape: [2, 2], fanIn: 2, fanOut: 2 })(
          Key.foldIn(i)(key),
        );
        return (data[0] ?? NaN) * (data[3] ?? NaN) - (data[1] ?? NaN) * (data[2] ?? NaN);
      });
      return holds(determinants.some((d) => d > 0) && determinants.some((d) => d < 0), 'both signs', `${determinants}`);
    },
    { runs: 5 },
  ),
];

const all12 = fc.constantFrom(
  ...distributions.map(({ initialiser }) => initialiser),
  Initialiser.zeros,
  Initialiser.constant(-0.3),
  Initialiser.truncatedNormal(0, 0.1),
  Initialiser.orthogonal(2),
);
const somewhere = fc.record({ initialiser: all12, dtype: dtypes, rows: sides, columns: sides, key: keys });

const data: readonly Law[] = [
  law(
    'initialisers: codec',
    'read back from its JSON, an initialiser gives the same draws',
    somewhere,
    ({ initialiser, dtype, rows, columns, key }) => {
      const given = { shape: [rows, columns], fanIn: rows, fanOut: columns };
      const read = Initialiser.decode(
        Initialiser.registry,
        'here',
      )(JSON.parse(JSON.stringify(initialiser.description)));
      return E.isLeft(read)
        ? { expected: JSON.stringify(initialiser.description), received: showFailure(read.left) }
        : sameTensor(initialiser.draw(dtype, given)(key), read.right.draw(dtype, given)(key), 'draws');
    },
  ),
  law(
    'initialisers: f32 is f64 rounded once',
    'element by element',
    somewhere,
    ({ initialiser, rows, columns, key }) => {
      const given = { shape: [rows, columns], fanIn: rows, fanOut: columns };
      return sameTensor(cast('f32')(initialiser.draw('f64', given)(key)), initialiser.draw('f32', given)(key), 'draws');
    },
  ),
  law(
    'initialisers: bad data is refused',
    'with a failure that names the field, and never an exception',
    fc.constantFrom<readonly [unknown, string]>(
      [{ kind: 'constant' }, 'w.value'],
      [{ kind: 'constant', value: 'a' }, 'w.value'],
      [{ kind: 'constant', value: 1, more: 2 }, 'w.more'],
      [{ kind: 'uniform', low: 1, high: 0 }, 'w'],
      [{ kind: 'normal', mean: 0, deviation: -1 }, 'w.deviation'],
      [{ kind: 'orthogonal', gain: 0 }, 'w.gain'],
      [{ kind: 'toString' }, 'w.kind'],
      [{}, 'w'],
      [null, 'w'],
    ),
    ([json, where]): Verdict => {
      const read = Initialiser.decode(Initialiser.registry, 'w')(json);
      return E.isRight(read)
        ? { expected: 'a failure', received: JSON.stringify(read.right.description) }
        : holds(read.left.where === where, where, read.left.where);
    },
  ),
];

/** Laws of initialisers. */
export const initialiserLaws: LawSet = lawSet('initialisers', [
  ...distributions.map(momentsOf),
  truncated,
  throughDepth('glorotUniform', Initialiser.glorotUniform, false),
  throughDepth('glorotNormal', Initialiser.glorotNormal, false),
  throughDepth('lecunUniform', Initialiser.lecunUniform, false),
  throughDepth('lecunNormal', Initialiser.lecunNormal, false),
  throughDepth('heUniform', Initialiser.heUniform, true),
  throughDepth('heNormal', Initialiser.heNormal, true),
  ...orthogonal,
  ...data,
]);
