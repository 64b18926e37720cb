/**
 * An immutable n-dimensional array of numbers in one format, row-major. Its data can be read and not written; it is
 * collected like any other JavaScript value.
 */
import * as E from 'fp-ts/lib/Either.js';
import type { Dtype } from '../scalar/dtype.ts';
import { type Failure, failure, quote } from './failure.ts';
import { isShape, type Shape, equals as shapeEquals, show as showShape, size } from './shape.ts';

export interface Tensor {
  readonly shape: Shape;
  readonly dtype: Dtype;
  /** The elements, row-major; element (i, j) of shape [m, n] is at i·n + j. */
  readonly data: ArrayLike<number>;
}

/** The array that holds a format's numbers. */
export type Floats = Float32Array | Float64Array;

/**
 * A new buffer of zeros.
 *
 * @example
 * ```ts
 * import { Tensor } from 'nabla-ts';
 * Tensor.buffer('f32', 2) // => [0, 0]
 * ```
 */
export const buffer = (dtype: Dtype, length: number): Floats =>
  dtype === 'f32' ? new Float32Array(length) : new Float64Array(length);

/**
 * Takes a buffer over as a tensor: for interpreters, which promise never to write into it again.
 *
 * @example
 * ```ts
 * import { Tensor } from 'nabla-ts';
 * Tensor.adopt([1, 2], Float32Array.of(3, 4)).dtype // => 'f32'
 * ```
 */
export const adopt = (shape: Shape, data: Floats): Tensor =>
  Object.freeze({ shape: Object.freeze([...shape]), dtype: data instanceof Float32Array ? 'f32' : 'f64', data });

/**
 * A tensor from a function of the row-major index, each element rounded once to the format. Throws where the shape is
 * not one.
 *
 * @example
 * ```ts
 * import { Tensor } from 'nabla-ts';
 * Tensor.toRows(Tensor.generate('f32', [2, 2], (i) => 10 * i)) // => [[0, 10], [20, 30]]
 * ```
 */
export const generate = (dtype: Dtype, shape: Shape, element: (index: number) => number): Tensor => {
  if (!isShape(shape)) throw new RangeError(`Tensor: ${showShape(shape)} is not a shape`);
  const data = buffer(dtype, size(shape));
  for (let i = 0; i < data.length; i++) data[i] = element(i);
  return adopt(shape, data);
};

/**
 * A tensor of one value at every element.
 *
 * @example
 * ```ts
 * import { Tensor } from 'nabla-ts';
 * Tensor.toArray(Tensor.full('f32', [3], 7)) // => [7, 7, 7]
 * ```
 */
export const full = (dtype: Dtype, shape: Shape, value: number): Tensor => generate(dtype, shape, () => value);

/**
 * A tensor of zeros.
 *
 * @example
 * ```ts
 * import { Tensor } from 'nabla-ts';
 * Tensor.zeros('f64', [2, 3]).shape // => [2, 3]
 * ```
 */
export const zeros = (dtype: Dtype, shape: Shape): Tensor => full(dtype, shape, 0);

/**
 * A tensor of no axes, with one element.
 *
 * @example
 * ```ts
 * import { Tensor } from 'nabla-ts';
 * Tensor.show(Tensor.scalar('f32', 0.5)) // => 'f32[] 0.5'
 * ```
 */
export const scalar = (dtype: Dtype, value: number): Tensor => full(dtype, [], value);

/**
 * A tensor from its elements in row-major order, each rounded once. Fails where their number is not the shape's.
 *
 * @example
 * ```ts
 * import { Tensor } from 'nabla-ts';
 * Tensor.fromArray('f32', [2, 2], [1, 2, 3, 4])._tag // => 'Right'
 * Tensor.fromArray('f32', [2, 2], [1, 2, 3])._tag // => 'Left'
 * ```
 */
export const fromArray = (dtype: Dtype, shape: Shape, values: ArrayLike<number>): E.Either<Failure, Tensor> =>
  !isShape(shape)
    ? E.left(failure('shape', 'Tensor.fromArray', 'lengths that are whole and not negative', showShape(shape)))
    : values.length !== size(shape)
      ? E.left(
          failure('shape', 'Tensor.fromArray', `${size(shape)} elements for ${showShape(shape)}`, `${values.length}`),
        )
      : E.right(generate(dtype, shape, (i) => values[i] ?? Number.NaN));

/**
 * A tensor of shape [rows, columns] from rows of equal length. Fails at the first row that is of another length, or
 * holds what is not a number.
 *
 * @example
 * ```ts
 * import { Failure, Tensor } from 'nabla-ts';
 * const ragged = Tensor.fromRows('f32')([[1, 2], [3]]);
 * ragged._tag === 'Left' && Failure.show(ragged.left) // => 'row 1: expected 2 numbers as in row 0, received 1'
 * ```
 */
