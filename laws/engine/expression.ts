/** Emitted expressions are `evaluate`, bit for bit, in every lane. */
import * as fc from 'fast-check';
import { straightLine } from '../../src/engine/emit/expression.ts';
import { get, local } from '../../src/engine/wasm/code.ts';
import { encode } from '../../src/engine/wasm/encode.ts';
import { differentiate } from '../../src/scalar/differentiate.ts';
import { type Dtype, round } from '../../src/scalar/dtype.ts';
import { evaluate } from '../../src/scalar/evaluate.ts';
import type { ElementaryUnary, Expr } from '../../src/scalar/expr.ts';
import * as X from '../../src/scalar/expr.ts';
import { all, holds, type Law, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { anything, binaryOps, corners, expressions, numbers, relations, unaryOps } from '../scalar/arbitrary.ts';
import { breakpoints, elementaryNames, fromBits, neighbour, powers } from '../scalar/elementary-samples.ts';
import { showExpr } from '../scalar/show.ts';
import { moduleOf, vectorised } from './vectorised.ts';

const dtypes: readonly Dtype[] = ['f32', 'f64'];
type Point = Readonly<Record<'x' | 'y', number>>;
const names = ['x', 'y'] as const;
const [x, y] = [X.input('x'), X.input('y')];

/** The first place where the engine and `evaluate` differ. */
const agree = (dtype: Dtype, exprs: readonly Expr<'x' | 'y'>[], points: readonly Point[]): Verdict => {
  const columns = vectorised(dtype, exprs, names)(names.map((name) => points.map((point) => point[name])));
  return all(
    ...exprs.map((expr, i) => {
      const reference = evaluate(dtype)(expr);
      const wrong = points.findIndex((point, k) => !Object.is(reference(point), columns[i]?.[k]));
      const point = points[wrong];
      return point === undefined
        ? undefined
        : same(reference(point), columns[i]?.[wrong], `output ${i}, ${showExpr(expr)} at ${fc.stringify(point)}`);
    }),
  );
};

/** Numbers of every kind for the second input, the first going through all corners: an even mixture for every expression. */
const points = (dtype: Dtype): fc.Arbitrary<readonly Point[]> =>
  fc
    .array(fc.tuple(numbers(dtype), numbers(dtype)), { minLength: 9, maxLength: 9 })
    .map((pairs) => [
      ...corners(dtype).map((value, i) => ({ x: value, y: pairs[i % pairs.length]?.[1] ?? 0 })),
      ...pairs.map(([a, b]) => ({ x: round(dtype)(a), y: round(dtype)(b) })),
    ]);

const random = (dtype: Dtype): Law =>
  law(
    `random expressions in ${dtype}`,
    'several outputs at once, of every kind of node, are what evaluate gives at corners and at random numbers',
    fc.record({
      exprs: fc.array(expressions(anything(dtype)), { minLength: 1, maxLength: 3 }),
      at: points(dtype),
    }),
    ({ exprs, at }) => agree(dtype, exprs, at),
    { runs: 400, show: ({ exprs }) => exprs.map(showExpr).join(' | ') },
  );

/** Every corner beside every corner. */
const grid = (dtype: Dtype): readonly Point[] =>
  corners(dtype).flatMap((a) => corners(dtype).map((b) => ({ x: a, y: b })));

/** Each operation on inputs and on what is known of them: bounded, positive, whole, a constant, never NaN. */
const operations = (dtype: Dtype): readonly Expr<'x' | 'y'>[] => {
  const bounded = X.ifLess(X.ifLess(20, x, 20, x), -20, -20, X.ifLess(20, x, 20, x));
  const never = X.ifLess(x, 3, X.constant(3), X.constant(5));
  const operandsOf: ReadonlyArray<Expr<'x' | 'y'>> = [
    x,
    y,
    bounded,
    X.floor(bounded),
    X.abs(x),
    X.add(X.abs(bounded), 1),
    X.subtract(-1, X.abs(bounded)),
    X.ifLess(x, 0, 0, x),
    X.sign(x),
    never,
    ...[0, -0, 1, -1, 3, 2.5, dtype === 'f32' ? 2 ** -126 : 2 ** -1022, Infinity, NaN].map(X.constant),
  ];
  return [
    ...operandsOf.flatMap((a) => unaryOps.map((op) => X.unary(op)(a))),
    ...operandsOf.flatMap((a) => operandsOf.flatMap((b) => binaryOps.map((op) => X.binary(op)(a, b)))),
    ...operandsOf.flatMap((a) =>
      relations.flatMap((relation) =>
        [
          [x, a, x, a],
          [x, a, a, x],
          [a, x, x, a],
          [a, x, a, x],
          [a, y, 0, x],
          [x, a, y, 0],
          [x, y, a, -0],
          [x, y, X.negate(a), a],
          [x, y, a, X.negate(a)],
          [x, y, 2, a],
          [x, y, NaN, a],
          [x, y, a, NaN],
        ].map(([l = 0, r = 0, yes = 0, no = 0]) => X.select(relation)(l, r, yes, no)),
      ),
    ),
  ];
};

/** A few at a time: a module has as many columns as there is memory for. */
const chunks = <A>(list: readonly A[], size: number): ReadonlyArray<readonly A[]> =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));

