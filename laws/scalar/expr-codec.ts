/** Expressions survive JSON, sharing and special numbers included, and what is not one is refused with its place. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Expr } from '../../src/scalar/expr.ts';
import * as X from '../../src/scalar/expr.ts';
import { exprCodec, exprCodecOf } from '../../src/scalar/expr-codec.ts';
import { nodes } from '../../src/scalar/nodes.ts';
import { fromErrors, show } from '../../src/tensor/failure.ts';
import { all, holds, law, lawOf, lawSet, same, type Verdict } from '../law.ts';
import { anything, expressions } from './arbitrary.ts';
import { showExpr } from './show.ts';

/** Whether two expressions have the same nodes in the same places: equal numbers to the bit, equal sharing. */
const sameGraph = (expected: Expr, received: Expr): Verdict => {
  const [a, b] = [nodes(expected), nodes(received)];
  const [placesA, placesB] = [a, b].map((list) => new Map(list.map((node, i) => [node, i])));
  const fields = (node: Expr | undefined, places: ReadonlyMap<Expr, number> | undefined): readonly unknown[] =>
    Object.entries(node ?? {}).flatMap(([key, field]) => {
      const values: readonly unknown[] = Array.isArray(field) ? field : [field];
      // An operand is compared by its place, anything else as it is.
      return [key, ...values.map((value) => [...(places ?? [])].find(([other]) => other === value)?.[1] ?? value)];
    });
  return all(
    same(a.length, b.length, 'the number of nodes'),
    ...a.flatMap((node, i) => {
      const [left, right] = [fields(node, placesA), fields(b[i], placesB)];
      return [
        same(left.length, right.length, `node ${i}`),
        ...left.map((field, k) => same(field, right[k], `node ${i}`)),
      ];
    }),
  );
};

const decoded = (json: unknown): E.Either<string, Expr> =>
  pipe(
    exprCodec.decode(json),
    E.mapLeft((errors) => show(fromErrors('formula')(errors))),
  );

const roundTrip = (expr: Expr): Verdict =>
  pipe(
    decoded(JSON.parse(JSON.stringify(exprCodec.encode(expr)))),
    E.match(
      (message): Verdict => ({ expected: 'an expression', received: message }),
      (back) => sameGraph(expr, back),
    ),
  );

const x = { kind: 'input', name: 'x' };

/** What is refused, and what is said about it. */
const refused: ReadonlyArray<readonly [unknown, string]> = [
  [null, 'formula: expected an expression, received null'],
  [
    { nodes: [x], depth: 1 },
    'formula.depth: expected no such field, the fields of an expression being nodes, received 1',
  ],
  [{ nodes: [] }, 'formula.nodes: expected at least one node, received []'],
  [
    { nodes: [{ kind: 'cube', x: 0 }] },
    'formula.nodes.0.kind: expected one of constant, input, unary, binary, select, call, received "cube"',
  ],
  [
    { nodes: [x, { kind: 'unary', op: 'cbrt', x: 0 }] },
    'formula.nodes.1.op: expected one of negate, abs, sign, sqrt, floor, exponent, significand, received "cbrt"',
  ],
  [
    { nodes: [x, { kind: 'unary', op: 'toString', x: 0 }] },
    'formula.nodes.1.op: expected one of negate, abs, sign, sqrt, floor, exponent, significand, received "toString"',
  ],
  [
    { nodes: [x, { kind: 'unary', op: 'abs', x: 0, y: 0 }] },
    'formula.nodes.1.y: expected no such field, the fields of an operation on one number being kind, op, x, received 0',
  ],
  [
    { nodes: [x, { kind: 'binary', op: 'add', left: 0 }] },
    'formula.nodes.1.right: expected number, received undefined',
  ],
  [
    { nodes: [x, { kind: 'unary', op: 'abs', x: 1 }] },
    'formula.nodes.1.x: expected the place of a node before 1, received 1',
  ],
  [
    { nodes: [x, { kind: 'binary', op: 'add', left: 0, right: 0.5 }] },
    'formula.nodes.1.right: expected the place of a node before 1, received 0.5',
  ],
  [{ nodes: [{ kind: 'unary', op: 'abs', x: 0 }] }, 'formula.nodes.0.x: expected no operand before it, received 0'],
  [
    { nodes: [x, { kind: 'call', name: 'pow', args: [0] }] },
    'formula.nodes.1.args: expected 2 operands of pow, received 1',
  ],
  [
    { nodes: [x, { kind: 'call', name: 'exp', args: [0, 0] }] },
    'formula.nodes.1.args: expected 1 operand of exp, received 2',
  ],
  [
    { nodes: [x, { kind: 'call', name: 'exp', args: [-1] }] },
    'formula.nodes.1.args.0: expected the place of a node before 1, received -1',
  ],
  [
    { nodes: [{ kind: 'constant', value: 'one' }] },
    'formula.nodes.0.value: expected a number, or one of "NaN", "Infinity", "-Infinity", "-0", received "one"',
  ],
  [
    { nodes: [{ kind: 'constant', value: 1 }, x] },
    'formula.nodes.0: expected a node that a later node uses, received {"kind":"constant","value":1}',
  ],
];

export const exprCodecLaws = lawSet('exprCodec', [
  law('survives JSON', 'decode(parse(text(encode(e)))) has the nodes of e', expressions(anything('f64')), roundTrip, {
    runs: 300,
    show: showExpr,
  }),
  lawOf(
    'keeps numbers that JSON has no form for',
    'NaN, ±∞ and −0 come back',
    [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 5e-324, 0.1],
    (value) => roundTrip(X.add(X.input('x'), value)),
  ),
  lawOf(
    'writes a shared node once',
    'a thousand nested squares are a thousand and one nodes, not 2¹⁰⁰⁰',
    [1000],
    (depth) => {
      const expr = Array.from({ length: depth }).reduce<Expr>((e) => X.multiply(e, e), X.input('x'));
      return all(
        same(depth + 1, exprCodec.encode(expr).nodes.length),
        pipe(
          decoded(exprCodec.encode(expr)),
          E.match(
            (message): Verdict => ({ expected: 'an expression', received: message }),
            (back) => same(depth + 1, nodes(back).length),
          ),
        ),
        holds(exprCodec.is(expr), 'recognised', 'not recognised'),
      );
    },
  ),
  law(
    'recognises what it decodes',
    'is(e) holds of expressions, and of none of their JSON',
    expressions(anything('f64')),
    (expr) => all(same(true, exprCodec.is(expr)), same(false, exprCodec.is(exprCodec.encode(expr)))),
    { show: showExpr },
  ),
  lawOf('says what is wrong and where', 'each is refused with one sentence', refused, ([json, message]) =>
    pipe(
      decoded(json),
      E.match(
        (said) => same(message, said),
        (): Verdict => ({ expected: message, received: 'an expression' }),
      ),
    ),
  ),
  lawOf(
    'refuses other names',
    'an input that is not one of the names given is refused, by decoder and guard',
    [{ nodes: [{ kind: 'input', name: 'weight' }] }],
    (json) =>
      all(
        same(
          'activation.nodes.0.name: expected the name x, received "weight"',
          pipe(
            exprCodecOf(['x']).decode(json),
            E.match(
              (errors) => show(fromErrors('activation')(errors)),
              () => 'accepted',
            ),
          ),
        ),
        same(true, E.isRight(exprCodecOf(['x', 'weight']).decode(json))),
        same(false, exprCodecOf(['x']).is(X.exp(X.input('weight')))),
        same(true, exprCodecOf(['weight']).is(X.exp(X.input('weight')))),
      ),
  ),
]);
