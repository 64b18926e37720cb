/** What losses that take the logarithm of probabilities share. */
import type * as t from 'io-ts';
import { checked, numberThat } from '../layer/config.ts';
import { type Expr, ifEqual, max, min, multiply } from '../scalar/expr.ts';
import type { Reduced } from './loss.ts';

/** The configuration of a loss that takes the logarithm of probabilities. */
export interface FromProbabilities extends Reduced {
  /** Probabilities are taken as at least ε and at most 1 − ε (default 0: as they are). */
  readonly epsilon?: number;
}

/** What ε can be. */
export const epsilonCodec: t.Type<number> = numberThat('a number in [0, 0.5)', (x) => x >= 0 && x < 0.5);

/** A probability within [ε, 1 − ε]; as it is where ε is 0. Throws unless ε can be such a bound. */
export const bounded = <N extends string>(kind: string, probability: Expr<N>, epsilon: number): Expr<N> => {
  checked(epsilonCodec, `${kind}.epsilon`, epsilon);
  return epsilon === 0 ? probability : min(max(probability, epsilon), 1 - epsilon);
};

/** amount·information, and 0 where there is none of it, however surprising: 0·log 0 = 0. */
export const weighed = <N extends string, M extends string>(amount: Expr<N>, information: Expr<M>): Expr<N | M> =>
  ifEqual(amount, 0, 0, multiply(amount, information));
