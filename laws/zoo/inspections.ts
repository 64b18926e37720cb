/** Wrong looks into a network, in plain loops as they are often written. */
import type { LawSet } from '../law.ts';
import {
  type InspectedActivation,
  type InspectedLayer,
  type InspectedNetwork,
  inspection,
} from '../pack/inspection.ts';
import type { Broken } from './broken.ts';

type Rows = ReadonlyArray<readonly number[]>;

const total = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0);
const mean = (values: readonly number[]): number => total(values) / values.length;
const length = (values: readonly number[]): number => Math.hypot(...values);
const share = (of: readonly boolean[]): number => of.filter((is) => is).length / of.length;
const columns = (rows: Rows): Rows => (rows[0] ?? []).map((_, j) => rows.map((row) => row[j] ?? NaN));

const value: Readonly<Record<InspectedActivation, (x: number) => number>> = {
  relu: (x) => Math.max(0, x),
  hardTanh: (x) => Math.max(-1, Math.min(1, x)),
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  softsign: (x) => x / (1 + Math.abs(x)),
};

/** The slope, of what is given and what came of it. */
const slope: Readonly<Record<InspectedActivation, (x: number, y: number) => number>> = {
  relu: (x) => (x > 0 ? 1 : 0),
  hardTanh: (x) => (x > -1 && x < 1 ? 1 : 0),
  tanh: (_, y) => 1 - y * y,
  sigmoid: (_, y) => y * (1 - y),
  softsign: (_, y) => (1 - Math.abs(y)) ** 2,
};

/** A layer, and all that passed through it. */
interface Passed {
  readonly given: Rows;
  readonly output: Rows;
  /** The gradient in each. */
  readonly back: Rows;
  readonly backOfGiven: Rows;
  /** Of an activation. */
  readonly slopes?: Rows;
  readonly activation: InspectedActivation;
  /** Of a dense layer. */
  readonly weights?: Rows;
  readonly dWeights: readonly number[];
  readonly dBiases: readonly number[];
  readonly learningRate: number;
}

/** All layers, the last one first. */
const passed = ({ dense, activation, inputs, dy, learningRate }: InspectedNetwork): readonly Passed[] => {
  const outputs: Rows[] = [inputs];
  for (const [i, { weights, biases }] of dense.entries()) {
    const given = outputs[outputs.length - 1] ?? [];
    const z = given.map((row) => biases.map((b, j) => b + total(row.map((x, k) => x * (weights[k]?.[j] ?? NaN)))));
    outputs.push(z, ...(i === dense.length - 1 ? [] : [z.map((row) => row.map(value[activation]))]));
  }
  const layers: Passed[] = [];
  let back: Rows = dy;
  for (let i = 2 * dense.length - 2; i >= 0; i--) {
    const [given = [], output = []] = [outputs[i], outputs[i + 1]];
    const own = { given, output, back, activation, learningRate };
    if (i % 2 === 0) {
      const { weights = [] } = dense[i / 2] ?? {};
      const backOfGiven = back.map((row) => weights.map((w) => total(w.map((x, j) => x * (row[j] ?? NaN)))));
      const dWeights = columns(given).flatMap((x) =>
        columns(back).map((d) => total(x.map((one, row) => one * (d[row] ?? NaN)))),
      );
      layers.push({ ...own, backOfGiven, weights, dWeights, dBiases: columns(back).map(total) });
      back = backOfGiven;
    } else {
      const slopes = given.map((row, r) => row.map((x, j) => slope[activation](x, output[r]?.[j] ?? NaN)));
      const backOfGiven = back.map((row, r) => row.map((d, j) => d * (slopes[r]?.[j] ?? NaN)));
      layers.push({ ...own, backOfGiven, slopes, dWeights: [], dBiases: [] });
      back = backOfGiven;
    }
  }
  return layers.reverse();
};

/** √(Σ(x − mean)²/(n − less)). */
const deviation = (values: readonly number[], less = 0): number =>
  Math.sqrt(total(values.map((x) => (x - mean(values)) ** 2)) / (values.length - less));

