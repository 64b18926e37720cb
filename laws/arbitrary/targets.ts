/** Random targets that a loss takes. */
import * as fc from 'fast-check';
import type { Loss } from '../../src/loss/loss.ts';
import type { Dtype } from '../../src/scalar/dtype.ts';
import type { Shape } from '../../src/tensor/shape.ts';
import { generate, type Tensor } from '../../src/tensor/tensor.ts';
import { numbersOf, suits } from '../pack/loss/domains.ts';

/**
 * Targets of a loss for predictions of a shape [batch, …]: numbers, counts, labels, rows that sum to 1 or whatever else it
 * takes, found by asking it. Throws where it takes none of these.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { Loss } from 'nabla-ts';
 * import { targetsFor } from 'nabla-ts/laws';
 * const [target] = fc.sample(targetsFor(Loss.squaredError(), 'f32', [4, 3]), { seed: 1, numRuns: 1 });
 * target?.shape // => [4, 3]
 * ```
 */
export const targetsFor = (loss: Loss, dtype: Dtype, prediction: Shape): fc.Arbitrary<Tensor> => {
  const [batch = 0, ...example] = prediction;
  const { shape } = loss.expected(prediction);
  const classes = prediction[prediction.length - 1] ?? 1;
  return fc
    .array(numbersOf(suits(loss, example))(shape.slice(1), classes), { minLength: batch, maxLength: batch })
    .map((rows) => {
      const numbers = rows.flat();
      return generate(dtype, shape, (i) => numbers[i] ?? NaN);
    });
};
