/**
 * A transform makes an optimizer of an optimizer: it changes the gradient that comes in, or the parameters that go out,
 * or when a step is taken. Transforms compose as functions do, and so are a monoid.
 *
 * A transform keeps the slots, phases and scalars of the optimizer inside under names that begin with `inner.`, so that
 * nothing collides however transforms are nested.
 */
import type { Optimizer } from '../optimizer.ts';

export type Transform = (optimizer: Optimizer) => Optimizer;
