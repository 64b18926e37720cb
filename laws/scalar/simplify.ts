/** `simplify` keeps every bit, makes nothing longer, and is done after one pass. */
import * as fc from 'fast-check';
import { differentiate } from '../../src/scalar/differentiate.ts';
import type { Dtype } from '../../src/scalar/dtype.ts';
import { evaluate } from '../../src/scalar/evaluate.ts';
import type { Expr } from '../../src/scalar/expr.ts';
import * as X from '../../src/scalar/expr.ts';
import { exprCodec } from '../../src/scalar/expr-codec.ts';
import { nodes } from '../../src/scalar/nodes.ts';
import { simplify } from '../../src/scalar/simplify.ts';
import { all, holds, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { anything, binaryOps, corners, environment, expressions, numbers, relations, unaryOps } from './arbitrary.ts';
import { showExpr, showSample } from './show.ts';
import { simplifyStatedLaws } from './simplify-stated.ts';

const dtypes: readonly Dtype[] = ['f32', 'f64'];

const sample = (dtype: Dtype) =>
  fc.record({
    expr: expressions(anything(dtype)),
    at: fc.array(environment(['x', 'y'], numbers(dtype)), { minLength: 12, maxLength: 12 }),
  });

type Inputs = Readonly<Record<'x' | 'y', number>>;

const sameBits =
  (dtype: Dtype) =>
  (expr: Expr<'x' | 'y'>, points: readonly Inputs[]): Verdict => {
    const [before, after] = [evaluate(dtype)(expr), evaluate(dtype)(simplify(dtype)(expr))];
    return all(...points.map((at) => same(before(at), after(at), fc.stringify(at))));
  };

/** Operations as they stand: a call counts one. */
const size = (expr: Expr): number => nodes(expr).filter(({ kind }) => kind !== 'constant' && kind !== 'input').length;

const [x, y] = [X.input('x'), X.input('y')];

/**
 * Every pattern that a rewrite could look for: each operation on x, y, negations, absolute values and special
 * constants in either place. Random expressions reach some of them rarely.
 */
const patterns = (dtype: Dtype): ReadonlyArray<Expr<'x' | 'y'>> => {
  const special = [0, -0, 1, -1, 2, -2, 0.5, -0.25, 3, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  // Around the ends of the exponents of both formats, and of what a product with a power of two can do.
  const ends = [
    -2200, -1080, -1075, -1074, -1023, -1022, -160, -150, -149, -127, -126, 127, 128, 1023, 1024, 2000, 2.5,
  ];
  const edges = [...corners(dtype), ...special].map(X.constant);
  const inner = unaryOps.map((op) => X.unary(op)(x));
  const parts: ReadonlyArray<Expr<'x' | 'y'>> = [
    x,
    y,
    X.negate(y),
    X.abs(y),
    X.multiply(X.negate(x), y),
    ...inner,
    ...edges,
  ];
  return [
    ...ends.flatMap((n) => [X.scale(x, n), X.divide(x, 2 ** n)]),
    // Equal in f32 alone: a comparison must see the rounded constants.
    X.ifEqual(0.1, Math.fround(0.1), x, y),
    X.ifLess(1, 1 + 2 ** -30, x, y),
    X.scale(x, 3 + 2 ** -40),
    // One order of the operands must not stand for the other.
    ...binaryOps.map((op) => X.divide(X.binary(op)(x, y), X.binary(op)(y, x))),
    ...relations.flatMap((relation) =>
      [X.select(relation)(y, x, 1, 2), X.select(relation)(x, y, 1, 3), X.select(relation)(x, y, 3, 2)].map((other) =>
        X.add(X.select(relation)(x, y, 1, 2), X.multiply(8, other)),
      ),
    ),
    X.divide(X.pow(x, y), X.pow(y, x)),
    ...parts.flatMap((part) => unaryOps.map((op) => X.unary(op)(part))),
    ...[X.multiply, X.divide].flatMap((of) => [x, X.negate(x), X.constant(3)].map((part) => X.negate(of(part, y)))),
    ...[X.multiply, X.divide].flatMap((of) => [X.negate(y), X.constant(-3)].map((part) => X.negate(of(x, part)))),
    ...parts.flatMap((part) =>
      binaryOps.flatMap((op) => [X.binary(op)(x, part), X.binary(op)(part, x), X.binary(op)(X.negate(x), part)]),
    ),
    ...parts.flatMap((part) =>
      relations.flatMap((relation) => [
        X.select(relation)(x, part, x, y),
        X.select(relation)(part, x, y, x),
        X.select(relation)(part, y, x, x),
      ]),
    ),
  ];
};

const points = (dtype: Dtype): readonly Inputs[] =>
  corners(dtype).flatMap((a, i) =>
    [0, 7, 18].map((step) => ({ x: a, y: corners(dtype)[(i + step) % corners(dtype).length] ?? 0 })),
  );

export const simplifyLaws = lawSet(
  'simplify',
  dtypes.flatMap((dtype) => [
    law(
      `keeps every bit in ${dtype}`,
      'evaluate(simplify(e)) is evaluate(e), for numbers of every kind',
      sample(dtype),
      ({ expr, at }) => sameBits(dtype)(expr, at),
      { runs: 1000, show: showSample },
    ),
    lawOf(
      `keeps every bit of every pattern in ${dtype}`,
      'evaluate(simplify(e)) is evaluate(e) for each operation with special operands, at special points',
      patterns(dtype),
      (expr) => sameBits(dtype)(expr, points(dtype)),
    ),
    law(
      `keeps every bit of derivatives in ${dtype}`,
      "evaluate(simplify(e')) is evaluate(e')",
      sample(dtype),
      ({ expr, at }) => sameBits(dtype)(differentiate('x')(expr), at),
      { runs: 200, show: showSample },
    ),
    law(
      `is idempotent in ${dtype}`,
      'simplify(simplify(e)) has the nodes of simplify(e), and no more operations than e',
      expressions(anything(dtype)),
      (expr) => {
        const once = simplify(dtype)(expr);
        const twice = simplify(dtype)(once);
        return all(
          same(JSON.stringify(exprCodec.encode(once)), JSON.stringify(exprCodec.encode(twice))),
          holds(size(once) <= size(expr), `at most ${size(expr)} operations`, `${size(once)}`),
        );
      },
      { runs: 1000, show: showExpr },
    ),
  ]),
  [simplifyStatedLaws],
);
