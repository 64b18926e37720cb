/**
 * An error that comes from data: a file, JSON, a user's array, a configuration. It is a value, the left side of an
 * `Either`, and says what was expected, what came, and where.
 */
import type { Errors } from 'io-ts';

/** The kinds of failure, so that a caller can tell them apart without reading the text. */
export type FailureTag = 'file' | 'parse' | 'shape' | 'value' | 'config' | 'codec' | 'diverged';

export interface Failure {
  readonly tag: FailureTag;
  readonly expected: string;
  readonly received: string;
  /** Where it came from: a path, a line and column, a field, a layer. */
  readonly where: string;
}

/**
 * A failure of a kind, from where, what was expected and what came.
 *
 * @example
 * ```ts
 * import { Failure } from 'nabla-ts';
 * Failure.failure('value', 'line 3', 'a number', '"x"').tag // => 'value'
 * ```
 */
export const failure = (tag: FailureTag, where: string, expected: string, received: string): Failure =>
  Object.freeze({ tag, expected, received, where });

/**
 * One sentence for a person.
 *
 * @example
 * ```ts
 * import { Failure } from 'nabla-ts';
 * Failure.show(Failure.failure('value', 'line 3', 'a number', '"x"'))
 * // => 'line 3: expected a number, received "x"'
 * ```
 */
export const show = ({ where, expected, received }: Failure): string =>
  `${where}: expected ${expected}, received ${received}`;

/**
 * A value as it is quoted in a failure: at most 60 characters of it.
 *
 * @example
 * ```ts
 * import { Failure } from 'nabla-ts';
 * Failure.quote({ a: [1, 2] }) // => '{"a":[1,2]}'
 * ```
 */
export const quote = (value: unknown): string => {
  const text =
    typeof value === 'number' || typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? typeof value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

/** What io-ts names in the words of TypeScript, for a person. */
const inWords = (name: string): string =>
  /^(Readonly)?Array</.test(name) ? 'a list' : /^((Readonly|Partial)<)?\{/.test(name) ? 'an object' : name;

/**
 * The first error of an io-ts decoder as a failure, `where` being what was decoded.
 *
 * @example
 * ```ts
 * import * as E from 'fp-ts/lib/Either.js';
 * import * as t from 'io-ts';
 * import { Failure } from 'nabla-ts';
 * const read = E.mapLeft(Failure.fromErrors('settings'))(t.type({ rate: t.number }).decode({ rate: 'fast' }));
 * E.mapLeft(Failure.show)(read) // => E.left('settings.rate: expected number, received "fast"')
 * ```
 */
export const fromErrors =
  (where: string) =>
  (errors: Errors): Failure => {
    const [first] = errors;
    if (first === undefined) return failure('codec', where, 'a valid value', 'an invalid one');
    const last = first.context[first.context.length - 1];
    const path = first.context
      .map(({ key }) => key)
      .filter((key) => key !== '')
      .join('.');
    return failure(
      'codec',
      path === '' ? where : `${where}.${path}`,
      first.message ?? (last === undefined ? 'a valid value' : inWords(last.type.name)),
      quote(first.value),
    );
  };
