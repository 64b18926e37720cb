/**
 * The terms that derivatives are made of. One that is zero because nothing in it depends on the input is left out, not
 * multiplied or added.
 */
import { add, constant, divide, type Expr, multiply, negate, subtract } from './expr.ts';

/** A derivative; `undefined` is one that is zero because nothing depends on the input. */
export type Term<N extends string> = Expr<N> | undefined;

/** Whether an expression is a constant of a value; −0 counts as 0. */
export const isConstant = (e: Expr, value: number): boolean => e.kind === 'constant' && e.value === value;

/** The chain rule: a·factor, without a factor of 1, a minus sign outermost so that it meets others. */
export const times = <N extends string>(a: Term<N>, factor: Expr<N>): Term<N> =>
  a === undefined
    ? undefined
    : isConstant(a, 1)
      ? factor
      : isConstant(factor, 1)
        ? a
        : isConstant(a, -1)
          ? negated(factor)
          : a.kind === 'unary' && a.op === 'negate'
            ? negate(multiply(a.x, factor))
            : multiply(a, factor);

/** −a. */
const negated = <N extends string>(a: Expr<N>): Expr<N> =>
  a.kind === 'constant' ? constant(-a.value) : a.kind === 'unary' && a.op === 'negate' ? a.x : negate(a);

/** a − b. */
export const minus = <N extends string>(a: Term<N>, b: Term<N>): Term<N> =>
  b === undefined ? a : a === undefined ? negated(b) : subtract(a, b);

/** a + b. */
export const plus = <N extends string>(a: Term<N>, b: Term<N>): Term<N> =>
  b === undefined ? a : a === undefined ? b : add(a, b);

/** a over a divisor. */
export const over = <N extends string>(a: Term<N>, divisor: Expr<N>): Term<N> =>
  a === undefined ? undefined : divide(a, divisor);
