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
      same(true, 1 + 2 * u > 1),
      same(1, rounded({ x: u })),
      same(1 + 2 * u, rounded({ x: 2 * u })),
      same(1 + 2 * u, rounded({ x: u * (1 + 2 ** -20) })),
    );
  },
);

const domains: Law = lawOf(
  'sine and cosine',
  'are numbers up to 2¹³·π/2 in f32 and 2²⁰·π/2 in f64, rounded to whole ones, and NaN beyond',
  [
    ['f32', 12867, 12867.001],
    ['f64', 1647099, 1647099.0000000002],
  ] as const,
  ([dtype, last, beyond]) =>
    all(
      ...[S.sin(x), S.cos(x)].flatMap((of) => {
        const value = S.evaluate(dtype)(of);
        return [last, -last, beyond, -beyond].map((at) =>
          same(Math.abs(at) === last, Math.abs(value({ x: at })) <= 1, `at ${at}`),
        );
      }),
    ),
);

/** 2ⁿ by as many doublings of the least number, 0 below it. */
const doubled = (n: number): number => Array.from({ length: n + 1074 }).reduce<number>((p) => 2 * p, Number.MIN_VALUE);

const scaled: Law = lawOf(
  'scaling across the whole range',
  'takes the greatest power of two to the least number and back, to 0 below it and to infinity above',
  [-3001, -2200, -2110, ...Array.from({ length: 50 }, (_, i) => -2105 + i), -1000, -1, 0],
  (n) => {
    const down = binaryOp('scale')(2 ** 1023, n);
    const up = binaryOp('scale')(Number.MIN_VALUE, -n);
    const [below, above] = [1023 + n, -1074 - n];
    return all(
      same(below < -1074 ? 0 : doubled(below), down, 'down'),
      same(above > 1023 ? Number.POSITIVE_INFINITY : doubled(above), up, 'up'),
    );
  },
);

const subnormal: Law = lawOf(
  'exponent and significand',
  'of every power of two are its own and 1',
  Array.from({ length: 2098 }, (_, i) => i - 1074),
  (n) => {
    const power = doubled(n);
    return all(same(n, unaryOp('exponent')(power)), same(1, unaryOp('significand')(power)));
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

export const cornerLaws: LawSet = lawSet('corners of expressions', [
  operations,
  chosen,
  roundoff,
  domains,
  scaled,
  subnormal,
  powers,
  folds,
]);
