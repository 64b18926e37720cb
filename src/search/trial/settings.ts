/**
 * Settings say in plain data which network is trained, and how: the names that a point of a space, or what is fixed beside
 * it, may have.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { numberThat, rate, width } from '../../layer/config.ts';
import { count, listOf, notNegative, oneOf, positive, retention } from '../../optimizer/config.ts';
import { type Failure, failure, fromErrors, quote } from '../../tensor/failure.ts';
import type { Json } from '../../tensor/json.ts';
import { isJson } from '../space/same.ts';

/** Settings by their names. */
export type Settings = Readonly<Record<string, Json>>;

/** A name, or a description: an object with a kind. */
export type Described = string | { readonly [field: string]: Json };

const described: t.Type<Described, unknown> = new t.Type(
  'a name, or an object with a kind',
  (u): u is Described =>
    typeof u === 'string' || (typeof u === 'object' && u !== null && 'kind' in u && !Array.isArray(u) && isJson(u)),
  (u, context) => (described.is(u) ? t.success(u) : t.failure(u, context)),
  t.identity,
);

const hiddenCount = numberThat('a whole number from 0 to 64', (n) => Number.isInteger(n) && n >= 0 && n <= 64);
const isWhole = (u: unknown): u is 'full' | number => u === 'full' || count.is(u);
// Of a union, io-ts says what the first of its members expects.
const whole: t.Type<'full' | number, unknown> = new t.Type(
  '"full" or a whole number of at least 1',
  isWhole,
  (u, context) => (isWhole(u) ? t.success(u) : t.failure(u, context)),
  t.identity,
);

const own = {
  hidden: listOf(width),
  layers: hiddenCount,
  width,
  activation: described,
  initialiser: described,
  normalisation: oneOf('none', 'batchNorm', 'layerNorm'),
  dropout: rate,
  inputDropout: rate,
  optimizer: described,
  l1: notNegative,
  l2: notNegative,
  weightDecay: notNegative,
  clip: positive,
  averaging: retention,
  labelSmoothing: rate,
  loss: described,
  batchSize: whole,
};

/** Fields of the optimizer that have names of their own among the settings. */
const direct = ['learningRate', 'momentum'] as const;
const PREFIX = 'optimizer.';
const numbered = /^width([1-9]\d?)$/;

/**
 * The names that settings may have, beside `width1`, `width2`, …, the widths of single layers, and `optimizer.…`, fields of
 * the optimizer by their own names.
 *
 * @example
 * ```ts
 * import { Trial } from 'nabla-ts';
 * Trial.settings.includes('learningRate') // => true
 * ```
 */
export const settings: readonly string[] = Object.freeze([...Object.keys(own), ...direct]);

const partial = t.partial(own);

/** What settings say, read. */
export interface Read extends t.TypeOf<typeof partial> {
  /** The widths of single layers, by their numbers from 1. */
  readonly widths: ReadonlyMap<number, number>;
  /** Fields of the optimizer by their names. */
  readonly optimizerFields: Settings;
}

const optimizerField = (name: string): string | undefined =>
  direct.find((known) => known === name) ?? (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : undefined);

const widthsOf = (given: Settings): E.Either<Failure, ReadonlyMap<number, number>> =>
  pipe(
    Object.entries(given).flatMap(([name, value]) => {
      const number = numbered.exec(name)?.[1];
      return number === undefined ? [] : [{ name, number: Number(number), value }];
    }),
    E.traverseArray(({ name, number, value }) =>
      width.is(value)
        ? E.right([number, value] as const)
        : E.left(failure('config', `settings.${name}`, width.name, quote(value))),
    ),
    E.map((pairs) => new Map(pairs)),
  );

/** Settings, read; fails on a name that is none, on a value that it cannot have, and where one field of the optimizer is
 * said twice. */
export const readSettings = (given: Settings): E.Either<Failure, Read> => {
  const unknown = Object.keys(given).find(
    (name) => !Object.hasOwn(own, name) && optimizerField(name) === undefined && !numbered.test(name),
  );
  if (unknown !== undefined)
    return E.left(
      failure(
        'config',
        `settings.${unknown}`,
        `one of ${settings.join(', ')}, width1, width2, … and optimizer.…`,
        quote(given[unknown]),
      ),
    );
  const fields = Object.entries(given).flatMap(([name, value]) => {
    const field = optimizerField(name);
    return field === undefined ? [] : [[field, value] as const];
  });
  const twice = fields.find(([field], i) => fields.findIndex(([other]) => other === field) < i)?.[0];
  if (twice !== undefined)
    return E.left(failure('config', `settings.${twice}`, 'each field of the optimizer once', `${twice} twice`));
  return pipe(
    partial.decode(Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(own, name)))),
    E.mapLeft(fromErrors('settings')),
    E.mapLeft(({ where, expected, received }) => failure('config', where, expected, received)),
    E.chain((read) =>
      pipe(
        widthsOf(given),
        E.map((widths): Read => ({ ...read, widths, optimizerFields: Object.fromEntries(fields) })),
      ),
    ),
  );
};

/** What is fixed and a point, as one. Fails where both name a setting. */
export const together = (fixed: Settings, point: Settings): E.Either<Failure, Settings> => {
  const both = Object.keys(point).find((name) => Object.hasOwn(fixed, name));
  return both === undefined
    ? E.right({ ...fixed, ...point })
    : E.left(
        failure('config', `settings.${both}`, 'a setting that is fixed or searched, not both', quote(point[both])),
      );
};
