/**
 * Text as JSON, and, where it is none, the place at which it stops being that. Engines do not agree on telling it, and none
 * tells of a name that an object has twice: all but the last would be lost.
 */
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, failure, quote } from '../tensor/failure.ts';

const SPACE = /[ \t\n\r]*/y;
const TOKEN = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: no string of JSON holds one as it is
const PART = /[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;

/** The token that begins at a place, empty where none does. A string is read part by part: one expression for all of it runs
 * out of memory on millions of escapes. */
const tokenAt = (text: string, at: number): string => {
  if (text[at] !== '"') {
    TOKEN.lastIndex = at;
    return TOKEN.exec(text)?.[0] ?? '';
  }
  let end = at + 1;
  for (PART.lastIndex = end; PART.test(text); ) end = PART.lastIndex;
  return text[end] === '"' ? text.slice(at, end + 1) : '';
};

/** What may come next. */
type Wanted = 'value' | 'first value' | 'name' | 'first name' | 'colon' | 'more';

/** What may come after a token that begins so, the innermost of what is open being closed by `closing`; nothing where it
 * may not stand. Opening and closing is left to the caller. */
const after = (wanted: Wanted, first: string, closing: string | undefined): Wanted | undefined => {
  switch (wanted) {
    case 'value':
    case 'first value':
      if (first === '{') return 'first name';
      if (first === '[') return 'first value';
      if (first === ']' && wanted === 'first value') return 'more';
      return ['', '}', ']', ',', ':'].includes(first) ? undefined : 'more';
    case 'name':
    case 'first name':
      return first === '"' ? 'colon' : first === '}' && wanted === 'first name' ? 'more' : undefined;
    case 'colon':
      return first === ':' ? 'value' : undefined;
    case 'more':
      if (closing === undefined) return undefined;
      return first === closing ? 'more' : first !== ',' ? undefined : closing === '}' ? 'name' : 'value';
  }
};

/** What is wrong with a text as JSON, and where. */
interface Fault {
  readonly at: number;
  readonly received: string;
}

/** What is wrong with a text: the first token that none has there, or its end where more must come, or the first name that its
 * object has already. Nothing where it is JSON. */
const faultOf = (text: string): Fault | undefined => {
  const open: Array<{ readonly closing: string; readonly names: Set<unknown> }> = [];
  let wanted: Wanted = 'value';
  for (let at = 0; ; ) {
    SPACE.lastIndex = at;
    at += SPACE.exec(text)?.[0].length ?? 0;
    const token = tokenAt(text, at);
    if (at === text.length && wanted === 'more' && open.length === 0) return undefined;
    const { closing, names } = open[open.length - 1] ?? {};
    const next = after(wanted, token.slice(0, 1), closing);
    if (next === undefined) {
      const rest = /^.{0,20}/.exec(text.slice(at, at + 20))?.[0] ?? '';
      return { at, received: `text that is not JSON: ${at === text.length ? 'it ends too early' : quote(rest)}` };
    }
    if (next === 'colon') {
      const name: unknown = JSON.parse(token);
      if (names?.has(name)) return { at, received: `${quote(name)} twice in one object` };
      names?.add(name);
    }
    if (token === '{' || token === '[') open.push({ closing: token === '{' ? '}' : ']', names: new Set() });
    if (token === '}' || token === ']') open.pop();
    wanted = next;
    at += token.length;
  }
};

/** The text of a file as JSON; `expected` is what it should be. Fails on what is none, with line and column, and where an object
 * has a name twice. */
export const parseJson =
  (path: string, expected: string) =>
  (text: string): E.Either<Failure, unknown> => {
    if (text.trim() === '') return E.left(failure('parse', path, expected, 'an empty file'));
    const fault = faultOf(text);
    if (fault === undefined)
      return E.tryCatch(
        (): unknown => JSON.parse(text),
        () => failure('parse', path, expected, 'text that is not JSON'),
      );
    const lines = text.slice(0, fault.at).split(/\r\n|[\r\n]/);
    const where = `${path}, line ${lines.length}, column ${(lines[lines.length - 1] ?? '').length + 1}`;
    return E.left(failure('parse', where, expected, fault.received));
  };
