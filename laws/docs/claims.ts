/** What the claims of an example become. */
import { deepStrictEqual, ok } from 'node:assert';

/** Plain data of a value: typed arrays as arrays, so that a tensor can be written as it is read. */
const plain = (value: unknown): unknown =>
  ArrayBuffer.isView(value) && 'length' in value
    ? Array.from(value as unknown as ArrayLike<number>) // a view with a length is a typed array
    : Array.isArray(value)
      ? value.map(plain)
      : typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
        : value;

/** The expression equals the value. */
export const claim = (actual: () => unknown, expected: () => unknown): void =>
  deepStrictEqual(plain(actual()), plain(expected()));

/** The expression is the number that is printed, to half a unit of its last digit. */
export const claimNear = (actual: () => number, printed: string): void => {
  const expected = Number(printed);
  const [mantissa = '', exponent = '0'] = printed.toLowerCase().split('e');
  const digits = (mantissa.split('.')[1] ?? '').length;
  const half = 0.5 * 10 ** (Number(exponent) - digits);
  const value = actual();
  ok(Math.abs(value - expected) <= half * 1.000001, `${value} is not ${printed}`);
};
