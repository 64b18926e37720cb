/** Histories from JSON. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { codec as pointCodec } from '../space/codec.ts';
import type { Space } from '../space/space.ts';
import type { Event, History, Trial } from './history.ts';
import { checkEvents } from './observe.ts';

/** A codec of a record with exactly these fields, of which those in `optional` may be left out. */
const record = <A>(name: string, codec: t.Type<A, unknown>, fields: readonly string[]): t.Type<A, unknown> => {
  const stranger = (u: unknown): string | undefined =>
    typeof u === 'object' && u !== null ? Object.keys(u).find((key) => !fields.includes(key)) : undefined;
  return new t.Type<A, unknown>(
    name,
    (u): u is A => codec.is(u) && stranger(u) === undefined,
    (u, context) => {
      const unknown = stranger(u);
      return unknown === undefined
        ? codec.validate(u, context)
        : t.failure(u, context, `no field "${unknown}" in ${name}, the fields being ${fields.join(', ')}`);
    },
    t.identity,
  );
};

const whole: t.Type<number, unknown> = new t.Type(
  'a whole number of at least 0',
  (u): u is number => Number.isSafeInteger(u) && Number(u) >= 0,
  (u, context) => (typeof u === 'number' && Number.isSafeInteger(u) && u >= 0 ? t.success(u) : t.failure(u, context)),
  t.identity,
);

const trialCodec = <A>(point: t.Type<A, unknown>): t.Type<Trial<A>, unknown> => {
  const anew = t.type({ number: whole, point, budget: t.number });
  const on = t.type({ number: whole, point, budget: t.number, from: whole });
  const codec: t.Type<Trial<A>, unknown> = new t.Type(
    'a trial',
    (u): u is Trial<A> => (typeof u === 'object' && u !== null && 'from' in u ? on : anew).is(u),
    (u, context) => (typeof u === 'object' && u !== null && 'from' in u ? on : anew).validate(u, context),
    t.identity,
  );
  return record('a trial', codec, ['number', 'point', 'budget', 'from']);
};

const eventCodec = <A>(point: t.Type<A, unknown>): t.Type<Event<A>, unknown> => {
  const kinds: Readonly<Record<string, t.Decoder<unknown, Event<A>>>> = {
    started: record('started', t.type({ tag: t.literal('started'), trial: trialCodec(point) }), ['tag', 'trial']),
    finished: record('finished', t.type({ tag: t.literal('finished'), trial: whole, value: t.number }), [
      'tag',
      'trial',
      'value',
    ]),
    failed: record('failed', t.type({ tag: t.literal('failed'), trial: whole, reason: t.string }), [
      'tag',
      'trial',
      'reason',
    ]),
  };
  const of = (u: unknown): t.Decoder<unknown, Event<A>> | undefined =>
    typeof u === 'object' && u !== null && 'tag' in u && typeof u.tag === 'string' && Object.hasOwn(kinds, u.tag)
      ? kinds[u.tag]
      : undefined;
  return new t.Type(
    'an event: started, finished or failed',
    (u): u is Event<A> => {
      const codec = of(u);
      return codec !== undefined && E.isRight(codec.decode(u));
    },
    (u, context) => of(u)?.validate(u, context) ?? t.failure(u, context),
    t.identity,
  );
};

/**
 * The codec of the histories of searches in a space. Decoding fails on unknown fields, on points outside the space, and on
 * events that cannot have followed one another: a result of no trial, a second one, a value that is not finite.
 *
 * @example
 * ```ts
 * import { Failure, Search, Space } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * pipe(
 *   Space.make({ x: Space.uniform({ low: 0, high: 1 }) }),
 *   E.chain((space) =>
 *     pipe(Search.historyCodec(space).decode({ events: [Search.finished(0, 1)] }), E.mapLeft(Failure.fromErrors('history'))),
 *   ),
 *   E.mapLeft(Failure.show),
 * ) // => E.left('history: expected result: the number of a trial that began, received {"events":[{"tag":"finished","trial":0,"value":1}]}')
 * ```
 */
export const historyCodec = <A>(space: Space<A>): t.Type<History<A>, unknown> => {
  const plain: t.Type<History<A>, unknown> = record(
    'a history',
    t.type({ events: t.readonlyArray(eventCodec(pointCodec(space))) }),
    ['events'],
  );
  return new t.Type(
    'a history',
    (u): u is History<A> => plain.is(u) && E.isRight(checkEvents(space)(u)),
    (u, context) =>
      pipe(
        plain.validate(u, context),
        E.chain((history) =>
          pipe(
            checkEvents(space)(history),
            E.fold(({ where, expected }) => t.failure(u, context, `${where}: ${expected}`), t.success),
          ),
        ),
      ),
    t.identity,
  );
};
