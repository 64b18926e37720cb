/** Laws of checks of plain functions: for whoever has a function and its gradient, and no network. */
import * as fc from 'fast-check';
import { all, holds, type LawSet, law, lawSet, same } from '../../law.ts';
import { checkDirections, checkJacobian, checkProducts } from '../check.ts';
import { showCheck, verdictOf } from '../compared.ts';
import { byCentralDifferences, byFivePoints, byRidders } from '../judge.ts';
import { plainFunction } from '../plain.ts';
import { checkSymmetry } from '../second-order.ts';
import { U } from './table.ts';

const number = fc.integer({ min: -200, max: 200 }).map((n) => n / 64);

/** A quadratic form ½xᵀAx + bᵀx with A symmetric: everything of it is known. */
interface Quadratic {
  readonly matrix: readonly (readonly number[])[];
  readonly b: readonly number[];
  readonly at: readonly number[];
}

const vector = (n: number) => fc.array(number, { minLength: n, maxLength: n });

const quadratics: fc.Arbitrary<Quadratic> = fc.integer({ min: 1, max: 5 }).chain((n) =>
  fc.record({
    matrix: fc
      .array(vector(n), { minLength: n, maxLength: n })
      .map((rows) => rows.map((row, i) => row.map((value, j) => (j < i ? (rows[j]?.[i] ?? 0) : value)))),
    b: vector(n),
    at: vector(n),
  }),
);

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
const valueOf =
  ({ matrix, b }: Quadratic) =>
  (x: number[]): number =>
    dot(
      matrix.map((row) => dot(row, x) / 2),
      x,
    ) + dot(b, x);
const gradientOf =
  ({ matrix, b }: Quadratic) =>
  (x: readonly number[]): number[] =>
    matrix.map((row, i) => dot(row, x) + (b[i] ?? 0));

/** The size of the terms of a quadratic form: rounding is relative to these, whatever they add up to. */
const magnitudeOf =
  ({ matrix, b }: Quadratic) =>
  (x: number[]): number => {
    const size = x.map((value) => Math.abs(value) + 1);
    return (
      dot(
        matrix.map((row) => dot(row.map(Math.abs), size)),
        size,
      ) + dot(b.map(Math.abs), size)
    );
  };

const judges = [byRidders, byFivePoints, byCentralDifferences];

export const plainLaws: LawSet = lawSet('plain functions', [
  law(
    'a gradient that is right',
    'of a quadratic form, number by number and along directions, is acquitted by all differences',
    quadratics,
    (of) => {
      const f = plainFunction(valueOf(of), of.at, { magnitude: magnitudeOf(of) });
      const claimed = [gradientOf(of)(of.at)];
      return all(
        ...judges.flatMap((judge) => [
          verdictOf(checkJacobian(f, claimed, { judge }), 1e-9),
          verdictOf(checkDirections(f, claimed, { judge }), 1e-9),
        ]),
      );
    },
  ),
  law(
    'a number that is wrong',
    'in a gradient by a millionth of the whole is seen and told, by every difference',
    fc.tuple(quadratics, fc.nat()),
    ([of, which]) => {
      const f = plainFunction(valueOf(of), of.at, { magnitude: magnitudeOf(of) });
      const right = gradientOf(of)(of.at);
      const at = which % right.length;
      const size = Math.sqrt(dot(right, right)) + 1;
      const claimed = [right.map((value, i) => (i === at ? value + 1e-6 * size : value))];
      return all(
        ...judges.map((judge) => {
          const check = checkJacobian(f, claimed, { judge });
          return all(
            holds('expected' in (verdictOf(check, 1e-8) ?? {}), 'seen', `${check.relativeError} by ${judge.name}`),
            same(`x[${at}]`, check.worst?.where, judge.name),
          );
        }),
      );
    },
  ),
  law(
    'a Jacobian and a product with it',
    'of a function to several numbers, the gradient of a quadratic form, are its matrix; another is seen',
    fc.tuple(quadratics, fc.nat()),
    ([of, which]) => {
      const f = plainFunction(gradientOf(of), of.at);
      const n = of.at.length;
      const [row, column] = [which % n, Math.floor(which / n) % n];
      const wrong = of.matrix.map((values, i) => values.map((v, j) => (i === row && j === column ? v + 1 : v)));
      const times = (matrix: Quadratic['matrix']) => (v: readonly number[]) => matrix.map((values) => dot(values, v));
      const seen = checkJacobian(f, wrong);
      return all(
        verdictOf(checkJacobian(f, of.matrix), 1e-9),
        verdictOf(checkProducts(f, times(of.matrix)), 1e-9),
        holds('expected' in (verdictOf(seen, 1e-9) ?? {}), 'seen', `${seen.relativeError}`),
        same(n === 1 ? 'x[0]' : `y[${row}] by x[${column}]`, seen.worst?.where),
        holds(checkProducts(f, times(wrong)).relativeError > 1e-4, 'more than 1e-4', 'less'),
      );
    },
  ),
  law(
    'a gradient of nothing',
    'a field with a matrix that is not symmetric is seen without knowing a function; the symmetric one passes',
    quadratics.filter(({ at }) => at.length > 1),
    (of) => {
      const turned = (x: number[]): number[] =>
        gradientOf(of)(x).map((value, i) => value + (i === 0 ? (x[1] ?? 0) : i === 1 ? -(x[0] ?? 0) : 0));
      const [right, wrong] = [gradientOf(of), turned].map((field) => checkSymmetry(plainFunction(field, of.at)));
      return all(
        holds(right !== undefined && right.relativeError <= 1e-9, 'at most 1e-9', `${right?.relativeError}`),
        holds(wrong !== undefined && wrong.relativeError >= 1e-5, 'at least 1e-5', `${wrong?.relativeError}`),
      );
    },
  ),
  law(
    'rounding is no fault',
    'of 2ⁿ + sin x the derivative is as uncertain as rounding makes it: within its noise nothing is blamed',
    fc.record({ n: fc.integer({ min: 0, max: 40 }), at: number }),
    ({ n, at }) => {
      const f = plainFunction(([x = NaN]) => 2 ** n + Math.sin(x), [at]);
      const check = checkJacobian(f, [[Math.cos(at)]]);
      return all(
        holds(
          check.checked === 0 || check.noise >= ((U * 2 ** n) / 8) * Math.abs(Math.cos(at)),
          'a floor of the size of the rounding',
          `${check.noise}`,
        ),
        holds(!('expected' in (verdictOf(check, 1e-9) ?? {})), 'no blame', showCheck(check)),
        // Up to here a part in 10⁵ is certain.
        holds(n > 20 || verdictOf(check, 1e-9) === undefined, 'a pass', showCheck(check)),
      );
    },
  ),
]);
