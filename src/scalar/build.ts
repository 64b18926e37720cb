/** The constructors of nodes, by the names of their operations. Numbers stand for constants wherever an operand is wanted. */
import type { BinaryOp, ElementaryUnary, Expr, Relation, UnaryOp } from './node.ts';

/** What a constructor takes: an expression, or a number that stands for a constant. */
export type Operand<N extends string> = Expr<N> | number;

/**
 * A constant: rounded once to the format in which the expression is evaluated.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f32')(Expr.constant(0.1))({}) // => Math.fround(0.1)
 * ```
 */
export const constant = (value: number): Expr<never> => Object.freeze({ kind: 'constant', value });

/**
 * A named input.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.input('x'))({ x: 3 }) // => 3
 * ```
 */
export const input = <const N extends string>(name: N): Expr<N> => Object.freeze({ kind: 'input', name });

/** An operand as an expression. */
export const lift = <N extends string>(x: Operand<N>): Expr<N> => (typeof x === 'number' ? constant(x) : x);

/**
 * The node of an operation on one number, by its name.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.unary('negate')(Expr.input('x')))({ x: 3 }) // => -3
 * ```
 */
export const unary =
  (op: UnaryOp) =>
  <N extends string = never>(x: Operand<N>): Expr<N> =>
    Object.freeze({ kind: 'unary', op, x: lift(x) });

/**
 * The node of an operation on two numbers, by its name.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.binary('add')(Expr.input('x'), 1))({ x: 3 }) // => 4
 * ```
 */
export const binary =
  (op: BinaryOp) =>
  <A extends string = never, B extends string = never>(left: Operand<A>, right: Operand<B>): Expr<A | B> =>
    Object.freeze({ kind: 'binary', op, left: lift<A | B>(left), right: lift<A | B>(right) });

/**
 * The node of an elementary function of one number, by its name.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.call('exp')(Expr.input('x')))({ x: 0 }) // => 1
 * ```
 */
export const call =
  (name: ElementaryUnary) =>
  <N extends string = never>(x: Operand<N>): Expr<N> =>
    Object.freeze({ kind: 'call', name, args: Object.freeze([lift(x)]) });

/**
 * The node of a choice: `yes` where `left` stands in the relation to `right`, else `no`.
 *
 * @example
 * ```ts
 * import { Expr } from 'nabla-ts';
 * Expr.evaluate('f64')(Expr.select('less')(Expr.input('x'), 0, -1, 1))({ x: 3 }) // => 1
 * ```
 */
export const select =
  (relation: Relation) =>
  <A extends string = never, B extends string = never, C extends string = never, D extends string = never>(
    left: Operand<A>,
    right: Operand<B>,
    yes: Operand<C>,
    no: Operand<D>,
  ): Expr<A | B | C | D> =>
    Object.freeze({
      kind: 'select',
      relation,
      left: lift<A | B | C | D>(left),
      right: lift<A | B | C | D>(right),
      yes: lift<A | B | C | D>(yes),
      no: lift<A | B | C | D>(no),
    });
