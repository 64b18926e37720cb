/** The named activations: the laws of any activation, and where their slopes are stated. */
import * as Activation from '../../src/layer/activations.ts';
import { differentiate } from '../../src/scalar/differentiate.ts';
import { evaluate } from '../../src/scalar/evaluate.ts';
import { type LawSet, lawOf, lawSet, same } from '../law.ts';
import { activation } from '../pack/activation.ts';
import { transcripts } from './activation-formulas.ts';

const kinks = lawOf(
  'at kinks',
  'the derivatives that are stated: relu, hardSigmoid and hardTanh 0; leakyRelu, elu, selu the right side; heaviside 0',
  [
    ['relu', Activation.relu, 0, 0],
    ['leakyRelu', Activation.leakyRelu(), 0, 1],
    ['elu', Activation.elu(2), 0, 1],
    ['hardTanh', Activation.hardTanh, 1, 0],
    ['hardTanh', Activation.hardTanh, -1, 0],
    ['hardSigmoid', Activation.hardSigmoid, 3, 0],
    ['hardSigmoid', Activation.hardSigmoid, -3, 0],
    ['heaviside', Activation.heaviside, 0, 0],
  ] as const,
  ([name, layer, x, slope]) => same(slope, evaluate('f64')(differentiate('x')(layer.expr))({ x }), `${name}′(${x})`),
);

/** Laws of the named activations. */
export const activationLaws: LawSet = lawSet(
  'activations',
  [kinks],
  transcripts.map(({ name, layer, value, slope, kinks: jumps, overflows }) =>
    activation(layer, {
      name,
      runs: 12,
      expected: { value, slope, kinks: jumps },
      ...(overflows === undefined ? {} : { except: { 'finite at extremes': overflows } }),
    }),
  ),
);
