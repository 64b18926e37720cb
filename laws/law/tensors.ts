/** Verdicts on tensors: the first position at which two differ. */
import { show as showShape } from '../../src/tensor/shape.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import type { Path } from '../../src/tensor/tree.ts';
import { code } from './code.ts';
import { positionOf } from './position.ts';
import { all, same, type Verdict } from './verdict.ts';

/**
 * A path in a record as it is written in code, after the record's name.
 *
 * @example
 * ```ts
 * import { placeOf } from 'nabla-ts/laws';
 * placeOf('params', ['2', 'weight']) // => 'params[2].weight'
 * ```
 */
export const placeOf = (name: string, path: Path): string =>
  path.reduce((place, part) => (/^\d+$/.test(part) ? `${place}[${part}]` : `${place}.${part}`), name);

/** Holds when two tensors have one shape and format, and each two numbers of them agree. */
const agreeing = (
  expected: Tensor,
  received: Tensor,
  where: string,
  agree: (a: number, b: number) => boolean,
  tolerance?: string,
): Verdict => {
  if (expected.dtype !== received.dtype || showShape(expected.shape) !== showShape(received.shape))
    return {
      expected: `${expected.dtype} of shape ${showShape(expected.shape)}`,
      received: `${received.dtype} of shape ${showShape(received.shape)}`,
      where,
    };
  const length = expected.data.length;
  for (let i = 0; i < length; i++) {
    const [a, b] = [expected.data[i] ?? NaN, received.data[i] ?? NaN];
    if (!agree(a, b))
      return {
        expected: code(a),
        received: code(b),
        where: `${where}${positionOf(expected.shape, i)}`,
        ...(tolerance === undefined ? {} : { tolerance }),
      };
  }
  return undefined;
};

/**
 * Holds when two tensors have the same shape, format and bits.
 *
 * @example
 * ```ts
 * import { Tensor } from 'nabla-ts';
 * import { sameTensor } from 'nabla-ts/laws';
 * sameTensor(Tensor.full('f64', [2], 0), Tensor.full('f64', [2], -0), 'y') // => { expected: '0', received: '-0', where: 'y[0]' }
 * ```
 */
export const sameTensor = (expected: Tensor, received: Tensor, where: string): Verdict =>
  agreeing(expected, received, where, Object.is);

/**
 * Holds when two tensors have the same shape and format, and numbers that differ by no more than a bound; NaN is near
 * NaN alone.
 *
 * @example
 * ```ts
 * import { Tensor } from 'nabla-ts';
 * import { nearTensor } from 'nabla-ts/laws';
 * nearTensor(Tensor.full('f64', [], 1), Tensor.full('f64', [], 1.5), 'y', 1, 'one, for the example') // => undefined
 * ```
 */
export const nearTensor = (
  expected: Tensor,
  received: Tensor,
  where: string,
  bound: number,
  tolerance: string,
): Verdict =>
  agreeing(expected, received, where, (a, b) => Object.is(a, b) || Math.abs(a - b) <= bound, `${bound}: ${tolerance}`);

/**
 * Holds when two lists of tensors have the same bits, tensor by tensor.
 *
 * @example
 * ```ts
 * import { Tensor } from 'nabla-ts';
 * import { sameTensors } from 'nabla-ts/laws';
 * sameTensors([Tensor.zeros('f64', [1])], [Tensor.zeros('f64', [1])], 'layers') // => undefined
 * ```
 */
export const sameTensors = (expected: readonly Tensor[], received: readonly Tensor[], where: string): Verdict =>
  expected.length === received.length
    ? all(
        ...expected.map((x, i) => {
          const other = received[i];
          return other === undefined ? undefined : sameTensor(x, other, `${where}[${i}]`);
        }),
      )
    : same(expected.length, received.length, `${where}: how many tensors`);
