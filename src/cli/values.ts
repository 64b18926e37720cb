/** What the text after an option must be. */
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, failure, quote } from '../tensor/failure.ts';

/** Reads the text of an option; the failure names it. */
export type Read<A> = (option: string) => (text: string) => E.Either<Failure, A>;

const wrong = (option: string, expected: string, text: string): E.Either<Failure, never> =>
  E.left(failure('config', option, expected, quote(text)));

/** A whole number from `least` to `most`. */
export const whole =
  (least: number, most: number): Read<number> =>
  (option) =>
  (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most
      ? E.right(value)
      : wrong(option, `a whole number from ${least} to ${most}`, text);
  };

/** One of some words. */
export const oneOf =
  <A extends string>(...words: readonly A[]): Read<A> =>
  (option) =>
  (text) => {
    const found = words.find((word) => word === text);
    return found === undefined ? wrong(option, words.join(' or '), text) : E.right(found);
  };

/** Any text but none. */
export const words: Read<string> = (option) => (text) =>
  text.trim() === '' ? wrong(option, 'a text that is not empty', text) : E.right(text);

/** Widths with commas between, or `none` for no hidden layer. */
export const widths: Read<readonly number[]> = (option) => (text) => {
  if (text.trim() === 'none') return E.right([]);
  const parts = text.split(',').map((part) => part.trim());
  return parts.every((part) => /^\d{1,15}$/.test(part) && Number(part) >= 1)
    ? E.right(parts.map(Number))
    : wrong(option, 'widths of at least 1 with commas between, such as 64,32, or none', text);
};
