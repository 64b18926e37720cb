/** Text as JSON: what the engine takes, except names that an object has twice. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/io/json.ts';
import { runs } from '../run.ts';

const read = parseJson('file.json', 'a file');
const byTheEngine = (text: string): E.Either<unknown, unknown> =>
  E.tryCatch(
    (): unknown => JSON.parse(text),
    (thrown) => thrown,
  );

/** Texts of JSON, and those of which a piece is lost, or stands for another one. */
const almost = fc
  .tuple(fc.json(), fc.nat(), fc.nat(3), fc.constantFrom('', '"', '\\', ',', '}', ']', '0', '-', 'e', '\n', '\\u12'))
  .map(([text, place, length, piece]) => {
    const at = place % (text.length + 1);
    return text.slice(0, at) + piece + text.slice(at + length);
  });

describe('parseJson', () => {
  it('reads what JSON.stringify writes', () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(read(JSON.stringify(value))).toEqual(E.right(JSON.parse(JSON.stringify(value))));
      }),
      runs(100),
    ));

  it('takes what the engine takes, but for names that an object has twice', () =>
    fc.assert(
      fc.property(almost, (text) => {
        const [ours, engine] = [read(text), byTheEngine(text)];
        if (E.isLeft(ours) && ours.left.received.endsWith(' twice in one object')) return;
        expect([text, ours._tag]).toEqual([text, engine._tag]);
        if (E.isRight(ours)) expect(ours).toEqual(engine);
      }),
      runs(1000),
    ));

  it.each([
    ['file.json, line 1, column 10', '"a" twice in one object', '{"a": 1, "\\u0061": 2}'],
    ['file.json, line 2, column 3', 'text that is not JSON: "tru}"', '{"a":\n  tru}'],
    ['file.json, line 1, column 5', 'text that is not JSON: it ends too early', '[1, '],
    ['file.json', 'an empty file', ' \n'],
  ])('says where it is none: %s', (where, received, text) => {
    expect(read(text)).toEqual(E.left({ tag: 'parse', where, expected: 'a file', received }));
  });

  it('reads strings of millions of escapes', () => {
    const text = `"${'\\n'.repeat(6_000_000)}"`;
    expect(E.isRight(read(text))).toBe(true);
    expect(E.isLeft(read(text.slice(0, -1)))).toBe(true);
  });
});
