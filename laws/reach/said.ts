/** What is refused, word for word: the message thrown, or the failure. */
import { type Failure, show } from '../../src/tensor/failure.ts';
import { type Law, lawOf, same } from '../law.ts';

const isFailure = (value: unknown): value is Failure =>
  typeof value === 'object' && value !== null && 'where' in value && 'expected' in value && 'received' in value;

/** What an attempt says; "a result" where it refuses nothing. */
export const said = (attempt: () => unknown): string => {
  try {
    const result = attempt();
    const left = typeof result === 'object' && result !== null && 'left' in result ? result.left : undefined;
    return left === undefined ? 'a result' : isFailure(left) ? show(left) : JSON.stringify(left);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** What each attempt must say. */
export type Sayings = ReadonlyArray<readonly [attempt: () => unknown, text: string]>;

/** A law of what is said. */
export const saying = (name: string, statement: string, cases: Sayings): Law =>
  lawOf(name, statement, cases, ([attempt, text]) => same(text, said(attempt)));

/** A law of what a codec takes and what not, asked with `is`. */
export const taking = (
  name: string,
  statement: string,
  cases: ReadonlyArray<readonly [codec: { readonly is: (value: unknown) => boolean }, value: unknown, takes: boolean]>,
): Law => lawOf(name, statement, cases, ([codec, value, takes]) => same(takes, codec.is(value)));
