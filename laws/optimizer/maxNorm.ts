/** Laws of the limit on weights, where those of anybody's transforms do not reach: numbers of any size, and shapes. */
import * as fc from 'fast-check';
import { constant } from '../../src/layer/initialiser/index.ts';
import { reference } from '../../src/ops/reference/reference.ts';
import { init, type Optimizer, step } from '../../src/optimizer/optimizer.ts';
import { fromRule } from '../../src/optimizer/rule.ts';
import { maxNorm } from '../../src/optimizer/transform/maxNorm.ts';
import { type Dtype, unitRoundoff } from '../../src/scalar/dtype.ts';
import { input } from '../../src/scalar/expr.ts';
import type { Shape } from '../../src/tensor/shape.ts';
import { generate, scalar, type Tensor } from '../../src/tensor/tensor.ts';
import { leaf } from '../../src/tensor/tree.ts';
import { dtypes } from '../arbitrary/index.ts';
import { all, type Law, law, lawSet, sameTensor, type Verdict } from '../law.ts';

/** θ ← θ. */
const resting: Optimizer = fromRule({
  kind: 'resting',
  config: { learningRate: 1 },
  slots: {},
  scalars: () => ({}),
  updates: [],
  value: input('value'),
});

/** One weight after a step of an optimizer that leaves it where it is. */
const projected = (limit: number, weight: Tensor): Tensor => {
  const ops = reference(weight.dtype);
  const spec = { role: 'weight', shape: weight.shape, initialiser: constant(0), fanIn: 1, fanOut: 1 } as const;
  const declaration = { tree: leaf, specs: spec };
  const optimizer = maxNorm(limit)(resting);
  const slots = init(ops, optimizer, declaration, weight);
  const evaluation = { value: scalar(weight.dtype, 0), gradient: weight };
  return step(ops, (x: Tensor) => x.data[0] ?? NaN, optimizer, declaration, slots, evaluation, weight).params;
};

/** From weights whose squares vanish to weights whose squares overflow. */
const sizes: Readonly<Record<Dtype, readonly number[]>> = {
  f32: [1e-30, 1e-6, 1, 1e6, 1e30],
  f64: [1e-200, 1e-6, 1, 1e6, 1e200],
};

const shapes = fc.constantFrom<Shape>([1, 1], [4, 1], [1, 4], [5, 3], [40, 2], [3], [], [2, 3, 2], [3, 0], [0, 3]);

const cases = fc.tuple(dtypes, shapes).chain(([dtype, shape]) =>
  fc
    .record({
      size: fc.constantFrom(...sizes[dtype]),
      times: fc.constantFrom(0.25, 1, 4),
      numbers: fc.array(
        fc.oneof(
          { weight: 5, arbitrary: fc.double({ min: -1, max: 1, noNaN: true }) },
          { weight: 1, arbitrary: fc.constantFrom(0, 1) },
        ),
        { minLength: 80, maxLength: 80 },
      ),
    })
    .map(({ size, times, numbers }) => ({
      limit: times * size,
      weight: generate(dtype, shape, (i) => size * (numbers[i] ?? NaN)),
    })),
);

const columnOf = ({ shape, data }: Tensor, unit: number): readonly number[] => {
  const units = shape.at(-1) ?? 1;
  return Array.from(data).filter((_, i) => i % units === unit);
};

const norm = (x: readonly number[]): number => {
  const most = Math.max(0, ...x.map(Math.abs));
  return most === 0 ? 0 : most * Math.sqrt(x.reduce((sum, a) => sum + (a / most) ** 2, 0));
};

const anySize: Law = law(
  'weights of any size and shape',
  'for each place along the last axis, the numbers that share it are shortened to the limit where they are longer, also where ' +
    'their squares vanish or overflow',
  cases,
  ({ limit, weight }) => {
    const after = projected(limit, weight);
    const u = unitRoundoff(weight.dtype);
    return all(
      ...Array.from({ length: weight.shape.at(-1) ?? 1 }, (_, unit): Verdict => {
        const [before, now] = [columnOf(weight, unit), columnOf(after, unit)];
        const length = norm(before);
        // As of clipping: squares, their sum in 16 lanes and a tree, half of it in the root, a quotient and a product.
        const tolerance = u * ((1 + Math.ceil(before.length / 16) + 4) / 2 + 4) + 4 * before.length * 2 ** -53;
        const by = length <= limit ? 1 : limit / length;
        return all(
          ...before.map((w, i): Verdict => {
            const off = Math.abs((now[i] ?? NaN) - w * by);
            // What is so small beside the greatest of its column that its quotient is not a normal number may lose digits.
            const lost = weight.dtype === 'f32' ? 2 ** -126 : 2 ** -1022;
            const allowed = Math.abs(w) * by * (tolerance + 4 * u) + 2 * lost * (1 + limit);
            return (length < limit * (1 - tolerance) ? Object.is(now[i], w) : off <= allowed)
              ? undefined
              : {
                  expected: `${w * by}`,
                  received: `${now[i]}`,
                  where: `unit ${unit}, number ${i}`,
                  tolerance: `${allowed}`,
                };
          }),
        );
      }),
    );
  },
  { runs: 150 },
);

const settles: Law = law(
  'short stays short',
  'what was shortened is not shortened again by more than rounding, and twice a limit is no limit then',
  cases,
  ({ limit, weight }) => {
    const once = projected(limit, weight);
    return sameTensor(once, projected(2 * limit, once), 'weight');
  },
  { runs: 60 },
);

export const maxNormLaws = lawSet('maxNorm', [anySize, settles]);
