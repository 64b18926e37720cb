/** How claimed derivatives compare with a judge's: one number for all of them, and every one that could not be compared. */
import type { Verdict } from '../law/verdict.ts';
import { norm } from './differentiable.ts';
import type { Derivative, Judge } from './judge.ts';

/** A derivative that was not compared, and why. */
export interface Exclusion {
  readonly where: string;
  readonly why: string;
}

/** How a claimed derivative compares with a judge's. */
export interface DerivativeCheck {
  readonly judge: string;
  /** How many derivatives were compared. */
  readonly checked: number;
  /** Those that could not be: a kink within reach, or differences that do not settle. */
  readonly excluded: readonly Exclusion[];
  /** ‖judge’s − claimed‖₂ over what was compared, relative to the greater of ‖judge’s‖₂ and ‖claimed‖₂. */
  readonly relativeError: number;
  /** What rounding alone may have made of it, by the steps that the judge took: no claim can do better. */
  readonly noise: number;
  /** What the judge thinks its own error is, `noise` included. */
  readonly uncertainty: number;
  /** Where the two differ most. */
  readonly worst?: { readonly where: string; readonly expected: number; readonly received: number };
}

/** A derivative that the judge gave, and what is claimed. */
export interface Pair {
  readonly where: string;
  readonly expected: Derivative;
  readonly received: number;
}

/** A difference that is uncertain by more than this part of the whole derivative says nothing. */
const UNSETTLED = 1e-5;

const over = (error: number, to: number): number => (error === 0 ? 0 : error / to);

/** Compares pairs. `size` is what errors are relative to; the greater of ‖judge's‖₂ and ‖claimed‖₂ unless given. */
export const compared = (judge: Judge, pairs: readonly Pair[], size?: number): DerivativeCheck => {
  const found = pairs.flatMap(({ where, expected, received }) =>
    expected.tag === 'found' ? [{ where, received, estimate: expected.estimate }] : [],
  );
  const all = norm(found.map(({ estimate }) => estimate.derivative));
  const whole = Math.max(size ?? all, all);
  const isSettled = ({ estimate }: (typeof found)[number]): boolean =>
    estimate.error <= UNSETTLED * Math.max(whole, Math.abs(estimate.derivative)) ||
    estimate.error <= 2 * estimate.noise;
  const settled = found.filter(isSettled);
  const to =
    size ??
    Math.max(norm(settled.map(({ estimate }) => estimate.derivative)), norm(settled.map(({ received }) => received)));
  const off = settled.map(({ estimate, received }) => Math.abs(estimate.derivative - received));
  // NaN is further off than any number.
  const distance = (i: number): number => (Number.isNaN(off[i]) ? Number.POSITIVE_INFINITY : (off[i] ?? 0));
  const worst = settled.reduce((most, _, i) => (distance(i) > distance(most) ? i : most), 0);
  const { where, estimate, received } = settled[worst] ?? {};
  return {
    judge: judge.name,
    checked: settled.length,
    excluded: [
      ...pairs.flatMap((pair) =>
        pair.expected.tag === 'excluded' ? [{ where: pair.where, why: pair.expected.why }] : [],
      ),
      ...found
        .filter((pair) => !isSettled(pair))
        .map((pair) => ({ where: pair.where, why: `unsettled: ${pair.estimate.derivative} ± ${pair.estimate.error}` })),
    ],
    relativeError: over(norm(off), to),
    noise: over(norm(settled.map((pair) => pair.estimate.noise)), to),
    uncertainty: over(norm(settled.map((pair) => pair.estimate.error)), to),
    ...(where === undefined || estimate === undefined || received === undefined
      ? {}
      : { worst: { where, expected: estimate.derivative, received } }),
  };
};

/**
 * A check in words: how many derivatives were compared and how they differ, and every one that could not be.
 *
 * @example
 * ```ts
 * import { checkJacobian, plainFunction, showCheck } from 'nabla-ts/laws';
 * const f = plainFunction(([x = 0, y = 0]: number[], { abs }) => abs(x) + 2 * y, [0, 1]);
 * showCheck(checkJacobian(f, [[1, 2]])).split('\n')[1] // => '  excluded x[0]: a kink: abs takes another side'
 * ```
 */
export const showCheck = ({ judge, checked, excluded, relativeError, noise, worst }: DerivativeCheck): string =>
  [
    `${checked} of ${checked + excluded.length} derivatives compared with ${judge}: relative error ${relativeError}, noise ${noise}`,
    ...excluded.map(({ where, why }) => `  excluded ${where}: ${why}`),
    ...(worst === undefined ? [] : [`  worst at ${worst.where}: ${worst.expected}, claimed ${worst.received}`]),
  ].join('\n');

/** A judge that is uncertain of a thousandth of the whole derivative cannot acquit it. */
const BLIND = 1e-3;

/**
 * What a check says of a law: that the claim holds within a tolerance and the judge's own uncertainty; what disagrees; or,
 * where nothing could be compared or rounding hides the derivative from the judge, why.
 *
 * @example
 * ```ts
 * import { checkJacobian, plainFunction, verdictOf } from 'nabla-ts/laws';
 * const f = plainFunction(([x = 0]: number[], { abs }) => abs(x), [0]);
 * verdictOf(checkJacobian(f, [[0]]), 1e-9) // => { excluded: 'x[0]: a kink: abs takes another side' }
 * ```
 */
export const verdictOf = (
  { checked, excluded, relativeError, uncertainty, worst, judge }: DerivativeCheck,
  tolerance: number,
): Verdict => {
  const [first] = excluded;
  if (checked === 0) return { excluded: first === undefined ? 'nothing to compare' : `${first.where}: ${first.why}` };
  if (relativeError <= tolerance) return undefined;
  if (relativeError <= tolerance + uncertainty)
    return uncertainty > BLIND
      ? { excluded: `by ${judge} the derivative is uncertain by ${uncertainty} of itself` }
      : undefined;
  return {
    expected: `${worst?.expected} by ${judge}`,
    received: `${worst?.received}, a relative error of ${relativeError} over all ${checked}`,
    where: worst?.where ?? 'the whole gradient',
    tolerance: `${tolerance} + ${uncertainty} for what is uncertain by ${judge}`,
  };
};
