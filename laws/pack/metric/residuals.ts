/** The laws of residuals: what predictions leave of their targets. */
import * as fc from 'fast-check';
import { named } from '../../law/named.ts';
import { all, code, type Law, same, type Verdict } from '../../law.ts';
import type { PackOptions } from '../options.ts';
import { answered, type Metric, refused, stated } from './subject.ts';

type Of = Extract<Metric, { readonly kind: 'residuals' }>;
type Rows = ReadonlyArray<readonly number[]>;

/** Targets and predictions of the same one to eight rows of one to three outputs: whole numbers, so that all is exact. */
const paired = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 3 })).chain(([rows, outputs]) => {
  const numbers = fc.array(fc.array(fc.integer({ min: -99, max: 99 }), { minLength: outputs, maxLength: outputs }), {
    minLength: rows,
    maxLength: rows,
  });
  return fc.tuple(numbers, numbers);
});

const show = named('targets', 'predictions');

/** The laws of residuals, whichever way they are listed. */
export const residualLaws = ({ of }: Of, options: PackOptions): readonly Law[] => {
  /** What is said of each row and output, where there is one for each. */
  const each = (
    [targets, predictions]: readonly [Rows, Rows],
    verdict: (one: NonNullable<ReturnType<Of['of']>>[number], row: number, output: number) => Verdict,
  ): Verdict => {
    const found = answered(() => of(targets, predictions)) ?? [];
    return all(
      same(targets.flat().length, found.length, 'how many'),
      ...targets.flatMap((own, row) =>
        own.map((_, output) => {
          const [one, ...more] = found.filter((each) => each.row === row && each.output === output);
          const where = `row ${row}, output ${output}`;
          return one === undefined || more.length > 0
            ? { expected: 'one residual', received: `${more.length + (one === undefined ? 0 : 1)}`, where }
            : verdict(one, row, output);
        }),
      ),
    );
  };
  return [
    stated(
      options,
      'a residual is what is left of the target',
      'of each row and output there is one, which is the target less the prediction',
      'r = t − y',
      paired,
      (sample) =>
        each(sample, ({ residual }, row, output) =>
          same(
            (sample[0][row]?.[output] ?? NaN) - (sample[1][row]?.[output] ?? NaN),
            residual,
            `row ${row}, output ${output}`,
          ),
        ),
      { show },
    ),
    stated(
      options,
      'it stands over its prediction',
      'each says of which prediction it is: what a plot of residuals has along its axis',
      '(y, t − y)',
      paired,
      (sample) =>
        each(sample, ({ prediction }, row, output) =>
          same(sample[1][row]?.[output], prediction, `row ${row}, output ${output}`),
        ),
      { show },
    ),
    stated(
      options,
      'rows without a partner are refused',
      'of other numbers of rows or outputs, and of what is not finite, there are none',
      '|t| ≠ |y| or y ∉ ℝ ⇒ no r',
      fc.constantFrom<readonly [Rows, Rows]>(
        [[[1], [2]], [[1]]],
        [[[1]], [[1], [2]]],
        [[[1, 2]], [[1]]],
        [[[1]], [[NaN]]],
        [[[1]], [[Number.POSITIVE_INFINITY]]],
      ),
      ([targets, predictions]) => refused(() => of(targets, predictions), code([targets, predictions])),
      { runs: 20, show },
    ),
  ];
};
