/** Norms of numbers of any size: neither do squares of large ones overflow nor those of small ones vanish. */
import * as S from '../../scalar/expr.ts';

const [x, limit, exponent, root] = [S.input('x'), S.input('limit'), S.input('exponent'), S.input('root')];
const reduced = S.scale(x, S.negate(exponent));

/** The size of a number x. */
export const size = S.abs(x);
/** The power of two below the greatest, x; 0 of none: divided by it, squares neither overflow nor vanish together. */
export const scaleOf = S.ifEqual(x, 0, 0, S.exponent(x));
/** The square of x·2^−exponent. */
export const square = S.multiply(reduced, reduced);
/** What the sum of such squares, x, has for a root. */
export const squareRoot = S.sqrt(x);
/** x, one of numbers whose norm is root·2^exponent, when these are shortened to a limit; x itself where they need not be. */
export const shortened = S.ifLessOrEqual(S.scale(root, exponent), limit, x, S.multiply(S.divide(reduced, root), limit));
