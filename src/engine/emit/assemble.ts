/** Copies of views into dense buffers, side by side; what no part covers is 0. */
import type { Dtype } from '../../scalar/dtype.ts';
import { size, strides } from '../../tensor/shape.ts';
import type { Part, Value } from '../graph/node.ts';
import { type Axis, merged } from '../graph/view.ts';
import { type Code, copy, count, type Func, fill, get, i32, load, local, op, store } from '../wasm/code.ts';
import { bytesOf } from './lanes.ts';
import type { Layout } from './layout.ts';

/** The whole range of bytes, as other parts of a plan are given it. */
const range = [local('i32', 'from'), local('i32', 'to')];

/** Goes through the axes, from the outermost in, moving both places by their steps; numbers that lie side by side in both
 * move at once. */
const walk = (
  dtype: Dtype,
  axes: readonly Axis[],
  from: Code,
  to: Code,
  source: number,
  target: number,
  depth: number,
): Code => {
  const e = bytesOf(dtype);
  const [axis, ...inner] = axes;
  if (axis === undefined)
    return dtype === 'f32'
      ? store('f32.store', to, load('f32.load', from, source), target)
      : store('f64.store', to, load('f64.load', from, source), target);
  const [targetStep = 0, sourceStep = 0] = axis.strides;
  if (inner.length === 0 && targetStep === 1 && sourceStep === 1)
    return copy(op('i32.add', to, i32(target)), op('i32.add', from, i32(source)), i32(axis.length * e));
  const index = local('i32', `index${depth}`);
  const at = (base: Code, step: number): Code =>
    step === 0 ? base : op('i32.add', base, op('i32.mul', get(index), i32(step * e)));
  return count(
    index,
    i32(0),
    i32(axis.length),
    1,
    walk(dtype, inner, at(from, sourceStep), at(to, targetStep), source, target, depth + 1),
  );
};

const part = (dtype: Dtype, layout: Layout, into: Value, { of, at }: Part): Code => {
  const e = bytesOf(dtype);
  const steps = strides(into.shape);
  const target = layout.at(into) + e * at.reduce((sum, index, axis) => sum + index * (steps[axis] ?? 0), 0);
  return walk(
    dtype,
    merged(of.shape, [steps, of.strides]),
    i32(0),
    i32(0),
    layout.at(of.value) + of.offset * e,
    target,
    0,
  );
};

/** The function that puts parts together. */
export const emitAssemble = (
  dtype: Dtype,
  name: string,
  value: Value,
  parts: readonly Part[],
  layout: Layout,
): Func => {
  const total = size(value.shape);
  const covered = parts.reduce((sum, { of }) => sum + size(of.shape), 0);
  return {
    name,
    parameters: range,
    results: [],
    body: [
      covered < total ? fill(i32(layout.at(value)), i32(0), i32(total * bytesOf(dtype))) : [],
      parts.map((one) => part(dtype, layout, value, one)),
    ],
  };
};
