/** What each loss costs, against its transcription, in both formats. */
import * as fc from 'fast-check';
import { reference } from '../../src/ops/reference/reference.ts';
import { unitRoundoff } from '../../src/scalar/dtype.ts';
import { cast } from '../../src/tensor/tensor.ts';
import { dtypes } from '../arbitrary/tensors.ts';
import { all, type Law, type LawSet, law, lawSet, same } from '../law.ts';
import { type LossSample, rowsOf, showSample } from '../pack/loss/sample.ts';
import { type Family, families, samplesOf } from './families.ts';

/**
 * A cost is the result of fewer than 2⁵ operations in a row, each of which errs by at most 2 ulp of one of the terms that
 * `size` adds up (and these grow by no more than a factor of 2 on the way): 2⁷ units of rounding of `size`.
 */
const ROUNDINGS = 2 ** 7;

const transcribed = (family: Family): Law =>
  law(
    `${family.name}: value`,
    'each example costs what the formula says, to a hundred roundings of its terms, in either format',
    fc.tuple(samplesOf(family), dtypes),
    ([{ loss, prediction, target }, dtype]) => {
      const { values } = loss.costs(reference(dtype), cast(dtype)(prediction), cast(dtype)(target));
      const [predictions, targets] = [rowsOf(prediction), rowsOf(target)];
      return all(
        same(`${[prediction.shape[0]]}`, `${values.shape}`, 'the shape of the costs'),
        ...predictions.map((row, i) => {
          const expected = family.cost(prediction.shape.slice(1))(row, targets[i] ?? []);
          const received = values.data[i] ?? NaN;
          const tolerance = ROUNDINGS * unitRoundoff(dtype) * expected.size;
          return Math.abs(expected.value - received) <= tolerance
            ? undefined
            : {
                expected: `${expected.value}`,
                received: `${received}`,
                where: `example ${i}, in ${dtype}`,
                tolerance: `${tolerance} = 2⁷·u·(size of the terms)`,
              };
        }),
      );
    },
    { runs: 60, show: ([sample]: readonly [LossSample, unknown]) => showSample(sample) },
  );

export const valueLaws: LawSet = lawSet('values', families.map(transcribed));
