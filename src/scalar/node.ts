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
