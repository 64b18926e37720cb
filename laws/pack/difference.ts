/** Where two values of any kind first differ. */
import { code, type Disagreement } from '../law.ts';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** The entries of a list, array, record, map or set. */
const entriesOf = (value: object): ReadonlyMap<string, unknown> => {
  if (value instanceof Map) return new Map([...value].map(([key, entry]) => [code(key), entry]));
  if (value instanceof Set) return new Map([...value].map((entry) => [code(entry), true]));
  return new Map<string, unknown>(Object.entries(value));
};

/** Records without a prototype are records. */
const prototypeOf = (value: object): unknown => Object.getPrototypeOf(value) ?? Object.prototype;

/**
 * The first difference of two values: records, lists and arrays all the way down, numbers by `Object.is` (so −0 is not +0
 * and NaN is NaN), functions by identity. `undefined` where there is none.
 */
export const difference = (expected: unknown, received: unknown, where = 'value'): Disagreement | undefined => {
  if (Object.is(expected, received)) return undefined;
  const both = isObject(expected) && isObject(received);
  if (!both || Array.isArray(expected) !== Array.isArray(received) || prototypeOf(expected) !== prototypeOf(received))
    return { expected: code(expected), received: code(received), where };
  const [left, right] = [entriesOf(expected), entriesOf(received)];
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    if (!left.has(name)) return { expected: 'nothing', received: code(right.get(name)), where: `${where}.${name}` };
    if (!right.has(name)) return { expected: code(left.get(name)), received: 'nothing', where: `${where}.${name}` };
    const found = difference(left.get(name), right.get(name), `${where}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** A copy of a value that shares no list, array, record, map or set with it; what is none of these is the same. */
export const copied = <A>(value: A): A => {
  const copy = (x: unknown): unknown => {
    if (!isObject(x)) return x;
    if (Array.isArray(x)) return x.map(copy);
    if (x instanceof Float32Array || x instanceof Float64Array) return x.slice();
    if (x instanceof Map) return new Map([...x].map(([key, entry]) => [copy(key), copy(entry)]));
    if (x instanceof Set) return new Set([...x].map(copy));
    if (prototypeOf(x) !== Object.prototype) return x;
    return Object.fromEntries(Object.entries(x).map(([name, entry]) => [name, copy(entry)]));
  };
  // The cast says what `copy` does: a copy is of its original's type.
  return copy(value) as A;
};
