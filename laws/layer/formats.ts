/** A layer in f32 against the same layer in f64: as far apart as running error analysis allows, and no further. */
import { random } from '../../src/ops/reference/random.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { entries, type Form, map } from '../../src/tensor/tree.ts';
import { layers } from '../arbitrary/layers.ts';
import { type LawSet, lawSet, type Verdict } from '../law.ts';
import { counted } from '../scalar/counted.ts';
import { type Bench, casesOf, contextOf, inFormat, onBench, pulled, runOf, showCase } from './case.ts';
import { errors, exact, exactRandom, type WithError } from './error-ops.ts';

/** A bound that says nothing: more than a tenth of what is bounded. */
const VACUOUS = 0.1;

const vacuous = (bounds: readonly WithError[]): boolean =>
  bounds.some(({ value, error }) => {
    const greatest = Array.from(value.data).reduce((most, x) => Math.max(most, Math.abs(x)), 1);
    return !Array.from(error.data).every((e) => e <= VACUOUS * greatest);
  });

const apart = <P extends Form, S extends Form>(bench: Bench<P, S>): Verdict | 'excluded' => {
  const { layer, params, state, x, dy, training, key } = bench;
  const bounded = layer.forward(
    errors,
    map(layer.parameters.tree, (t: Tensor) => exact(t), params),
    map(layer.state.tree, (t: Tensor) => exact(t), state),
    exact(x),
    contextOf(training, exactRandom(random('f64', key))),
  );
  const back = bounded.pullback(exact(dy));
  const bounds = [bounded.y, ...entries<P, WithError>(layer.parameters.tree, back.dParams).map(([, t]) => t), back.dx];
  if (vacuous(bounds)) return 'excluded';
  const single = inFormat('f32', bench);
  const run = runOf(single, reference('f32'));
  const found = [run.y, ...pulled(single, run, single.dy)];
  for (const [k, { value, error }] of bounds.entries())
    for (let i = 0; i < value.data.length; i++) {
      const [expected, received, tolerance] = [value.data[i] ?? NaN, found[k]?.data[i] ?? NaN, error.data[i] ?? NaN];
      if (!(Math.abs(expected - received) <= tolerance))
        return {
          expected: `${expected}`,
          received: `${received}`,
          where: `${k === 0 ? 'output' : `gradient ${k - 1}`}[${i}]`,
          tolerance: `${tolerance}, by running error analysis`,
        };
    }
  return undefined;
};

/** Laws of the two formats. */
export const formatLaws: LawSet = lawSet('formats', [
  counted(
    'f32 agrees with f64',
    'outputs and gradients in f32 are those in f64 within what every rounding on the way can do; a sample whose bound says nothing is excluded',
    casesOf(layers),
    (given) => onBench(given, apart),
    { runs: 60, show: showCase },
  ),
]);
