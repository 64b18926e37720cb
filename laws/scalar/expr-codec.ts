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
import { refused, unlike } from './expr-codec-refused.ts';
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
  lawOf('knows what is none', 'is(u) is false of each, and true of their nearest', unlike, (u) =>
    all(
      same(false, exprCodec.is(u)),
      same(true, exprCodec.is({ kind: 'call', name: 'pow', args: [X.input('x'), { kind: 'constant', value: 1 }] })),
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
        same(
          'activation.nodes.0.name: expected one of the names x, y, received "weight"',
          pipe(
            exprCodecOf(['x', 'y']).decode(json),
            E.match(
              (errors) => show(fromErrors('activation')(errors)),
              () => 'accepted',
            ),
          ),
        ),
        same('an expression of x, y', exprCodecOf(['x', 'y']).name),
        same('an expression', exprCodec.name),
        same(true, E.isRight(exprCodecOf(['x', 'weight']).decode(json))),
        same(false, exprCodecOf(['x']).is(X.exp(X.input('weight')))),
        same(true, exprCodecOf(['weight']).is(X.exp(X.input('weight')))),
      ),
  ),
]);
