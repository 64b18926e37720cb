/**
 * IDX, the format of MNIST: two zero bytes, the element type, the number of axes, their lengths, then the elements, all
 * big-endian (LeCun, Cortes and Burges, *The MNIST database*).
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Dtype } from '../scalar/dtype.ts';
import { type Failure, failure } from '../tensor/failure.ts';
import { isShape, show as showShape, size } from '../tensor/shape.ts';
import { fromArray, type Tensor } from '../tensor/tensor.ts';
import { gunzip } from './gunzip.ts';

interface Element {
  readonly bytes: number;
  /** The format that holds every such number exactly. */
  readonly dtype: Dtype;
  readonly read: (view: DataView, at: number) => number;
}

const elements: ReadonlyMap<number, Element> = new Map([
  [0x08, { bytes: 1, dtype: 'f32', read: (view, at) => view.getUint8(at) }],
  [0x09, { bytes: 1, dtype: 'f32', read: (view, at) => view.getInt8(at) }],
  [0x0b, { bytes: 2, dtype: 'f32', read: (view, at) => view.getInt16(at) }],
  [0x0c, { bytes: 4, dtype: 'f64', read: (view, at) => view.getInt32(at) }],
  [0x0d, { bytes: 4, dtype: 'f32', read: (view, at) => view.getFloat32(at) }],
  [0x0e, { bytes: 8, dtype: 'f64', read: (view, at) => view.getFloat64(at) }],
]);

const hex = (bytes: Uint8Array): string =>
  bytes.length === 0 ? 'no byte' : Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');

const decode =
  (source: string) =>
  (bytes: Uint8Array): E.Either<Failure, Tensor> => {
    const element = elements.get(bytes[2] ?? 0);
    const axes = bytes[3] ?? 0;
    if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0 || element === undefined)
      return E.left(
        failure(
          'parse',
          source,
          'IDX: 00 00, a type of 08 09 0b 0c 0d 0e, a number of axes',
          hex(bytes.subarray(0, 4)),
        ),
      );
    const start = 4 + 4 * axes;
    if (bytes.length < start)
      return E.left(failure('parse', source, `${start} bytes of header for ${axes} axes`, `${bytes.length} bytes`));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
    if (!isShape(shape))
      return E.left(failure('parse', source, 'a shape of fewer than 2^31 elements', showShape(shape)));
    const end = start + size(shape) * element.bytes;
    if (bytes.length !== end)
      return E.left(failure('parse', source, `${end} bytes for ${showShape(shape)}`, `${bytes.length}`));
    const values = Array.from({ length: size(shape) }, (_, i) => element.read(view, start + i * element.bytes));
    const wrong = values.findIndex((value) => !Number.isFinite(value));
    return wrong < 0
      ? fromArray(element.dtype, shape, values)
      : E.left(failure('value', `${source}, element ${wrong}`, 'a finite number', String(values[wrong])));
  };

/**
 * A tensor from the bytes of an IDX file, gzip or not, of any of the six element types; f32 where that holds the type
 * exactly, else (int32, float64) f64. Fails on another header, too few or too many bytes, and numbers that are not
 * finite.
 *
 * @example
 * ```ts
 * import { Data, Tensor } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * const bytes = new Uint8Array([0, 0, 8, 1, 0, 0, 0, 2, 7, 255]);
 * pipe(Data.parseIdx('labels.idx')(bytes), E.map(Tensor.toArray)) // => E.right([7, 255])
 * ```
 */
export const parseIdx =
  (source: string) =>
  (bytes: Uint8Array): E.Either<Failure, Tensor> =>
    pipe(bytes, gunzip(source), E.chain(decode(source)));
