/** The lengths of a tensor's axes, outermost first; `[]` is the shape of a scalar. */
export type Shape = readonly number[];

/** The number of elements: the product of the lengths, 1 for a scalar. */
export const size = (shape: Shape): number => shape.reduce((product, n) => product * n, 1);

/** Whether two shapes are equal. */
export const equals = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((n, i) => n === b[i]);

/** A shape as text, `[2,3]`. */
export const show = (shape: Shape): string => `[${shape.join(',')}]`;

/** The distance in elements between neighbours along each axis, row-major. */
export const strides = (shape: Shape): readonly number[] => shape.map((_, axis) => size(shape.slice(axis + 1)));

/** Whether every length is a whole number of at least 0 and the size is one that an array can have. */
export const isShape = (shape: Shape): boolean =>
  shape.every((n) => Number.isInteger(n) && n >= 0) && size(shape) < 2 ** 31;