const everyOperation = (dtype: Dtype): Law =>
  lawOf(
    `every operation in ${dtype}`,
    'on inputs and on bounded, positive, whole and constant operands is what evaluate gives for every pair of corners',
    chunks(operations(dtype), 12),
    (exprs) => agree(dtype, exprs, grid(dtype)),
  );

/** Scalings by every exponent that matters, of numbers of every size, where rounding twice would show. */
const everyScale = (dtype: Dtype): Law => {
  const [least, most, ulp] = dtype === 'f32' ? [-300, 300, 2 ** -23] : [-2200, 2200, 2 ** -52];
  const exponents = Array.from({ length: most - least + 1 }, (_, i) => least + i);
  const clamped = (low: number, high: number): Expr<'x' | 'y'> => {
    const top = X.ifLess(high, y, high, y);
    return X.floor(X.ifLess(top, low, low, top));
  };
  const inUnits = X.add(1.5, X.divide(X.ifLess(X.abs(x), 1, x, 0), 3));
  const [low, high] = dtype === 'f32' ? [-252, 254] : [-2044, 2046];
  const exprs = [
    X.scale(x, y),
    X.scale(x, clamped(low / 2, high / 2)),
    X.scale(x, clamped(low, high)),
    X.scale(inUnits, clamped(low, high)),
    X.scale(X.negate(inUnits), clamped(low, high)),
    X.scale(x, clamped(low - 5, 0)),
    X.scale(x, clamped(-1, high + 5)),
    X.scale(x, X.negate(X.exponent(x))),
  ];
  return law(
    `every scale in ${dtype}`,
    'is what evaluate gives for every whole exponent, on short ways and long',
    fc.array(numbers(dtype), { minLength: 3, maxLength: 3 }),
    (drawn) => {
      const bases = [...corners(dtype), 1.5 + ulp, 1 + 3 * ulp, ...drawn].map(round(dtype));
      return agree(
        dtype,
        exprs,
        exponents.map((n, i) => ({ x: bases[i % bases.length] ?? 0, y: n })),
      );
    },
    { runs: 4 },
  );
};

/** Around the seams of a function, and numbers spread over all bits of the format by a large odd step. */
const spread = (dtype: Dtype, name: ElementaryUnary, from: number): readonly Point[] => {
  const size = dtype === 'f32' ? 32n : 64n;
  const step = dtype === 'f32' ? 2654435761n : 11400714819323198485n;
  const anywhere = Array.from({ length: 2048 }, (_, i) =>
    fromBits(dtype, (BigInt(from + i) * step) & ((1n << size) - 1n)),
  );
  const seams = breakpoints(dtype, name)
    .slice(0, 400)
    .flatMap((seam) => [-2, -1, 0, 1, 2].map((steps) => neighbour(dtype, steps)(round(dtype)(seam))));
  const moderate = Array.from({ length: 1024 }, (_, i) => ((from + i) % 20011) / 997 - 10);
  return [...corners(dtype), ...seams, ...anywhere, ...moderate].map((value) => ({ x: value, y: value }));
};

const elementary = (dtype: Dtype): readonly Law[] =>
  elementaryNames.map((name) =>
    law(
      `${name} in ${dtype}`,
      'and its derivative, together, are what evaluate gives around every seam and anywhere',
      fc.nat({ max: 2 ** 30 }),
      (from) => agree(dtype, [X.call(name)(x), differentiate('x')(X.call(name)(x))], spread(dtype, name, from)),
      { runs: 2 },
    ),
  );

const power = (dtype: Dtype): Law =>
  law(
    `pow in ${dtype}`,
    'is what evaluate gives',
    fc.array(powers(dtype), { minLength: 300, maxLength: 300 }),
    (pairs) => agree(dtype, [X.pow(x, y)], [...grid(dtype), ...pairs.map(([a, b]) => ({ x: a, y: b }))]),
    { runs: 2, show: () => 'powers' },
  );

/** Emitting is a pure function. */
const pure = (dtype: Dtype): Law =>
  law(
    `the same bytes in ${dtype}`,
    'the same expressions give the same module, built twice from nothing; it validates; its locals begin with the prefix',
    fc.array(expressions(anything(dtype)), { minLength: 1, maxLength: 3 }),
    (exprs) => {
      const again: typeof exprs = structuredClone(exprs);
      const [first, second] = [exprs, again].map((each) => encode(moduleOf(dtype, each, names)));
      const own = local('v128', 'input');
      const line = JSON.stringify(straightLine(dtype, 'prefix', exprs, () => get(own)));
      const stray = [...line.matchAll(/"name":"([^"]*)"/g)].find(
        ([, name]) => name !== 'input' && !name?.startsWith('prefix'),
      );
      return all(
        holds(`${first}` === `${second}`, 'the same bytes', 'others'),
        holds(WebAssembly.validate(first ?? new Uint8Array()), 'a valid module', 'an invalid one'),
        holds(stray === undefined, 'locals with the prefix', `${stray?.[1]}`),
      );
    },
    { runs: 100, show: (exprs) => exprs.map(showExpr).join(' | ') },
  );

export const expressionLaws = lawSet(
  'emitted expressions',
  dtypes.flatMap((dtype) => [random(dtype), everyOperation(dtype), everyScale(dtype), pure(dtype)]),
  [
    lawSet(
      'elementary functions',
      dtypes.flatMap((dtype) => [...elementary(dtype), power(dtype)]),
    ),
  ],
);
