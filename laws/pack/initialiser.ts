/** `laws.initialiser`: the laws of what draws a parameter's first value, for anybody's initialisers. */
import { type InitialiserRegistry, registry as ours } from '../../src/layer/initialiser/codec.ts';
import type { Initialiser } from '../../src/layer/initialiser/initialiser.ts';
import type { LawSet } from '../law.ts';
import { signalLaw } from './initialiser/depth.ts';
import { drawLaws } from './initialiser/draws.ts';
import { type Distribution, momentsLaw } from './initialiser/moments.ts';
import { orthonormalLaw } from './initialiser/orthonormal.ts';
import { dtypesOf, type PackOptions, packed, runsOf } from './options.ts';

export type { Distribution } from './initialiser/moments.ts';

/** What an initialiser is said to do, where that cannot be told from its type. */
export interface InitialiserMeaning {
  /** The distribution of its independent elements. */
  readonly distribution?: Distribution;
  /** What keeps the mean square of its inputs, layer after layer, where its weights are drawn so. */
  readonly keeps?: 'linear layers' | 'layers with ReLU';
  /** It gives orthonormal rows or columns, whichever are fewer, times this. */
  readonly orthonormal?: number;
}

/** What the laws of an initialiser may be told. */
export interface InitialiserOptions extends PackOptions {
  /** The kinds that it decodes by: this library's unless given. Add its own. */
  readonly registry?: InitialiserRegistry;
  readonly expected?: InitialiserMeaning;
}

/**
 * The laws of an initialiser: shapes and formats, that it draws from its key and from nothing else, that f32 is f64
 * rounded once, its codec; with `expected` its moments, that it keeps a signal's size, or that it is orthonormal.
 *
 * @example
 * ```ts
 * import { Initialiser } from 'nabla-ts';
 * import { check, laws } from 'nabla-ts/laws';
 * const variance = () => 1 / 12;
 * const set = laws.initialiser(Initialiser.uniform(0, 1), {
 *   expected: { distribution: { mean: () => 0.5, variance, limit: () => 0.5 } },
 * });
 * check(set).every(({ outcome }) => outcome.tag === 'held') // => true
 * ```
 */
export const initialiser = (of: Initialiser, options: InitialiserOptions = {}): LawSet => {
  const { registry = ours, expected = {} } = options;
  const { distribution, keeps, orthonormal } = expected;
  return packed(of.description.kind, options, [
    ...drawLaws(of, registry, dtypesOf(options), runsOf(options, 40)),
    ...(distribution === undefined ? [] : [momentsLaw(of, distribution)]),
    ...(keeps === undefined ? [] : [signalLaw(of, keeps === 'layers with ReLU')]),
    ...(orthonormal === undefined ? [] : [orthonormalLaw(of, orthonormal, runsOf(options, 40))]),
  ]);
};
