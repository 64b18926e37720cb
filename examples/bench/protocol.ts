/**
 * What the bench says to a contestant and what it hears: one JSON object a line, each answered by one. A contestant is
 * a process of its own, so that rounds can go by turns and nobody's compiler, collector or threads are another's.
 */
import * as t from 'io-ts';

/** `setup`: read the problem in this folder. `steps`: train so many steps (or a few more, where an epoch cannot be cut).
 * `products`: only the matrix products of a step, so many times. */
export type Request = { readonly setup: string } | { readonly steps: number } | { readonly products: number };

/** Ready, and what with; or why this problem is not for this contestant. */
export const setupReply = t.union([
  t.type({
    ready: t.string,
    /** Whether it can time the products alone. */
    products: t.boolean,
    /** What a reader must know before comparing: such a contestant solves another problem, and is no measure. */
    differs: t.union([t.string, t.null]),
  }),
  /** `missing`: something has to be installed first. */
  t.type({ unable: t.string, missing: t.boolean }),
]);
export type SetupReply = t.TypeOf<typeof setupReply>;

export const stepsReply = t.type({
  steps: t.number,
  seconds: t.number,
  /** The mean of the losses of the steps, or of those of the last epoch; null where it is not finite. */
  loss: t.union([t.number, t.null]),
  /** Resident bytes that came with training, the problem's data not counted. */
  memory: t.number,
});
export type StepsReply = t.TypeOf<typeof stepsReply>;

export const productsReply = t.type({ products: t.number, seconds: t.number });
export type ProductsReply = t.TypeOf<typeof productsReply>;
