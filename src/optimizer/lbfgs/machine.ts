/**
 * The control of L-BFGS: a state machine over numbers that runs the phases. Between two steps it waits for the loss and
 * gradient at the point that it proposed.
 */
import { type Numbers, numberOf } from '../numbers.ts';
import type { Decision, Optimizer, Ran } from '../optimizer.ts';
import { begin, fromNumbers, judge, toNumbers, type Wolfe } from './lineSearch.ts';
import { pairNames } from './phases.ts';

export interface Control extends Wolfe {
  readonly memory: number;
  readonly tolerance: number;
}

/** What the machine is about. */
export const STAGE = { start: 0, search: 1, back: 2, rest: 3 } as const;

/** A pair whose s·y is not above this part of |s||y| is not remembered: rounding may have made it. */
const LEAST_COSINE = 1e-8;

/** The decisions of a run. */
export const machine = ({ memory, tolerance, ...wolfe }: Control): Optimizer['decide'] => {
  const names = pairNames(memory);
  const curvatures = (numbers: Numbers): Numbers =>
    Object.fromEntries(['gamma', ...names.map((i) => `sy${i}`)].map((name) => [name, numberOf(numbers, name)]));
  /** No pairs: zeros beside an s·y of 1 add nothing, and γ = 1 makes the direction −g. */
  const forgotten: Numbers = {
    pairs: 0,
    gamma: 1,
    ...Object.fromEntries(names.map((i) => [`sy${i}`, 1])),
  };

  const turn = (numbers: Numbers): Decision => ({ numbers, run: { phase: 'direction', scalars: curvatures(numbers) } });
  const settle = (numbers: Numbers): Decision => ({
    numbers: { ...numbers, stage: STAGE.rest },
    run: { phase: 'rest', scalars: {} },
  });
  const trial = (numbers: Numbers, step: number, stage: number): Decision => ({
    numbers: { ...numbers, stage },
    run: { phase: 'propose', scalars: { step } },
  });
  /** The direction led nowhere: steepest descent from the base, or rest where that was it. */
  const fallBack = (numbers: Numbers): Decision =>
    numberOf(numbers, 'pairs') === 0
      ? settle(numbers)
      : { numbers: { ...numbers, ...forgotten }, run: { phase: 'clear', scalars: {} } };

  /** The current point is the next base. */
  const accept = (numbers: Numbers, readings: Numbers): Decision => {
    const of = (name: string): number => numberOf(readings, name);
    const next = { ...numbers, iterations: numberOf(numbers, 'iterations') + 1, value: of('value') };
    if (Math.sqrt(of('gradientSquare')) <= tolerance)
      return { numbers: { ...next, stage: STAGE.rest }, run: { phase: 'keep', scalars: {} } };
    const curved = of('sy') > LEAST_COSINE * Math.sqrt(of('ss')) * Math.sqrt(of('yy'));
    // Small changes of the gradient have a square of 0.
    const gamma = of('sy') / of('yy');
    if (!curved || !Number.isFinite(gamma)) return { numbers: next, run: { phase: 'keep', scalars: {} } };
    return {
      numbers: {
        ...next,
        ...Object.fromEntries(names.slice(1).map((i) => [`sy${i}`, numberOf(numbers, `sy${i - 1}`)])),
        sy0: of('sy'),
        gamma,
        pairs: Math.min(memory, numberOf(numbers, 'pairs') + 1),
      },
      run: { phase: 'store', scalars: {} },
    };
  };

  const measured = (numbers: Numbers, readings: Numbers): Decision => {
    const of = (name: string): number => numberOf(readings, name);
    switch (numberOf(numbers, 'stage')) {
      case STAGE.start:
        // Where the loss is not finite there is no direction: the trainer says so.
        return Number.isFinite(of('value')) && Number.isFinite(of('gradientSquare'))
          ? {
              numbers: {
                ...numbers,
                value: of('value'),
                ...(Math.sqrt(of('gradientSquare')) <= tolerance ? { stage: STAGE.rest } : {}),
              },
              run: { phase: 'keep', scalars: {} },
            }
          : { numbers };
      case STAGE.back:
        return Number.isFinite(of('value')) &&
          Number.isFinite(of('gradientSquare')) &&
          of('value') <= numberOf(numbers, 'value')
          ? accept(numbers, readings)
          : fallBack(numbers);
      default: {
        const verdict = judge(wolfe)(fromNumbers(numbers), of('value'), of('slope'));
        if (verdict.tag === 'accept') return accept(numbers, readings);
        if (verdict.tag === 'try') {
          const { search } = verdict;
          return trial({ ...numbers, ...toNumbers(search) }, search.step, STAGE.search);
        }
        const failed = { ...numbers, failures: numberOf(numbers, 'failures') + 1 };
        return verdict.low.step > 0 ? trial(failed, verdict.low.step, STAGE.back) : fallBack(failed);
      }
    }
  };

  const searchAlong = (numbers: Numbers, slope: number): Decision => {
    if (!(slope < 0 && Number.isFinite(slope))) return fallBack(numbers);
    // Without a scale of the curvature, the first step has the length 1 at most: −slope is then |g|².
    const first = numberOf(numbers, 'pairs') === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    const search = begin(numberOf(numbers, 'value'), slope, first);
    return trial({ ...numbers, ...toNumbers(search) }, first, STAGE.search);
  };

  return (numbers: Numbers, ran?: Ran): Decision => {
    const rests = numberOf(numbers, 'stage') === STAGE.rest;
    switch (ran?.phase) {
      case undefined:
        return rests
          ? { numbers }
          : {
              numbers: { ...numbers, evaluations: numberOf(numbers, 'evaluations') + 1 },
              run: { phase: 'measure', scalars: {} },
            };
      case 'measure':
        return measured(numbers, ran.readings);
      case 'direction':
        return searchAlong(numbers, numberOf(ran.readings, 'slope'));
      case 'propose':
        return { numbers };
      default:
        return rests ? { numbers } : turn(numbers);
    }
  };
};

/** The numbers before the first step. */
export const startNumbers = (memory: number): Numbers => ({
  stage: STAGE.start,
  evaluations: 0,
  iterations: 0,
  failures: 0,
  value: 0,
  pairs: 0,
  gamma: 1,
  ...Object.fromEntries(pairNames(memory).map((i) => [`sy${i}`, 1])),
  ...toNumbers(begin(0, 0, 0)),
});
