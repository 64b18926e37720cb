/** Numbers as JSON that keeps all of them: JSON has no form for NaN, ±∞ and −0, which are written as text. */
import * as t from 'io-ts';

const texts: ReadonlyMap<unknown, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['-0', -0],
]);

/** Any number; NaN, ±∞ and −0 become "NaN", "Infinity", "-Infinity" and "-0". */
export const numberText: t.Type<number, number | string> = new t.Type(
  'a number, or one of "NaN", "Infinity", "-Infinity", "-0"',
  t.number.is,
  (u, context) => {
    const value = t.number.is(u) ? u : texts.get(u);
    return value === undefined ? t.failure(u, context) : t.success(value);
  },
  (value) => (Object.is(value, -0) ? '-0' : Number.isFinite(value) ? value : `${value}`),
);
