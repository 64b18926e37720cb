/** What hyperparameters may be, to the last number, and what constructors say of those that may not. */
import * as Activation from '../../src/layer/activations.ts';
import { finite, fraction, notNegative, positive, rate, width } from '../../src/layer/config.ts';
import * as Layer from '../../src/layer/index.ts';
import * as Initialiser from '../../src/layer/initialiser/index.ts';
import { type Law, type LawSet, lawSet } from '../law.ts';
import { saying, taking } from '../reach/said.ts';

const LEAST = 2 ** -1074;
const GREATEST = (2 - 2 ** -52) * 2 ** 1023;

const bounds: Law = taking('hyperparameters', 'are numbers in the range that the name says, ends as written', [
  [width, 1, true],
  [width, 2 ** 31 - 1, true],
  [width, 2 ** 31, false],
  [width, 0, false],
  [width, -1, false],
  [width, 1.5, false],
  [width, NaN, false],
  [width, '1', false],
  [finite, -GREATEST, true],
  [finite, Infinity, false],
  [finite, NaN, false],
  [finite, '1', false],
  [positive, LEAST, true],
  [positive, GREATEST, true],
  [positive, 0, false],
  [positive, -LEAST, false],
  [positive, Infinity, false],
  [positive, NaN, false],
  [positive, '1', false],
  [notNegative, 0, true],
  [notNegative, GREATEST, true],
  [notNegative, -LEAST, false],
  [notNegative, Infinity, false],
  [notNegative, '1', false],
  [rate, 0, true],
  [rate, 1 - 2 ** -53, true],
  [rate, 1, false],
  [rate, -LEAST, false],
  [rate, NaN, false],
  [rate, '0.5', false],
  [fraction, 0, true],
  [fraction, 1, true],
  [fraction, 1 + 2 ** -52, false],
  [fraction, -LEAST, false],
  [fraction, NaN, false],
  [fraction, '1', false],
]);

const WIDTH = 'expected a whole number from 1 to 2^31 − 1, received';
const FINITE = 'expected a finite number, received';
const POSITIVE = 'expected a finite number above 0, received';
const NOT_NEGATIVE = 'expected a finite number not below 0, received';
const RATE = 'expected a number in [0, 1), received';

const layers: Law = saying('layers', 'refuse hyperparameters, naming the field, what it may be and what it was', [
  [() => Layer.dense(0, 1), `dense: inputs: ${WIDTH} 0`],
  [() => Layer.dense(1, 2 ** 31), `dense: outputs: ${WIDTH} 2147483648`],
  [() => Layer.denseWithoutBias(1.5, 1), `denseWithoutBias: inputs: ${WIDTH} 1.5`],
  [() => Layer.denseWithoutBias(1, -1), `denseWithoutBias: outputs: ${WIDTH} -1`],
  [() => Activation.leakyRelu(NaN), `leakyRelu: slope: ${FINITE} NaN`],
  [() => Activation.prelu(Infinity), `prelu: slope: ${FINITE} Infinity`],
  [() => Activation.elu(0), `elu: alpha: ${POSITIVE} 0`],
  [() => Activation.celu(-1), `celu: alpha: ${POSITIVE} -1`],
  [() => Layer.dropout(1), `dropout: rate: ${RATE} 1`],
  [() => Layer.gaussianDropout(-0.5), `gaussianDropout: rate: ${RATE} -0.5`],
  [() => Layer.alphaDropout(NaN), `alphaDropout: rate: ${RATE} NaN`],
  [() => Layer.gaussianNoise(-1), `gaussianNoise: deviation: ${NOT_NEGATIVE} -1`],
  [() => Layer.batchNorm({ momentum: 1.5 }), 'batchNorm: momentum: expected a number in [0, 1], received 1.5'],
  [() => Layer.batchNorm({ epsilon: 0 }), `batchNorm: epsilon: ${POSITIVE} 0`],
  [() => Layer.layerNorm({ epsilon: 0 }), `layerNorm: epsilon: ${POSITIVE} 0`],
  [() => Layer.flatten([2, 0]), `flatten: shape.1: ${WIDTH} 0`],
  [() => Layer.reshape([0], [1]), `reshape: from.0: ${WIDTH} 0`],
  [() => Layer.reshape([1], [0]), `reshape: to.0: ${WIDTH} 0`],
]);

const initialisers: Law = saying('initialisers', 'refuse hyperparameters, naming the field, its range and the number', [
  [() => Initialiser.constant(NaN), `Initialiser.constant: value: ${FINITE} NaN`],
  [() => Initialiser.uniform(NaN, 0), `Initialiser.uniform: low: ${FINITE} NaN`],
  [() => Initialiser.uniform(0, Infinity), `Initialiser.uniform: high: ${FINITE} Infinity`],
  [() => Initialiser.uniform(1, 0), `Initialiser.uniform: high − low: ${NOT_NEGATIVE} -1`],
  [() => Initialiser.uniform(-GREATEST, GREATEST), `Initialiser.uniform: high − low: ${NOT_NEGATIVE} Infinity`],
  [() => Initialiser.uniform(-3, -1), 'a result'],
  [() => Initialiser.uniform(1, 1), 'a result'],
  [() => Initialiser.uniform(GREATEST / 2, GREATEST), 'a result'],
  [() => Initialiser.normal(NaN, 1), `Initialiser.normal: mean: ${FINITE} NaN`],
  [() => Initialiser.normal(0, -1), `Initialiser.normal: deviation: ${NOT_NEGATIVE} -1`],
  [() => Initialiser.truncatedNormal(Infinity, 1), `Initialiser.truncatedNormal: mean: ${FINITE} Infinity`],
  [() => Initialiser.truncatedNormal(0, -1), `Initialiser.truncatedNormal: deviation: ${NOT_NEGATIVE} -1`],
  [() => Initialiser.orthogonal(0), `Initialiser.orthogonal: gain: ${POSITIVE} 0`],
]);

export const configLaws: LawSet = lawSet('hyperparameters', [bounds, layers, initialisers]);
