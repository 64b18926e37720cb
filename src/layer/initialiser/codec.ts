/** Initialisers from JSON. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { closed } from '../../scalar/closed.ts';
import { type Failure, failure, quote } from '../../tensor/failure.ts';
import { decodeAs, finite, notNegative, positive } from '../config.ts';
import { constant, zeros } from './constant.ts';
import type { Initialiser } from './initialiser.ts';
import { orthogonal } from './orthogonal.ts';
import { normal, truncatedNormal, uniform } from './random.ts';
import { glorotNormal, glorotUniform, heNormal, heUniform, lecunNormal, lecunUniform } from './scaled.ts';

/** How an initialiser of a kind is read: from its description and where that stood. */
export type InitialiserKind = (description: unknown, where: string) => E.Either<Failure, Initialiser>;

/** The kinds that a file may name. Add one's own: `{ ...Initialiser.registry, mine }`. */
export type InitialiserRegistry = Readonly<Record<string, InitialiserKind>>;

const kind =
  <P extends t.Props>(name: string, props: P, build: (fields: t.TypeOfProps<P>) => Initialiser): InitialiserKind =>
  (description, where) =>
    pipe(
      description,
      decodeAs(closed<P & { kind: t.Type<string> }>(name, { ...props, kind: t.literal(name) }), where),
      E.map(build),
    );

const own = (initialiser: Initialiser): readonly [string, InitialiserKind] => [
  initialiser.description.kind,
  kind(initialiser.description.kind, {}, () => initialiser),
];

/**
 * All kinds of this library.
 *
 * @example
 * ```ts
 * import { Initialiser } from 'nabla-ts';
 * Object.keys(Initialiser.registry).includes('orthogonal') // => true
 * ```
 */
export const registry: InitialiserRegistry = Object.freeze({
  ...Object.fromEntries([zeros, glorotUniform, glorotNormal, heUniform, heNormal, lecunUniform, lecunNormal].map(own)),
  constant: kind('constant', { value: finite }, ({ value }) => constant(value)),
  uniform: (description: unknown, where: string) =>
    pipe(
      description,
      decodeAs(closed('uniform', { kind: t.literal('uniform'), low: finite, high: finite }), where),
      E.filterOrElse(
        ({ low, high }) => low <= high && Number.isFinite(high - low),
        ({ low, high }) => failure('config', where, 'low ≤ high, a finite number apart', `low ${low}, high ${high}`),
      ),
      E.map(({ low, high }) => uniform(low, high)),
    ),
  normal: kind('normal', { mean: finite, deviation: notNegative }, ({ mean, deviation }) => normal(mean, deviation)),
  truncatedNormal: kind('truncatedNormal', { mean: finite, deviation: notNegative }, ({ mean, deviation }) =>
    truncatedNormal(mean, deviation),
  ),
  orthogonal: kind('orthogonal', { gain: positive }, ({ gain }) => orthogonal(gain)),
});

const named = t.type({ kind: t.string });

/** Reads an initialiser, `where` being where its description stands. Fails on a kind that the registry does not have, on
 * unknown fields and on hyperparameters that its constructor refuses.
 *
 * @example
 * ```ts
 * import { Failure, Initialiser } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * const read = Initialiser.decode(Initialiser.registry, 'weight');
 * E.isRight(read({ kind: 'constant', value: 1 })) // => true
 * E.mapLeft(Failure.show)(read({ kind: 'constant', value: 1, mean: 0 }))._tag // => 'Left'
 * ```
 */
export const decode =
  (kinds: InitialiserRegistry, where: string) =>
  (description: unknown): E.Either<Failure, Initialiser> => {
    if (!named.is(description))
      return E.left(failure('codec', where, 'an initialiser: an object with a kind', quote(description)));
    const read = Object.hasOwn(kinds, description.kind) ? kinds[description.kind] : undefined;
    return read === undefined
      ? E.left(failure('codec', `${where}.kind`, `one of ${Object.keys(kinds).join(', ')}`, quote(description.kind)))
      : read(description, where);
  };
