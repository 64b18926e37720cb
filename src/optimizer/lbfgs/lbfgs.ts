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
import type { Optimizer, Settled } from '../optimizer.ts';
import { machine, STAGE, startNumbers } from './machine.ts';
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

const build = (config: LbfgsConfig): Optimizer => {
  const { memory } = config;
  const names = pairNames(memory);
  return Object.freeze<Optimizer>({
    description: Object.freeze({ kind: 'lbfgs', ...config }),
    numbers: Object.freeze(startNumbers(memory)),
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
    tries: (numbers: Numbers) => numberOf(numbers, 'stage') === STAGE.search,
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
