/** Averages of the parameters along a run, beside the parameters themselves. */
import * as O from 'fp-ts/lib/Option.js';
import * as t from 'io-ts';
import * as S from '../../scalar/expr.ts';
import { type Form, map, type Of } from '../../tensor/tree.ts';
import { count, countFromZero, fieldsOf, retention } from '../config.ts';
import { power } from '../elementary.ts';
import { makes } from '../kind.ts';
import { combine, vectorOf } from '../leaves.ts';
import { type Numbers, numberOf } from '../numbers.ts';
import type { Optimizer, PhaseInput, PhaseOutput, Settled } from '../optimizer.ts';
import type { Config } from '../rate.ts';
import { both, innerDecision, innerOf, innerPhases, innerRan, nest, ownOf } from './nest.ts';
import type { Transform } from './transform.ts';

/** How an average is made, step by step. */
interface Averaging {
  readonly kind: string;
  readonly config: Config;
  /** What the average begins with. */
  readonly start: number | 'parameters';
  /** The next average of the old one, a, and the parameters, b. */
  readonly next: S.Expr;
  /** The own numbers after a step. */
  readonly advance: (own: Numbers) => Numbers;
  readonly numbers: Numbers;
  /** The scalars of `next` at a step, or nothing where the average stays. */
  readonly scalars: (own: Numbers) => O.Option<Numbers>;
  /** By what the average is divided when it is asked for; none before there is one. */
  readonly divisor: (own: Numbers) => O.Option<number>;
}

const divided = S.divide(S.input('a'), S.input('b'));

const averaging =
  (how: Averaging): Transform =>
  (inner: Optimizer): Optimizer =>
    nest(inner, {
      kind: how.kind,
      config: how.config,
      numbers: how.numbers,
      vectors: { average: how.start },
      decide: (numbers, ran) => {
        const inside = innerRan(ran);
        if (ran !== undefined && inside === undefined) return { numbers };
        const decision = inner.decide(innerOf(numbers), inside);
        if (decision.run !== undefined) return innerDecision(ownOf(numbers), {}, decision);
        const own = how.advance(ownOf(numbers));
        const after = both(own, decision.numbers);
        const scalars = how.scalars(own);
        return O.isNone(scalars)
          ? { numbers: after }
          : { numbers: after, run: { phase: 'average', scalars: scalars.value } };
      },
      phases: {
        average: <P extends Form, T>({
          ops,
          declaration,
          scalars,
          vectors,
          params,
        }: PhaseInput<P, T>): PhaseOutput<P, T> => ({
          params,
          vectors: {
            ...vectors,
            average: combine<P, T>(ops, declaration.tree, how.next, scalars, vectorOf(vectors, 'average'), params),
          },
        }),
        ...innerPhases(inner, {}),
      },
      preferred: <P extends Form, T>({ ops, declaration, slots }: Settled<P, T>): O.Option<Of<P, T>> => {
        const divisor = how.divisor(ownOf(slots.numbers));
        if (O.isNone(divisor)) return O.none;
        const average = vectorOf(slots.vectors, 'average');
        if (divisor.value === 1) return O.some(average);
        const by = ops.scalar(divisor.value);
        return O.some(map(declaration.tree, (a: T): T => ops.map(divided, { a, b: by }), average));
      },
    });

export type ExponentialMovingAverageConfig = {
  /** How much of the average is kept: in [0, 1), 0.999 unless told. */
  readonly decay: number;
  /** Whether the average begins at 0 and is divided by 1 − decayᵗ (as Adam's moments) or, unless told, begins at the
   * first parameters (PyTorch, Keras). */
  readonly debias: boolean;
};

const [a, b] = [S.input('a'), S.input('b')];

const moving = makes(
  'Transform',
  fieldsOf<ExponentialMovingAverageConfig>()(
    'exponentialMovingAverage',
    { decay: retention, debias: t.boolean },
    { decay: 0.999, debias: false },
  ),
  (config): Transform =>
    averaging({
      kind: 'exponentialMovingAverage',
      config,
      start: config.debias ? 0 : 'parameters',
      next: S.add(S.multiply(S.input('decay'), a), S.multiply(S.input('oneMinusDecay'), b)),
      numbers: { averaged: 0 },
      advance: (own) => ({ averaged: numberOf(own, 'averaged') + 1 }),
      scalars: () => O.some({ decay: config.decay, oneMinusDecay: 1 - config.decay }),
      divisor: (own) => {
        const steps = numberOf(own, 'averaged');
        if (steps === 0) return O.none;
        return O.some(config.debias ? 1 - power(config.decay, steps) : 1);
      },
    }),
);

/**
 * Keeps a decaying average of the parameters after each step, a ← da + (1 − d)θ (Polyak and Juditsky 1992), and changes
 * nothing else; `Optimizer.preferred` gives it. Throws where the decay is not in [0, 1).
 *
 * @example
 * ```ts
 * import { Optimizer, Transform } from 'nabla-ts';
 * Transform.exponentialMovingAverage({ decay: 0.99 })(Optimizer.lion()).vectors // => { average: 'parameters', 'inner.m': 0 }
 * ```
 */
export const exponentialMovingAverage = (config: Partial<ExponentialMovingAverageConfig> = {}): Transform =>
  moving.make(config);
export const exponentialMovingAverageKind = moving.kind;

export type StochasticWeightAveragingConfig = {
  /** After how many steps the average begins. */
  readonly start: number;
  /** How many steps there are from one average to the next: 1 unless told. */
  readonly every: number;
};

const stochastic = makes(
  'Transform',
  fieldsOf<StochasticWeightAveragingConfig>()(
    'stochasticWeightAveraging',
    { start: countFromZero, every: count },
    { every: 1 },
  ),
  (config): Transform => {
    const counts = (steps: number): boolean => steps > config.start && (steps - config.start) % config.every === 0;
    return averaging({
      kind: 'stochasticWeightAveraging',
      config,
      start: 0,
      next: S.add(a, S.divide(S.subtract(b, a), S.input('count'))),
      numbers: { steps: 0, averaged: 0 },
      advance: (own) => {
        const steps = numberOf(own, 'steps') + 1;
        return { steps, averaged: numberOf(own, 'averaged') + (counts(steps) ? 1 : 0) };
      },
      scalars: (own) => (counts(numberOf(own, 'steps')) ? O.some({ count: numberOf(own, 'averaged') }) : O.none),
      divisor: (own) => (numberOf(own, 'averaged') === 0 ? O.none : O.some(1)),
    });
  },
);

/**
 * Keeps the mean of the parameters after steps start + every, start + 2·every, …, a ← a + (θ − a) ÷ n (Izmailov et al.
 * 2018), and changes nothing else; `Optimizer.preferred` gives it. Throws where a number is not whole.
 *
 * @example
 * ```ts
 * import { Optimizer, Transform } from 'nabla-ts';
 * const averaged = Transform.stochasticWeightAveraging({ start: 100, every: 10 });
 * averaged(Optimizer.lion()).numbers // => { steps: 0, averaged: 0, 'inner.steps': 0 }
 * ```
 */
export const stochasticWeightAveraging = (
  config: Pick<StochasticWeightAveragingConfig, 'start'> & Partial<StochasticWeightAveragingConfig>,
): Transform => stochastic.make(config);
export const stochasticWeightAveragingKind = stochastic.kind;
