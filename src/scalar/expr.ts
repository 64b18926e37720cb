/**
 * A scalar formula as a value. Activations, losses and optimizer rules are written as `Expr`; interpreters evaluate,
 * differentiate, simplify, print and compile them. `N` is the union of the names of its inputs, so an interpreter that
 * is not given one of them does not compile.
 *
 * Sub-expressions may be shared (the value is a directed acyclic graph): interpreters visit each node once.
 */

/** Operations on one number, each exact or rounded once, as IEEE 754 and JavaScript define them. `exponent` is ⌊log₂|x|⌋
 * (also of subnormals; −∞ of 0, ∞ of ±∞); `significand` is x·2^−exponent(x), in [1, 2) with the sign of x (±0 and ±∞ to
 * themselves). */
export type UnaryOp = 'negate' | 'abs' | 'sign' | 'sqrt' | 'floor' | 'exponent' | 'significand';

/** Operations on two numbers. `min` and `max` are `Math.min` and `Math.max`; `scale(x, n)` is x·2ⁿ rounded once, for a
 * whole number n (any other n gives NaN). */
export type BinaryOp = 'add' | 'subtract' | 'multiply' | 'divide' | 'min' | 'max' | 'scale';

/** How a `select` compares: false whenever an operand is NaN. */
export type Relation = 'less' | 'lessOrEqual' | 'equal';

/** The elementary functions of one number, each defined by exact operations in `src/scalar/elementary`. */
export type ElementaryUnary =
  | 'exp'
  | 'expm1'
  | 'log'
  | 'log1p'
  | 'tanh'
  | 'sigmoid'
  | 'softplus'
  | 'erf'
  | 'sin'
  | 'cos';

/** The elementary functions of two numbers: `pow(x, y)` is x to the power y. */
export type ElementaryBinary = 'pow';

export interface Constant {
  readonly kind: 'constant';
  readonly value: number;
}
export interface Input<N extends string> {
  readonly kind: 'input';
  readonly name: N;
}
export interface Unary<N extends string> {
  readonly kind: 'unary';
  readonly op: UnaryOp;
  readonly x: Expr<N>;
}
export interface Binary<N extends string> {
  readonly kind: 'binary';
  readonly op: BinaryOp;
  readonly left: Expr<N>;
  readonly right: Expr<N>;
}
export interface Select<N extends string> {
  readonly kind: 'select';
  readonly relation: Relation;
  readonly left: Expr<N>;
  readonly right: Expr<N>;
  readonly yes: Expr<N>;
  readonly no: Expr<N>;
}
export interface Call<N extends string> {
  readonly kind: 'call';
  readonly name: ElementaryUnary | ElementaryBinary;
  readonly args: readonly Expr<N>[];
}
export type Expr<N extends string = string> = Constant | Input<N> | Unary<N> | Binary<N> | Select<N> | Call<N>;

/** What a constructor takes: an expression, or a number that stands for a constant. */
export type Operand<N extends string> = Expr<N> | number;

/** A constant: rounded once to the format in which the expression is evaluated. */
export const constant = (value: number): Expr<never> => Object.freeze({ kind: 'constant', value });

/** A named input. */
export const input = <const N extends string>(name: N): Expr<N> => Object.freeze({ kind: 'input', name });

const lift = <N extends string>(x: Operand<N>): Expr<N> => (typeof x === 'number' ? constant(x) : x);

/** The node of an operation on one number, by its name. */
export const unary =
  (op: UnaryOp) =>
  <N extends string = never>(x: Operand<N>): Expr<N> =>
    Object.freeze({ kind: 'unary', op, x: lift(x) });

/** The node of an operation on two numbers, by its name. */
export const binary =
  (op: BinaryOp) =>
  <A extends string = never, B extends string = never>(left: Operand<A>, right: Operand<B>): Expr<A | B> =>
    Object.freeze({ kind: 'binary', op, left: lift<A | B>(left), right: lift<A | B>(right) });

/** The node of an elementary function of one number, by its name. */
export const call =
  (name: ElementaryUnary) =>
  <N extends string = never>(x: Operand<N>): Expr<N> =>
    Object.freeze({ kind: 'call', name, args: Object.freeze([lift(x)]) });

/** The node of a choice: `yes` where `left` stands in the relation to `right`, else `no`. */
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

export const negate = unary('negate');
export const abs = unary('abs');
export const sign = unary('sign');
export const sqrt = unary('sqrt');
export const floor = unary('floor');
export const exponent = unary('exponent');
export const significand = unary('significand');

export const add = binary('add');
export const subtract = binary('subtract');
export const multiply = binary('multiply');
export const divide = binary('divide');
export const min = binary('min');
export const max = binary('max');
export const scale = binary('scale');

/** `yes` where left < right, else `no` (also where either is NaN). */
export const ifLess = select('less');
/** `yes` where left ≤ right, else `no` (also where either is NaN). */
export const ifLessOrEqual = select('lessOrEqual');
/** `yes` where left = right, else `no` (also where either is NaN). */
export const ifEqual = select('equal');

export const exp = call('exp');
export const expm1 = call('expm1');
export const log = call('log');
export const log1p = call('log1p');
export const tanh = call('tanh');
export const sigmoid = call('sigmoid');
export const softplus = call('softplus');
export const erf = call('erf');
export const sin = call('sin');
export const cos = call('cos');
export const pow = <A extends string = never, B extends string = never>(x: Operand<A>, y: Operand<B>): Expr<A | B> =>
  Object.freeze({ kind: 'call', name: 'pow', args: Object.freeze([lift<A | B>(x), lift<A | B>(y)]) });
