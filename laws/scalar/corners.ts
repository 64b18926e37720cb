/** Corners of scalar expressions that no other law has in hand. */
import { unitRoundoff } from '../../src/scalar/dtype.ts';
import { binaryOp, relation, unaryOp } from '../../src/scalar/evaluate.ts';
import * as S from '../../src/scalar/index.ts';
import { all, type Law, type LawSet, lawOf, lawSet, same } from '../law.ts';
import { saying } from '../reach/said.ts';

const x = S.input('x');

const unary: ReadonlyArray<readonly [op: Parameters<typeof unaryOp>[0], x: number, result: number]> = [
  ['negate', 2, -2],
  ['negate', 0, -0],
  ['abs', -2, 2],
  ['sign', -7, -1],
  ['sqrt', 2.25, 1.5],
  ['floor', -0.5, -1],
  ['exponent', 12, 3],
  ['significand', 12, 1.5],
];
const binary: ReadonlyArray<readonly [op: Parameters<typeof binaryOp>[0], x: number, y: number, result: number]> = [
  ['add', 7, 2, 9],
  ['subtract', 7, 2, 5],
  ['multiply', 7, 2, 14],
  ['divide', 7, 2, 3.5],
  ['min', 7, 2, 2],
  ['max', 7, 2, 7],
  ['scale', 7, 2, 28],
];
const relations: ReadonlyArray<
  readonly [name: Parameters<typeof relation>[0], below: boolean, at: boolean, above: boolean]
> = [
  ['less', true, false, false],
  ['lessOrEqual', true, true, false],
  ['equal', false, true, false],
];

const operations: Law = lawOf('operations', 'are what their names say', [0], () =>
  all(
    ...unary.map(([op, a, result]) => same(result, unaryOp(op)(a), op)),
    ...binary.map(([op, a, b, result]) => same(result, binaryOp(op)(a, b), op)),
    ...relations.flatMap(([name, below, at, above]) => {
      const holds = relation(name);
      return [same(below, holds(1, 2)), same(at, holds(2, 2)), same(above, holds(3, 2)), same(false, holds(NaN, NaN))];
    }),
  ),
);

const slope = S.differentiate('x');
const at = (of: S.Expr<string>, value: number): number => S.evaluate('f64')(of)({ x: value });

const kinks: ReadonlyArray<readonly [of: S.Expr<'x'>, left: number, right: number]> = [
  [S.min(x, 1), 1, 0],
  [S.min(1, x), 1, 0],
  [S.max(x, 1), 0, 1],
  [S.max(1, x), 0, 1],
  [S.ifLess(x, 1, 5, S.multiply(3, x)), 0, 3],
  [S.ifLess(x, 1, S.multiply(3, x), 5), 3, 0],
];

const chosen: Law = lawOf(
  'slopes of choices',
  'are those of the side that is chosen, 0 where it is a constant, whichever side that is',
  kinks,
  ([of, left, right]) => all(same(left, at(slope(of), 0.5)), same(right, at(slope(of), 1.5))),
);

const roundoff: Law = lawOf(
  'unit roundoff',
  'is half the distance from 1 to the next number',
  ['f32', 'f64'] as const,
  (dtype) => {
    const u = unitRoundoff(dtype);
    const rounded = S.evaluate(dtype)(S.add(1, x));
    return all(
      same(1, rounded({ x: u })),
      same(1 + 2 * u, rounded({ x: 2 * u })),
      same(1 + 2 * u, rounded({ x: u * (1 + 2 ** -20) })),
    );
  },
);

const powers: Law = lawOf(
  'powers of two',
  'are printed as such, and as a factor of anything but 1',
  [
    [S.scale(1, x), '2^{x}'],
    [S.scale(3, x), '3 \\cdot 2^{x}'],
  ] as const,
  ([of, text]) => same(text, S.latex()(of)),
);

const folds: Law = saying('fold', 'gives the values of operands alone', [
  [
    () => S.fold((_, of: (operand: S.Expr<'x'>) => number) => of(S.input('x')))(S.negate(x)),
    'Expr.fold: asked for a input that is not an operand',
  ],
]);

export const cornerLaws: LawSet = lawSet('corners of expressions', [operations, chosen, roundoff, powers, folds]);
