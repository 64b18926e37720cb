/** What differs between vectors of four f32 and of two f64. */
import type { Dtype } from '../../scalar/dtype.ts';
import { type Code, get, type Local, laneAt, load, op, set, shuffle, store, vectorConstant } from '../wasm/code.ts';

/** Partial sums of a reduction, as the reference has them. */
const PARTIALS = 16;

export const VECTOR = 16;
export const bytesOf = (dtype: Dtype): number => (dtype === 'f32' ? 4 : 8);
export const lanesOf = (dtype: Dtype): number => VECTOR / bytesOf(dtype);
/** Vectors that hold the partial sums. */
export const partialsOf = (dtype: Dtype): number => PARTIALS / lanesOf(dtype);

const bytes = (lane: number, width: number): readonly number[] =>
  Array.from({ length: width }, (_, i) => lane * width + i);

/** The vector with its lanes in another order. */
const lanes = (dtype: Dtype, x: Code, order: readonly number[]): Code =>
  shuffle(
    x,
    x,
    order.flatMap((lane) => bytes(lane, bytesOf(dtype))),
  );

const constants = {
  f32: (xs: readonly number[]) => vectorConstant(Float32Array.from(xs)),
  f64: (xs: readonly number[]) => vectorConstant(Float64Array.from(xs)),
};

/** A number in every lane. */
export const splat = (dtype: Dtype, x: number): Code =>
  constants[dtype](Array.from({ length: lanesOf(dtype) }, () => x));

/** All bits of the first `count` lanes. */
export const mask = (dtype: Dtype, count: number): Code =>
  vectorConstant(Int32Array.from({ length: 4 }, (_, word) => (word * 4 < count * bytesOf(dtype) ? -1 : 0)));

export const add = (dtype: Dtype, a: Code, b: Code): Code => op(dtype === 'f32' ? 'f32x4.add' : 'f64x2.add', a, b);
export const subtract = (dtype: Dtype, a: Code, b: Code): Code => op(dtype === 'f32' ? 'f32x4.sub' : 'f64x2.sub', a, b);
export const max = (dtype: Dtype, a: Code, b: Code): Code => op(dtype === 'f32' ? 'f32x4.max' : 'f64x2.max', a, b);

/** The number at an address, in every lane. */
export const loadSplat = (dtype: Dtype, address: Code, offset: number): Code =>
  load(dtype === 'f32' ? 'v128.load32_splat' : 'v128.load64_splat', address, offset);

/** Stores the first `count` lanes. */
export const storeLanes = (dtype: Dtype, address: Code, value: Local, count: number, offset: number): Code => {
  if (count >= lanesOf(dtype)) return store('v128.store', address, get(value), offset);
  if (dtype === 'f64' || count === 2) return laneAt('v128.store64_lane', address, get(value), 0, offset);
  if (count === 1) return laneAt('v128.store32_lane', address, get(value), 0, offset);
  return [
    laneAt('v128.store64_lane', address, get(value), 0, offset),
    laneAt('v128.store32_lane', address, get(value), 2, offset + 8),
  ];
};

/** Partial vectors joined as a tree: each with that half of them further on. Leaves the sum in the first of them. */
const halved = (dtype: Dtype, partials: readonly Local[]): Code => {
  const half = partials.length / 2;
  if (half < 1) return [];
  const [low, high] = [partials.slice(0, half), partials.slice(half)];
  return [
    low.map((a, i) => {
      const b = high[i];
      return b === undefined ? [] : set(a, add(dtype, get(a), get(b)));
    }),
    halved(dtype, low),
  ];
};

/** The sum of 16 partial sums, joined as the reference joins them, in every lane of `to`. */
export const joinSums = (dtype: Dtype, partials: readonly Local[], to: Local): Code => {
  const [first] = partials;
  if (first === undefined) return [];
  const folded = dtype === 'f32' ? [set(first, add(dtype, get(first), lanes(dtype, get(first), [2, 3, 0, 1])))] : [];
  const swapped = dtype === 'f32' ? [1, 0, 3, 2] : [1, 0];
  const everywhere = dtype === 'f32' ? [0, 0, 0, 0] : [0, 0];
  return [
    halved(dtype, partials),
    folded,
    set(first, add(dtype, get(first), lanes(dtype, get(first), swapped))),
    set(to, lanes(dtype, get(first), everywhere)),
  ];
};

/** The same for partial sums of columns, which need no joining across lanes. */
export const joinColumns = (dtype: Dtype, partials: readonly Local[], to: Local): Code => {
  const [first] = partials;
  return first === undefined ? [] : [halved(dtype, partials), set(to, get(first))];
};

/** The greatest of all lanes, in every lane. */
export const joinMax = (dtype: Dtype, acc: Local, to: Local): Code => [
  dtype === 'f32' ? set(acc, max(dtype, get(acc), lanes(dtype, get(acc), [2, 3, 0, 1]))) : [],
  set(to, max(dtype, get(acc), lanes(dtype, get(acc), dtype === 'f32' ? [1, 0, 3, 2] : [1, 0]))),
];
