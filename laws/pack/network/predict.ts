/** Laws of what a network predicts. */
import type * as fc from 'fast-check';
import { type Network, predict } from '../../../src/layer/network.ts';
import { type Shape, show as showShape } from '../../../src/tensor/shape.ts';
import { cast } from '../../../src/tensor/tensor.ts';
import type { Form } from '../../../src/tensor/tree.ts';
import { positionOf } from '../../law/position.ts';
import { all, code, holds, type Law, law, same, sameTensor, type Verdict } from '../../law.ts';
import { type Bench, inFormat } from '../../layer/case.ts';
import { apart } from '../layer/formats.ts';
import { deterministic, writesNothing } from '../layer/forward.ts';
import { eachRow } from '../layer/rows.ts';
import { type NetworkCase, onBench, onNetwork, showSample } from './case.ts';

const answers = <P extends Form, S extends Form>(network: Network<Shape, Shape, P, S>, bench: Bench<P, S>): Verdict => {
  const x = cast(network.dtype)(bench.x);
  const y = predict(network)(x);
  const stray = Array.from(y.data).findIndex((value) => !Number.isFinite(value));
  return all(
    same(showShape([x.shape[0] ?? 0, ...network.layer.output]), showShape(y.shape), 'shape of the prediction'),
    same(network.dtype, y.dtype, 'format of the prediction'),
    holds(stray < 0, 'finite numbers', code(y.data[stray]), `prediction${positionOf(y.shape, stray)}`),
    sameTensor(y, predict(network)(x), 'prediction, asked again'),
  );
};

/** The laws of predictions. */
export const predictLaws = (cases: fc.Arbitrary<NetworkCase>, runs: number, tolerance: number): readonly Law[] => {
  const options = { runs, show: showSample };
  const still = cases.map((given) => ({ ...given, training: false }));
  return [
    law(
      'predict: answers',
      'finite numbers of the declared shape, the same each time',
      cases,
      (given) => onNetwork(given, answers),
      { ...options, formula: 'shape f(x) = [batch, …output], |f(x)| < ∞' },
    ),
    law(
      'predict: rows are independent',
      'what is predicted of an example does not depend on the others, bit for bit',
      still,
      (given) => onNetwork(given, (network, bench) => eachRow(inFormat(network.dtype, bench), network.dtype)),
      { ...options, formula: 'f(x)ᵢ = f(xᵢ)' },
    ),
    law(
      'deterministic',
      'the same batch and key give the same output, state and gradients',
      cases,
      (given) => onNetwork(given, (network, bench) => deterministic(network.dtype)(bench)),
      { ...options, formula: 'f(θ, x, key) = f(θ, x, key)' },
    ),
    law(
      'writes to nothing',
      'neither a prediction nor a pullback changes the network or the batch',
      cases,
      (given) => onNetwork(given, (network, bench) => writesNothing(network.dtype)(bench)),
      { ...options, formula: '(θ, x) before = (θ, x) after' },
    ),
    law(
      'f32: within rounding of f64',
      'outputs and gradients in f32 are those in f64 within what every rounding on the way can do',
      cases,
      onBench(apart(tolerance)),
      { ...options, formula: '|f₃₂(x) − f₆₄(x)| ≤ running error bound' },
    ),
  ];
};
