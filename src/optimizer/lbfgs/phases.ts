/** The vectors of L-BFGS: what it measures, remembers and proposes. */
import { fill } from '../../ops/derived.ts';
import * as S from '../../scalar/expr.ts';
import { type Form, map, type Of } from '../../tensor/tree.ts';
import { combine, dot, scalarOf, vectorOf } from '../leaves.ts';
import type { Phase, PhaseInput, PhaseOutput } from '../optimizer.ts';

const [a, b, by, over] = [S.input('a'), S.input('b'), S.input('by'), S.input('over')];
const difference = S.subtract(a, b);
const quotient = S.divide(a, over);
const sum = S.add(a, S.multiply(by, b));
const less = S.subtract(a, S.multiply(by, b));
const scaled = S.multiply(by, a);
const opposite = S.negate(a);

/** The names of the pairs that are remembered, the newest first. */
export const pairNames = (memory: number): readonly number[] => Array.from({ length: memory }, (_, i) => i);

/** The loss, the slope along the direction, and how gradient and parameters changed since the base. */
export const measure: Phase = <P extends Form, T>({
  ops,
  declaration: { tree },
  vectors,
  evaluation,
  params,
}: PhaseInput<P, T>): PhaseOutput<P, T> => {
  const s = combine<P, T>(ops, tree, difference, {}, params, vectorOf(vectors, 'base'));
  const y = combine<P, T>(ops, tree, difference, {}, evaluation.gradient, vectorOf(vectors, 'baseGradient'));
  const along = (u: Of<P, T>, v: Of<P, T>): T => dot<P, T>(ops, tree, u, v);
  return {
    params,
    vectors,
    readings: {
      value: evaluation.value,
      slope: along(evaluation.gradient, vectorOf(vectors, 'direction')),
      gradientSquare: along(evaluation.gradient, evaluation.gradient),
      sy: along(s, y),
      ss: along(s, s),
      yy: along(y, y),
    },
  };
};

/** The current point becomes the base of the next search. */
export const keep: Phase = <P extends Form, T>({
  vectors,
  evaluation,
  params,
}: PhaseInput<P, T>): PhaseOutput<P, T> => ({
  params,
  vectors: { ...vectors, base: params, baseGradient: evaluation.gradient },
});

/** So it does, and what changed since the last base is remembered as the newest pair; the oldest is forgotten. */
export const store =
  (memory: number): Phase =>
  <P extends Form, T>(given: PhaseInput<P, T>): PhaseOutput<P, T> => {
    const {
      ops,
      declaration: { tree },
      vectors,
      evaluation,
      params,
    } = given;
    const older = pairNames(memory - 1).flatMap((i): readonly [string, Of<P, T>][] => [
      [`s${i + 1}`, vectorOf(vectors, `s${i}`)],
      [`y${i + 1}`, vectorOf(vectors, `y${i}`)],
    ]);
    return {
      params,
      vectors: {
        ...vectors,
        ...Object.fromEntries(older),
        s0: combine<P, T>(ops, tree, difference, {}, params, vectorOf(vectors, 'base')),
        y0: combine<P, T>(ops, tree, difference, {}, evaluation.gradient, vectorOf(vectors, 'baseGradient')),
        base: params,
        baseGradient: evaluation.gradient,
      },
    };
  };

/** Forgets all pairs: a pair of zeros changes no direction. */
export const clear =
  (memory: number): Phase =>
  <P extends Form, T>({ ops, declaration, vectors, params }: PhaseInput<P, T>): PhaseOutput<P, T> => {
    const zero = map(declaration.tree, (x: T): T => fill(ops, ops.shape(x), 0), params);
    const pairs = pairNames(memory).flatMap((i) => [`s${i}`, `y${i}`]);
    return { params, vectors: { ...vectors, ...Object.fromEntries(pairs.map((name) => [name, zero])) } };
  };

/** d = −H·g by the two loops of Nocedal and Wright 2006, algorithm 7.4, and its slope. */
export const direction =
  (memory: number): Phase =>
  <P extends Form, T>({
    ops,
    declaration: { tree },
    scalars,
    vectors,
    params,
  }: PhaseInput<P, T>): PhaseOutput<P, T> => {
    const scalar = (name: string): T => scalarOf(scalars, name);
    const share = (i: number, side: 's' | 'y', q: Of<P, T>): T =>
      ops.map(quotient, { a: dot<P, T>(ops, tree, vectorOf(vectors, `${side}${i}`), q), over: scalar(`sy${i}`) });
    // H·q of the pairs from the i-th on: the first loop on the way in, the second on the way out.
    const times = (i: number, q: Of<P, T>): Of<P, T> => {
      if (i === memory) return map(tree, (x: T): T => ops.map(scaled, { a: x, by: scalar('gamma') }), q);
      const alpha = share(i, 's', q);
      const r = times(i + 1, combine<P, T>(ops, tree, less, { by: alpha }, q, vectorOf(vectors, `y${i}`)));
      const rest = ops.map(difference, { a: alpha, b: share(i, 'y', r) });
      return combine<P, T>(ops, tree, sum, { by: rest }, r, vectorOf(vectors, `s${i}`));
    };
    const gradient = vectorOf(vectors, 'baseGradient');
    const r = times(0, gradient);
    const d = map(tree, (x: T): T => ops.map(opposite, { a: x }), r);
    return { params, vectors: { ...vectors, direction: d }, readings: { slope: dot<P, T>(ops, tree, gradient, d) } };
  };

/** The point to evaluate next: base + step·direction. */
export const propose: Phase = <P extends Form, T>({
  ops,
  declaration: { tree },
  scalars,
  vectors,
}: PhaseInput<P, T>): PhaseOutput<P, T> => ({
  params: combine<P, T>(
    ops,
    tree,
    sum,
    { by: scalarOf(scalars, 'step') },
    vectorOf(vectors, 'base'),
    vectorOf(vectors, 'direction'),
  ),
  vectors,
});

/** Back to the base. */
export const rest: Phase = <P extends Form, T>({ vectors }: PhaseInput<P, T>): PhaseOutput<P, T> => ({
  params: vectorOf(vectors, 'base'),
  vectors,
});
