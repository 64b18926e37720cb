/** Operations that move elements and compute nothing: each is held to its definition, element by element, bit for bit. */
import * as fc from 'fast-check';
import { input, negate } from '../../../src/scalar/expr.ts';
import { type Shape, size } from '../../../src/tensor/shape.ts';
import type { Tensor } from '../../../src/tensor/tensor.ts';
import { positionOf } from '../../law/position.ts';
import { all, type Law, type LawSet, law, lawSet, same, type Verdict } from '../../law.ts';
import { element, is, orderOf, shapes, wild } from '../../ops/samples.ts';
import { dtypesOf, runsOf } from '../options.ts';
import type { Under } from './algebra.ts';

/** A tensor of any numbers. */
const tensors = ({ options }: Under, shaped: fc.Arbitrary<Shape> = shapes): fc.Arbitrary<Tensor> =>
  fc.tuple(fc.constantFrom(...dtypesOf(options)), shaped).chain(([dtype, shape]) => wild(dtype, shape));

/** A tensor with an axis of its own. */
const withAxis = (under: Under): fc.Arbitrary<{ readonly x: Tensor; readonly axis: number; readonly length: number }> =>
  tensors(
    under,
    shapes.filter((shape) => shape.length > 0),
  ).chain((x) => fc.nat(x.shape.length - 1).map((axis) => ({ x, axis, length: x.shape[axis] ?? 0 })));

const replaced = (shape: readonly number[], axis: number, by: number): readonly number[] =>
  shape.map((n, i) => (i === axis ? by : n));

const moving = <A>(
  { options }: Under,
  name: string,
  statement: string,
  formula: string,
  samples: fc.Arbitrary<A>,
  holds: (sample: A) => Verdict,
): Law => law(name, statement, samples, holds, { runs: runsOf(options, 150), formula });

const transpose = (under: Under): Law => {
  const { of } = under;
  return moving(
    under,
    'transpose',
    'axis i of the result is axis permutation[i] of x',
    'y[i_{π(0)}, i_{π(1)}, …] = x[i_0, i_1, …]',
    tensors(under).chain((x) => orderOf(x.shape.length).map((permutation) => ({ x, permutation }))),
    ({ x, permutation }) =>
      is(
        { dtype: x.dtype, shape: permutation.map((axis) => x.shape[axis] ?? 0) },
        (index) =>
          element(
            x,
            x.shape.map((_, axis) => index[permutation.indexOf(axis)] ?? 0),
          ),
        of(x.dtype).transpose(permutation, x),
      ),
  );
};

const reshape = (under: Under): Law => {
  const { of } = under;
  return moving(
    under,
    'reshape',
    'the elements keep their row-major order',
    'vec(y) = vec(x)',
    tensors(under).chain((x) =>
      orderOf(x.shape.length).map((order) => ({ x, shape: order.map((axis) => x.shape[axis] ?? 0) })),
    ),
    ({ x, shape }) => {
      const y = of(x.dtype).reshape(shape, x);
      return all(
        same(`${shape}`, `${y.shape}`, 'the shape of the result'),
        same(size(shape), y.data.length, 'result: how many numbers'),
        ...Array.from(x.data, (v, i) => same(v, y.data[i], `result${positionOf(shape, i)}`)),
      );
    },
  );
};

const broadcast = (under: Under): Law => {
  const { of } = under;
  return moving(
    under,
    'broadcast',
    'an axis of length 1 repeats its element, another stays',
    'y[…, i, …] = x[…, 0, …]',
    tensors(
      under,
      shapes.map((shape) => shape.map((n) => (n === 2 ? 1 : n))),
    ).chain((x) =>
      fc
        .tuple(...x.shape.map((n) => (n === 1 ? fc.integer({ min: 0, max: 40 }) : fc.constant(n))))
        .filter((shape) => size(shape) <= 4000)
        .map((shape) => ({ x, shape })),
    ),
    ({ x, shape }) =>
      is(
        { dtype: x.dtype, shape },
        (index) =>
          element(
            x,
            index.map((i, axis) => (x.shape[axis] === 1 ? 0 : i)),
          ),
        of(x.dtype).broadcast(shape, x),
      ),
  );
};

const slice = (under: Under): Law => {
  const { of } = under;
  return moving(
    under,
    'slice',
    'element i along the axis is element start + i of x',
    'y[…, i, …] = x[…, start + i, …]',
    withAxis(under).chain(({ x, axis, length }) =>
      fc
        .tuple(fc.nat(length), fc.nat(length))
        .map(([a, b]) => ({ x, axis, start: Math.min(a, b), end: Math.max(a, b) })),
    ),
    ({ x, axis, start, end }) =>
      is(
        { dtype: x.dtype, shape: replaced(x.shape, axis, end - start) },
        (index) => element(x, replaced(index, axis, (index[axis] ?? 0) + start)),
        of(x.dtype).slice(axis, start, end, x),
      ),
  );
};