const right = ({ output, back, slopes, weights, dWeights, dBiases, learningRate }: Passed): InspectedLayer => ({
  mean: mean(output.flat()),
  deviation: deviation(output.flat()),
  gradientNorm: length(back.flat()),
  ...(slopes === undefined
    ? {}
    : {
        saturation: share(slopes.flat().map((f) => Math.abs(f) < 0.01)),
        dead: share(columns(slopes).map((unit) => unit.every((f) => f === 0))),
      }),
  ...(weights === undefined
    ? {}
    : {
        parameterGradientNorm: length([...dWeights, ...dBiases]),
        updateRatio: (learningRate * length(dWeights)) / length(weights.flat()),
      }),
});

/** A look that says something else of each layer. */
const saying = (other: (of: Passed) => Partial<InspectedLayer>): LawSet =>
  inspection({ of: (network) => passed(network).map((layer) => ({ ...right(layer), ...other(layer) })) });

/** One that says something else of activations, told their slopes. */
const ofActivations = (other: (slopes: Rows, of: Passed) => Partial<InspectedLayer>): LawSet =>
  saying((layer) => (layer.slopes === undefined ? {} : other(layer.slopes, layer)));

/** One that says something else of dense layers, told their weights. */
const ofDense = (other: (weights: readonly number[], of: Passed) => Partial<InspectedLayer>): LawSet =>
  saying((layer) => (layer.weights === undefined ? {} : other(layer.weights.flat(), layer)));

