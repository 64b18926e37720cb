/** Transforms as a monoid: functions from optimizers to optimizers, under composition. */
import * as Endomorphism from 'fp-ts/lib/Endomorphism.js';
import { identity as same } from 'fp-ts/lib/function.js';
import * as Monoid from 'fp-ts/lib/Monoid.js';
import type { Optimizer } from '../optimizer.ts';
import type { Transform } from './transform.ts';

/**
 * The transform that does nothing.
 *
 * @example
 * ```ts
 * import { Optimizer, Transform } from 'nabla-ts';
 * const adam = Optimizer.adam();
 * Transform.identity(adam) === adam // => true
 * ```
 */
export const identity: Transform = same;

/**
 * The monoid of transforms: the first of two is the outer one, so it sees the gradient before the second does, and the
 * next parameters after it.
 *
 * @example
 * ```ts
 * import { Optimizer, Transform } from 'nabla-ts';
 * const clip = Transform.clipByValue(1);
 * Transform.monoid.concat(clip, Transform.monoid.empty)(Optimizer.adam()).description.kind // => 'clipByValue'
 * ```
 */
export const monoid: Monoid.Monoid<Transform> = Monoid.reverse(Endomorphism.getMonoid<Optimizer>());

/**
 * Several transforms as one. They act on a gradient in the order in which they stand, and on parameters in reverse.
 *
 * @example
 * ```ts
 * import { Optimizer, Transform } from 'nabla-ts';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const optimizer = pipe(
 *   Optimizer.gradientDescent({ learningRate: 0.1 }),
 *   Transform.chain([Transform.clipByGlobalNorm(1), Transform.weightDecay({ rate: 0.01 })]),
 * );
 * optimizer.description // => { kind: 'clipByGlobalNorm', limit: 1, optimizer: { kind: 'weightDecay', rate: 0.01, decayed: 'weights', optimizer: { kind: 'gradientDescent', learningRate: 0.1 } } }
 * ```
 */
export const chain: (transforms: readonly Transform[]) => Transform = Monoid.concatAll(monoid);
