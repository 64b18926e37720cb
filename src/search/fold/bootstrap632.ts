/**
 * The .632 and .632+ estimates of a prediction error (B. Efron and R. Tibshirani, *Improvements on cross-validation: the
 * .632+ bootstrap method*, JASA 92, 1997, 548–560), from three errors: the apparent one, the bootstrap's out-of-bag one, and
 * the one that would be seen if inputs told nothing of targets.
 *
 * Laws: .632 where nothing is overfitted (R̂′ = 0); the out-of-bag error where all is (R̂′ = 1); .632+ is never below .632.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, failure } from '../../tensor/failure.ts';

/** Errors of a prediction rule, on the scale of its loss. */
export interface BootstrapErrors {
  /** The apparent error err: that of the rule trained on all rows, on those rows. */
  readonly apparent: number;
  /** The leave-one-out bootstrap error Err⁽¹⁾: each row's mean over the resamples that have not drawn it, and their mean. */
  readonly outOfBag: number;
  /** The no-information error γ: the rule trained on all rows, every prediction held against every target. */
  readonly noInformation: number;
}

const NAMES = ['apparent', 'outOfBag', 'noInformation'] as const;

/** What is estimated from the errors, and by what weight. */
export interface BootstrapEstimate extends BootstrapErrors {
  /** The relative overfitting rate R̂′ in [0, 1]. */
  readonly overfitting: number;
  /** ŵ = .632/(1 − .368·R̂′), from .632 to 1: the weight of the out-of-bag error where it is at most γ. */
  readonly weight: number;
  /** Err^(.632) = .368·err + .632·Err⁽¹⁾. */
  readonly estimate632: number;
  /** Err^(.632+). */
  readonly estimate632Plus: number;
}

/**
 * The .632 and the .632+ estimate. With Err⁽¹⁾′ = min(Err⁽¹⁾, γ), R̂′ = (Err⁽¹⁾′ − err)/(γ − err) where both Err⁽¹⁾′ and γ are
 * above err and 0 elsewhere (so never above 1): Err^(.632) = .368·err + .632·Err⁽¹⁾ and Err^(.632+) = Err^(.632) +
 * (Err⁽¹⁾′ − err)·.368·.632·R̂′/(1 − .368·R̂′), equations 27 to 32 there. Fails on an error that is missing, that is not
 * finite, or that is below 0.
 *
 * @example
 * ```ts
 * import { Fold } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * // One nearest neighbour where classes are a coin's: 0 on its own rows, a half on others.
 * const errors = { apparent: 0, outOfBag: 0.5, noInformation: 0.5 };
 * pipe(
 *   Fold.bootstrap632(errors),
 *   E.map(({ overfitting, estimate632, estimate632Plus }) => ({ overfitting, estimate632, estimate632Plus })),
 * ) // => E.right({ overfitting: 1, estimate632: 0.316, estimate632Plus: 0.5 })
 * ```
 */
export const bootstrap632 = (errors: BootstrapErrors): E.Either<Failure, BootstrapEstimate> =>
  pipe(
    NAMES.find((name) => !(Number.isFinite(errors[name]) && errors[name] >= 0)),
    (wrong) =>
      wrong === undefined
        ? E.right(errors)
        : E.left(failure('value', `Fold.bootstrap632, ${wrong}`, 'a finite error of at least 0', `${errors[wrong]}`)),
    E.map(({ apparent, outOfBag, noInformation }) => {
      const bounded = Math.min(outOfBag, noInformation);
      const overfitting = bounded > apparent ? (bounded - apparent) / (noInformation - apparent) : 0;
      const estimate632 = 0.368 * apparent + 0.632 * outOfBag;
      const more = ((bounded - apparent) * 0.368 * 0.632 * overfitting) / (1 - 0.368 * overfitting);
      return {
        apparent,
        outOfBag,
        noInformation,
        overfitting,
        weight: 0.632 / (1 - 0.368 * overfitting),
        estimate632,
        estimate632Plus: estimate632 + more,
      };
    }),
  );
