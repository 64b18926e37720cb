/** The operations of a formula one by one, against what JavaScript itself says of two numbers. */
import * as fc from 'fast-check';
import { type Dtype, round } from '../../../src/scalar/dtype.ts';
import * as S from '../../../src/scalar/expr.ts';
import { type BinaryOp, binary, type Expr, input, type Relation, select } from '../../../src/scalar/expr.ts';
import { generate, type Tensor } from '../../../src/tensor/tensor.ts';
import { all, code, isExcluded, type Law, law, lawOf, type Verdict } from '../../law.ts';
import { is, wild } from '../../ops/samples.ts';
import { corners } from '../../scalar/arbitrary.ts';
import { asCode } from '../../scalar/written.ts';
import { dtypesOf, runsOf } from '../options.ts';
import type { Under } from './algebra.ts';

const [x, y, z] = [input('x'), input('y'), input('z')];

/** A formula of up to three inputs and what it is at three numbers, before the last rounding. */
interface Formula {
  readonly name: string;
  readonly expr: Expr<'x' | 'y' | 'z'>;
  readonly at: (x: number, y: number, z: number, rounded: (x: number) => number) => number;
}

type Arithmetic = Extract<BinaryOp, 'add' | 'subtract' | 'multiply' | 'divide' | 'min' | 'max'>;
const arithmetic: Readonly<Record<Arithmetic, (x: number, y: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  min: Math.min,
  max: Math.max,
};
const relations: Readonly<Record<Relation, (x: number, y: number) => boolean>> = {
  less: (a, b) => a < b,
  lessOrEqual: (a, b) => a <= b,
  equal: (a, b) => a === b,
};

const isArithmetic = (op: string): op is Arithmetic => Object.hasOwn(arithmetic, op);
const isRelation = (op: string): op is Relation => Object.hasOwn(relations, op);

const single: readonly Formula[] = [
  ...Object.keys(arithmetic)
    .filter(isArithmetic)
    .map((op): Formula => ({ name: op, expr: binary(op)(x, y), at: (a, b) => arithmetic[op](a, b) })),
  ...Object.keys(relations)
    .filter(isRelation)
    .map(
      (op): Formula => ({
        name: op,
        expr: select(op)(x, y, z, x),
        at: (a, b, c) => (relations[op](a, b) ? c : a),
      }),
    ),
  { name: 'negate', expr: S.negate(x), at: (a) => -a },
  { name: 'abs', expr: S.abs(x), at: Math.abs },
  { name: 'sign', expr: S.sign(x), at: Math.sign },
  { name: 'sqrt', expr: S.sqrt(x), at: Math.sqrt },
  { name: 'floor', expr: S.floor(x), at: Math.floor },
];

/** A product and a sum: two roundings, where a fused multiply-add has one. */
const fused: readonly Formula[] = [
  { name: 'x·y + z', expr: S.add(S.multiply(x, y), z), at: (a, b, c, r) => r(a * b) + c },
  { name: 'z + x·y', expr: S.add(z, S.multiply(x, y)), at: (a, b, c, r) => c + r(a * b) },
  { name: 'x·y − z', expr: S.subtract(S.multiply(x, y), z), at: (a, b, c, r) => r(a * b) - c },
  { name: 'z − x·y', expr: S.subtract(z, S.multiply(x, y)), at: (a, b, c, r) => c - r(a * b) },
  { name: '(x + y) + z', expr: S.add(S.add(x, y), z), at: (a, b, c, r) => r(a + b) + c },
  { name: '(x / y)·z', expr: S.multiply(S.divide(x, y), z), at: (a, b, c, r) => r(a / b) * c },
];

const extremes = single.filter(({ name }) => name === 'min' || name === 'max');

interface Sample {
  readonly dtype: Dtype;
  readonly formula: Formula;
  readonly x: Tensor;
  readonly y: Tensor;
  readonly z: Tensor;
}

const lengths = fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33);

const holdsAt =
  ({ of }: Under) =>
  ({ dtype, formula, ...given }: Sample): Verdict => {
    const rounded = round(dtype);
    const numbers = [given.x, given.y, given.z].map(({ data }) => data);
    const at = (i: number): readonly number[] => numbers.map((data) => data[i] ?? NaN);
    const of3 = ([a = NaN, b = NaN, c = NaN]: readonly number[]): number => rounded(formula.at(a, b, c, rounded));
    const received = of(dtype).map(formula.expr, given);
    const verdict = is({ dtype, shape: given.x.shape }, ([i = 0]) => of3(at(i)), received);
    const wrong = Array.from(given.x.data, (_, i) => i).find((i) => !Object.is(of3(at(i)), received.data[i]));
    if (verdict === undefined || isExcluded(verdict) || wrong === undefined) return verdict;
    const [a, b, c] = at(wrong).map(code);
    return { ...verdict, where: `${verdict.where} of x = ${a}, y = ${b}, z = ${c}` };
  };

