/**
 * The rewrites of `simplify`: each keeps every bit in its format, on ±0, ±∞ and subnormal numbers too, and makes at
 * most one operation out of one. What makes it exact stands beside it.
 */
import { type Dtype, round } from './dtype.ts';
import { evaluate, relation, unaryOp } from './evaluate.ts';
import { type Binary, binary, constant, type Expr, type Select, type Unary, unary } from './expr.ts';
import { mapOperands, operands } from './nodes.ts';

/** The least exponent of a normal number and the greatest of a finite one. */
const exponents: Readonly<Record<Dtype, { readonly least: number; readonly greatest: number }>> = {
  f32: { least: -126, greatest: 127 },
  f64: { least: -1022, greatest: 1023 },
};

/** 2ⁿ where that is a normal number of the format. */
const powerOfTwo = (dtype: Dtype, n: number): number | undefined =>
  Number.isInteger(n) && n >= exponents[dtype].least && n <= exponents[dtype].greatest ? 2 ** n : undefined;

/** 1/x where x and 1/x are both normal powers of two of the format, up to sign. */
const exactReciprocal = (dtype: Dtype, x: number): number | undefined => {
  const n = unaryOp('exponent')(x);
  const power = powerOfTwo(dtype, n);
  return power === Math.abs(x) && powerOfTwo(dtype, -n) !== undefined ? 1 / x : undefined;
};

/** The number a constant node holds. */
const value = (e: Expr): number | undefined => (e.kind === 'constant' ? e.value : undefined);

/** What a negation negates. */
const unnegated = <N extends string>(e: Expr<N>): Expr<N> | undefined =>
  e.kind === 'unary' && e.op === 'negate' ? e.x : undefined;

const is = (e: Expr, x: number): boolean => Object.is(value(e), x);

/** −(x·y) and −(x/y) with the sign in a constant, or against the sign of an operand: signs multiply exactly. */
const ofNegatedProduct = <N extends string>(node: Unary<N>, { op, left, right }: Binary<N>): Expr<N> => {
  if (op !== 'multiply' && op !== 'divide') return node;
  const [a, b] = [unnegated(left), unnegated(right)];
  const [c, d] = [value(left), value(right)];
  if (a !== undefined) return binary(op)(a, right);
  if (b !== undefined) return binary(op)(left, b);
  if (c !== undefined) return binary(op)(-c, right);
  return d === undefined ? node : binary(op)(left, -d);
};

const ofUnary = <N extends string>(node: Unary<N>): Expr<N> => {
  const { op, x } = node;
  if (op === 'negate' && x.kind === 'binary') return ofNegatedProduct(node, x);
  if (x.kind !== 'unary') return node;
  switch (op) {
    case 'negate':
      return x.op === 'negate' ? x.x : node;
    case 'abs':
      return x.op === 'abs' ? x : x.op === 'negate' ? unary('abs')(x.x) : node;
    case 'exponent':
      return x.op === 'abs' || x.op === 'negate' ? unary('exponent')(x.x) : node;
    case 'floor':
      return x.op === 'floor' || x.op === 'exponent' || x.op === 'sign' ? x : node;
    case 'sign':
    case 'significand':
      return x.op === op ? x : node;
    case 'sqrt':
      return node;
  }
};

/** A sum or a difference. Adding −0 is exact for every x, adding +0 is not for x = −0; a + (−b) is a − b by definition. */
const ofSum = <N extends string>(node: Binary<N>): Expr<N> => {
  const { op, left, right } = node;
  const negatedRight = unnegated(right);
  if (op === 'add') {
    if (is(right, -0)) return left;
    if (is(left, -0)) return right;
    if (negatedRight !== undefined) return binary('subtract')(left, negatedRight);
    const negatedLeft = unnegated(left);
    if (negatedLeft !== undefined) return binary('subtract')(right, negatedLeft);
    return left === right ? binary('multiply')(2, left) : node;
  }
  if (is(right, 0)) return left;
  if (is(left, -0)) return unary('negate')(right);
  return negatedRight !== undefined ? binary('add')(left, negatedRight) : node;
};

/** A product or a quotient: signs multiply exactly. */
const ofProduct =
  (dtype: Dtype) =>
  <N extends string>(node: Binary<N>): Expr<N> => {
    const { op, left, right } = node;
    const [a, b] = [unnegated(left), unnegated(right)];
    const [c, d] = [value(left), value(right)];
    if (a !== undefined && b !== undefined) return binary(op)(a, b);
    if (a !== undefined && d !== undefined) return binary(op)(a, -d);
    if (b !== undefined && c !== undefined) return binary(op)(-c, b);
    if (d === 1) return left;
    if (d === -1) return unary('negate')(left);
    if (op === 'multiply') return c === 1 ? right : c === -1 ? unary('negate')(right) : node;
    const reciprocal = d === undefined ? undefined : exactReciprocal(dtype, d);
    return reciprocal === undefined ? node : binary('multiply')(left, reciprocal);
  };

const ofBinary =
  (dtype: Dtype) =>
  <N extends string>(node: Binary<N>): Expr<N> => {
    const { op, left, right } = node;
    if (is(left, Number.NaN) || is(right, Number.NaN)) return constant(Number.NaN);
    switch (op) {
      case 'add':
      case 'subtract':
        return ofSum(node);
      case 'multiply':
      case 'divide':
        return ofProduct(dtype)(node);
      case 'min':
      case 'max': {
        const neutral = op === 'min' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
        return left === right || is(right, neutral) ? left : is(left, neutral) ? right : node;
      }
      case 'scale': {
        const factor = powerOfTwo(dtype, value(right) ?? Number.NaN);
        return factor === undefined ? node : binary('multiply')(left, factor);
      }
    }
  };

const ofSelect = <N extends string>(node: Select<N>): Expr<N> => {
  const { left, right, yes, no } = node;
  const [a, b] = [value(left), value(right)];
  if (a !== undefined && b !== undefined) return relation(node.relation)(a, b) ? yes : no;
  const never =
    is(left, Number.NaN) ||
    is(right, Number.NaN) ||
    (node.relation === 'less' &&
      (left === right || is(left, Number.POSITIVE_INFINITY) || is(right, Number.NEGATIVE_INFINITY)));
  return never || yes === no ? no : node;
};

/** One rewrite at the root of a node whose operands are simple, or the node itself. */
export const rewrite =
  (dtype: Dtype) =>
  <N extends string>(node: Expr<N>): Expr<N> => {
    if (node.kind === 'constant') {
      const rounded = round(dtype)(node.value);
      return Object.is(rounded, node.value) ? node : constant(rounded);
    }
    if (node.kind === 'input') return node;
    if (operands(node).every(({ kind }) => kind === 'constant'))
      return constant(
        evaluate(dtype)(mapOperands<N, never>((operand) => constant(value(operand) ?? Number.NaN))(node))({}),
      );
    switch (node.kind) {
      case 'unary':
        return ofUnary(node);
      case 'binary':
        return ofBinary(dtype)(node);
      case 'select':
        return ofSelect(node);
      case 'call':
        return node;
    }
  };
