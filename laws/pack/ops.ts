/** The laws of an interpreter of the tensor algebra. */
import type { LawSet } from '../law.ts';
import { type Algebra, overTensors, type Under } from './ops/algebra.ts';
import { compositionLaws } from './ops/compositions.ts';
import { linearLaws } from './ops/linear.ts';
import { mapLaws } from './ops/map.ts';
import { movementLaws } from './ops/movement.ts';
import { orderLaws } from './ops/order.ts';
import { refusalLaws } from './ops/refusals.ts';
import { type PackOptions, packed } from './options.ts';

export type { Algebra } from './ops/algebra.ts';

/**
 * The laws of someone's own interpreter of the tensor algebra `Ops<T>`, bit for bit, each operation against an independent
 * definition in scalar arithmetic: products sum over k in ascending order, sums are 16 partial sums and a fixed tree, f32
 * rounds after each operation, min and max are `Math.min` and `Math.max`, what moves elements moves them where it says,
 * what does not fit is refused, nothing is written to.
 *
 * @example
 * ```ts
 * import { Ops } from 'nabla-ts';
 * import { check, laws } from 'nabla-ts/laws';
 * const set = laws.ops({ ops: Ops.reference, write: (x) => x, read: (x) => x }, { name: 'reference', runs: 2 });
 * check(set).every(({ outcome }) => outcome.tag === 'held') // => true
 * ```
 */
export const ops = <T>(algebra: Algebra<T>, options: PackOptions = {}): LawSet => {
  const under: Under = { of: overTensors(algebra), options };
  return packed(
    'ops',
    options,
    [],
    [
      movementLaws(under),
      linearLaws(under),
      orderLaws(under),
      mapLaws(under),
      refusalLaws(under),
      compositionLaws(algebra, options),
    ],
  );
};
