/** Values as code that makes them: what a failure prints of its sample can be pasted. */
import * as fc from 'fast-check';
import type { Key } from '../../src/tensor/key.ts';
import { isShape } from '../../src/tensor/shape.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);

const isNumbers = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'number');

const isTensor = (value: unknown): value is Tensor =>
  isRecord(value) &&
  isNumbers(value.shape) &&
  isShape(value.shape) &&
  (value.dtype === 'f32' || value.dtype === 'f64') &&
  (value.data instanceof Float32Array || value.data instanceof Float64Array);

const isKey = (value: unknown): value is Key =>
  isRecord(value) && Object.keys(value).length === 1 && isNumbers(value.words) && value.words.length === 2;

const number = (x: number): string => (Object.is(x, -0) ? '-0' : `${x}`);

const tensor = ({ shape, dtype, data }: Tensor): string =>
  `Tensor.adopt([${shape.join(', ')}], ${dtype === 'f32' ? 'Float32Array' : 'Float64Array'}.of(${Array.from(data, number).join(', ')}))`;

/** Seeds are whole numbers below 2⁵³: what is above 2²¹ in the first word was made from a key, not from a seed. */
const key = ({ words: [high, low] }: Key): string =>
  high < 2 ** 21 ? `Key.fromSeed(${high * 2 ** 32 + low})` : `{ words: [${high}, ${low}] }`;

const property = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

/**
 * A value as an expression that makes it: plain data, tensors and keys; what cannot be written so is described.
 *
 * @example
 * ```ts
 * import { Key, Tensor } from 'nabla-ts';
 * import { code } from 'nabla-ts/laws';
 * code({ x: Tensor.full('f32', [2], -0), key: Key.fromSeed(3) }) // => '{ x: Tensor.adopt([2], Float32Array.of(-0, -0)), key: Key.fromSeed(3) }'
 * ```
 */
export const code = (value: unknown): string => {
  if (typeof value === 'number') return number(value);
  if (isTensor(value)) return tensor(value);
  if (isKey(value)) return key(value);
  if (Array.isArray(value)) return `[${value.map(code).join(', ')}]`;
  if (value instanceof Float32Array || value instanceof Float64Array)
    return `${value.constructor.name}.of(${Array.from(value, number).join(', ')})`;
  if (
    isRecord(value) &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value)) &&
    !fc.hasToStringMethod(value)
  ) {
    const entries = Object.entries(value).map(([name, entry]) => `${property(name)}: ${code(entry)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return fc.stringify(value);
};
