/**
 * The line search of L-BFGS as a state machine over numbers: it is told the loss and its slope at the step it asked for,
 * and accepts the step, asks for another, or gives up. A step that it accepts satisfies the strong Wolfe conditions
 *
 *   f(x + αd) ≤ f(x) + c₁α·g·d   and   |g(x + αd)·d| ≤ c₂|g·d|
 *
 * (Nocedal and Wright 2006, algorithms 3.5 and 3.6, equation 3.59 for the cubic). A loss or slope that is not finite counts
 * as too large. All its numbers are finite.
 */
import { type Numbers, numberOf } from '../numbers.ts';

/** The loss and its slope along the direction, after a step along it. */
export interface Point {
  readonly step: number;
  readonly value: number;
  readonly slope: number;
}

export interface Search {
  /** Loss and slope at step 0; the slope is below 0. */
  readonly start: Point;
  /** The step that is being measured. */
  readonly step: number;
  /** How many were measured before it. */
  readonly trials: number;
  /** The best that gave sufficient decrease; the start before there is one. */
  readonly low: Point;
  /** The other end of an interval that holds an acceptable step, once there is one. */
  readonly high:
    | { readonly tag: 'none' }
    | { readonly tag: 'known'; readonly at: Point }
    | { readonly tag: 'beyond'; readonly step: number };
}

export interface Wolfe {
  /** c₁: how much of the decrease that the slope promises is enough. */
  readonly sufficientDecrease: number;
  /** c₂: how much of the slope may be left. */
  readonly curvature: number;
  readonly maximumTrials: number;
}

export type Verdict =
  | { readonly tag: 'accept' }
  | { readonly tag: 'try'; readonly search: Search }
  | { readonly tag: 'giveUp'; readonly low: Point };

/** The search that begins with a step. */
export const begin = (value: number, slope: number, step: number): Search => {
  const start = { step: 0, value, slope };
  return { start, step, trials: 0, low: start, high: { tag: 'none' } };
};

/** The minimum of the cubic through two points with their slopes; NaN where it has none. */
const cubicMinimum = (a: Point, b: Point): number => {
  const d1 = a.slope + b.slope - (3 * (a.value - b.value)) / (a.step - b.step);
  const d2 = Math.sign(b.step - a.step) * Math.sqrt(d1 * d1 - a.slope * b.slope);
  return b.step - ((b.step - a.step) * (b.slope + d2 - d1)) / (b.slope - a.slope + 2 * d2);
};

const clamp = (least: number, most: number, x: number): number => Math.max(least, Math.min(most, x));

/** A step inside the interval: the cubic's minimum, a hundredth of the interval away from both ends; the middle where there
 * is none, and after every third trial, so that the interval shrinks. */
const within = (low: Point, high: Exclude<Search['high'], { tag: 'none' }>, trials: number): number => {
  const end = high.tag === 'known' ? high.at.step : high.step;
  const cubic = high.tag === 'known' && trials % 3 !== 0 ? cubicMinimum(low, high.at) : Number.NaN;
  const [least, most] = [Math.min(low.step, end), Math.max(low.step, end)];
  const margin = 0.01 * (most - least);
  return Number.isNaN(cubic) ? least + (most - least) / 2 : clamp(least + margin, most - margin, cubic);
};

/** A step beyond the last, which still led down: the cubic's minimum, at most ten times as far and at least a hundredth of
 * the last stretch; four times as far where there is none ahead. */
const beyond = (before: Point, here: Point): number => {
  const cubic = cubicMinimum(before, here);
  return cubic > here.step ? clamp(here.step + 0.01 * (here.step - before.step), 10 * here.step, cubic) : 4 * here.step;
};

/** What follows from the loss and slope at the step that was asked for. */
export const judge =
  ({ sufficientDecrease, curvature, maximumTrials }: Wolfe) =>
  (search: Search, value: number, slope: number): Verdict => {
    const { start, step, low, high } = search;
    const finite = Number.isFinite(value) && Number.isFinite(slope);
    const here: Point = { step, value, slope };
    // Where rounding hides the decrease that is asked for, a step that gains nothing is none.
    const sufficient = finite && value < start.value && value <= start.value + sufficientDecrease * step * start.slope;
    if (sufficient && Math.abs(slope) <= curvature * -start.slope) return { tag: 'accept' };
    const better = sufficient && value < low.value;
    const trials = search.trials + 1;
    const turns =
      better &&
      slope * ((high.tag === 'known' ? high.at.step : high.tag === 'beyond' ? high.step : Infinity) - low.step) >= 0;
    const next: Pick<Search, 'low' | 'high'> = !better
      ? { low, high: finite ? { tag: 'known', at: here } : { tag: 'beyond', step } }
      : { low: here, high: turns ? { tag: 'known', at: low } : high };
    const asked = next.high.tag === 'none' ? beyond(low, here) : within(next.low, next.high, trials);
    // An interval that holds no other number, or a step that overflows, has nothing more to give.
    const stuck = asked === next.low.step || asked === step || !Number.isFinite(asked);
    return trials >= maximumTrials || stuck
      ? { tag: 'giveUp', low: next.low }
      : { tag: 'try', search: { ...search, ...next, step: asked, trials } };
  };

const HIGH = ['none', 'known', 'beyond'] as const;

/** A search as numbers, all finite. */
export const toNumbers = ({ start, step, trials, low, high }: Search): Numbers => {
  // Where there is no other end, or nothing is known of it, the start stands for it.
  const far = high.tag === 'known' ? high.at : high.tag === 'beyond' ? { ...start, step: high.step } : start;
  return {
    'search.startValue': start.value,
    'search.startSlope': start.slope,
    'search.step': step,
    'search.trials': trials,
    'search.lowStep': low.step,
    'search.lowValue': low.value,
    'search.lowSlope': low.slope,
    'search.high': HIGH.indexOf(high.tag),
    'search.highStep': far.step,
    'search.highValue': far.value,
    'search.highSlope': far.slope,
  };
};

/** The search that numbers hold. */
export const fromNumbers = (numbers: Numbers): Search => {
  const of = (name: string): number => numberOf(numbers, `search.${name}`);
  const far: Point = { step: of('highStep'), value: of('highValue'), slope: of('highSlope') };
  const is = (tag: Search['high']['tag']): boolean => of('high') === HIGH.indexOf(tag);
  return {
    start: { step: 0, value: of('startValue'), slope: of('startSlope') },
    step: of('step'),
    trials: of('trials'),
    low: { step: of('lowStep'), value: of('lowValue'), slope: of('lowSlope') },
    high: is('known') ? { tag: 'known', at: far } : is('beyond') ? { tag: 'beyond', step: far.step } : { tag: 'none' },
  };
};
