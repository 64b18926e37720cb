/**
 * A confidence interval: from `low` to `high`, made by a rule that holds the true value in the fraction `level` of samples.
 *
 * Laws: low ≤ high; a higher level gives an interval that holds that of a lower one; what is shifted and scaled has its
 * interval shifted and scaled; over many samples the true value is in it as often as its level says (Student's exactly,
 * the bootstrap's nearly).
 */
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, failure } from '../../tensor/failure.ts';

export interface Interval {
  /** What was estimated. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** The fraction of samples whose interval holds the true value, for example 0.95. */
  readonly level: number;
}

/** A level that is a fraction between 0 and 1. */
export const levelOf =
  (where: string) =>
  (level: number): E.Either<Failure, number> =>
    level > 0 && level < 1 ? E.right(level) : E.left(failure('config', where, 'a level between 0 and 1', `${level}`));
