/**
 * How optimizers, transforms and schedules are read from JSON. A registry says which kinds there are; it is an argument,
 * so that a user's own decode as ours do.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure, quote } from '../tensor/failure.ts';
import { complete, decodeFields, type Fields } from './config.ts';
import type { Optimizer } from './optimizer.ts';
import type { Plateau, Schedule } from './schedule/schedule.ts';
import type { Transform } from './transform/transform.ts';

/** Reads one kind: from its fields (all but `kind`) and from where they stand. */
export type Kind<A> = (registry: Registry) => (fields: unknown, where: string) => E.Either<Failure, A>;

/** The kinds that a file may name. Add one's own by spreading: `{ ...Optimizer.registry.optimizers, mine: … }`. */
export interface Registry {
  readonly optimizers: Readonly<Record<string, Kind<Optimizer>>>;
  readonly transforms: Readonly<Record<string, Kind<Transform>>>;
  readonly schedules: Readonly<Record<string, Kind<Schedule | Plateau>>>;
}

/** A JSON object by its kind and its other fields. */
export interface Named {
  readonly kind: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A kind and its fields, or a failure. */
export const named =
  (what: string, where: string) =>
  (json: unknown): E.Either<Failure, Named> => {
    if (typeof json !== 'object' || json === null || !('kind' in json) || typeof json.kind !== 'string')
      return E.left(failure('config', where, `${what}: an object with a kind`, quote(json)));
    const { kind, ...fields } = json;
    return E.right({ kind: json.kind, fields });
  };

/** The reader of a kind, or a failure that lists the kinds there are. */
export const kindOf =
  <A>(kinds: Readonly<Record<string, Kind<A>>>, where: string) =>
  (kind: string): E.Either<Failure, Kind<A>> => {
    const found = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    return found === undefined
      ? E.left(failure('config', `${where}.kind`, `one of ${Object.keys(kinds).join(', ')}`, quote(kind)))
      : E.right(found);
  };

/** Reads a schedule of any of the registry's kinds. */
export const readSchedule =
  (registry: Registry) =>
  (json: unknown, where: string): E.Either<Failure, Schedule | Plateau> =>
    pipe(
      json,
      named('a schedule', where),
      E.chain(({ kind, fields }) =>
        pipe(
          kind,
          kindOf(registry.schedules, where),
          E.chain((read) => read(registry)(fields, where)),
        ),
      ),
    );

/** The fields with some of them decoded: those that hold a schedule's JSON. Numbers, and what is no object, stay for the
 * codec to judge. */
export const withSchedules =
  (registry: Registry, ...names: readonly string[]) =>
  (fields: unknown, where: string): E.Either<Failure, unknown> =>
    names.reduce<E.Either<Failure, unknown>>(
      (all, name) =>
        pipe(
          all,
          E.chain((known): E.Either<Failure, unknown> => {
            if (typeof known !== 'object' || known === null) return E.right(known);
            const value = new Map<string, unknown>(Object.entries(known)).get(name);
            return typeof value === 'object' && value !== null
              ? pipe(
                  readSchedule(registry)(value, `${where}.${name}`),
                  E.map((schedule) => ({ ...known, [name]: schedule })),
                )
              : E.right(known);
          }),
        ),
      E.right(fields),
    );

/** A kind by its hyperparameters: the constructor, which throws on wrong ones, and the reader, which fails on them. */
export interface Made<C extends object, A> {
  readonly make: (config: Partial<C>) => A;
  readonly kind: Kind<A>;
}

/** Makes both of the hyperparameters' fields; fields named in `schedules` may hold a schedule's JSON. */
export const makes = <C extends object, A>(
  namespace: string,
  fields: Fields<C>,
  build: (config: C) => A,
  ...schedules: readonly string[]
): Made<C, A> => ({
  make: (config) => build(complete(namespace, fields, config)),
  kind: (registry) => (json, where) =>
    pipe(withSchedules(registry, ...schedules)(json, where), E.chain(decodeFields(fields, where)), E.map(build)),
});

/** Makes both of an optimizer with a learning rate. */
export const makesOptimizer = <C extends object>(
  fields: Fields<C>,
  build: (config: C) => Optimizer,
): Made<C, Optimizer> => makes('Optimizer', fields, build, 'learningRate');
