/** The two formats as vectors of lanes: their instructions, their fields of bits, constants. */
import { type Dtype, round } from '../../../scalar/dtype.ts';

/** A format as the emitter sees it. */
export interface Format {
  readonly dtype: Dtype;
  /** The prefixes of instructions on its lanes as numbers and as bits. */
  readonly float: 'f32x4' | 'f64x2';
  readonly bits: 'i32x4' | 'i64x2';
  /** How many bits the fraction of a number has, and what is added to an exponent. */
  readonly fraction: 23 | 52;
  readonly bias: 127 | 1023;
  /** The least normal and the greatest finite number. */
  readonly normal: number;
  readonly greatest: number;
}

/** The formats. */
export const formats: Readonly<Record<Dtype, Format>> = {
  f32: {
    dtype: 'f32',
    float: 'f32x4',
    bits: 'i32x4',
    fraction: 23,
    bias: 127,
    normal: 2 ** -126,
    greatest: (2 - 2 ** -23) * 2 ** 127,
  },
  f64: {
    dtype: 'f64',
    float: 'f64x2',
    bits: 'i64x2',
    fraction: 52,
    bias: 1023,
    normal: 2 ** -1022,
    greatest: Number.MAX_VALUE,
  },
};

/** The bits of a number of a format. Every NaN is the same one. */
export const bitsOf = ({ dtype }: Format, x: number): bigint => {
  const view = new DataView(new ArrayBuffer(8));
  if (dtype === 'f64') {
    view.setFloat64(0, Number.isNaN(x) ? Number.NaN : x);
    return Number.isNaN(x) ? 0x7ff8n << 48n : view.getBigUint64(0);
  }
  view.setFloat32(0, round('f32')(x));
  return Number.isNaN(x) ? 0x7fc00000n : BigInt(view.getUint32(0));
};
