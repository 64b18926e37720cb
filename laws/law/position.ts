/** Where a number of a tensor stands. */
import { type Shape, strides } from '../../src/tensor/shape.ts';

/** The index of the i-th number of a shape, as it is written after a tensor's name: `[0,3]`, and nothing after a scalar's. */
export const positionOf = (shape: Shape, i: number): string =>
  shape.length === 0
    ? ''
    : `[${strides(shape)
        .map((stride, axis) => Math.floor(i / stride) % (shape[axis] ?? 1))
        .join(',')}]`;
