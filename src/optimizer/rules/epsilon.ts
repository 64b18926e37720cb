/** Where ε stands beside a root. */
import * as S from '../../scalar/expr.ts';
import { oneOf } from '../config.ts';

/** `outside`, √s + ε; `inside`, √(s + ε). */
export type EpsilonPlacement = 'outside' | 'inside';
export const epsilonPlacement = oneOf('outside', 'inside');

const epsilon = S.input('epsilon');

/** The root of an expression with ε, for each place of it. */
export const rootWithEpsilon = (s: S.Expr): Readonly<Record<EpsilonPlacement, S.Expr>> => ({
  outside: S.add(S.sqrt(s), epsilon),
  inside: S.sqrt(S.add(s, epsilon)),
});