const samples = (
  { options }: Under,
  formulas: readonly Formula[],
  numbers: (dtype: Dtype, n: number) => fc.Arbitrary<Tensor>,
): fc.Arbitrary<Sample> =>
  fc.tuple(fc.constantFrom(...dtypesOf(options)), lengths).chain(([dtype, n]) =>
    fc.record({
      dtype: fc.constant(dtype),
      formula: fc.constantFrom(...formulas),
      x: numbers(dtype, n),
      y: numbers(dtype, n),
      z: numbers(dtype, n),
    }),
  );

const any = (dtype: Dtype, n: number): fc.Arbitrary<Tensor> => wild(dtype, [n]);

/** Numbers in [1, 2) with all the bits that a format has, so that every rounding shows. */
export const full = (dtype: Dtype, n: number): fc.Arbitrary<Tensor> =>
  fc
    .array(
      fc.maxSafeInteger().map((bits) => 1 + Math.abs(bits) / 2 ** 53),
      { minLength: n, maxLength: n },
    )
    .map((values) => generate(dtype, [n], (i) => values[i] ?? NaN));

const printed = ({ dtype, formula, ...given }: Sample): string =>
  code({ dtype, formula: asCode(formula.expr), ...given });

/** Samples of all pairs of a format's corners: the law has them, so that they need not be printed. */
const printedCorners = ({ dtype, formula }: Pick<Sample, 'dtype' | 'formula'>): string =>
  code({ dtype, formula: asCode(formula.expr), of: 'every pair of corners' });

const once = (under: Under): Law =>
  law(
    'map: each operation',
    '+, −, ×, ÷, √, ⌊ ⌋, | |, sign and comparisons are JavaScript’s, rounded once to the format, in every lane',
    samples(under, single, any),
    holdsAt(under),
    { runs: runsOf(under.options, 200), show: printed, formula: 'map(∘, x, y)ᵢ = round(xᵢ ∘ yᵢ)' },
  );

const twice = (under: Under): Law =>
  law(
    'map: rounded after each operation',
    'no two operations are fused into one rounding, and none is left out',
    samples(under, fused, full),
    (sample) => all(...fused.map((formula) => holdsAt(under)({ ...sample, formula }))),
    { runs: runsOf(under.options, 60), show: printed, formula: 'x·y + z = round(round(x·y) + z)' },
  );

const ordered = (under: Under): Law =>
  law(
    'map: min and max as Math.min and Math.max',
    'NaN wherever there is one, −0 below +0, whichever of the two stands first',
    fc
      .tuple(fc.constantFrom(...dtypesOf(under.options)), fc.constantFrom(...extremes))
      .map(([dtype, formula]): Sample => {
        const some = corners(dtype);
        const n = some.length;
        const pairs = (first: boolean): Tensor =>
          generate(dtype, [n * n], (i) => some[first ? Math.floor(i / n) : i % n] ?? NaN);
        return { dtype, formula, x: pairs(true), y: pairs(false), z: pairs(true) };
      }),
    holdsAt(under),
    {
      runs: runsOf(under.options, 8),
      show: printedCorners,
      formula: 'min(−0, +0) = −0, max(−0, +0) = +0, min(x, NaN) = max(x, NaN) = NaN',
    },
  );

/** Every pair of corners four times, so that each kernel that takes four numbers a turn meets it at each of its places. */
const everywhere = (under: Under): Law =>
  lawOf(
    'map: corners at every place',
    '±0, equal numbers, ∞, NaN and subnormal numbers are treated alike wherever they stand',
    dtypesOf(under.options).flatMap((dtype) => single.map((formula) => ({ dtype, formula }))),
    ({ dtype, formula }) => {
      const some = corners(dtype);
      const n = some.length;
      const pairs = (pick: (pair: number) => number): Tensor =>
        generate(dtype, [4 * n * n], (i) => some[pick(Math.floor(i / 4))] ?? NaN);
      const x = pairs((pair) => Math.floor(pair / n));
      return holdsAt(under)({ dtype, formula, x, y: pairs((pair) => pair % n), z: pairs((pair) => (pair + 1) % n) });
    },
    {
      show: printedCorners,
      formula: 'map(∘, x, y)ᵢ = xᵢ ∘ yᵢ',
    },
  );

/** The laws of single operations. */
export const operationLaws = (under: Under): readonly Law[] => [
  once(under),
  twice(under),
  ordered(under),
  everywhere(under),
];
