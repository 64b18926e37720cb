/**
 * L-BFGS once more, as the book tells it: one routine that calls the next (Nocedal and Wright 2006, algorithms 7.5, 3.5 and
 * 3.6), where `src/optimizer/lbfgs` is a state machine over numbers. It yields what it wants done, and is told what came
 * of it.
 */
import type { LbfgsConfig } from '../../src/optimizer/lbfgs/lbfgs.ts';

/** What `measure` reads at a point. */
export interface Readings {
  readonly value: number;
  readonly slope: number;
  readonly gradientSquare: number;
  readonly sy: number;
  readonly ss: number;
  readonly yy: number;
}

/** A step along the direction, and the loss and slope there. */
export interface Tried {
  readonly step: number;
  readonly value: number;
  readonly slope: number;
}

/** What is known where a point is measured: the step to it, the start of its search, and the best there was. */
export interface About {
  readonly step: number;
  readonly start: Tried;
  readonly low: Tried;
}

/** What the book wants: a phase, measuring, or the end of a step, with the numbers there. */
export type Wish =
  | { readonly tag: 'run'; readonly phase: string; readonly scalars: Readonly<Record<string, number>> }
  | { readonly tag: 'measure'; readonly about: About }
  | { readonly tag: 'done'; readonly numbers: Readonly<Record<string, number>> };

type Book<A> = Generator<Wish, A, Readings>;

const STAGES = { start: 0, search: 1, back: 2, rest: 3 };

const isKnown = ({ value, slope }: Tried): boolean => Number.isFinite(value) && Number.isFinite(slope);

/** Equation 3.59: the minimum of the cubic through two points, the later one second. */
const cubic = (a: Tried, b: Tried): number => {
  const d1 = a.slope + b.slope - (3 * (a.value - b.value)) / (a.step - b.step);
  const d2 = Math.sign(b.step - a.step) * Math.sqrt(d1 ** 2 - a.slope * b.slope);
  return b.step - ((b.step - a.step) * (b.slope + d2 - d1)) / (b.slope - a.slope + 2 * d2);
};

/** Algorithm 3.5: after a point that still leads down comes the cubic's minimum, between 1.01 and ten times as far from the
 * last; four times as far where there is none ahead. */
const further = (before: Tried, here: Tried): number => {
  const minimum = cubic(before, here);
  if (!(minimum > here.step)) return 4 * here.step;
  return Math.max(here.step + 0.01 * (here.step - before.step), Math.min(10 * here.step, minimum));
};

/** Algorithm 3.6: between two ends comes the cubic's minimum, a hundredth of their distance away from both; the middle
 * where it is not known, and after every third point. */
const between = (low: Tried, high: Tried, trials: number): number => {
  const [least, most] = low.step < high.step ? [low.step, high.step] : [high.step, low.step];
  const minimum = isKnown(high) && trials % 3 !== 0 ? cubic(low, high) : Number.NaN;
  if (Number.isNaN(minimum)) return least + (most - least) / 2;
  return Math.max(least + 0.01 * (most - least), Math.min(most - 0.01 * (most - least), minimum));
};

/** The whole of it. It does not end: at rest it wants nothing but the end of every step. */
export function* book(config: LbfgsConfig): Book<never> {
  const { memory, sufficientDecrease, curvature, maximumTrials, tolerance } = config;
  let [evaluations, iterations, failures, value] = [0, 0, 0, 0];
  let pairs: ReadonlyArray<{ readonly sy: number; readonly yy: number }> = [];

  /** 1 where nothing is remembered. */
  const curvatures = () => ({
    gamma: pairs[0] === undefined ? 1 : pairs[0].sy / pairs[0].yy,
    ...Object.fromEntries(Array.from({ length: memory }, (_, i) => [`sy${i}`, pairs[i]?.sy ?? 1])),
  });
  function* run(phase: string, scalars: Readonly<Record<string, number>> = {}): Book<Readings> {
    return yield { tag: 'run', phase, scalars };
  }
  function* done(stage: number): Book<void> {
    yield {
      tag: 'done',
      numbers: { stage, evaluations, iterations, failures, value, pairs: pairs.length, ...curvatures() },
    };
  }
  function* measured(about: About): Book<Readings> {
    evaluations += 1;
    return yield { tag: 'measure', about };
  }
  function* proposed(stage: number, about: About): Book<Readings> {
    yield* run('propose', { step: about.step });
    yield* done(stage);
    return yield* measured(about);
  }
  function* resting(): Book<never> {
    for (;;) yield* done(STAGES.rest);
  }

  /** The readings at a point to go on from, or none. */
  function* lineSearch(slope: number): Book<Readings | undefined> {
    const start: Tried = { step: 0, value, slope };
    const enough = (x: Tried): boolean =>
      isKnown(x) && x.value < value && x.value <= value + sufficientDecrease * x.step * slope;
    let asked = pairs.length > 0 ? 1 : Math.min(1, 1 / Math.sqrt(-slope));
    let low = start;
    let high: Tried | undefined;
    for (let trials = 1; ; trials++) {
      const readings = yield* proposed(STAGES.search, { step: asked, start, low });
      const here: Tried = { step: asked, value: readings.value, slope: readings.slope };
      if (enough(here) && Math.abs(here.slope) <= -curvature * slope) return readings;
      const last = low;
      if (!enough(here) || here.value >= low.value) high = here;
      else {
        // The minimum is behind, if the slope here leads back to where it was best.
        if (high === undefined ? here.slope > 0 : here.slope * (high.step - low.step) >= 0) high = low;
        low = here;
      }
      const next = high === undefined ? further(last, here) : between(low, high, trials);
      if (trials === maximumTrials || next === low.step || next === here.step || !Number.isFinite(next)) break;
      asked = next;
    }
    failures += 1;
    if (low.step === 0) return undefined;
    const back = yield* proposed(STAGES.back, { step: low.step, start, low });
    return Number.isFinite(back.value) && Number.isFinite(back.gradientSquare) && back.value <= value
      ? back
      : undefined;
  }

  const nowhere: Tried = { step: 0, value: 0, slope: -1 };
  let here = yield* measured({ step: 0, start: nowhere, low: nowhere });
  while (!Number.isFinite(here.value) || !Number.isFinite(here.gradientSquare)) {
    yield* done(STAGES.start);
    here = yield* measured({ step: 0, start: nowhere, low: nowhere });
  }
  value = here.value;
  yield* run('keep');
  if (Math.sqrt(here.gradientSquare) <= tolerance) yield* resting();
  for (;;) {
    const { slope } = yield* run('direction', curvatures());
    const found = slope < 0 && Number.isFinite(slope) ? yield* lineSearch(slope) : undefined;
    if (found === undefined && pairs.length === 0) {
      yield* run('rest');
      yield* resting();
    } else if (found === undefined) {
      pairs = [];
      yield* run('clear');
    } else {
      const { sy, ss, yy } = found;
      iterations += 1;
      value = found.value;
      const ends = Math.sqrt(found.gradientSquare) <= tolerance;
      const curved = sy > 1e-8 * (Math.sqrt(ss) * Math.sqrt(yy)) && sy / yy < Number.POSITIVE_INFINITY;
      if (curved && !ends) pairs = [{ sy, yy }, ...pairs].slice(0, memory);
      yield* run(curved && !ends ? 'store' : 'keep');
      if (ends) yield* resting();
    }
  }
}
