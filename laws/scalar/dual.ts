/**
 * Derivatives a second way, that shares nothing with `differentiate`: dual numbers whose parts are intervals. Unknown
 * where the formula has a kink or a jump within the intervals.
 */
import { type Expr, multiply } from '../../src/scalar/expr.ts';
import { tangent } from '../gradient/tangent.ts';
import { enclose, type Interval, point } from './interval.ts';

/** A value and its derivative. */
export interface Dual {
  readonly value: Interval;
  readonly slope: Interval;
}

/** The name of how fast the input moves; no input of an expression here has it. */
const RATE = '∂';

/** The value and the derivative of an expression with respect to one input, over intervals of the inputs. */
export const dual =
  (name: string, at: Readonly<Record<string, Interval>>) =>
  (expr: Expr): Dual | undefined => {
    // An infinite slope is not known, whatever it meets.
    const rate = tangent({ [name]: RATE }, multiply)(expr);
    const value = enclose(expr)(at);
    const slope = rate === undefined ? point(0) : enclose(rate)({ ...at, [RATE]: point(1) });
    return value && slope && { value, slope };
  };
