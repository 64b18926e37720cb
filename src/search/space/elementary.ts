/** The elementary functions that spaces and searches need, in f64, the same on every machine. */
import { evaluate } from '../../scalar/evaluate.ts';
import * as S from '../../scalar/expr.ts';

const x = S.input('x');
const ofLog = evaluate('f64')(S.log(x));
const ofExp = evaluate('f64')(S.exp(x));
const ofErf = evaluate('f64')(S.erf(S.multiply(x, Math.SQRT1_2)));

/** The natural logarithm. */
export const log = (value: number): number => ofLog({ x: value });
/** The exponential. */
export const exp = (value: number): number => ofExp({ x: value });
/** The distribution function of the standard normal, Φ(x) = ½(1 + erf(x ÷ √2)). */
export const normalCdf = (value: number): number => 0.5 * (1 + ofErf({ x: value }));
