/** Linear operations: additive, homogeneous, and adjoint to their counterparts, exactly, on small whole numbers. */
import * as fc from 'fast-check';
import { add, fill, multiply, repeat, sumLeading, transposed } from '../../../src/ops/derived.ts';
import type { Ops } from '../../../src/ops/ops.ts';
import type { Dtype } from '../../../src/scalar/dtype.ts';
import { type Shape, size } from '../../../src/tensor/shape.ts';
import type { Tensor } from '../../../src/tensor/tensor.ts';
import { all, code, type Law, type LawSet, law, lawSet, same, sameTensor } from '../../law.ts';
import { inner, orderOf, shapes, someOf, wholes } from '../../ops/samples.ts';
import { dtypesOf, runsOf } from '../options.ts';
import type { Under } from './algebra.ts';

/** A linear operation from tensors of one shape to tensors of another, and what is claimed to be its adjoint. */
interface Linear {
  readonly name: string;
  /** What else is needed to write it down. */
  readonly given?: Readonly<Record<string, unknown>>;
  readonly from: Shape;
  readonly to: Shape;
  readonly apply: (ops: Ops<Tensor>, x: Tensor) => Tensor;
  readonly adjoint: (ops: Ops<Tensor>, y: Tensor) => Tensor;
}

const replaced = (shape: Shape, axis: number, by: number): Shape => shape.map((n, i) => (i === axis ? by : n));
const axisOf = (shape: Shape): fc.Arbitrary<number> => fc.nat(shape.length - 1);
const withAxes = shapes.filter((shape) => shape.length > 0);

const sums: fc.Arbitrary<Linear> = shapes.chain((shape) =>
  someOf(shape.length).map((axes) => {
    const small = shape.map((n, axis) => (axes.includes(axis) ? 1 : n));
    return {
      name: 'sum and broadcast',
      given: { axes },
      from: shape,
      to: small,
      apply: (ops, x) => ops.sum(axes, x),
      adjoint: (ops, y) => ops.broadcast(shape, y),
    };
  }),
);

const broadcasts: fc.Arbitrary<Linear> = sums.map(({ given, from, to, apply, adjoint }) => ({
  name: 'broadcast and sum over the axes that were repeated',
  ...(given === undefined ? {} : { given }),
  from: to,
  to: from,
  apply: adjoint,
  adjoint: apply,
}));

const slices: fc.Arbitrary<Linear> = withAxes.chain((shape) =>
  axisOf(shape).chain((axis) => {
    const length = shape[axis] ?? 0;
    return fc.tuple(fc.nat(length), fc.nat(length)).map(([a, b]) => {
      const [start, end] = [Math.min(a, b), Math.max(a, b)];
      return {
        name: 'slice and pad',
        given: { axis, start, end },
        from: shape,
        to: replaced(shape, axis, end - start),
        apply: (ops, x) => ops.slice(axis, start, end, x),
        adjoint: (ops, y) => ops.pad(axis, start, length - end, y),
      };
    });
  }),
);

const transposes: fc.Arbitrary<Linear> = shapes.chain((shape) =>
  orderOf(shape.length).map((order) => ({
    name: 'transpose and back',
    given: { order },
    from: shape,
    to: order.map((axis) => shape[axis] ?? 0),
    apply: (ops, x) => ops.transpose(order, x),
    adjoint: (ops, y) =>
      ops.transpose(
        order.map((_, axis) => order.indexOf(axis)),
        y,
      ),
  })),
);

const reshapes: fc.Arbitrary<Linear> = shapes.map((shape) => ({
  name: 'reshape and back',
  from: shape,
  to: [size(shape)],
  apply: (ops, x) => ops.reshape([size(shape)], x),
  adjoint: (ops, y) => ops.reshape(shape, y),
}));

const concatenations: fc.Arbitrary<Linear> = withAxes.chain((shape) =>
  axisOf(shape).map((axis) => {
    const length = shape[axis] ?? 0;
    return {
      name: 'concatenate with itself, and the sum of both slices',
      given: { axis },
      from: shape,
      to: replaced(shape, axis, 2 * length),
      apply: (ops, x) => ops.concatenate(axis, [x, x]),
      adjoint: (ops, y) => add(ops, ops.slice(axis, 0, length, y), ops.slice(axis, length, 2 * length, y)),
    };
  }),
);

