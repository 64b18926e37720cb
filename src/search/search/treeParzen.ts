/** The tree-structured Parzen estimator. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { count, fieldsOf, positive, positiveFraction } from '../../optimizer/config.ts';
import type { Failure } from '../../tensor/failure.ts';
import { foldIn } from '../../tensor/key.ts';
import { simple } from '../space/dimension.ts';
import { coordinates, fromUnit, toUnit } from '../space/sample.ts';
import { dimensionOf, type Space } from '../space/space.ts';
import { keyCodec, makesSearch, trialCount } from './config.ts';
import { type Known, ranked, type Trial } from './history.ts';
import { type Places, parzen } from './parzen.ts';
import { drawn, type RandomConfig } from './random.ts';
import { type Decide, type Search, searchOf } from './search.ts';

export interface TreeParzenConfig extends RandomConfig {
  /** How many trials end before it learns: 5 unless told. */
  readonly startup: number;
  /** Which part of the trials, rounded up, is good: in (0, 1], 0.25 unless told. */
  readonly good: number;
  /** How many points are drawn, of which the best is taken: 24 unless told. */
  readonly candidates: number;
}

/** The places of trials in the unit cube. */
const placesOf = <A>(space: Space<A>, known: ReadonlyArray<Trial<A>>): readonly Places[] =>
  known.flatMap(({ point }) => {
    const places = toUnit(space)(point);
    return E.isRight(places) ? [places.right] : [];
  });

/** Good trials, and the others: those that ended without a value, or have not ended, are not good. */
const divided = <A>(known: ReadonlyArray<Known<A>>, fraction: number) => {
  const best = ranked(known);
  const ended = known.filter(({ result }) => result !== undefined).length;
  const good = best.slice(0, Math.ceil(fraction * ended)).map(({ trial }) => trial);
  const numbers = new Set(good.map(({ number }) => number));
  return { good, others: known.flatMap(({ trial }) => (numbers.has(trial.number) ? [] : [trial])) };
};

/** Where the greatest of positive numbers is. */
const firstOfMost = (values: readonly number[]): number => values.indexOf(values.reduce((a, b) => Math.max(a, b), 0));

const decideByParzen =
  <A>(space: Space<A>, { trials, budget, key, startup, good: fraction, candidates }: TreeParzenConfig): Decide<A> =>
  (known) => {
    const number = known.length;
    const dimensions = coordinates(space).map((name) => simple(dimensionOf(space.dimensions, name)));
    const learnt = (): E.Either<Failure, A> => {
      const { good, others } = divided(known, fraction);
      const likely = parzen(dimensions, placesOf(space, good));
      const unlikely = parzen(dimensions, placesOf(space, others));
      const drawnAt = likely.draw(candidates, foldIn(number)(key));
      const gains = drawnAt.map((places) =>
        pipe(
          fromUnit(space)(places),
          E.chain(toUnit(space)), // which says what is there
          E.match(
            () => 0, // never: places are in the cube
            (there) => likely.density(there) / unlikely.density(there),
          ),
        ),
      );
      return fromUnit(space)(drawnAt[firstOfMost(gains)] ?? []);
    };
    const ended = known.filter(({ result }) => result !== undefined).length;
    return number >= trials
      ? E.right('done')
      : pipe(
          ended < startup ? drawn(space, key)(number) : learnt(),
          E.map((point): Trial<A> => ({ number, point, budget })),
        );
  };

const treeParzens = makesSearch(
  fieldsOf<TreeParzenConfig>()(
    'treeParzen',
    {
      trials: trialCount,
      budget: positive,
      key: keyCodec,
      startup: count,
      good: positiveFraction,
      candidates: trialCount,
    },
    { budget: 1, startup: 5, good: 0.25, candidates: 24 },
  ),
  (config) =>
    <A>(space: Space<A>) =>
      E.right(
        searchOf<A>(
          { kind: 'treeParzen', ...config, key: { words: [...config.key.words] } },
          space,
          decideByParzen(space, config),
        ),
      ),
);

/**
 * The tree-structured Parzen estimator (TPE: Bergstra, Bardenet, Bengio and Kégl 2011): after `startup` random trials, points
 * are estimated twice, over the good quarter of the trials and over the others (failed ones and those under way are among
 * these). Of points drawn from the good estimate it takes the one with the greatest ratio of the two, which has the
 * greatest expected improvement. The estimates are joint over all dimensions, so that it learns what is good together; a
 * conditional dimension learns only from trials in which it is there. What it does depends on the order in which results
 * arrive. Fails on settings out of their range.
 *
 * @example
 * ```ts
 * import { Key, Search, Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const best = pipe(
 *   Space.make({ x: Space.uniform({ low: -10, high: 10 }) }),
 *   E.chain(Search.treeParzen({ trials: 40, key: Key.fromSeed(1) })),
 *   E.chain((search) => Search.run(search)(({ x }) => E.right((x - 3) * (x - 3)))(Search.begin)),
 *   E.map((history) => (Search.best(history)?.value ?? 1) < 0.1),
 * );
 * best // => E.right(true)
 * ```
 */
export const treeParzen = (
  config: Pick<TreeParzenConfig, 'trials' | 'key'> & Partial<TreeParzenConfig>,
): (<A>(space: Space<A>) => E.Either<Failure, Search<A>>) => treeParzens.make(config);
export const treeParzenKind = treeParzens;
