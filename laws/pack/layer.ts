/** `laws.layer`: the laws that every layer obeys, for anybody's layers. */
import * as fc from 'fast-check';
import type { Registry } from '../../src/layer/kind.ts';
import type { AnyLayer } from '../../src/layer/layer.ts';
import { registry as ours } from '../../src/layer/registry.ts';
import type { LawSet } from '../law.ts';
import { casesOf } from '../layer/case.ts';
import { codecLaw } from './layer/codec.ts';
import { type Moments, momentsLaw, standardLaw } from './layer/disturbed.ts';
import { formulaLaw, type LayerFormula, unbiasedLaw } from './layer/expected.ts';
import { formatLaw } from './layer/formats.ts';
import { forwardLaws } from './layer/forward.ts';
import { pullbackLaws } from './layer/pullback.ts';
import { rowLaws } from './layer/rows.ts';
import { dtypesOf, type PackOptions, packed, runsOf, toleranceOf } from './options.ts';

export type { Moments } from './layer/disturbed.ts';
export type { LayerFormula, PlainResult, PlainRun } from './layer/expected.ts';

/** What the laws of a layer may be told. */
export interface LayerOptions extends PackOptions {
  /** The kinds that the layer decodes by: this library's unless given. Add the layer's own. */
  readonly registry?: Registry;
  /** What the layer computes, transcribed in plain numbers from its source: outputs, next states, or both. */
  readonly expected?: LayerFormula;
  /** The only numbers that its inputs may be, as the indices that an embedding looks up; the pullback is then judged by
   * the parameters alone, for between such numbers there is nothing to differentiate. */
  readonly inputs?: readonly number[];
  /** Whether outputs in training are on average those at inference, as dropout's are. */
  readonly unbiased?: boolean;
  /** The mean and variance that a number x comes out with in training, where each is disturbed by itself. */
  readonly moments?: (x: number) => Moments;
  /** Whether numbers of mean 0 and variance 1 come out so in training, as they do of alpha dropout. */
  readonly standard?: boolean;
}

const isArbitrary = (of: AnyLayer | fc.Arbitrary<AnyLayer>): of is fc.Arbitrary<AnyLayer> => 'generate' in of;

/**
 * The laws of a layer, or of random layers of a kind: shapes, rows, draws, determinism, codec, both formats; and its
 * pullback against differences and dual numbers, its homogeneity and additivity. With `expected`, its formula too. Fails,
 * as all sets of laws do, when they are run; throws where `except` names a law that there is not.
 *
 * @example
 * ```ts
 * import { Layer } from 'nabla-ts';
 * import { check, laws } from 'nabla-ts/laws';
 * const set = laws.layer(Layer.dense(2, 3), { runs: 2 });
 * check(set).every(({ outcome }) => outcome.tag === 'held') // => true
 * ```
 */
export const layer = (of: AnyLayer | fc.Arbitrary<AnyLayer>, options: LayerOptions = {}): LawSet => {
  const cases = casesOf(isArbitrary(of) ? of : fc.constant(of), options.inputs);
  const [runs, tolerance, dtypes] = [runsOf(options, 30), toleranceOf(options), dtypesOf(options)];
  const { registry = ours, expected, unbiased = false, moments, standard = false } = options;
  return packed(isArbitrary(of) ? 'layers' : of.description.kind, options, [
    ...forwardLaws(cases, dtypes, runs),
    ...rowLaws(cases, runs),
    codecLaw(cases, registry, runs),
    ...pullbackLaws(cases, runs, tolerance),
    ...(dtypes.includes('f32') ? [formatLaw(cases, runs, tolerance)] : []),
    ...(expected === undefined ? [] : [formulaLaw(cases, expected, dtypes, { runs, tolerance })]),
    ...(unbiased ? [unbiasedLaw(cases)] : []),
    ...(moments === undefined ? [] : [momentsLaw(cases, moments)]),
    ...(standard ? [standardLaw(cases)] : []),
  ]);
};