const repeats: fc.Arbitrary<Linear> = fc.tuple(shapes, shapes).map(([lead, shape]) => {
  const to = [...lead.slice(0, 2), ...shape.slice(0, 2)];
  return {
    name: 'repeat and sumLeading',
    from: shape.slice(0, 2),
    to,
    apply: (ops, x) => repeat(ops, to, x),
    adjoint: (ops, y) => sumLeading(ops, shape.slice(0, 2), y),
  };
});

const products: fc.Arbitrary<Linear> = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
    fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }),
    fc.boolean(),
  )
  .chain(([lead, [m = 0, k = 0, n = 0], left]) => {
    const fixed = left ? [...lead, k, n] : [...lead, m, k];
    return wholes('f64', fixed).map((entries) => {
      // The fixed factor in the algebra's own format.
      const factor = (ops: Ops<Tensor>): Tensor =>
        ops.map({ kind: 'input', name: 'x' }, { x: { ...entries, dtype: ops.dtype } });
      return left
        ? {
            name: 'x·B and y·Bᵀ',
            given: { B: entries },
            from: [...lead, m, k],
            to: [...lead, m, n],
            apply: (ops: Ops<Tensor>, x: Tensor) => ops.matmul(x, factor(ops)),
            adjoint: (ops: Ops<Tensor>, y: Tensor) => ops.matmul(y, transposed(ops, factor(ops))),
          }
        : {
            name: 'A·x and Aᵀ·y',
            given: { A: entries },
            from: [...lead, k, n],
            to: [...lead, m, n],
            apply: (ops: Ops<Tensor>, x: Tensor) => ops.matmul(factor(ops), x),
            adjoint: (ops: Ops<Tensor>, y: Tensor) => ops.matmul(transposed(ops, factor(ops)), y),
          };
    });
  });

interface Sample {
  readonly dtype: Dtype;
  readonly linear: Linear;
  readonly a: Tensor;
  readonly b: Tensor;
  readonly y: Tensor;
}

/** −0 and +0 are equal here: 3·0 and 0 + (−0) differ in the sign of zero alone. */
const plainZeros = (ops: Ops<Tensor>, x: Tensor): Tensor => add(ops, x, fill(ops, x.shape, 0));

const lawOf = ({ of, options }: Under, name: string, linears: fc.Arbitrary<Linear>): Law =>
  law(
    `linear: ${name}`,
    'f(a + b) = f(a) + f(b), f(3a) = 3f(a) and ⟨f(a), y⟩ = ⟨a, f*(y)⟩, exactly',
    fc.tuple(fc.constantFrom(...dtypesOf(options)), linears).chain(([dtype, linear]) =>
      fc.record<Sample>({
        dtype: fc.constant(dtype),
        linear: fc.constant(linear),
        a: wholes(dtype, linear.from),
        b: wholes(dtype, linear.from),
        y: wholes(dtype, linear.to),
      }),
    ),
    ({ dtype, linear, a, b, y }) => {
      const ops = of(dtype);
      const f = (x: Tensor): Tensor => plainZeros(ops, linear.apply(ops, x));
      const three = ops.scalar(3);
      return all(
        sameTensor(plainZeros(ops, add(ops, f(a), f(b))), f(add(ops, a, b)), 'f(a + b)'),
        sameTensor(plainZeros(ops, multiply(ops, f(a), three)), f(multiply(ops, a, three)), 'f(3a)'),
        same(inner(f(a), y) + 0, inner(a, linear.adjoint(ops, y)) + 0, '⟨f(a), y⟩ = ⟨a, f*(y)⟩'),
      );
    },
    {
      runs: runsOf(options, 100),
      formula: 'f(a + b) = f(a) + f(b), f(3a) = 3·f(a), ⟨f(a), y⟩ = ⟨a, f*(y)⟩',
      show: ({ linear: { name: f, given, from, to }, ...rest }) => code({ f, from, to, ...given, ...rest }),
    },
  );

/** The laws of what is linear. */
export const linearLaws = (under: Under): LawSet =>
  lawSet('linear operations', [
    lawOf(under, 'sum', sums),
    lawOf(under, 'broadcast', broadcasts),
    lawOf(under, 'slice and pad', slices),
    lawOf(under, 'transpose', transposes),
    lawOf(under, 'reshape', reshapes),
    lawOf(under, 'concatenate', concatenations),
    lawOf(under, 'repeat and sumLeading', repeats),
    lawOf(under, 'matmul', products),
  ]);
