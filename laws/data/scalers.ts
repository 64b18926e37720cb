/** The laws of scalers. */
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as Data from '../../src/data/index.ts';
import { generate } from '../../src/tensor/tensor.ts';
import { all, holds, type LawSet, law, lawOf, lawSet, same } from '../law.ts';
import { right, sameJson, tensorOf, u } from './helpers.ts';

/** Columns of very different sizes, some of them constant. */
const table2d = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 12 }))
  .chain(([width, height]) =>
    fc
      .array(
        fc.tuple(
          fc.constantFrom(0, 1e-300, 1e-3, 1, 1e150),
          fc.constantFrom(0, 1, -1e6, 1e16),
          fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: height, maxLength: height }),
        ),
        { minLength: width, maxLength: width },
      )
      .map((columns) => columns.map(([scale, shift, values]) => values.map((x) => x * scale + shift))),
  );
const constant = (values: readonly number[]): boolean => values.every((x) => x === values[0]);

const scalings = [
  law('scaling-inverts', 'invert undoes apply within rounding; a constant gets its value back', table2d, (columns) => {
    const x = tensorOf(columns);
    return all(
      ...[Data.standardise(), Data.minMax(), Data.minMax(undefined, { low: -1, high: 1 })].map((fit) =>
        right(fit(x), ({ scaler }) =>
          right(pipe(x, Data.Scaler.apply(scaler), E.chain(Data.Scaler.invert(scaler))), (back) =>
            all(
              ...columns.flatMap((values, j) =>
                values.map((value, i) => {
                  const { shift = 0, scale = 0 } = scaler.features[j] ?? {};
                  // With z = (x − s)/c: a difference, a quotient and on the way back a product and a sum, each within u
                  // of its result, the first three of size |x − s|, the last |x|; min–max adds two operations each way
                  // on numbers of size at most 2 in units of c. Where they are subnormal, half of 2^-1074 an operation.
                  const tolerance =
                    scale === 0
                      ? 0
                      : 1.001 *
                          u *
                          (3 * Math.abs(value - shift) + Math.abs(value) + (scaler.kind === 'minMax' ? 8 * scale : 0)) +
                        4 * 2 ** -1074 * Math.max(1, scale);
                  const received = back.data[i * columns.length + j] ?? Number.NaN;
                  return Math.abs(received - value) <= tolerance
                    ? undefined
                    : {
                        expected: `${value}`,
                        received: `${received}`,
                        where: `${scaler.kind} ${i},${j}`,
                        tolerance: `${tolerance}`,
                      };
                }),
              ),
            ),
          ),
        ),
      ),
    );
  }),
  law('scaled-range', 'min–max takes the least value to low and the greatest to high, exactly', table2d, (columns) => {
    const x = tensorOf(columns);
    return all(
      ...[
        { low: 0, high: 1 },
        { low: -1, high: 1 },
      ].map((range) =>
        right(
          pipe(
            Data.minMax(undefined, range)(x),
            E.chain(({ scaler }) => Data.Scaler.apply(scaler)(x)),
          ),
          (y) =>
            all(
              ...columns.map((values, j) => {
                const scaled = values.map((_, i) => (y.data[i * columns.length + j] ?? Number.NaN) + 0);
                return constant(values)
                  ? same(
                      true,
                      scaled.every((z) => z === 0),
                      `column ${j}`,
                    )
                  : sameJson([range.low, range.high], [Math.min(...scaled), Math.max(...scaled)], `column ${j}`);
              }),
            ),
        ),
      ),
    );
  }),
  law('constant-features', 'exactly the features that do not vary are named, and scale to 0', table2d, (columns) => {
    const x = tensorOf(columns);
    const called = columns.map((_, j) => `f${j}`);
    return all(
      ...[Data.standardise(called), Data.minMax(called)].map((fit) =>
        right(fit(x), ({ scaler, warnings }) =>
          all(
            sameJson(
              columns.flatMap((values, j) => (constant(values) ? [{ feature: `f${j}`, reason: 'constant' }] : [])),
              warnings,
              'warnings',
            ),
            right(Data.Scaler.apply(scaler)(generate('f64', [1, columns.length], () => 123)), (row) =>
              all(...columns.map((values, j) => (constant(values) ? same(0, row.data[j]) : undefined))),
            ),
          ),
        ),
      ),
    );
  }),
  lawOf(
    'lone-outlier',
    'of n − 1 equal values and one other the deviation is √(n − 1)/n of the distance, within 8u, for any n',
    [2, 3, 10, 1000, 3001],
    (n) =>
      // On [0, 1] they are 0 and 1, and the mean is off by at most u, which adds its square to that of the deviation. The n − 1
      // small squares, at most 1/n together, add up with an error of at most u; the large one is within 3u of itself, a sum
      // and two quotients by u each, and the root halves that. What is expected is itself within 2u.
      right(
        Data.standardise()(tensorOf([Array.from({ length: n }, (_, i) => (i === n - 1 ? 0 : 1))])),
        ({ scaler }) => {
          const [expected, received] = [Math.sqrt(n - 1) / n, scaler.features[0]?.scale ?? NaN];
          return holds(Math.abs(received / expected - 1) <= 8 * u, `${expected}`, `${received}`);
        },
      ),
  ),
  lawOf(
    'no-negative-zero',
    'a shift is never −0, which JSON has not: a scaler comes back from its text the same',
    [[-0], [-0, -0], [-0, 1], [-1, -0], [-0, 5e-324, -0]],
    (values) =>
      all(
        ...[Data.standardise(), Data.minMax()].map((fit) =>
          right(fit(tensorOf([values])), ({ scaler }) =>
            all(
              ...scaler.features.map(({ shift }) => holds(!Object.is(shift, -0), 'another shift', '-0')),
              right(Data.Scaler.decode(JSON.parse(JSON.stringify(scaler))), (again) =>
                all(...again.features.map(({ shift }, j) => same(scaler.features[j]?.shift, shift))),
              ),
            ),
          ),
        ),
      ),
  ),
  lawOf(
    'constant-inverts',
    'whatever a feature that did not vary is scaled to, the way back leads to its one value',
    [0, 1, -7.5, Number.NaN, Number.POSITIVE_INFINITY],
    (y) =>
      all(
        ...([{ kind: 'standardise' }, { kind: 'minMax', low: -1, high: 1 }] as const).map((kind) => {
          const scaler = { ...kind, features: [{ name: 'a', shift: 0.1, scale: 0 }] };
          return all(
            right(Data.Scaler.invert(scaler)(tensorOf([[y]])), (x) => same(0.1, x.data[0], 'inverted')),
            right(Data.Scaler.apply(scaler)(tensorOf([[y]])), (z) => same(0, z.data[0], 'applied')),
          );
        }),
      ),
  ),
  lawOf('scaler-kinds', 'a scaler of another kind is refused', ['other', 'Standardise', ''], (kind) =>
    holds(E.isLeft(Data.Scaler.decode({ kind, features: [] })), 'a refusal', 'a scaler'),
  ),
];

/** The laws of scalers. */
export const scalerLaws: LawSet = lawSet('scalers', scalings);
