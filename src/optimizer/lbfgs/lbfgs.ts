/**
 * L-BFGS with a strong Wolfe line search, by reverse communication: each step proposes the next point to evaluate, and
 * judges it when the next step brings its loss and gradient. What it remembers between two steps, in the middle of a line
 * search too, is in its slots.
 */
import * as O from 'fp-ts/lib/Option.js';
import type { Form, Of } from '../../tensor/tree.ts';
import { betweenZeroAndOne, count, fieldsOf, notNegative } from '../config.ts';
import { makes } from '../kind.ts';
import { vectorOf } from '../leaves.ts';
import { type Numbers, numberOf } from '../numbers.ts';
import type { Decision, Optimizer, Ran, Settled } from '../optimizer.ts';
import { begin, fromNumbers, judge, toNumbers } from './lineSearch.ts';
import { clear, direction, keep, measure, pairNames, propose, rest, store } from './phases.ts';

export type LbfgsConfig = {
  /** How many pairs of changes are remembered: 10 unless told. */
  readonly memory: number;
  /** c₁ of the Wolfe conditions, 1e-4 unless told. */
  readonly sufficientDecrease: number;
  /** c₂ of the Wolfe conditions, above c₁: 0.9 unless told. */
  readonly curvature: number;
  /** After how many points a line search gives up: 25 unless told. */
  readonly maximumTrials: number;
  /** The norm of the gradient at which it rests: 0 unless told, that is, when rounding leaves nothing to gain. */
  readonly tolerance: number;
};

/** What the machine is about. */
const STAGE = { start: 0, search: 1, back: 2, rest: 3 } as const;

/** A pair whose s·y is not above this part of |s||y| is not remembered: rounding may have made it. */
const LEAST_COSINE = 1e-8;

const machine = ({ memory, tolerance, ...wolfe }: LbfgsConfig): Optimizer['decide'] => {
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
    if (!curved || !Number.isFinite(of('ss')) || !Number.isFinite(of('yy')))
      return { numbers: next, run: { phase: 'keep', scalars: {} } };
    return {
      numbers: {
        ...next,
        ...Object.fromEntries(names.slice(1).map((i) => [`sy${i}`, numberOf(numbers, `sy${i - 1}`)])),
        sy0: of('sy'),
        gamma: of('sy') / of('yy'),
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
        return of('value') <= numberOf(numbers, 'value') ? accept(numbers, readings) : fallBack(numbers);
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
        return measured(numbers, ran?.readings ?? {});
      case 'direction':
        return searchAlong(numbers, numberOf(ran?.readings ?? {}, 'slope'));
      case 'propose':
      case 'rest':
        return { numbers };
      default:
        return rests ? { numbers } : turn(numbers);
    }
  };
};

const build = (config: LbfgsConfig): Optimizer => {
  const { memory } = config;
  const names = pairNames(memory);
  return Object.freeze<Optimizer>({
    description: Object.freeze({ kind: 'lbfgs', ...config }),
    numbers: Object.freeze({
      stage: STAGE.start,
      evaluations: 0,
      iterations: 0,
      failures: 0,
      value: 0,
      pairs: 0,
      gamma: 1,
      ...Object.fromEntries(names.map((i) => [`sy${i}`, 1])),
      ...toNumbers(begin(0, -1, 0)),
    }),
    vectors: Object.freeze({
      base: 'parameters',
      baseGradient: 0,
      direction: 0,
      ...Object.fromEntries(names.flatMap((i) => [[`s${i}`, 0] as const, [`y${i}`, 0] as const])),
    }),
    decide: machine(config),
    phases: Object.freeze({
      measure,
      keep,
      store: store(memory),
      clear: clear(memory),
      direction: direction(memory),
      propose,
      rest,
    }),
    preferred: <P extends Form, T>({ slots }: Settled<P, T>): O.Option<Of<P, T>> =>
      numberOf(slots.numbers, 'stage') === STAGE.start ? O.none : O.some(vectorOf(slots.vectors, 'base')),
  });
};

const made = makes(
  'Optimizer',
  fieldsOf<LbfgsConfig>()(
    'lbfgs',
    {
      memory: count,
      sufficientDecrease: betweenZeroAndOne,
      curvature: betweenZeroAndOne,
      maximumTrials: count,
      tolerance: notNegative,
    },
    { memory: 10, sufficientDecrease: 1e-4, curvature: 0.9, maximumTrials: 25, tolerance: 0 },
    {
      name: 'a sufficientDecrease below the curvature',
      test: ({ sufficientDecrease, curvature }) => sufficientDecrease < curvature,
    },
  ),
  build,
);

/**
 * L-BFGS (Nocedal 1980; Liu and Nocedal 1989; Nocedal and Wright 2006, algorithms 7.4 and 7.5) with a strong Wolfe line
 * search, for full batches: a loss that changes between steps misleads the search.
 *
 * Each step proposes the next point to evaluate: the parameters after it may be a trial of the line search, and
 * `Optimizer.preferred` gives the last point that was accepted, whose loss is the least so far. A direction that does not
 * lead down, or a search that gives up, falls back to the best point found and then to steepest descent; where that leads
 * nowhere either, rounding leaves nothing to gain, and it rests at the accepted point. A loss that is not finite at a trial
 * point shortens the step. Throws where a hyperparameter is out of its range.
 *
 * @example
 * ```ts
 * import { Optimizer } from 'nabla-ts';
 * Optimizer.lbfgs({ memory: 5 }).description // => { kind: 'lbfgs', memory: 5, sufficientDecrease: 1e-4, curvature: 0.9, maximumTrials: 25, tolerance: 0 }
 * ```
 */
export const lbfgs = (config: Partial<LbfgsConfig> = {}): Optimizer => made.make(config);
export const lbfgsKind = made.kind;
