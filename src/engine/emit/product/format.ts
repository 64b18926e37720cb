/** What the products' instructions are in either number format, and vectors of which only the first lanes are there. */
import type { Dtype } from '../../../scalar/dtype.ts';
import { type Code, laneAt, load, store } from '../../wasm/code.ts';
import type { MemoryOp, VectorOp } from '../../wasm/instructions.ts';

export interface Format {
  /** Of one number. */
  readonly bytes: 4 | 8;
  /** Numbers in a vector of 16 bytes. */
  readonly lanes: 4 | 2;
  readonly splat: MemoryOp;
  readonly multiply: VectorOp;
  readonly add: VectorOp;
}

export const formats: Readonly<Record<Dtype, Format>> = {
  f32: { bytes: 4, lanes: 4, splat: 'v128.load32_splat', multiply: 'f32x4.mul', add: 'f32x4.add' },
  f64: { bytes: 8, lanes: 2, splat: 'v128.load64_splat', multiply: 'f64x2.mul', add: 'f64x2.add' },
};

/** The first `count` numbers at an address, zeros after them; reads no others. */
export const loadFirst = ({ bytes }: Format, count: number, address: Code, offset: number): Code => {
  const used = count * bytes;
  if (used === 16) return load('v128.load', address, offset);
  if (used === 12) return laneAt('v128.load32_lane', address, load('v128.load64_zero', address, offset), 2, offset + 8);
  return load(used === 8 ? 'v128.load64_zero' : 'v128.load32_zero', address, offset);
};

/** Writes the first `count` numbers of a vector, which is pushed once or twice, and no others. */
export const storeFirst = ({ bytes }: Format, count: number, address: Code, vector: Code, offset: number): Code => {
  const used = count * bytes;
  if (used === 16) return store('v128.store', address, vector, offset);
  if (used === 4) return laneAt('v128.store32_lane', address, vector, 0, offset);
  const two = laneAt('v128.store64_lane', address, vector, 0, offset);
  return used === 8 ? two : [two, laneAt('v128.store32_lane', address, vector, 2, offset + 8)];
};

/** `count` numbers that lie `stride` bytes apart as one vector, zeros after them. */
export const gather = ({ bytes }: Format, count: number, address: Code, offset: number, stride: number): Code => {
  const first = load(bytes === 4 ? 'v128.load32_zero' : 'v128.load64_zero', address, offset);
  const rest = Array.from({ length: count - 1 }, (_, i) => i + 1);
  return rest.reduce<Code>(
    (vector, i) =>
      laneAt(bytes === 4 ? 'v128.load32_lane' : 'v128.load64_lane', address, vector, i, offset + i * stride),
    first,
  );
};
