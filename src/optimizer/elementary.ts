/** The elementary functions that schedules and corrections need, in f64, the same on every machine. */
import { expand } from '../scalar/elementary/index.ts';
import { evaluate } from '../scalar/evaluate.ts';
import * as S from '../scalar/expr.ts';
import { simplify } from '../scalar/simplify.ts';

const ofPower = evaluate('f64')(S.pow(S.input('x'), S.input('y')));
const ofLogarithm = evaluate('f64')(S.log(S.input('base')));
const ofCosine = evaluate('f64')(S.cos(S.multiply(Math.PI, S.input('x'))));

/** x to the power y: βᵗ of a bias correction is `power(β, t)`, computed anew each step. */
export const power = (x: number, y: number): number => ofPower({ x, y });

/** The powers of one base: the same numbers as `power(base, y)`, what depends on the base alone being computed once. */
const powersOf = (base: number): ((y: number) => number) => {
  const of = evaluate('f64')(simplify('f64')(expand('f64')(S.pow(base, S.input('y')))));
  return (y) => of({ y });
};

/** Powers, and what they leave of 1, for whoever asks for the same few bases step after step. */
export interface Powers {
  /** x to the power y, as `power`. */
  readonly power: (x: number, y: number) => number;
  /** 1 − xʸ, for 0 ≤ x < 1 and y ≥ 1. */
  readonly oneMinusPower: (x: number, y: number) => number;
}

/** A base, and from which exponent on its powers are below 2⁻⁶⁰: 1 less any of them is 1, for what is below 2⁻⁵⁴ goes in
 * rounding. */
interface Base {
  readonly power: (y: number) => number;
  readonly vanishes: number;
}

const baseOf = (base: number): Base => ({
  power: powersOf(base),
  vanishes: (-60 * Math.LN2) / ofLogarithm({ base }),
});

/** Each base is prepared once. */
export const powers = (): Powers => {
  const known = new Map<number, Base>();
  const find = (x: number): Base => {
    const before = known.get(x);
    if (before !== undefined) return before;
    const made = baseOf(x);
    known.set(x, made);
    return made;
  };
  return {
    power: (x, y) => find(x).power(y),
    oneMinusPower: (x, y) => {
      const { power, vanishes } = find(x);
      return y > vanishes ? 1 : 1 - power(y);
    },
  };
};

/** cos(πx) for 0 ≤ x ≤ 1, exactly 1 at 0 and −1 at 1. */
export const cosine = (x: number): number => ofCosine({ x });
