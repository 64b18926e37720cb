/** What an inspection says, against the same network in plain loops. */
import * as fc from 'fast-check';
import { dense } from '../../../src/layer/dense.ts';
import { normal as normalInitialiser } from '../../../src/layer/initialiser/index.ts';
import { init } from '../../../src/layer/network.ts';
import { sequential } from '../../../src/layer/sequential.ts';
import { l2 } from '../../../src/loss/penalty.ts';
import { squaredError } from '../../../src/loss/squaredError.ts';
import { gradientDescent } from '../../../src/optimizer/index.ts';
import { foldIn, fromSeed, normal } from '../../../src/tensor/key.ts';
import { generate, toRows } from '../../../src/tensor/tensor.ts';
import * as Inspect from '../../../src/train/inspect/index.ts';
import { moments } from '../../../src/train/inspect/moments.ts';
import { all, holds, type Law, law, lawSet, same } from '../../law.ts';
import { get } from '../scenario.ts';
import { activations, lengthOf, near, seeds, sum } from './sample.ts';

type Plain = readonly [f: (x: number) => number, slope: (x: number) => number];

/** Activations and their derivatives, written again. */
const plain: Readonly<Record<'relu' | 'leakyRelu' | 'hardTanh' | 'softsign' | 'tanh' | 'cubic', Plain>> = {
  relu: [(x) => Math.max(x, 0), (x) => (x > 0 ? 1 : 0)],
  leakyRelu: [(x) => (x < 0 ? 0.25 * x : x), (x) => (x < 0 ? 0.25 : 1)],
  hardTanh: [(x) => Math.min(Math.max(x, -1), 1), (x) => (Math.abs(x) < 1 ? 1 : 0)],
  softsign: [(x) => x / (1 + Math.abs(x)), (x) => 1 / (1 + Math.abs(x)) ** 2],
  tanh: [Math.tanh, (x) => 1 / Math.cosh(x) ** 2],
  cubic: [(x) => x + x ** 3 / 8, (x) => 1 + (3 * x * x) / 8],
};

const drawn = fc.record({
  seed: seeds,
  rows: fc.integer({ min: 1, max: 9 }),
  inputs: fc.integer({ min: 1, max: 4 }),
  width: fc.integer({ min: 1, max: 5 }),
  scale: fc.constantFrom(0.5, 2, 4),
  kind: fc.constantFrom<keyof typeof plain>('relu', 'leakyRelu', 'hardTanh', 'softsign', 'tanh', 'cubic'),
  penalised: fc.boolean(),
});

