/**
 * Random expressions and the numbers to try them on. An expression is drawn as a list of nodes, each of which refers
 * back to earlier ones, so sub-expressions are shared as they are in derivatives; it shrinks by losing nodes and by
 * referring to nearer ones.
 */
import * as fc from 'fast-check';
import { type Dtype, round } from '../../src/scalar/dtype.ts';
import {
  type BinaryOp,
  binary,
  type Call,
  call,
  constant,
  type Expr,
  input,
  pow,
  type Relation,
  select,
  type UnaryOp,
  unary,
} from '../../src/scalar/expr.ts';
import { elementaryNames } from './elementary-samples.ts';

export const unaryOps: readonly UnaryOp[] = ['negate', 'abs', 'sign', 'sqrt', 'floor', 'exponent', 'significand'];
export const binaryOps: readonly BinaryOp[] = ['add', 'subtract', 'multiply', 'divide', 'min', 'max', 'scale'];
export const relations: readonly Relation[] = ['less', 'lessOrEqual', 'equal'];
export const calls: ReadonlyArray<Call<string>['name']> = [...elementaryNames, 'pow'];

/** What random expressions are made of. */
export interface Vocabulary<N extends string> {
  readonly names: readonly [N, ...N[]];
  readonly constants: fc.Arbitrary<number>;
  readonly unary: readonly UnaryOp[];
  readonly binary: readonly BinaryOp[];
  readonly relations: readonly Relation[];
  readonly calls: ReadonlyArray<Call<string>['name']>;
  /** The greatest number of nodes drawn, leaves included. */
  readonly size: number;
}

/** A node to build, given the nodes so far, the latest first. */
type Recipe<N extends string> = (back: (steps: number) => Expr<N>) => Expr<N>;

/**
 * Random expressions over a vocabulary. The first name is the input nearest at hand, so that most expressions depend
 * on it.
 */
export const expressions = <N extends string>(vocabulary: Vocabulary<N>): fc.Arbitrary<Expr<N>> => {
  const { names } = vocabulary;
  const place = fc.nat({ max: 5 });
  const leaf: fc.Arbitrary<Recipe<N>> = fc.oneof(
    fc.constantFrom(...names).map(
      (name): Recipe<N> =>
        () =>
          input(name),
    ),
    vocabulary.constants.map(
      (value): Recipe<N> =>
        () =>
          constant(value),
    ),
  );
  const some = <A>(list: readonly A[], recipe: (a: A) => fc.Arbitrary<Recipe<N>>): Array<fc.Arbitrary<Recipe<N>>> =>
    list.length === 0 ? [] : [fc.constantFrom(...list).chain(recipe)];
  const inner = fc.oneof(
    ...some(vocabulary.binary, (op) =>
      fc.tuple(place, place).map(
        ([a, b]): Recipe<N> =>
          (back) =>
            binary(op)(back(a), back(b)),
      ),
    ),
    ...some(vocabulary.unary, (op) =>
      place.map(
        (a): Recipe<N> =>
          (back) =>
            unary(op)(back(a)),
      ),
    ),
    ...some(vocabulary.calls, (name) =>
      name === 'pow'
        ? fc.tuple(place, place).map(
            ([a, b]): Recipe<N> =>
              (back) =>
                pow(back(a), back(b)),
          )
        : place.map(
            (a): Recipe<N> =>
              (back) =>
                call(name)(back(a)),
          ),
    ),
    ...some(vocabulary.relations, (relation) =>
      fc.tuple(place, place, place, place).map(
        ([a, b, c, d]): Recipe<N> =>
          (back) =>
            select(relation)(back(a), back(b), back(c), back(d)),
      ),
    ),
  );
  return fc
    .array(fc.oneof({ weight: 1, arbitrary: leaf }, { weight: 3, arbitrary: inner }), {
      maxLength: vocabulary.size,
      size: 'max',
    })
    .map((recipes) => {
      const first: Expr<N> = input(names[0]);
      const built: Expr<N>[] = [first];
      for (const recipe of recipes)
        built.push(recipe((steps) => built[Math.max(0, built.length - 1 - steps)] ?? first));
      return built[built.length - 1] ?? first;
    });
};

/** Numbers where formats and functions turn: zeros, units and their neighbours, subnormals, the largest, ∞, NaN. */
export const corners = (dtype: Dtype): readonly number[] => {
  const [tiny, normal, huge, ulp] =
    dtype === 'f32'
      ? [2 ** -149, 2 ** -126, (2 - 2 ** -23) * 2 ** 127, 2 ** -23]
      : [2 ** -1074, 2 ** -1022, Number.MAX_VALUE, 2 ** -52];
  const positive = [
    0,
    1,
    2,
    0.5,
    3,
    0.1,
    1 + ulp,
    1 - ulp / 2,
    tiny,
    3 * tiny,
    normal,
    normal - tiny,
    huge,
    1 / ulp,
    Number.POSITIVE_INFINITY,
  ];
  return [...positive, ...positive.map((x) => -x), Number.NaN].map(round(dtype));
};

/** Numbers of a format: corners half the time, else any bits. */
export const numbers = (dtype: Dtype): fc.Arbitrary<number> =>
  fc.oneof(
    fc.constantFrom(...corners(dtype)),
    fc.integer({ min: -4, max: 4 }),
    dtype === 'f32' ? fc.float() : fc.double(),
  );

/** A value for each name. */
export const environment = <const N extends string>(
  names: readonly N[],
  value: fc.Arbitrary<number>,
): fc.Arbitrary<Readonly<Record<N, number>>> =>
  fc.array(value, { minLength: names.length, maxLength: names.length }).map(
    (values) =>
      // The cast proves what Object.fromEntries forgets: the keys are the names.
      Object.fromEntries(names.map((name, i) => [name, values[i] ?? Number.NaN])) as Readonly<Record<N, number>>,
  );

/** Everything, in a format: what `simplify`, codecs and engines must keep. */
export const anything = (dtype: Dtype): Vocabulary<'x' | 'y'> => ({
  names: ['x', 'y'],
  constants: numbers(dtype),
  unary: unaryOps,
  binary: binaryOps,
  relations,
  calls,
  size: 14,
});
