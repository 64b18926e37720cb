/** Successive halving and Hyperband: little training for many points, more for the best of them. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { fieldsOf, positive } from '../../optimizer/config.ts';
import { type Failure, failure } from '../../tensor/failure.ts';
import type { Key } from '../../tensor/key.ts';
import type { Space } from '../space/space.ts';
import { type Bracket, decideBrackets } from './brackets.ts';
import { factorField, keyCodec, MOST, makesSearch, reductionField, trialCount } from './config.ts';
import { drawn } from './random.ts';
import { type RungConfig, rungsOf } from './rungs.ts';
import { type Search, searchOf } from './search.ts';

export interface HyperbandConfig extends RungConfig {
  readonly key: Key;
}

export interface HalvingConfig extends HyperbandConfig {
  /** How many points are begun with the least budget. */
  readonly trials: number;
  /** What the number of trials is divided by from rung to rung, above 1: the factor unless told. Less than the factor stops
   * fewer early, and makes the upper rungs the dear ones. */
  readonly reduction: number;
}

const rungFields = { minimum: positive, maximum: positive, factor: factorField, key: keyCodec };
export const defaults = { minimum: 1, factor: 3 };
export const halvingFields = { trials: trialCount, ...rungFields, reduction: reductionField };
/** The reduction is the factor unless told. */
export const reducedByFactor = (given: object): object => ({
  reduction: 'factor' in given ? given.factor : defaults.factor,
  ...given,
});

/** Settings as JSON. */
const described = (kind: string, { minimum, maximum, factor, key }: HyperbandConfig): Search<never>['description'] => ({
  kind,
  minimum,
  maximum,
  factor,
  key: { words: [...key.words] },
});
export const describedHalving = (
  kind: string,
  { trials, reduction, ...rungs }: HalvingConfig,
): Search<never>['description'] => ({
  ...described(kind, rungs),
  trials,
  reduction,
});

const halvings = makesSearch(
  fieldsOf<HalvingConfig>()('successiveHalving', halvingFields, defaults),
  (config) =>
    <A>(space: Space<A>) =>
      pipe(
        rungsOf('Search.successiveHalving', config),
        E.map((budgets) =>
          searchOf<A>(
            describedHalving('successiveHalving', config),
            space,
            decideBrackets([{ trials: config.trials, budgets }], config.reduction, drawn(space, config.key)),
          ),
        ),
      ),
  reducedByFactor,
);

export type Rungs = Pick<HalvingConfig, 'maximum' | 'key'> & Partial<HalvingConfig>;

/**
 * Successive halving (Jamieson and Talwalkar 2016): `trials` random points have the least budget; of n that ended, the best
 * ⌊n ÷ reduction⌋ go on, each from where it stopped, with `factor` times the budget, and so on to the greatest. The
 * reduction is the factor unless told, so that all rungs cost about the same; a smaller one hedges against early values
 * that mislead. Fails on settings out of their range, and on a greatest budget that is not the least times a power of the
 * factor.
 *
 * @example
 * ```ts
 * import { Key, Search, Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const rungs = (more: { readonly reduction?: number }) =>
 *   pipe(
 *     Space.make({ x: Space.uniform({ low: 0, high: 1 }) }),
 *     E.chain(Search.successiveHalving({ trials: 9, maximum: 9, key: Key.fromSeed(1), ...more })),
 *     E.chain((search) => Search.run(search)(({ x }) => E.right(x))(Search.begin)),
 *     E.map((history) => Search.trials(history).map(({ trial }) => trial.budget)),
 *   );
 * rungs({}) // => E.right([1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 9])
 * rungs({ reduction: 2 }) // => E.right([1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 9, 9])
 * ```
 */
export const successiveHalving = (
  config: Rungs & Pick<HalvingConfig, 'trials'>,
): (<A>(space: Space<A>) => E.Either<Failure, Search<A>>) => halvings.make(config);
export const successiveHalvingKind = halvings;

/** The brackets of Hyperband for rungs 0…k: s from k to 0, ⌈(k + 1)·ηˢ ÷ (s + 1)⌉ points from rung k − s on. */
export const bracketsOf = (budgets: readonly number[], factor: number): readonly Bracket[] => {
  const most = budgets.length - 1;
  return Array.from({ length: budgets.length }, (_, i) => {
    const rungs = most - i;
    let points = most + 1;
    for (let j = 0; j < rungs; j++) points *= factor;
    return { trials: Math.ceil(points / (rungs + 1)), budgets: budgets.slice(i) };
  });
};

const pointsIn = (brackets: readonly Bracket[]): number => brackets.reduce((sum, { trials }) => sum + trials, 0);

const hyperbands = makesSearch(
  fieldsOf<HyperbandConfig>()('hyperband', rungFields, defaults),
  (config) =>
    <A>(space: Space<A>) =>
      pipe(
        rungsOf('Search.hyperband', config),
        E.map((budgets) => bracketsOf(budgets, config.factor)),
        E.filterOrElse(
          (brackets) => pointsIn(brackets) <= MOST,
          (brackets) =>
            failure(
              'config',
              'Search.hyperband.maximum',
              `brackets of at most ${MOST} points in all (a greater minimum has fewer)`,
              `${config.maximum}, for which they are ${pointsIn(brackets)}`,
            ),
        ),
        E.map((brackets) =>
          searchOf<A>(
            described('hyperband', config),
            space,
            decideBrackets(brackets, config.factor, drawn(space, config.key)),
          ),
        ),
      ),
);

/**
 * Hyperband (Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar 2018, algorithm 1): brackets of successive halving, from many
 * points with the least budget to few with the greatest, each of about the same cost. Its brackets are run one after
 * another. Fails as `successiveHalving` does, and where its brackets begin more than a million points.
 *
 * @example
 * ```ts
 * import { Key, Search, Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const first = pipe(
 *   Space.make({ x: Space.uniform({ low: 0, high: 1 }) }),
 *   E.chain(Search.hyperband({ maximum: 9, key: Key.fromSeed(1) })),
 *   E.chain((search) => Search.run(search)(({ x }) => E.right(x))(Search.begin)),
 *   E.map((history) => Search.trials(history).map(({ trial }) => trial.budget).join(' ')),
 * );
 * first // => E.right('1 1 1 1 1 1 1 1 1 3 3 3 9 3 3 3 3 3 9 9 9 9')
 * ```
 */
export const hyperband = (
  config: Pick<HyperbandConfig, 'maximum' | 'key'> & Partial<HyperbandConfig>,
): (<A>(space: Space<A>) => E.Either<Failure, Search<A>>) => hyperbands.make(config);
export const hyperbandKind = hyperbands;
