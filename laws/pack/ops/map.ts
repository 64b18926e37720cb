/** `map` over whole tensors is `evaluate` at each element, bit for bit. */
import * as fc from 'fast-check';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import { evaluate } from '../../../src/scalar/evaluate.ts';
import { add, call, type Expr, exponent, input, multiply, scale, significand } from '../../../src/scalar/expr.ts';
import { type Shape, size } from '../../../src/tensor/shape.ts';
import type { Tensor } from '../../../src/tensor/tensor.ts';
import { positionOf } from '../../law/position.ts';
import { all, code, type Law, type LawSet, law, lawSet, type Verdict } from '../../law.ts';
import { wild } from '../../ops/samples.ts';
import { anything, calls, expressions } from '../../scalar/arbitrary.ts';
import { asCode } from '../../scalar/written.ts';
import { dtypesOf, runsOf } from '../options.ts';
import type { Under } from './algebra.ts';
import { operationLaws } from './operations.ts';

/** Lengths on both sides of the blocks in which the reference computes (128 numbers), and of the kernels' turns (4). */
const lengths: fc.Arbitrary<Shape> = fc.oneof(
  fc.constantFrom<Shape>([0], [1], [2], [3], [4], [5], [127], [128], [129], [255], [256], [257], [511], [512], [513]),
  fc.constantFrom<Shape>([], [1, 1], [0, 3], [3, 5], [2, 64, 3]),
);

interface Sample {
  readonly dtype: Dtype;
  readonly expr: Expr<'x' | 'y'>;
  readonly x: Tensor;
  readonly y: Tensor;
  readonly again: Tensor;
}

const samples = ({ options }: Under, of: (dtype: Dtype) => fc.Arbitrary<Expr<'x' | 'y'>>): fc.Arbitrary<Sample> =>
  fc.tuple(fc.constantFrom(...dtypesOf(options)), lengths, fc.boolean()).chain(([dtype, shape, one]) =>
    fc.record<Sample>({
      dtype: fc.constant(dtype),
      expr: of(dtype),
      x: wild(dtype, shape),
      y: wild(dtype, one ? [] : shape),
      again: wild(dtype, shape),
    }),
  );

const atEach = ({ dtype, expr }: Sample, x: Tensor, y: Tensor, received: Tensor, where: string): Verdict => {
  const f = evaluate(dtype)(expr);
  const shape = x.shape.length > 0 ? x.shape : y.shape;
  if (`${received.shape}` !== `${shape}` || received.data.length !== size(shape))
    return { expected: `[${shape}]`, received: `[${received.shape}] of ${received.data.length} numbers`, where };
  for (let i = 0; i < received.data.length; i++) {
    const at = { x: x.data[i] ?? NaN, y: y.data[y.shape.length === 0 ? 0 : i] ?? NaN };
    const expected = f(at);
    if (!Object.is(expected, received.data[i]))
      return {
        expected: code(expected),
        received: code(received.data[i]),
        where: `${where}${positionOf(shape, i)} of x = ${code(at.x)}, y = ${code(at.y)}`,
      };
  }
  return undefined;
};

/** Twice with other numbers between: a run must leave nothing behind that another reads. */
const mapped =
  ({ of }: Under) =>
  (sample: Sample): Verdict => {
    const { dtype, expr, x, y, again } = sample;
    const ops = of(dtype);
    const first = ops.map(expr, { x, y });
    const second = ops.map(expr, { x: again, y });
    const third = ops.map(expr, { x, y });
    return all(
      atEach(sample, x, y, first, 'map(f, x, y)'),
      atEach(sample, again, y, second, 'map(f, again, y)'),
      atEach(sample, x, y, third, 'map(f, x, y) once more'),
    );
  };

const given = ({ options }: Under, runs: number) => ({
  runs: runsOf(options, runs),
  formula: 'map(f, x, y)ᵢ = f(xᵢ, yᵢ)',
  show: ({ expr, ...rest }: Sample) => code({ ...rest, formula: asCode(expr) }),
});

const random = (under: Under): Law =>
  law(
    'map: at each element',
    'any expression over any lengths is its scalar meaning (`evaluate`) at each element, bit for bit',
    samples(under, (dtype) => expressions(anything(dtype))),
    mapped(under),
    given(under, 150),
  );

const [x, y] = [input('x'), input('y')];
// 0.1 is a number of neither format: it is rounded once, to the format of the algebra.
const shortcuts = [
  multiply(x, 0.1),
  exponent(x),
  significand(x),
  scale(x, y),
  scale(x, 3),
  scale(x, -1030),
  scale(x, 1024),
];
const unary = calls.flatMap((name) => (name === 'pow' ? [] : [call(name)(x)]));

const short = (under: Under): Law =>
  law(
    'map: elementary functions',
    'so are the elementary functions, exponents, significands and scalings',
    samples(under, () => fc.constantFrom<Expr<'x' | 'y'>>(...shortcuts, ...unary)),
    mapped(under),
    given(under, 60),
  );

const constants = (under: Under): Law =>
  law(
    'map: constants',
    'a constant of a formula is rounded once, to the format of the algebra',
    samples(under, () => fc.double().map((c): Expr<'x' | 'y'> => add(multiply(x, c), y))),
    mapped(under),
    given(under, 60),
  );

/** The laws of expressions at every element. */
export const mapLaws = (under: Under): LawSet =>
  lawSet('map', [random(under), short(under), constants(under), ...operationLaws(under)]);
