/** The loops that the reference applies operations with: each number as `evaluate` has it, and what a loop may write. */
import { choice, type Kernel, operation } from '../../src/ops/reference/kernels.ts';
import { type Dtype, round } from '../../src/scalar/dtype.ts';
import { evaluate } from '../../src/scalar/evaluate.ts';
import { binary, type Expr, input, select, unary } from '../../src/scalar/expr.ts';
import { all, type LawSet, lawOf, lawSet, same } from '../law.ts';
import { binaryOps, relations, unaryOps } from '../scalar/arbitrary.ts';

const [a, b, c, d] = [input('a'), input('b'), input('c'), input('d')];

interface Loop {
  readonly name: string;
  readonly dtype: Dtype;
  readonly expr: Expr<'a' | 'b' | 'c' | 'd'>;
  readonly kernel: Kernel;
}

const loops = (['f32', 'f64'] as const).flatMap((dtype): readonly Loop[] => [
  ...unaryOps.map((op) => ({ name: op, dtype, expr: unary(op)(a), kernel: operation(dtype, op) })),
  ...binaryOps.map((op) => ({ name: op, dtype, expr: binary(op)(a, b), kernel: operation(dtype, op) })),
  ...relations.map((name) => ({ name, dtype, expr: select(name)(a, b, c, d), kernel: choice(name) })),
]);

/** Of both signs, and so long that each operand can take them in an order of its own. */
const numbers = [-2.5, 3, 0.1, -0, 7, -1, 0.75, 12, 5.5, -4, 1];
const UNTOUCHED = 0.125;

export const kernelLaws: LawSet = lawSet('kernels', [
  lawOf(
    'a loop writes what it was asked for',
    'the first n numbers of a block are the operation on the operands’ (others up to the next multiple of four are free), and what comes after them is as it was',
    loops.flatMap((loop) => [0, 1, 4, 7, 8].map((n) => ({ ...loop, n }))),
    ({ dtype, expr, kernel, n }) => {
      // The first two operands are equal in the first four places, and then are not.
      const at = (operand: number, i: number): number =>
        round(dtype)(numbers[(i * (operand === 2 && i < 4 ? 1 : operand)) % numbers.length] ?? Number.NaN);
      const block = (operand: number): Float64Array => Float64Array.from(numbers, (_, i) => at(operand, i));
      const out = new Float64Array(numbers.length).fill(UNTOUCHED);
      kernel(out, n, block(1), block(2), block(3), block(4));
      const expected = (i: number): number =>
        evaluate(dtype)(expr)({ a: at(1, i), b: at(2, i), c: at(3, i), d: at(4, i) });
      const free = (i: number): boolean => i >= n && i < 4 * Math.ceil(n / 4);
      return all(
        ...[...out].map((x, i) => (free(i) ? undefined : same(i < n ? expected(i) : UNTOUCHED, x, `number ${i}`))),
      );
    },
    { show: ({ name, dtype, n }) => `${name} of ${n} numbers in ${dtype}` },
  ),
]);
