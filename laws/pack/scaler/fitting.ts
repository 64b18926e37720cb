/** What a scaler is fitted on, and what it is applied to. */
import * as fc from 'fast-check';
import { named } from '../../law/named.ts';
import { all, holds, type Law, law, same } from '../../law.ts';
import { type PackOptions, runsOf } from '../options.ts';
import { bits, type Rows, type Scaler, tables } from './subject.ts';

/** The law of what is fitted on. */
export const fitting = <S>({ apply, fitAmong }: Scaler<S>, options: PackOptions): readonly Law[] =>
  fitAmong === undefined
    ? []
    : [
        law(
          'fitted on the training rows alone',
          'other values in rows that are not for training change nothing; in those that are, they do',
          fc.tuple(
            fc.array(fc.array(fc.integer({ min: -64, max: 64 }), { minLength: 2, maxLength: 2 }), {
              minLength: 6,
              maxLength: 12,
            }),
            fc.integer({ min: 3, max: 5 }),
          ),
          ([rows, count]) => {
            // Evenly among the others, so that no order of rows hides a fault.
            const training = Array.from({ length: count }, (_, i) => Math.floor((i * rows.length) / count));
            const scaled = (given: Rows): Rows => apply(fitAmong(given, training))(rows);
            const moved = (those: (row: number) => boolean): Rows =>
              rows.map((row, i) => (those(i) ? row.map((x) => 3 * x + 1000 + i) : row));
            const first = scaled(rows);
            const text = (some: Rows): string => JSON.stringify(some);
            return all(
              bits(first, scaled(moved((i) => !training.includes(i))), 'other rows moved: '),
              holds(
                text(first) !== text(scaled(moved((i) => training[0] === i))),
                'another scaler where a training row is another',
                'the same',
              ),
            );
          },
          { runs: runsOf(options, 40), show: named('rows', 'count'), formula: 'fit(x) = fit(x|training)' },
        ),
      ];

/** The laws of every scaler. */
export const always = <S>({ fit, apply, text }: Scaler<S>, options: PackOptions): readonly Law[] => [
  law(
    'what does not vary scales to a number',
    'a column of one value scales to one finite number, the same in every row',
    fc.tuple(tables, fc.constantFrom(0, 1, -3, 0.1, 1e6)),
    ([rows, value]) => {
      const given = rows.map((row) => [...row, value]);
      const scaled = apply(fit(given))(given).map((row) => row.at(-1) ?? NaN);
      return all(
        ...scaled.map((z, i) => holds(Number.isFinite(z), 'a finite number', `${z}`, `row ${i}`)),
        ...scaled.map((z, i) => same(scaled[0], z, `row ${i}`)),
      );
    },
    { runs: runsOf(options, 30), show: named('rows', 'value'), formula: 'x₁ = … = xₙ ⇒ z₁ = … = zₙ ∈ ℝ' },
  ),
  law(
    'rows are scaled one by one',
    'a row scales as it does in any company: what was fitted is not fitted again',
    fc.tuple(tables, fc.nat(11)),
    ([rows, cut]) => {
      const fitted = fit(rows);
      const whole = apply(fitted)(rows);
      const from = cut % rows.length;
      return all(
        bits(whole.slice(from), apply(fitted)(rows.slice(from)), `from row ${from}: `),
        ...rows.map((row, i) => bits(whole.slice(i, i + 1), apply(fitted)([row]), `row ${i} alone: `)),
      );
    },
    { runs: runsOf(options, 40), show: named('rows', 'cut'), formula: 'apply(x)ᵢ = apply(xᵢ)' },
  ),
  law(
    'columns do not see one another',
    'other values in one column change no other column',
    fc.tuple(tables, fc.nat(3)),
    ([rows, at]) => {
      const column = at % (rows[0]?.length ?? 1);
      const other = rows.map((row, i) => row.map((x, j) => (j === column ? 7 * x + i * i + 1 : x)));
      const without = (some: Rows): Rows => some.map((row) => row.filter((_, j) => j !== column));
      return bits(without(apply(fit(rows))(rows)), without(apply(fit(other))(other)), `without column ${column}: `);
    },
    { runs: runsOf(options, 40), show: named('rows', 'at'), formula: 'zⱼ = f(xⱼ)' },
  ),
  law(
    'writes to nothing',
    'fitting and applying leave the rows as they were',
    tables,
    (rows) => {
      const given = rows.map((row) => [...row]);
      apply(fit(given))(given);
      return bits(rows, given);
    },
    { runs: runsOf(options, 30), formula: 'x after f(x) = x before' },
  ),
  ...(text === undefined
    ? []
    : [
        law(
          'a saved scaler is the same',
          'what is written as text and read scales to the same bits',
          tables,
          (rows) => {
            const fitted = fit(rows);
            return bits(apply(fitted)(rows), apply(text.read(text.write(fitted)))(rows));
          },
          { runs: runsOf(options, 40), formula: 'read(write(s)) = s' },
        ),
      ]),
];
