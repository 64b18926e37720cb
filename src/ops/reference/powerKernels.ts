/** Exponents, significands and scalings of blocks of numbers: those of `powers.ts`, with a short way for normal numbers. */
import { exponentOf, scaleBy, significandOf } from '../../scalar/powers.ts';
import type { Kernel } from './kernels.ts';

const LOWEST = -1022;
const HIGHEST = 1023;

/** 2ⁿ for every n whose power is a normal number. */
const POWERS = Float64Array.from({ length: HIGHEST - LOWEST + 1 }, (_, i) => scaleBy(1, i + LOWEST));

/** Which half of a number's two words holds its sign and exponent on this machine. */
// never: a machine's bytes have one order
const UPPER = new Uint32Array(new Float64Array([1]).buffer)[1] === 0 ? 0 : 1;

/** x·2ⁿ. */
export const scaled = (x: number, n: number): number => {
  const whole = n | 0;
  return whole === n && whole >= LOWEST && whole <= HIGHEST ? x * (POWERS[whole - LOWEST] ?? NaN) : scaleBy(x, n);
};

/** The 11 bits of an exponent: 0 of zeros and subnormal numbers, 2047 of ∞ and NaN. */
const bitsOf = (upper: number): number => (upper >>> 20) & 2047;

export const exponents: Kernel = (out, n, a) => {
  const words = new Uint32Array(a.buffer, a.byteOffset, 2 * a.length);
  for (let i = 0; i < n; i++) {
    const bits = bitsOf(words[2 * i + UPPER] ?? 0);
    out[i] = bits > 0 && bits < 2047 ? bits - 1023 : exponentOf(a[i] ?? NaN);
  }
};

export const significands: Kernel = (out, n, a) => {
  const from = new Uint32Array(a.buffer, a.byteOffset, 2 * a.length);
  const to = new Uint32Array(out.buffer, out.byteOffset, 2 * out.length);
  for (let i = 0; i < n; i++) {
    const upper = from[2 * i + UPPER] ?? 0;
    const bits = bitsOf(upper);
    if (bits > 0 && bits < 2047) {
      to[2 * i + 1 - UPPER] = from[2 * i + 1 - UPPER] ?? 0;
      to[2 * i + UPPER] = (upper & 0x800fffff) | 0x3ff00000;
    } else out[i] = significandOf(a[i] ?? NaN);
  }
};