export const fromRows =
  (dtype: Dtype) =>
  (rows: ReadonlyArray<ArrayLike<number>>): E.Either<Failure, Tensor> => {
    const columns = rows[0]?.length ?? 0;
    for (const [i, row] of rows.entries()) {
      if (row.length !== columns)
        return E.left(failure('shape', `row ${i}`, `${columns} numbers as in row 0`, `${row.length}`));
      for (let j = 0; j < columns; j++)
        if (typeof row[j] !== 'number')
          return E.left(failure('value', `row ${i}, column ${j}`, 'a number', quote(row[j])));
    }
    return E.right(
      generate(dtype, [rows.length, columns], (k) => rows[Math.floor(k / columns)]?.[k % columns] ?? Number.NaN),
    );
  };

/**
 * The element at an index, one whole number an axis. Throws where there is none.
 *
 * @example
 * ```ts
 * import { Tensor } from 'nabla-ts';
 * Tensor.at(1, 0)(Tensor.generate('f32', [2, 3], (i) => i)) // => 3
 * ```
 */
export const at =
  (...index: readonly number[]) =>
  (tensor: Tensor): number => {
    const outside =
      index.length !== tensor.shape.length ||
      index.some((i, axis) => !(Number.isInteger(i) && i >= 0 && i < (tensor.shape[axis] ?? 0)));
    const value = outside
      ? undefined
      : tensor.data[index.reduce((flat, i, axis) => flat * (tensor.shape[axis] ?? 0) + i, 0)];
    if (value === undefined) throw new RangeError(`Tensor.at: no element [${index}] in ${showShape(tensor.shape)}`);
    return value;
  };

/**
 * The elements as an array, row-major.
 *
 * @example
 * ```ts
 * import { Tensor } from 'nabla-ts';
 * Tensor.toArray(Tensor.generate('f64', [2, 2], (i) => i / 2)) // => [0, 0.5, 1, 1.5]
 * ```
 */
export const toArray = (tensor: Tensor): readonly number[] => Array.from(tensor.data);

/**
 * A tensor of shape [rows, …] as its rows, each an array of its elements.
 *
 * @example
 * ```ts
 * import { Tensor } from 'nabla-ts';
 * Tensor.toRows(Tensor.generate('f32', [2, 3], (i) => i)) // => [[0, 1, 2], [3, 4, 5]]
 * ```
 */
export const toRows = (tensor: Tensor): ReadonlyArray<readonly number[]> => {
  const width = size(tensor.shape.slice(1));
  const all = Array.from(tensor.data);
  return Array.from({ length: tensor.shape[0] ?? 0 }, (_, i) => all.slice(i * width, (i + 1) * width));
};

/**
 * The same numbers, rounded once to a format.
 *
 * @example
 * ```ts
 * import { Tensor } from 'nabla-ts';
 * Tensor.toArray(Tensor.cast('f32')(Tensor.scalar('f64', 0.1))) // => [Math.fround(0.1)]
 * ```
 */
export const cast =
  (dtype: Dtype) =>
  (tensor: Tensor): Tensor =>
    tensor.dtype === dtype ? tensor : generate(dtype, tensor.shape, (i) => tensor.data[i] ?? Number.NaN);

/**
 * The rows (along the first axis) at given indices, in that order. Throws where there is no such row.
 *
 * @example
 * ```ts
 * import { Tensor } from 'nabla-ts';
 * Tensor.toRows(Tensor.takeRows([2, 0, 2])(Tensor.generate('f32', [3, 1], (i) => i))) // => [[2], [0], [2]]
 * ```
 */
export const takeRows =
  (indices: ArrayLike<number>) =>
  (tensor: Tensor): Tensor => {
    const [rows = 0, ...rest] = tensor.shape;
    const width = size(rest);
    const data = buffer(tensor.dtype, indices.length * width);
    for (let i = 0; i < indices.length; i++) {
      const row = indices[i] ?? -1;
      if (!(Number.isInteger(row) && row >= 0 && row < rows))
        throw new RangeError(`Tensor.takeRows: no row ${row} in ${showShape(tensor.shape)}`);
      for (let j = 0; j < width; j++) data[i * width + j] = tensor.data[row * width + j] ?? Number.NaN;
    }
    return adopt([indices.length, ...rest], data);
  };

/**
 * Equal shapes, formats and elements by `Object.is`: +0 is not −0, NaN is NaN.
 *
 * @example
 * ```ts
 * import { Tensor } from 'nabla-ts';
 * Tensor.equals(Tensor.scalar('f32', 0), Tensor.scalar('f32', -0)) // => false
 * ```
 */
export const equals = (a: Tensor, b: Tensor): boolean => {
  if (a.dtype !== b.dtype || !shapeEquals(a.shape, b.shape)) return false;
  for (let i = 0; i < a.data.length; i++) if (!Object.is(a.data[i], b.data[i])) return false;
  return true;
};

/**
 * A tensor as text, on one line, with at most 12 of its elements.
 *
 * @example
 * ```ts
 * import { Tensor } from 'nabla-ts';
 * Tensor.show(Tensor.generate('f32', [2, 3], (i) => i)) // => 'f32[2,3] 0 1 2 3 4 5'
 * ```
 */
export const show = (tensor: Tensor): string =>
  `${tensor.dtype}${showShape(tensor.shape)} ${Array.from({ length: Math.min(12, tensor.data.length) }, (_, i) => tensor.data[i]).join(' ')}${
    tensor.data.length > 12 ? ' …' : ''
  }`;
