/** The lengths of a tensor's axes, outermost first; `[]` is the shape of a scalar. */
export type Shape = readonly number[];

/**
 * The number of elements: the product of the lengths, 1 for a scalar.
 *
 * @example
 * ```ts
 * import { Shape } from 'nabla-ts';
 * Shape.size([2, 3, 4]) // => 24
 * ```
 */
export const size = (shape: Shape): number => shape.reduce((product, n) => product * n, 1);

/**
 * Whether two shapes are equal.
 *
 * @example
 * ```ts
 * import { Shape } from 'nabla-ts';
 * Shape.equals([2, 3], [3, 2]) // => false
 * ```
 */
export const equals = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((n, i) => n === b[i]);

/**
 * A shape as text, `[2,3]`.
 *
 * @example
 * ```ts
 * import { Shape } from 'nabla-ts';
 * Shape.show([2, 3]) // => '[2,3]'
 * ```
 */
export const show = (shape: Shape): string => `[${shape.join(',')}]`;

/**
 * The distance in elements between neighbours along each axis, row-major.
 *
 * @example
 * ```ts
 * import { Shape } from 'nabla-ts';
 * Shape.strides([2, 3, 4]) // => [12, 4, 1]
 * ```
 */
export const strides = (shape: Shape): readonly number[] => shape.map((_, axis) => size(shape.slice(axis + 1)));

/**
 * Whether every length is a whole number of at least 0 and the size is one that an array can have.
 *
 * @example
 * ```ts
 * import { Shape } from 'nabla-ts';
 * Shape.isShape([2, -1]) // => false
 * ```
 */
export const isShape = (shape: Shape): boolean =>
  shape.every((n) => Number.isInteger(n) && n >= 0) && size(shape) < 2 ** 31;
