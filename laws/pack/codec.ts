/** The laws of a codec. */

import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { all, code, type LawSet, law, type Verdict } from '../law.ts';
import { difference } from './difference.ts';
import { type PackOptions, packed, runsOf } from './options.ts';

/** A codec to JSON: what cannot be decoded is a Left of anything. */
export interface Codec<A> {
  readonly encode: (value: A) => unknown;
  readonly decode: (json: unknown) => E.Either<unknown, A>;
}

/** What laws of a codec may be told. */
export interface CodecOptions<A> extends PackOptions {
  /** Whether two values are the same; to the bit unless given, where functions are the same only if they are one. */
  readonly equals?: (a: A, b: A) => boolean;
}

const isRecord = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** Every way to change one record of a JSON value, at any depth. */
const changed = (
  json: unknown,
  change: (record: Readonly<Record<string, unknown>>) => readonly unknown[],
): readonly unknown[] => {
  if (Array.isArray(json))
    return json.flatMap((item: unknown, i) => changed(item, change).map((other) => json.with(i, other)));
  if (!isRecord(json)) return [];
  return [
    ...change(json),
    ...Object.entries(json).flatMap(([key, item]) => changed(item, change).map((other) => ({ ...json, [key]: other }))),
  ];
};

const without = (record: Readonly<Record<string, unknown>>, field: string): unknown =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== field));

const ADDED = 'unknownField';

/**
 * The laws of anybody's codec, over values that an arbitrary draws: what is written as JSON text and read is the same in
 * every bit (−0, NaN and ∞ too, which JSON's own numbers lose), what is written is plain JSON, a field that the value has
 * not is refused at any depth, and whatever is read, decoding answers and does not throw.
 *
 * @example
 * ```ts
 * import * as fc from 'fast-check';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { check, laws } from 'nabla-ts/laws';
 * // JSON has no NaN and no −0.
 * const plain = {
 *   encode: (x: number) => x,
 *   decode: (json: unknown) => (typeof json === 'number' ? E.right(json) : E.left('no number')),
 * };
 * check(laws.codec(plain, fc.double()), { multiplier: 20 })[0]?.outcome.tag // => 'failed'
 * ```
 */
export const codec = <A>(
  { encode, decode }: Codec<A>,
  values: fc.Arbitrary<A>,
  options: CodecOptions<A> = {},
): LawSet => {
  const { equals } = options;
  const agree = (expected: A, received: E.Either<unknown, A>): Verdict => {
    if (E.isLeft(received)) return { expected: code(expected), received: `a refusal: ${code(received.left)}` };
    if (equals === undefined) return difference(expected, received.right);
    return equals(expected, received.right) ? undefined : { expected: code(expected), received: code(received.right) };
  };
  const throughText = (value: A): unknown => {
    const json: unknown = JSON.parse(JSON.stringify(encode(value)) ?? 'null');
    return json;
  };
  const runs = runsOf(options, 100);
  return packed('codec', options, [
    law(
      'a value comes back to the bit',
      'written as JSON text and read, −0, NaN, ∞ and all that a value holds are there again',
      values,
      (value) => agree(value, decode(throughText(value))),
      { runs, formula: 'decode(parse(text(encode(a)))) = a' },
    ),
    law(
      'what is written is plain JSON',
      'going through text changes nothing of what was encoded',
      values,
      (value) => difference(encode(value), throughText(value), 'json'),
      { runs, formula: 'parse(text(encode(a))) = encode(a)' },
    ),
    law(
      'unknown fields are refused',
      'one field too many in any record, at any depth, is no value: a misspelt field must not pass for a missing one',
      values,
      (value) =>
        all(
          ...changed(throughText(value), (record) => [{ ...record, [ADDED]: 1 }]).map((json): Verdict => {
            const read = decode(json);
            return E.isLeft(read)
              ? undefined
              : { expected: 'a refusal', received: code(read.right), where: code(json) };
          }),
        ),
      { runs, formula: 'decode({ …encode(a), unknown }) = Left' },
    ),
    law(
      'decoding answers',
      'whatever is read, a value with one field less or any other JSON, it decodes or is refused: nothing is thrown',
      fc.tuple(values, fc.jsonValue()),
      ([value, other]) => {
        const json = throughText(value);
        const cases = [
          ...changed(json, (record) => Object.keys(record).map((field) => without(record, field))),
          ...changed(json, (record) => Object.keys(record).map((field) => ({ ...record, [field]: other }))),
          other,
          undefined,
        ];
        return all(
          ...cases.map((one): Verdict => {
            try {
              decode(one);
              return undefined;
            } catch (error) {
              return { expected: 'an answer', received: `it threw: ${String(error)}`, where: code(one) };
            }
          }),
        );
      },
      { runs: runsOf(options, 50), formula: 'decode : JSON → Left + Right' },
    ),
  ]);
};
