/** The elementary functions that schedules and corrections need, in f64, the same on every machine. */
import { expand } from '../scalar/elementary/index.ts';
import { evaluate } from '../scalar/evaluate.ts';
import * as S from '../scalar/expr.ts';
import { simplify } from '../scalar/simplify.ts';

const ofPower = evaluate('f64')(S.pow(S.input('x'), S.input('y')));
const ofCosine = evaluate('f64')(S.cos(S.multiply(Math.PI, S.input('x'))));

/** x to the power y: βᵗ of a bias correction is `power(β, t)`, computed anew each step. */
export const power = (x: number, y: number): number => ofPower({ x, y });

/** The powers of one base: the same numbers as `power(base, y)`, what depends on the base alone being computed once. */
const powersOf = (base: number): ((y: number) => number) => {
  const of = evaluate('f64')(simplify('f64')(expand('f64')(S.pow(base, S.input('y')))));
  return (y) => of({ y });
};

/** `power`, for whoever asks for the same few bases step after step: each base is prepared once. */
export const powers = (): typeof power => {
  const known = new Map<number, (y: number) => number>();
  return (x, y) => {
    const of = known.get(x) ?? powersOf(x);
    known.set(x, of);
    return of(y);
  };
};

/** cos(πx) for 0 ≤ x ≤ 1, exactly 1 at 0 and −1 at 1. */
export const cosine = (x: number): number => ofCosine({ x });