const byHand: Law = law(
  'by hand',
  'every number of a dense layer, an activation and a dense layer is that of plain loops over rows and units',
  drawn,
  ({ seed, rows, inputs, width, scale, kind, penalised }) => {
    const weight = normalInitialiser(0, scale);
    const layer = sequential(
      dense(inputs, width, { weight, bias: weight }),
      activations[kind],
      dense(width, 1, { weight }),
    );
    const network = init(layer, fromSeed(seed), 'f64');
    const x = normal([rows, inputs], 'f64')(foldIn(1)(fromSeed(seed)));
    const t = normal([rows, 1], 'f64')(foldIn(2)(fromSeed(seed)));
    const learningRate = 0.125;
    const seen = get(
      Inspect.batch(
        {
          loss: squaredError(),
          optimizer: gradientDescent({ learningRate }),
          ...(penalised ? { penalty: l2(0.5) } : {}),
        },
        { inputs: x, targets: t },
      )(network),
    );
    const [f, slope] = plain[kind];
    const [first, , second] = network.params;
    const [w1, w2] = [toRows(first.weight), Array.from(second.weight.data)];
    const [b1, b2] = [Array.from(first.bias.data), second.bias.data[0] ?? 0];
    const z = toRows(x).map((row) =>
      b1.map((b, j) => sum(row.map((value, k) => value * (w1[k]?.[j] ?? Number.NaN))) + b),
    );
    const h = z.map((row) => row.map(f));
    const y = h.map((row) => sum(row.map((value, j) => value * (w2[j] ?? Number.NaN))) + b2);
    const dy = y.map((value, i) => (2 * (value - (t.data[i] ?? Number.NaN))) / rows);
    const dh = dy.map((d) => w2.map((w) => d * w));
    const dz = dh.map((row, i) => row.map((d, j) => d * slope(z[i]?.[j] ?? Number.NaN)));
    const decay = penalised ? 0.5 : 0;
    // The penalty is ½·strength·w², on weights alone.
    const dw1 = w1.flatMap((row, k) =>
      row.map((w, j) => sum(dz.map((d, i) => (d[j] ?? 0) * (x.data[i * inputs + k] ?? 0))) + decay * w),
    );
    const dw2 = w2.map((w, j) => sum(dy.map((d, i) => d * (h[i]?.[j] ?? 0))) + decay * w);
    const db1 = b1.map((_, j) => sum(dz.map((row) => row[j] ?? 0)));
    const outputs = [z.flat(), h.flat(), y];
    const gradients = [dz.flat(), dh.flat(), dy];
    const weights = [w1.flat(), undefined, w2];
    const parameterGradients = [[dw1, db1], undefined, [dw2, [sum(dy)]]];
    const steep = z.flat().map(slope);
    const flatter = (than: number): number =>
      b1.filter((_, j) => z.every((row) => slope(row[j] ?? 0) <= than)).length / width;
    const dead = seen.layers[1]?.dead ?? Number.NaN;
    // How large what is summed can be, layer by layer: an element rounds by no more than a part of these, cancel as it may.
    const steepest = Math.max(1, ...steep.map(Math.abs));
    const [sizeW1, sizeW2] = [lengthOf(w1.flat()) + lengthOf(b1), lengthOf(w2) + Math.abs(b2)];
    const sizeX = 1 + lengthOf(Array.from(x.data));
    const sizeZ = sizeX * sizeW1;
    const sizeH = lengthOf(h.flat()) + sizeZ * steepest;
    const sizeY = sizeH * sizeW2 + lengthOf(Array.from(t.data));
    // The second derivatives of these activations are at most 2 or |x|.
    const sizeBack = sizeY * (1 + sizeW2) * (steepest + (2 + sizeZ) * sizeZ);
    const sizes = [sizeZ, sizeH, sizeY];
    return all(
      same(`dense,${activations[kind].description.kind},dense`, seen.layers.map((one) => one.kind).join()),
      same('0 1 2', seen.layers.map((one) => one.path.join('.')).join(' ')),
      same(rows, seen.rows, 'rows'),
      near(sum(y.map((value, i) => (value - (t.data[i] ?? 0)) ** 2)) / rows, seen.loss, sizeY ** 2, 'loss'),
      same(undefined, seen.layers[0]?.saturation, 'saturation of a dense layer'),
      same(steep.filter((s) => Math.abs(s) < 0.01).length / steep.length, seen.layers[1]?.saturation, 'saturation'),
      // A tanh that is within 2 ulp of 1 may be taken for it, where 1 − tanh² is below 5·2⁻⁵³.
      holds(
        flatter(0) <= dead && dead <= flatter(2 ** -50),
        `${flatter(0)} to ${flatter(2 ** -50)}`,
        `${dead}`,
        'dead',
      ),
      same(kind === 'relu', seen.layers[1]?.oneSided, 'oneSided'),
      ...seen.layers.flatMap((one, i) => {
        const [values = [], back = [], own, gradient] = [outputs[i], gradients[i], weights[i], parameterGradients[i]];
        const mean = sum(values) / values.length;
        const backMean = sum(back) / back.length;
        const at = `layer ${i}, `;
        const forward = sizes[i] ?? Number.NaN;
        const backward = i === 0 ? sizeBack : sizeY * (1 + sizeW2);
        const gradientSize = backward * (i === 0 ? sizeX : 1 + sizeH) + lengthOf(own ?? []);
        return [
          same(values.length / rows, one.units, `${at}units`),
          near(mean, one.mean, forward, `${at}mean`),
          near(
            lengthOf(values.map((v) => v - mean)) / Math.sqrt(values.length),
            one.deviation,
            forward,
            `${at}deviation`,
          ),
          near(lengthOf(back), one.gradientNorm, backward, `${at}gradientNorm`),
          near(
            lengthOf(back.map((v) => v - backMean)) / Math.sqrt(back.length),
            one.gradientDeviation,
            backward,
            `${at}gradientDeviation`,
          ),
          ...(own === undefined || gradient === undefined
            ? [
                same(undefined, one.parameterGradientNorm),
                same(undefined, one.updateRatio),
                same(undefined, one.weightNorm),
              ]
            : [
                near(lengthOf(gradient.flat()), one.parameterGradientNorm, gradientSize, `${at}parameterGradientNorm`),
                near(lengthOf(own), one.weightNorm, lengthOf(own), `${at}weightNorm`),
                near(learningRate * lengthOf(gradient[0] ?? []), one.updateNorm, gradientSize, `${at}updateNorm`),
                near(
                  (learningRate * lengthOf(gradient[0] ?? [])) / lengthOf(own),
                  one.updateRatio,
                  gradientSize / lengthOf(own),
                  `${at}updateRatio`,
                ),
              ]),
        ];
      }),
    );
  },
);

const scaled: Law = law(
  'moments scale',
  'mean, deviation and norm of 2ᵏ·x are 2ᵏ times those of x, to the bit, where squares overflow or vanish, too; of few ' +
    'whole numbers the norm and mean are those of exact sums',
  fc.record({
    values: fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 20 }),
    exponent: fc.integer({ min: -900, max: 900 }),
  }),
  ({ values, exponent }) => {
    const [one, other] = [values, values.map((x) => x * 2 ** exponent)].map((xs) =>
      moments(generate('f64', [xs.length], (i) => xs[i] ?? Number.NaN)),
    );
    const mean = sum(values) / values.length;
    return all(
      ...(['mean', 'deviation', 'norm'] as const).map((name) =>
        same(2 ** exponent * (one?.[name] ?? Number.NaN), other?.[name], name),
      ),
      near(lengthOf(values), one?.norm, lengthOf(values), 'norm'),
      near(mean, one?.mean, 1000, 'mean'),
      near(lengthOf(values.map((x) => x - mean)) / Math.sqrt(values.length), one?.deviation, 1000, 'deviation'),
    );
  },
);

export const byHandLaws = lawSet('by hand', [byHand, scaled]);
