/** The elementary functions that schedules and corrections need, in f64, the same on every machine. */
import { evaluate } from '../scalar/evaluate.ts';
import * as S from '../scalar/expr.ts';

const ofPower = evaluate('f64')(S.pow(S.input('x'), S.input('y')));
const ofCosine = evaluate('f64')(S.cos(S.multiply(Math.PI, S.input('x'))));

/** x to the power y: βᵗ of a bias correction is `power(β, t)`, computed anew each step. */
export const power = (x: number, y: number): number => ofPower({ x, y });

/** cos(πx) for 0 ≤ x ≤ 1, exactly 1 at 0 and −1 at 1. */
export const cosine = (x: number): number => ofCosine({ x });
