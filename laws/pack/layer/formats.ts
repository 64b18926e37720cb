/** The law of the two formats: f32 and f64 are as far apart as running error analysis allows, and no further. */
import type * as fc from 'fast-check';
import { random } from '../../../src/ops/reference/random.ts';
import type { Tensor } from '../../../src/tensor/tensor.ts';
import { entries, type Form, map, type Of } from '../../../src/tensor/tree.ts';
import { positionOf } from '../../law/position.ts';
import { code, type Law, law, type Verdict } from '../../law.ts';
import { type Bench, contextOf, inFormat, type LayerCase, onBench } from '../../layer/case.ts';
import { errors, exact, exactRandom, type WithError } from '../../layer/error-ops.ts';
import { runIn } from './forward.ts';
import { gradients, type Named } from './named.ts';
import { showSample } from './sample.ts';

/** A bound that says nothing: more than a tenth of what is bounded. */
const VACUOUS = 0.1;

/** Whether most bounds say nothing. A bound that is great still binds, but little is asked where most are. */
export const vacuous = (bounds: readonly WithError[]): boolean => {
  const says = bounds.flatMap(({ value, error }) => {
    const greatest = Array.from(value.data).reduce((most, x) => Math.max(most, Math.abs(x)), 1);
    return Array.from(error.data, (e) => e <= VACUOUS * greatest);
  });
  return 2 * says.filter((x) => x).length < says.length;
};

/** Why a sample is not judged. */
export const VAGUE = { excluded: 'rounding may do anything here: the bound says nothing' } as const;

/** A run whose numbers carry a bound on how far f32 can be from them. */
export const bounded = <P extends Form, S extends Form>({ layer, params, state, x, training, key }: Bench<P, S>) =>
  layer.forward(
    errors,
    map(layer.parameters.tree, (t: Tensor) => exact(t), params),
    map(layer.state.tree, (t: Tensor) => exact(t), state),
    exact(x),
    contextOf(training, exactRandom(random('f64', key))),
  );

/** The bounds of a record's leaves. */
export const boundsOf = <F extends Form>(tree: AnyTree<F>, of: Of<F, WithError>): readonly WithError[] =>
  entries<F, WithError>(tree, of).map(([, t]) => t);

type AnyTree<F extends Form> = Parameters<typeof entries<F, WithError>>[0];

/** Holds when f32 is as near f64 as running error analysis says. */
export const apart =
  (scale: number) =>
  <P extends Form, S extends Form>(bench: Bench<P, S>): Verdict => {
    const { layer, dy } = bench;
    const run = bounded(bench);
    const back = run.pullback(exact(dy));
    const bounds = [run.y, ...boundsOf<P>(layer.parameters.tree, back.dParams), back.dx];
    if (vacuous(bounds)) return VAGUE;
    const single = inFormat('f32', bench);
    const coarse = runIn('f32', bench);
    const found: readonly Named[] = [['y', coarse.y], ...gradients(single, coarse, single.dy)];
    for (const [k, { value, error }] of bounds.entries())
      for (let i = 0; i < value.data.length; i++) {
        const [expected, received] = [value.data[i] ?? NaN, found[k]?.[1].data[i] ?? NaN];
        const tolerance = scale * (error.data[i] ?? NaN);
        // A bound that is NaN is none: an infinite one times 0.
        if (!(Number.isNaN(tolerance) || Math.abs(expected - received) <= tolerance))
          return {
            expected: code(expected),
            received: code(received),
            where: `${found[k]?.[0]}${positionOf(value.shape, i)}`,
            tolerance: `${tolerance}, by running error analysis`,
          };
      }
    return undefined;
  };

/** The law of the two formats. */
export const formatLaw = (cases: fc.Arbitrary<LayerCase>, runs: number, tolerance: number): Law =>
  law(
    'f32: within rounding of f64',
    'outputs and gradients in f32 are those in f64 within what every rounding on the way can do',
    cases,
    (given) => onBench(given, apart(tolerance)),
    { runs, show: showSample, formula: '|f₃₂(x) − f₆₄(x)| ≤ running error bound' },
  );
