/** The laws of a function of plain numbers and its gradient, written without this library. */
import * as fc from 'fast-check';
import { roundNumbers } from '../arbitrary/rounded.ts';
import { checkDirections, checkJacobian } from '../gradient/check.ts';
import { verdictOf } from '../gradient/compared.ts';
import { type PlainFunction, plainFunction } from '../gradient/plain.ts';
import { all, holds, type LawSet, law, same, type Verdict } from '../law.ts';
import { type PackOptions, packed, runsOf, toleranceOf } from './options.ts';

/** A function of a list of numbers, and its way back. Parameters that have gradients are numbers of that list too. */
export interface PlainGradient {
  /** How many numbers it is given, and how many it gives. */
  readonly inputs: number;
  readonly outputs: number;
  /** The values at x. Where it takes its kinks from the second argument (`branching.max`, …), differences know them. */
  readonly of: PlainFunction<readonly number[]>;
  /** Σᵢ dyᵢ·∂yᵢ/∂x for each number of x: the gradient of ⟨y, dy⟩. */
  readonly pullback: (x: readonly number[], dy: readonly number[]) => readonly number[];
}

export interface GradientOptions extends PackOptions {
  /** Where it is asked: numbers from −4 to 4 unless given. */
  readonly points?: fc.Arbitrary<readonly number[]>;
  /** What it computes, transcribed in plain numbers from its source. */
  readonly expected?: (x: readonly number[]) => readonly number[];
}

interface Sample {
  readonly x: readonly number[];
  readonly dy: readonly number[];
}

/** How much coarser f32 is than f64. */
const COARSER = 2 ** 29;
/** What differences of some 500 roundings over a step of 2⁻³ may be off by, as a part of Σ|terms|: 500·2⁻⁵³·2³ < 1e-12. */
const NOISE = 1e-12;
/** Of more numbers, random directions are compared. */
const SEARCHED = 100;

const listOf = (count: number, limit: number): fc.Arbitrary<readonly number[]> =>
  fc.array(roundNumbers(limit), { minLength: count, maxLength: count });

const bits = (expected: readonly number[], received: readonly number[], where: string): Verdict =>
  all(
    same(expected.length, received.length, `how many numbers ${where} has`),
    ...expected.map((value, i) => same(value, received[i], `${where}[${i}]`)),
  );

const finite = (values: readonly number[], where: string): Verdict =>
  all(...values.map((value, i) => holds(Number.isFinite(value), 'a finite number', `${value}`, `${where}[${i}]`)));

/**
 * The laws of a function of plain numbers with its gradient, from any library or none: it has a gradient of the right
 * length, which differences confirm, which is proportional to what comes back; neither writes to what it is given or
 * remembers it. With `dtypes: ['f32']` its values are taken to be rounded to f32. Throws where `inputs` or `outputs` is no
 * count.
 *
 * @example
 * ```ts
 * import { check, laws } from 'nabla-ts/laws';
 * // The slope at the value instead of at the point.
 * const wrong = laws.gradient({
 *   inputs: 3,
 *   outputs: 3,
 *   of: (x) => x.map(Math.tanh),
 *   pullback: (x, dy) => dy.map((d, i) => d * (1 - Math.tanh(Math.tanh(x[i] ?? NaN)) ** 2)),
 * });
 * check(wrong).filter(({ outcome }) => outcome.tag === 'failed').map(({ law }) => law.name) // => ['pullback: differences']
 * ```
 */
