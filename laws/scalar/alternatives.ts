/** Laws of codecs of one thing or another: the one that was meant is read, and tells what is wrong with it. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { byKind, orNone } from '../../src/scalar/alternatives.ts';
import { closed } from '../../src/scalar/closed.ts';
import { fromErrors, show } from '../../src/tensor/failure.ts';
import { type Law, lawOf, lawSet, same } from '../law.ts';
import { taking } from '../reach/said.ts';

const circle = closed('a circle', { kind: t.literal('circle'), radius: t.number });
const square = closed('a square', { kind: t.literal('square'), side: t.number });
type Form = t.TypeOf<typeof circle> | t.TypeOf<typeof square>;
const form = byKind<Form>('a form', { circle, square });
const side = orNone(t.undefined, t.number);

/** A text that says what was read, or the one sentence of every error. */
const read = (codec: t.Decoder<unknown, unknown>, u: unknown): string =>
  pipe(
    codec.decode(u),
    E.match(
      (errors) => errors.map((error) => show(fromErrors('it')([error]))).join('; '),
      (value) => `read ${JSON.stringify(value)}`,
    ),
  );

const NONE = 'it: expected a form of kind circle, square, received';

const told: Law = lawOf<readonly [t.Decoder<unknown, unknown>, unknown, string]>(
  'the one that was meant tells',
  'a codec of alternatives reads the one that was meant, and what is wrong is said by that one alone',
  [
    [form, { kind: 'circle', radius: 1 }, 'read {"kind":"circle","radius":1}'],
    [form, { kind: 'square', side: 2 }, 'read {"kind":"square","side":2}'],
    [form, { kind: 'square', radius: 2 }, 'it.side: expected number, received undefined'],
    [
      form,
      { kind: 'circle', radius: 1, side: 2 },
      'it.side: expected no such field, the fields of a circle being kind, radius, received 2',
    ],
    [form, { kind: 'oval' }, `${NONE} {"kind":"oval"}`],
    // What every record has is no kind of form.
    [form, { kind: 'toString' }, `${NONE} {"kind":"toString"}`],
    [form, { kind: ['circle'], radius: 1 }, `${NONE} {"kind":["circle"],"radius":1}`],
    [form, { radius: 1 }, `${NONE} {"radius":1}`],
    [form, null, `${NONE} null`],
    [form, undefined, `${NONE} undefined`],
    [form, 'circle', `${NONE} "circle"`],
    [side, 1, 'read 1'],
    [side, undefined, 'read undefined'],
    [side, null, 'it: expected number, received null'],
    [side, 'x', 'it: expected number, received "x"'],
    [orNone(t.null, form), null, 'read null'],
    [orNone(t.null, form), { kind: 'circle', radius: '1' }, 'it.radius: expected number, received "1"'],
  ],
  ([codec, u, text]) => same(text, read(codec, u)),
);

const taken: Law = taking('taken', 'what a codec of alternatives takes is what it reads', [
  [form, { kind: 'circle', radius: 1 }, true],
  [form, { kind: 'circle', side: 1 }, false],
  [form, { kind: 'oval', side: 1 }, false],
  [form, 1, false],
  [side, undefined, true],
  [side, 1, true],
  [side, 'x', false],
]);

const circleOfOne: Form = { kind: 'circle', radius: 1 };

const written: Law = lawOf<readonly [unknown, unknown]>(
  'written',
  'what was read is written as it is',
  [
    [circleOfOne, form.encode(circleOfOne)],
    [1, side.encode(1)],
    [undefined, side.encode(undefined)],
  ],
  ([value, its]) => same(value, its),
);

const named: Law = lawOf<readonly [string, string]>(
  'named',
  'a codec of alternatives is called as what it reads',
  [
    ['a form of kind circle, square', form.name],
    ['number', side.name],
  ],
  ([name, its]) => same(name, its),
);

export const alternativeLaws = lawSet('alternatives', [told, taken, written, named]);