const pad = (under: Under): Law => {
  const { of } = under;
  return moving(
    under,
    'pad',
    'x stands between zeros along the axis',
    'y[…, i, …] = x[…, i − before, …], else 0',
    fc.tuple(withAxis(under), fc.nat(3), fc.nat(3)).map(([given, before, after]) => ({ ...given, before, after })),
    ({ x, axis, length, before, after }) =>
      is(
        { dtype: x.dtype, shape: replaced(x.shape, axis, before + length + after) },
        (index) => {
          const i = (index[axis] ?? 0) - before;
          return i >= 0 && i < length ? element(x, replaced(index, axis, i)) : 0;
        },
        of(x.dtype).pad(axis, before, after, x),
      ),
  );
};

const concatenate = (under: Under): Law => {
  const { of } = under;
  return moving(
    under,
    'concatenate',
    'the tensors stand one after another along the axis',
    'y[…, nₖ + i, …] = xₖ[…, i, …]',
    withAxis(under).chain(({ x, axis }) =>
      fc
        .array(
          fc.nat(3).chain((n) => wild(x.dtype, replaced(x.shape, axis, n))),
          { maxLength: 3 },
        )
        .map((rest) => ({ xs: [x, ...rest], axis })),
    ),
    ({ xs, axis }) => {
      const [first] = xs;
      const length = xs.reduce((sum, x) => sum + (x.shape[axis] ?? 0), 0);
      if (first === undefined) return undefined;
      return is(
        { dtype: first.dtype, shape: replaced(first.shape, axis, length) },
        (index) => {
          const found = xs.reduce<{ readonly left: number; readonly value: number | undefined }>(
            ({ left, value }, x) => {
              const n = x.shape[axis] ?? 0;
              return {
                left: left - n,
                value: value ?? (left < n ? element(x, replaced(index, axis, left)) : undefined),
              };
            },
            { left: index[axis] ?? 0, value: undefined },
          );
          return found.value ?? NaN;
        },
        of(first.dtype).concatenate(axis, xs),
      );
    },
  );
};

const constants = (under: Under): Law => {
  const { of } = under;
  return moving(
    under,
    'constants',
    'scalar(v) is [v] rounded to the format, and iota(n) counts from 0 to n − 1',
    'scalar(v) = round(v); iota(n)ᵢ = i',
    fc.record({ dtype: fc.constantFrom(...dtypesOf(under.options)), v: fc.double(), n: fc.nat(50) }),
    ({ dtype, v, n }) =>
      all(
        is({ dtype, shape: [] }, () => (dtype === 'f32' ? Math.fround(v) : v), of(dtype).scalar(v), 'scalar(v)'),
        is({ dtype, shape: [n] }, ([i = NaN]) => i, of(dtype).iota(n), 'iota(n)'),
      ),
  );
};

/** No operation writes to what it is given. */
const untouched = (under: Under): Law => {
  const { of } = under;
  return moving(
    under,
    'writes to nothing',
    'every operation leaves its inputs as they were',
    'x after f(x) = x before, bit for bit',
    tensors(
      under,
      shapes.filter((shape) => shape.length >= 2 && size(shape) > 0),
    ),
    (x) => {
      const ops = of(x.dtype);
      const before = Array.from(x.data);
      const turned = Array.from({ length: x.shape.length }, (_, i) => x.shape.length - 1 - i);
      const last = x.shape.length - 1;
      const swapped = ops.transpose([...turned.map((_, i) => i).slice(0, -2), last, last - 1], x);
      ops.map(negate(input('x')), { x });
      ops.reshape([size(x.shape)], x);
      ops.transpose(turned, x);
      ops.sum([0], x);
      ops.max([last], x);
      ops.slice(0, 0, 1, x);
      ops.pad(0, 1, 1, x);
      ops.concatenate(last, [x, x]);
      ops.broadcast(x.shape, x);
      ops.matmul(x, swapped);
      ops.matmul(swapped, x);
      return all(...before.map((v, i) => same(v, x.data[i], `x${positionOf(x.shape, i)}`)));
    },
  );
};

/** The laws of what moves elements. */
export const movementLaws = (under: Under): LawSet =>
  lawSet(
    'movement',
    [transpose, reshape, broadcast, slice, pad, concatenate, constants, untouched].map((of) => of(under)),
  );
