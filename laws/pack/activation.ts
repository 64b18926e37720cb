/** `laws.activation`: the laws of a function that is applied at every element, for anybody's activations. */
import type * as fc from 'fast-check';
import type { Registry } from '../../src/layer/kind.ts';
import type { AnyLayer, Unshaped } from '../../src/layer/layer.ts';
import type { Form } from '../../src/tensor/tree.ts';
import { shapes } from '../arbitrary/shapes.ts';
import type { LawSet } from '../law.ts';
import { type Curves, curveLaws } from './activation/curves.ts';
import { elementLaws } from './activation/element.ts';
import { layer } from './layer.ts';
import { dtypesOf, type PackOptions, packed, runsOf, toleranceOf } from './options.ts';

export type { Curve, Curves } from './activation/curves.ts';

/** What the laws of an activation may be told. */
export interface ActivationOptions extends PackOptions {
  /** The kinds that the activation decodes by: this library's unless given. Add the activation's own. */
  readonly registry?: Registry;
  /** What it computes, transcribed in plain numbers from its source. */
  readonly expected?: Curves;
}

/**
 * The laws of an activation: those of a layer, at random shapes; that each element is on its own; that NaN stays NaN;
 * and with `expected` its formula, its derivative and that it overflows nowhere that the formula does not.
 *
 * @example
 * ```ts
 * import { Activation } from 'nabla-ts';
 * import { check, laws } from 'nabla-ts/laws';
 * const set = laws.activation(Activation.leakyRelu(0.1), {
 *   runs: 3,
 *   expected: { value: (x) => (x < 0 ? 0.1 * x : x), kinks: [0] },
 * });
 * check(set).every(({ outcome }) => outcome.tag === 'held') // => true
 * ```
 */
export const activation = (of: Unshaped<Form, Form>, options: ActivationOptions = {}): LawSet => {
  const { runs: all, registry, expected } = options;
  const [tolerance, dtypes] = [toleranceOf(options), dtypesOf(options)];
  const placed: fc.Arbitrary<AnyLayer> = shapes.map((shape): AnyLayer => of.at(shape));
  return packed(
    of.description.kind,
    options,
    [
      ...elementLaws(of, dtypes, runsOf(options, 30)),
      ...(expected === undefined ? [] : curveLaws(of, expected, dtypes, { runs: runsOf(options, 100), tolerance })),
    ],
    [
      layer(placed, {
        name: 'as a layer',
        dtypes,
        tolerance,
        ...(all === undefined ? {} : { runs: all }),
        ...(registry === undefined ? {} : { registry }),
      }),
    ],
  );
};
