/** Laws of what is applied at every element: each is on its own, and NaN is not hidden. */
import * as fc from 'fast-check';
import type { Unshaped } from '../../../src/layer/layer.ts';
import { reference } from '../../../src/ops/reference/reference.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import * as Key from '../../../src/tensor/key.ts';
import { equals, type Shape } from '../../../src/tensor/shape.ts';
import { full, generate, type Tensor } from '../../../src/tensor/tensor.ts';
import { entries, type Form } from '../../../src/tensor/tree.ts';
import { shapes } from '../../arbitrary/shapes.ts';
import { tensorsOf } from '../../arbitrary/tensors.ts';
import { all, type Law, law, same, sameTensor, type Verdict } from '../../law.ts';
import { type Bench, benchOf, inFormat, runOf } from '../../layer/case.ts';

/** A bench of an activation at a shape, with its parameters near where they begin. */
export const benchAt = (of: Unshaped<Form, Form>, shape: Shape, key: Key.Key, places?: number): Bench<Form, Form> =>
  benchOf<Form, Form>(of.at(shape), {
    layer: of.at(shape),
    batch: 1,
    training: false,
    key,
    ...(places === undefined ? {} : { places }),
  });

/** An activation at a batch, in a format. */
export const applied = (bench: Bench<Form, Form>, x: Tensor) => {
  const given = inFormat(x.dtype, bench);
  return runOf({ ...given, x }, reference(x.dtype));
};

/** Whether the parameters of an activation are the same at every shape, so that one element can be asked alone. */
const sameParameters = (of: Unshaped<Form, Form>, shape: Shape): boolean => {
  const [many, one] = [shape, [1]].map((at) => {
    const { tree, specs } = of.at(at).parameters;
    return entries<Form, { readonly shape: Shape }>(tree, specs).map(([, spec]) => spec.shape);
  });
  return (many ?? []).every((of, i) => equals(of, one?.[i] ?? [-1]));
};

const alone = (of: Unshaped<Form, Form>, x: Tensor, y: Tensor): Verdict => {
  const one = benchAt(of, [1], Key.fromSeed(1));
  const each = Array.from(x.data, (value) => applied(one, full(x.dtype, [1, 1], value)).y.data[0] ?? NaN);
  return sameTensor(
    generate(x.dtype, y.shape, (i) => each[i] ?? NaN),
    y,
    'y',
  );
};

interface Elements {
  readonly x: Tensor;
  /** Which element is given another value. */
  readonly which: number;
  readonly value: number;
}

const untouched = (of: Unshaped<Form, Form>, { x, which, value }: Elements): Verdict => {
  const shape = x.shape.slice(1);
  const many = benchAt(of, shape, Key.fromSeed(1));
  const place = which % x.data.length;
  const other = generate(x.dtype, x.shape, (i) => (i === place ? value : (x.data[i] ?? NaN)));
  const [before, after] = [applied(many, x).y, applied(many, other).y];
  const elsewhere = (y: Tensor): Tensor => generate(y.dtype, y.shape, (i) => (i === place ? 0 : (y.data[i] ?? NaN)));
  return all(
    sameTensor(elsewhere(before), elsewhere(after), `where element ${place} of x becomes ${value}: y`),
    sameParameters(of, shape) ? alone(of, x, before) : undefined,
  );
};

const numbers = fc.oneof(
  { withCrossShrink: true },
  fc.integer({ min: -8, max: 8 }),
  fc.integer({ min: -64, max: 64 }).map((eighths) => eighths / 8),
  fc.float({ min: -8, max: 8, noNaN: true }),
);

/** The laws of elements. */
export const elementLaws = (of: Unshaped<Form, Form>, dtypes: readonly Dtype[], runs: number): readonly Law[] => [
  law(
    'element by element',
    'each number of the output depends on its number of the input alone, bit for bit',
    fc.record({
      x: fc.constantFrom(...dtypes).chain((dtype) => shapes.chain((shape) => tensorsOf(dtype, [1, ...shape], numbers))),
      which: fc.nat({ max: 11 }),
      value: numbers,
    }),
    (given) => untouched(of, given),
    { runs, formula: 'f(x)ᵢ = f(xᵢ)' },
  ),
  law(
    'NaN stays NaN',
    'what is not a number gives no number: nothing hides that a network has diverged',
    shapes,
    (shape) => {
      const bench = benchAt(of, shape, Key.fromSeed(1));
      return all(
        ...dtypes.flatMap((dtype) =>
          Array.from(applied(bench, full(dtype, [1, ...shape], NaN)).y.data, (y, i) =>
            same(NaN, y, `y[${i}] in ${dtype}`),
          ),
        ),
      );
    },
    { runs: Math.min(runs, 10), formula: 'f(NaN) = NaN' },
  ),
];