export const broken: readonly Broken[] = [
  {
    name: 'saturation by the output',
    fault: 'elements whose |f| is above 0.99 are counted, as if every activation were a tanh',
    law: 'saturation is of slopes',
    laws: ofActivations((_, { output }) => ({ saturation: share(output.flat().map((y) => Math.abs(y) > 0.99)) })),
  },
  {
    name: 'saturation by a slope that is small',
    fault: '|f| is below 0.01: elements that are nearly 0, where most activations are steepest',
    law: 'saturation is of slopes',
    laws: ofActivations((_, { output }) => ({ saturation: share(output.flat().map((y) => Math.abs(y) < 0.01)) })),
  },
  {
    name: 'the slope at the output',
    fault: 'f′ is taken at what the activation gives and not at what it was given',
    law: 'saturation is of slopes',
    laws: ofActivations((_, { output, activation }) => ({
      saturation: share(output.flat().map((y) => Math.abs(slope[activation](y, value[activation](y))) < 0.01)),
    })),
  },
  {
    name: 'dead elements',
    fault: 'elements without a slope are counted: half of the units of a healthy ReLU are dead',
    law: 'dead units are units',
    laws: ofActivations((slopes) => ({ dead: share(slopes.flat().map((f) => f === 0)) })),
  },
  {
    name: 'units that are dead in one row',
    fault: 'a unit that is off in any row counts, and the larger the batch the more of them',
    law: 'one more row buries no unit',
    laws: ofActivations((slopes) => ({ dead: share(columns(slopes).map((unit) => unit.some((f) => f === 0))) })),
  },
  {
    name: 'units that are dead at 0',
    fault: 'a unit is dead that gives 0 in every row: one that is stuck at 1 is not seen',
    law: 'dead units are units',
    laws: ofActivations((_, { output }) => ({
      dead: share(columns(output).map((unit) => unit.every((y) => y === 0))),
    })),
  },
  {
    name: 'a variance for a deviation',
    fault: 'the root is left out',
    law: 'deviation of the output',
    laws: saying(({ output }) => ({ deviation: deviation(output.flat()) ** 2 })),
  },
  {
    name: 'a deviation of n − 1',
    fault: 'an estimate of other outputs than these, divided by one less than there are',
    law: 'rows twice',
    laws: saying(({ output }) => ({
      deviation: output.flat().length > 1 ? deviation(output.flat(), 1) : 0,
    })),
  },
  {
    name: 'a deviation in one pass',
    fault: '√(mean of squares − square of the mean), which has no digits left where the mean is large',
    law: 'a shift moves the mean alone',
    laws: saying(({ output }) => ({
      deviation: Math.sqrt(Math.max(0, mean(output.flat().map((y) => y * y)) - mean(output.flat()) ** 2)),
    })),
  },
  {
    name: 'a deviation unit by unit',
    fault: 'the mean of the units’ deviations over rows, which does not see that units differ',
    law: 'deviation of the output',
    laws: saying(({ output }) => ({ deviation: mean(columns(output).map((unit) => deviation(unit))) })),
  },
  {
    name: 'the mean of what the layer is given',
    fault: 'the hook stands before the layer and not behind it',
    law: 'mean of the output',
    laws: saying(({ given }) => ({ mean: mean(given.flat()), deviation: deviation(given.flat()) })),
  },
  {
    name: 'the gradient of what the layer is given',
    fault: 'the hook of the way back stands before the layer and not behind it',
    law: 'the gradient is of the output',
    laws: saying(({ backOfGiven }) => ({ gradientNorm: length(backOfGiven.flat()) })),
  },
  {
    name: 'a gradient on average',
    fault: 'the root of the mean square, which is no length: it is the same for twice as many rows',
    law: 'rows twice',
    laws: saying(({ back }) => ({ gradientNorm: length(back.flat()) / Math.sqrt(back.flat().length) })),
  },
  {
    name: 'a gradient’s absolute values',
    fault: 'absolute values are added up, a length in another norm',
    law: 'the gradient is of the output',
    laws: saying(({ back }) => ({ gradientNorm: total(back.flat().map(Math.abs)) })),
  },
  {
    name: 'a squared gradient',
    fault: 'the root is left out: what is 16 times as large is said to be 256 times',
    law: 'gradients scale',
    laws: saying(({ back }) => ({ gradientNorm: length(back.flat()) ** 2 })),
  },
  {
    name: 'parameters without biases',
    fault: 'the gradient of the weights alone',
    law: 'the gradient of parameters',
    laws: ofDense((_, { dWeights }) => ({ parameterGradientNorm: length(dWeights) })),
  },
  {
    name: 'weights by updates',
    fault: 'the ratio is upside down: a network that stands still has a large one',
    law: 'updates by weights',
    laws: ofDense((weights, { dWeights, learningRate }) => ({
      updateRatio: length(weights) / (learningRate * length(dWeights)),
    })),
  },
  {
    name: 'gradients by weights',
    fault: 'the gradient stands for the update: the learning rate is left out',
    law: 'updates by weights',
    laws: ofDense((weights, { dWeights }) => ({ updateRatio: length(dWeights) / length(weights) })),
  },
  {
    name: 'updates by the weights after them',
    fault: 'the weights are measured when the step is made',
    law: 'updates by weights',
    laws: ofDense((weights, { dWeights, learningRate }) => {
      // dWeights is laid out as the weights are: a row for each input.
      const next = weights.map((w, i) => w - learningRate * (dWeights[i] ?? NaN));
      return { updateRatio: (learningRate * length(dWeights)) / length(next) };
    }),
  },
  {
    name: 'a look that passes over NaN',
    fault: 'numbers that are not finite are left out of mean and deviation, and a broken network looks well',
    law: 'what is not a number stays none',
    laws: saying(({ output }) => {
      const finite = output.flat().filter(Number.isFinite);
      return finite.length === 0 ? { mean: 0, deviation: 0 } : { mean: mean(finite), deviation: deviation(finite) };
    }),
  },
  {
    name: 'a look that makes the step',
    fault: 'the update is measured by making it, and the weights are not put back',
    law: 'looking changes nothing',
    laws: inspection({
      of: (network) => {
        const layers = passed(network);
        const seen = layers.map(right);
        for (const { weights = [], dWeights, learningRate } of layers)
          for (const [k, row] of weights.entries())
            Object.assign(
              row,
              row.map((w, j) => w - learningRate * (dWeights[k * row.length + j] ?? NaN)),
            );
        return seen;
      },
    }),
  },
];

export const correct: readonly LawSet[] = [inspection({ of: (network) => passed(network).map(right) })];
