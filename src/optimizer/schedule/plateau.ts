/** A rate that falls when a metric no longer does. */
import { betweenZeroAndOne, countFromZero, fieldsOf, notNegative, oneOf } from '../config.ts';
import { makes } from '../kind.ts';
import { type Numbers, numberOf } from '../numbers.ts';
import { encodeConfig, rateOf, unwatchedRateField } from '../rate.ts';
import type { Plateau, Schedule } from './schedule.ts';

export type ReduceOnPlateauConfig = {
  /** The rate before any reduction: a number or a schedule. */
  readonly initial: number | Schedule;
  /** In (0, 1), 0.1 unless told. */
  readonly factor: number;
  /** How many observations without improvement are borne, 10 unless told: the one after them reduces the rate. */
  readonly patience: number;
  /** By how much a metric must be below the best to be better, 1e-4 unless told. */
  readonly threshold: number;
  /** Whether the threshold is a part of the best or an amount: `relative` unless told. */
  readonly thresholdMode: 'relative' | 'absolute';
  /** How many observations after a reduction are not counted, 0 unless told. */
  readonly cooldown: number;
  /** The rate is not reduced below this, 0 unless told. */
  readonly minimum: number;
};

/** The numbers before the first observation; all are finite, so that they can be saved as JSON. */
const start: Numbers = Object.freeze({ factor: 1, best: 0, observed: 0, waited: 0, resting: 0 });

const observeWith =
  ({ factor, patience, threshold, thresholdMode, cooldown }: ReduceOnPlateauConfig) =>
  (numbers: Numbers, metric: number): Numbers => {
    const of = (name: string): number => numberOf(numbers, name);
    const goal = thresholdMode === 'relative' ? of('best') * (1 - threshold) : of('best') - threshold;
    const better = Number.isFinite(metric) && (of('observed') === 0 || metric < goal);
    const rests = of('resting') > 0;
    const waited = better || rests ? 0 : of('waited') + 1;
    const reduces = waited > patience;
    return {
      ...numbers,
      factor: reduces ? of('factor') * factor : of('factor'),
      best: better ? metric : of('best'),
      observed: better ? 1 : of('observed'),
      waited: reduces ? 0 : waited,
      resting: reduces ? cooldown : rests ? of('resting') - 1 : 0,
    };
  };

const made = makes(
  'Schedule',
  fieldsOf<ReduceOnPlateauConfig>()(
    'reduceOnPlateau',
    {
      initial: unwatchedRateField,
      factor: betweenZeroAndOne,
      patience: countFromZero,
      threshold: notNegative,
      thresholdMode: oneOf('relative', 'absolute'),
      cooldown: countFromZero,
      minimum: notNegative,
    },
    { factor: 0.1, patience: 10, threshold: 1e-4, thresholdMode: 'relative', cooldown: 0, minimum: 0 },
  ),
  (config): Plateau => {
    const base = rateOf(config.initial);
    return Object.freeze({
      description: Object.freeze({ kind: 'reduceOnPlateau', ...encodeConfig(config) }),
      numbers: start,
      at: (step: number, numbers: Numbers) => {
        const rate = base.at(step, {});
        return Math.min(rate, Math.max(config.minimum, rate * numberOf(numbers, 'factor')));
      },
      observe: observeWith(config),
    });
  },
  'initial',
);

/**
 * A rate that is multiplied by a factor when a metric (smaller is better) has not improved for more than `patience`
 * observations, as PyTorch's `ReduceLROnPlateau`; Keras' reduces one observation before. It stands where a schedule does,
 * and its numbers are in the optimizer's slots; training observes the validation loss at the end of each epoch. A metric
 * that is not finite is no improvement. Throws where a hyperparameter is out of its range.
 *
 * @example
 * ```ts
 * import { Schedule } from 'nabla-ts';
 * const plateau = Schedule.reduceOnPlateau({ initial: 1, factor: 0.5, patience: 1 });
 * const after = [3, 3, 3].reduce(plateau.observe, plateau.numbers);
 * plateau.at(0, after) // => 0.5
 * ```
 */
export const reduceOnPlateau = (
  config: Pick<ReduceOnPlateauConfig, 'initial'> & Partial<ReduceOnPlateauConfig>,
): Plateau => made.make(config);
export const reduceOnPlateauKind = made.kind;
