/**
 * Tensors as JSON: shape, dtype, and the elements as base64 of their little-endian bytes, because JSON's own numbers
 * lose −0, NaN and ∞. What is read has the bits that were written (of a NaN, that it is one).
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { closed } from '../scalar/closed.ts';
import * as Base64 from './base64.ts';
import { isShape, type Shape, show, size } from './shape.ts';
import { adopt, buffer, type Tensor } from './tensor.ts';

/** A tensor as JSON. */
export type TensorJson = {
  readonly shape: readonly number[];
  readonly dtype: 'f32' | 'f64';
  readonly data: string;
};

const widthOf = { f32: 4, f64: 8 } as const;

const bytesOf = ({ data, dtype }: Tensor): Uint8Array => {
  const bytes = new Uint8Array(data.length * widthOf[dtype]);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < data.length; i++)
    if (dtype === 'f32') view.setFloat32(4 * i, data[i] ?? NaN, true);
    else view.setFloat64(8 * i, data[i] ?? NaN, true);
  return bytes;
};

const fromBytes = (shape: Shape, dtype: 'f32' | 'f64', bytes: Uint8Array): Tensor => {
  const data = buffer(dtype, size(shape));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < data.length; i++)
    data[i] = dtype === 'f32' ? view.getFloat32(4 * i, true) : view.getFloat64(8 * i, true);
  return adopt(shape, data);
};

const json = closed('Tensor', {
  shape: t.readonlyArray(t.number),
  dtype: t.union([t.literal('f32'), t.literal('f64')]),
  data: t.string,
});

const isTensor = (u: unknown): u is Tensor =>
  typeof u === 'object' &&
  u !== null &&
  'shape' in u &&
  'data' in u &&
  'dtype' in u &&
  (u.dtype === 'f32' || u.dtype === 'f64') &&
  t.readonlyArray(t.number).is(u.shape) &&
  (Array.isArray(u.data) || ArrayBuffer.isView(u.data));

/**
 * The codec of tensors. Refuses what is not a shape, another dtype, text that is not base64, a number of bytes that is
 * not the shape's, and unknown fields.
 *
 * @example
 * ```ts
 * import { Tensor } from 'nabla-ts';
 * Tensor.codec.encode(Tensor.full('f32', [1], 1)) // => { shape: [1], dtype: 'f32', data: 'AACAPw==' }
 * ```
 */
export const codec: t.Type<Tensor, TensorJson> = new t.Type<Tensor, TensorJson>(
  'Tensor',
  isTensor,
  (u, context) =>
    pipe(
      json.validate(u, context),
      E.chain(({ shape, dtype, data }) => {
        const refuse = (field: string, received: unknown, expected: string): t.Validation<Tensor> =>
          t.failure(received, t.appendContext(context, field, t.unknown), expected);
        if (!isShape(shape)) return refuse('shape', shape, 'lengths that are whole and not negative');
        const bytes = Base64.decode(data);
        if (bytes === undefined) return refuse('data', data, 'base64');
        const expected = size(shape) * widthOf[dtype];
        return bytes.length === expected
          ? t.success(fromBytes(shape, dtype, bytes))
          : refuse('data', `${bytes.length} bytes`, `${expected} bytes for ${dtype}${show(shape)}`);
      }),
    ),
  (tensor) => ({
    shape: tensor.shape,
    dtype: tensor.dtype,
    data: Base64.encode(bytesOf(tensor)),
  }),
);