export const gradient = ({ inputs, outputs, of, pullback }: PlainGradient, options: GradientOptions = {}): LawSet => {
  for (const [what, count] of Object.entries({ inputs, outputs }))
    if (!(Number.isInteger(count) && count >= 1))
      throw new RangeError(`laws.gradient: ${what} are a whole number of at least 1, not ${count}`);
  const { points, expected, dtypes = ['f64'] } = options;
  const coarser = dtypes.includes('f64') ? 1 : COARSER;
  const dys = listOf(outputs, 2);
  const samples: fc.Arbitrary<Sample> = fc.record({ x: points ?? listOf(inputs, 4), dy: dys });
  const values = (x: readonly number[]): readonly number[] => plainFunction(of, x).read(x).values;
  const compared = ({ x, dy }: Sample): Verdict => {
    const pairing = (y: readonly number[]): readonly number[] => y.map((value, i) => value * (dy[i] ?? NaN));
    const magnitude = (at: readonly number[]): number =>
      coarser * pairing(values(at)).reduce((sum, term) => sum + Math.abs(term), 0);
    const total = plainFunction((at, branching) => pairing(of(at, branching)).reduce((sum, term) => sum + term, 0), x, {
      magnitude,
    });
    const claimed = [pullback([...x], [...dy])];
    const found = inputs > SEARCHED ? checkDirections(total, claimed) : checkJacobian(total, claimed);
    const { expected: slope = 0, received = 0 } = found.worst ?? {};
    // Where a function is nearly level, a difference of its values is rounding alone.
    if (found.checked > 0 && Math.abs(slope - received) <= NOISE * magnitude(x)) return undefined;
    return verdictOf(found, 1e-8 * toleranceOf(options));
  };
  const stated = (name: string, statement: string, formula: string, predicate: (sample: Sample) => Verdict) =>
    law(name, statement, samples, predicate, { runs: runsOf(options, 40), formula });
  return packed('gradient', options, [
    stated(
      'shapes',
      'there are as many values as are said, and a number of the gradient for each number of the point',
      '|y| = |dy|, |pullback(x, dy)| = |x|',
      ({ x, dy }) =>
        all(
          same(outputs, values(x).length, 'how many values'),
          same(x.length, pullback([...x], [...dy]).length, 'how many numbers of the gradient'),
        ),
    ),
    stated(
      'writes to nothing',
      'neither the point nor what comes back is changed',
      '(x, dy) before = (x, dy) after',
      ({ x, dy }) => {
        const [point, back, given] = [[...x], [...dy], [...x]];
        plainFunction((_, branching) => of(given, branching), x).read(x);
        pullback(point, back);
        return all(
          bits(x, given, 'x, after the values'),
          bits(x, point, 'x, after the gradient'),
          bits(dy, back, 'dy'),
        );
      },
    ),
    stated(
      'calls share nothing',
      'the same point has the same values and the same gradient, whatever was asked between',
      'f(x) = f(x), pullback(x, dy) = pullback(x, dy)',
      ({ x, dy }) => {
        const first = [values(x), pullback([...x], [...dy])];
        const other = x.map((value) => value / 2 + 0.25);
        const between = [...values(other), ...pullback(other, [...dy])];
        const again = [pullback([...x], [...dy]), values(x)];
        return all(
          bits(first[0] ?? [], again[1] ?? [], `y, asked again after ${between.length} other numbers`),
          bits(first[1] ?? [], again[0] ?? [], 'the gradient, asked again'),
        );
      },
    ),
    stated(
      'pullback: differences',
      'the gradient of ⟨y, dy⟩ is that of Ridders’s extrapolated differences; kinks within their reach are left out',
      'pullback(x, dy)ᵢ = ∂⟨f(x), dy⟩/∂xᵢ',
      compared,
    ),
    stated(
      'pullback scales exactly',
      'what comes back 2ⁿ times as great gives a gradient 2ⁿ times as great, bit for bit',
      'pullback(2ⁿ·dy) = 2ⁿ·pullback(dy)',
      ({ x, dy }) =>
        all(
          ...[2 ** -6, 2 ** 6].map((by) =>
            bits(
              pullback([...x], [...dy]).map((value) => by * value),
              pullback(
                [...x],
                dy.map((value) => by * value),
              ),
              `the gradient, where dy is multiplied by ${by}: `,
            ),
          ),
        ),
    ),
    ...(points === undefined
      ? [
          law(
            'large inputs stay finite',
            'at numbers as large as 10⁴ values and gradient are finite: nothing overflows on the way',
            fc.record({
              x: fc.array(fc.constantFrom(0, 1, -1, 100, -100, 1000, -1000, 10000, -10000), {
                minLength: inputs,
                maxLength: inputs,
              }),
              dy: dys,
            }),
            ({ x, dy }) => all(finite(values(x), 'y'), finite(pullback([...x], [...dy]), 'gradient')),
            { runs: runsOf(options, 40), formula: '|x| ≤ 10⁴ ⇒ |f(x)| < ∞ and |∂f| < ∞' },
          ),
        ]
      : []),
    ...(expected === undefined
      ? []
      : [
          stated(
            'formula',
            'the values are those of the formula, transcribed in plain numbers, within rounding',
            '|f(x) − transcription(x)| ≤ 2⁻⁴⁰·(1 + |f(x)|)',
            ({ x }) => {
              const [found, wanted] = [values(x), expected([...x])];
              const size = 1 + Math.max(...wanted.map(Math.abs));
              const bound = 2 ** -40 * Math.min(coarser, 2 ** 22) * size * toleranceOf(options);
              return all(
                same(wanted.length, found.length, 'how many values'),
                ...wanted.map((value, i): Verdict => {
                  const received = found[i] ?? NaN;
                  return Math.abs(value - received) <= bound
                    ? undefined
                    : { expected: `${value}`, received: `${received}`, where: `y[${i}]`, tolerance: `${bound}` };
                }),
              );
            },
          ),
        ]),
  ]);
};
