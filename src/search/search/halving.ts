/** Successive halving, Hyperband and asynchronous halving: little training for many points, more for the best of them. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { fieldsOf, positive } from '../../optimizer/config.ts';
import type { Failure } from '../../tensor/failure.ts';
import type { Key } from '../../tensor/key.ts';
import type { Space } from '../space/space.ts';
import { type Bracket, decideBrackets } from './brackets.ts';
import { factorField, keyCodec, makesSearch, trialCount } from './config.ts';
import { ranked, type Trial } from './history.ts';
import { drawn } from './random.ts';
import { type RungConfig, rungsOf } from './rungs.ts';
import { type Decide, type Search, searchOf } from './search.ts';

export interface HyperbandConfig extends RungConfig {
  readonly key: Key;
}

export interface HalvingConfig extends HyperbandConfig {
  /** How many points are begun with the least budget. */
  readonly trials: number;
}

const rungFields = { minimum: positive, maximum: positive, factor: factorField, key: keyCodec };
const defaults = { minimum: 1, factor: 3 };

/** Settings as JSON. */
const described = (
  kind: string,
  { minimum, maximum, factor, key }: HyperbandConfig,
  more: { readonly trials?: number } = {},
): Search<never>['description'] => ({ kind, ...more, minimum, maximum, factor, key: { words: [...key.words] } });

const halvings = makesSearch(
  fieldsOf<HalvingConfig>()('successiveHalving', { trials: trialCount, ...rungFields }, defaults),
  (config) =>
    <A>(space: Space<A>) =>
      pipe(
        rungsOf('Search.successiveHalving', config),
        E.map((budgets) =>
          searchOf<A>(
            described('successiveHalving', config, { trials: config.trials }),
            space,
            decideBrackets([{ trials: config.trials, budgets }], config.factor, drawn(space, config.key)),
          ),
        ),
      ),
);

type Rungs = Pick<HalvingConfig, 'maximum' | 'key'> & Partial<HalvingConfig>;

/**
 * Successive halving (Jamieson and Talwalkar 2016): `trials` random points have the least budget; of n that ended, the best
 * ⌊n ÷ factor⌋ go on, each from where it stopped, with `factor` times the budget, and so on to the greatest. Fails on
 * settings out of their range, and on a greatest budget that is not the least times a power of the factor.
 *
 * @example
 * ```ts
 * import { Key, Search, Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const rungs = pipe(
 *   Space.make({ x: Space.uniform({ low: 0, high: 1 }) }),
 *   E.chain(Search.successiveHalving({ trials: 9, maximum: 9, key: Key.fromSeed(1) })),
 *   E.chain((search) => Search.run(search)(({ x }) => E.right(x))(Search.begin)),
 *   E.map((history) => Search.trials(history).map(({ trial }) => trial.budget)),
 * );
 * rungs // => E.right([1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 9])
 * ```
 */
export const successiveHalving = (
  config: Rungs & Pick<HalvingConfig, 'trials'>,
): (<A>(space: Space<A>) => E.Either<Failure, Search<A>>) => halvings.make(config);
export const successiveHalvingKind = halvings;

/** The brackets of Hyperband for rungs 0…k: s from k to 0, ⌈(k + 1)·ηˢ ÷ (s + 1)⌉ points from rung k − s on. */
const bracketsOf = (budgets: readonly number[], factor: number): readonly Bracket[] => {
  const most = budgets.length - 1;
  return Array.from({ length: budgets.length }, (_, i) => {
    const rungs = most - i;
    let points = most + 1;
    for (let j = 0; j < rungs; j++) points *= factor;
    return { trials: Math.ceil(points / (rungs + 1)), budgets: budgets.slice(i) };
  });
};

const hyperbands = makesSearch(
  fieldsOf<HyperbandConfig>()('hyperband', rungFields, defaults),
  (config) =>
    <A>(space: Space<A>) =>
      pipe(
        rungsOf('Search.hyperband', config),
        E.map((budgets) =>
          searchOf<A>(
            described('hyperband', config),
            space,
            decideBrackets(bracketsOf(budgets, config.factor), config.factor, drawn(space, config.key)),
          ),
        ),
      ),
);

/**
 * Hyperband (Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar 2018, algorithm 1): brackets of successive halving, from many
 * points with the least budget to few with the greatest, each of about the same cost. Its brackets are run one after
 * another. Fails as `successiveHalving` does.
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

/** Promotes from the highest rung down whoever is among the best ⌊n ÷ factor⌋ of the n that have ended there. */
const decideAsynchronously =
  <A>(
    { trials, factor }: HalvingConfig,
    budgets: readonly number[],
    fresh: (i: number) => E.Either<Failure, A>,
  ): Decide<A> =>
  (known) => {
    const promoted = new Set(known.map(({ trial }) => trial.from));
    const rungs = budgets.map((budget) => known.filter(({ trial }) => trial.budget === budget));
    const number = known.length;
    for (let rung = budgets.length - 2; rung >= 0; rung--) {
      const ended = (rungs[rung] ?? []).filter(({ result }) => result !== undefined);
      const best = ranked(ended)
        .slice(0, Math.floor(ended.length / factor))
        .find(({ trial }) => !promoted.has(trial.number));
      const budget = budgets[rung + 1];
      if (best !== undefined && budget !== undefined)
        return E.right({ number, point: best.trial.point, budget, from: best.trial.number });
    }
    const begun = known.filter(({ trial }) => trial.from === undefined).length;
    if (begun < trials)
      return pipe(
        fresh(begun),
        E.map((point): Trial<A> => ({ number, point, budget: budgets[0] ?? 0 })), // never 0: there is a rung
      );
    const underWay = rungs.slice(0, -1).some((rung) => rung.some(({ result }) => result === undefined));
    return E.right(underWay ? 'wait' : 'done');
  };

const asynchronousHalvings = makesSearch(
  fieldsOf<HalvingConfig>()('asynchronousHalving', { trials: trialCount, ...rungFields }, defaults),
  (config) =>
    <A>(space: Space<A>) =>
      pipe(
        rungsOf('Search.asynchronousHalving', config),
        E.map((budgets) =>
          searchOf<A>(
            described('asynchronousHalving', config, { trials: config.trials }),
            space,
            decideAsynchronously(config, budgets, drawn(space, config.key)),
          ),
        ),
      ),
);

/**
 * Asynchronous halving (ASHA: Li and others 2020, algorithm 2): nobody waits for a rung. Whenever there is room, the best trial
 * that is among the first ⌊n ÷ factor⌋ of the n ended so far in its rung goes on, in the highest rung that has one; else a
 * new point is begun. What it does depends on the order in which results arrive. Fails as `successiveHalving` does.
 *
 * @example
 * ```ts
 * import { Key, Search, Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const budgets = pipe(
 *   Space.make({ x: Space.uniform({ low: 0, high: 1 }) }),
 *   E.chain(Search.asynchronousHalving({ trials: 4, maximum: 2, factor: 2, key: Key.fromSeed(1) })),
 *   E.chain((search) => Search.run(search)(() => E.right(1))(Search.begin)),
 *   E.map((history) => Search.trials(history).map(({ trial }) => trial.budget)),
 * );
 * budgets // => E.right([1, 1, 2, 1, 1, 2])
 * ```
 */
export const asynchronousHalving = (
  config: Rungs & Pick<HalvingConfig, 'trials'>,
): (<A>(space: Space<A>) => E.Either<Failure, Search<A>>) => asynchronousHalvings.make(config);
export const asynchronousHalvingKind = asynchronousHalvings;
