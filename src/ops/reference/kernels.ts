/**
 * The operations of `Expr` over blocks of numbers, for the reference. Registers are Float64Arrays in both formats, which
 * hold f32 numbers exactly, so that each loop sees one kind of array; what can leave f32 rounds with `fround`, once, as
 * IEEE 754's f32 operation does (double rounding is harmless: 53 ≥ 2·24 + 2).
 *
 * Each loop takes four numbers a turn, since a turn costs as much as an operation: blocks have room for the last turn.
 */
import type { Dtype } from '../../scalar/dtype.ts';
import type { BinaryOp, Relation, UnaryOp } from '../../scalar/expr.ts';
import { exponentOf, scaleBy, significandOf } from '../../scalar/powers.ts';

export type Block = Float64Array;
/** Computes the first n numbers of a block from others; up to three beyond are written with what nobody reads. */
export type Kernel = (out: Block, n: number, a: Block, b: Block, c: Block, d: Block) => void;

const { abs, floor, fround, max, min, sign, sqrt } = Math;

type Exact = 'negate' | 'abs' | 'sign' | 'floor' | 'exponent' | 'significand' | 'min' | 'max';
type Rounding = Exclude<UnaryOp | BinaryOp, Exact>;

/** Operations that cannot leave a format. */
const exact: Readonly<Record<Exact, Kernel>> = {
  negate: (out, n, a) => {
    for (let i = 0; i < n; i += 4) {
      out[i] = -(a[i] ?? NaN);
      out[i + 1] = -(a[i + 1] ?? NaN);
      out[i + 2] = -(a[i + 2] ?? NaN);
      out[i + 3] = -(a[i + 3] ?? NaN);
    }
  },
  abs: (out, n, a) => {
    for (let i = 0; i < n; i += 4) {
      out[i] = abs(a[i] ?? NaN);
      out[i + 1] = abs(a[i + 1] ?? NaN);
      out[i + 2] = abs(a[i + 2] ?? NaN);
      out[i + 3] = abs(a[i + 3] ?? NaN);
    }
  },
  floor: (out, n, a) => {
    for (let i = 0; i < n; i += 4) {
      out[i] = floor(a[i] ?? NaN);
      out[i + 1] = floor(a[i + 1] ?? NaN);
      out[i + 2] = floor(a[i + 2] ?? NaN);
      out[i + 3] = floor(a[i + 3] ?? NaN);
    }
  },
  min: (out, n, a, b) => {
    for (let i = 0; i < n; i += 4) {
      out[i] = min(a[i] ?? NaN, b[i] ?? NaN);
      out[i + 1] = min(a[i + 1] ?? NaN, b[i + 1] ?? NaN);
      out[i + 2] = min(a[i + 2] ?? NaN, b[i + 2] ?? NaN);
      out[i + 3] = min(a[i + 3] ?? NaN, b[i + 3] ?? NaN);
    }
  },
  max: (out, n, a, b) => {
    for (let i = 0; i < n; i += 4) {
      out[i] = max(a[i] ?? NaN, b[i] ?? NaN);
      out[i + 1] = max(a[i + 1] ?? NaN, b[i + 1] ?? NaN);
      out[i + 2] = max(a[i + 2] ?? NaN, b[i + 2] ?? NaN);
      out[i + 3] = max(a[i + 3] ?? NaN, b[i + 3] ?? NaN);
    }
  },
  sign: (out, n, a) => {
    for (let i = 0; i < n; i++) out[i] = sign(a[i] ?? NaN);
  },
  exponent: (out, n, a) => {
    for (let i = 0; i < n; i++) out[i] = exponentOf(a[i] ?? NaN);
  },
  significand: (out, n, a) => {
    for (let i = 0; i < n; i++) out[i] = significandOf(a[i] ?? NaN);
  },
};

/** Operations that round, in f64, where the machine's own do. */
const inF64: Readonly<Record<Rounding, Kernel>> = {
  sqrt: (out, n, a) => {
    for (let i = 0; i < n; i += 4) {
      out[i] = sqrt(a[i] ?? NaN);
      out[i + 1] = sqrt(a[i + 1] ?? NaN);
      out[i + 2] = sqrt(a[i + 2] ?? NaN);
      out[i + 3] = sqrt(a[i + 3] ?? NaN);
    }
  },
  add: (out, n, a, b) => {
    for (let i = 0; i < n; i += 4) {
      out[i] = (a[i] ?? NaN) + (b[i] ?? NaN);
      out[i + 1] = (a[i + 1] ?? NaN) + (b[i + 1] ?? NaN);
      out[i + 2] = (a[i + 2] ?? NaN) + (b[i + 2] ?? NaN);
      out[i + 3] = (a[i + 3] ?? NaN) + (b[i + 3] ?? NaN);
    }
  },
  subtract: (out, n, a, b) => {
    for (let i = 0; i < n; i += 4) {
      out[i] = (a[i] ?? NaN) - (b[i] ?? NaN);
      out[i + 1] = (a[i + 1] ?? NaN) - (b[i + 1] ?? NaN);
      out[i + 2] = (a[i + 2] ?? NaN) - (b[i + 2] ?? NaN);
      out[i + 3] = (a[i + 3] ?? NaN) - (b[i + 3] ?? NaN);
    }
  },
  multiply: (out, n, a, b) => {
    for (let i = 0; i < n; i += 4) {
      out[i] = (a[i] ?? NaN) * (b[i] ?? NaN);
      out[i + 1] = (a[i + 1] ?? NaN) * (b[i + 1] ?? NaN);
      out[i + 2] = (a[i + 2] ?? NaN) * (b[i + 2] ?? NaN);
      out[i + 3] = (a[i + 3] ?? NaN) * (b[i + 3] ?? NaN);
    }
  },
  divide: (out, n, a, b) => {
    for (let i = 0; i < n; i += 4) {
      out[i] = (a[i] ?? NaN) / (b[i] ?? NaN);
      out[i + 1] = (a[i + 1] ?? NaN) / (b[i + 1] ?? NaN);
      out[i + 2] = (a[i + 2] ?? NaN) / (b[i + 2] ?? NaN);
      out[i + 3] = (a[i + 3] ?? NaN) / (b[i + 3] ?? NaN);
    }
  },
  scale: (out, n, a, b) => {
    for (let i = 0; i < n; i += 4) {
      out[i] = scaleBy(a[i] ?? NaN, b[i] ?? NaN);
      out[i + 1] = scaleBy(a[i + 1] ?? NaN, b[i + 1] ?? NaN);
      out[i + 2] = scaleBy(a[i + 2] ?? NaN, b[i + 2] ?? NaN);
      out[i + 3] = scaleBy(a[i + 3] ?? NaN, b[i + 3] ?? NaN);
    }
  },
};

/** Operations that round, in f32. */
const inF32: Readonly<Record<Rounding, Kernel>> = {
  sqrt: (out, n, a) => {
    for (let i = 0; i < n; i += 4) {
      out[i] = fround(sqrt(a[i] ?? NaN));
      out[i + 1] = fround(sqrt(a[i + 1] ?? NaN));
      out[i + 2] = fround(sqrt(a[i + 2] ?? NaN));
      out[i + 3] = fround(sqrt(a[i + 3] ?? NaN));
    }
  },
  add: (out, n, a, b) => {
    for (let i = 0; i < n; i += 4) {
      out[i] = fround((a[i] ?? NaN) + (b[i] ?? NaN));
      out[i + 1] = fround((a[i + 1] ?? NaN) + (b[i + 1] ?? NaN));
      out[i + 2] = fround((a[i + 2] ?? NaN) + (b[i + 2] ?? NaN));
      out[i + 3] = fround((a[i + 3] ?? NaN) + (b[i + 3] ?? NaN));
    }
  },
  subtract: (out, n, a, b) => {
    for (let i = 0; i < n; i += 4) {
      out[i] = fround((a[i] ?? NaN) - (b[i] ?? NaN));
      out[i + 1] = fround((a[i + 1] ?? NaN) - (b[i + 1] ?? NaN));
      out[i + 2] = fround((a[i + 2] ?? NaN) - (b[i + 2] ?? NaN));
      out[i + 3] = fround((a[i + 3] ?? NaN) - (b[i + 3] ?? NaN));
    }
  },
  multiply: (out, n, a, b) => {
    for (let i = 0; i < n; i += 4) {
      out[i] = fround((a[i] ?? NaN) * (b[i] ?? NaN));
      out[i + 1] = fround((a[i + 1] ?? NaN) * (b[i + 1] ?? NaN));
      out[i + 2] = fround((a[i + 2] ?? NaN) * (b[i + 2] ?? NaN));
      out[i + 3] = fround((a[i + 3] ?? NaN) * (b[i + 3] ?? NaN));
    }
  },
  divide: (out, n, a, b) => {
    for (let i = 0; i < n; i += 4) {
      out[i] = fround((a[i] ?? NaN) / (b[i] ?? NaN));
      out[i + 1] = fround((a[i + 1] ?? NaN) / (b[i + 1] ?? NaN));
      out[i + 2] = fround((a[i + 2] ?? NaN) / (b[i + 2] ?? NaN));
      out[i + 3] = fround((a[i + 3] ?? NaN) / (b[i + 3] ?? NaN));
    }
  },
  scale: (out, n, a, b) => {
    for (let i = 0; i < n; i += 4) {
      out[i] = fround(scaleBy(a[i] ?? NaN, b[i] ?? NaN));
      out[i + 1] = fround(scaleBy(a[i + 1] ?? NaN, b[i + 1] ?? NaN));
      out[i + 2] = fround(scaleBy(a[i + 2] ?? NaN, b[i + 2] ?? NaN));
      out[i + 3] = fround(scaleBy(a[i + 3] ?? NaN, b[i + 3] ?? NaN));
    }
  },
};

const choices: Readonly<Record<Relation, Kernel>> = {
  less: (out, n, a, b, c, d) => {
    for (let i = 0; i < n; i += 4) {
      out[i] = (a[i] ?? NaN) < (b[i] ?? NaN) ? (c[i] ?? NaN) : (d[i] ?? NaN);
      out[i + 1] = (a[i + 1] ?? NaN) < (b[i + 1] ?? NaN) ? (c[i + 1] ?? NaN) : (d[i + 1] ?? NaN);
      out[i + 2] = (a[i + 2] ?? NaN) < (b[i + 2] ?? NaN) ? (c[i + 2] ?? NaN) : (d[i + 2] ?? NaN);
      out[i + 3] = (a[i + 3] ?? NaN) < (b[i + 3] ?? NaN) ? (c[i + 3] ?? NaN) : (d[i + 3] ?? NaN);
    }
  },
  lessOrEqual: (out, n, a, b, c, d) => {
    for (let i = 0; i < n; i += 4) {
      out[i] = (a[i] ?? NaN) <= (b[i] ?? NaN) ? (c[i] ?? NaN) : (d[i] ?? NaN);
      out[i + 1] = (a[i + 1] ?? NaN) <= (b[i + 1] ?? NaN) ? (c[i + 1] ?? NaN) : (d[i + 1] ?? NaN);
      out[i + 2] = (a[i + 2] ?? NaN) <= (b[i + 2] ?? NaN) ? (c[i + 2] ?? NaN) : (d[i + 2] ?? NaN);
      out[i + 3] = (a[i + 3] ?? NaN) <= (b[i + 3] ?? NaN) ? (c[i + 3] ?? NaN) : (d[i + 3] ?? NaN);
    }
  },
  equal: (out, n, a, b, c, d) => {
    for (let i = 0; i < n; i += 4) {
      out[i] = (a[i] ?? NaN) === (b[i] ?? NaN) ? (c[i] ?? NaN) : (d[i] ?? NaN);
      out[i + 1] = (a[i + 1] ?? NaN) === (b[i + 1] ?? NaN) ? (c[i + 1] ?? NaN) : (d[i + 1] ?? NaN);
      out[i + 2] = (a[i + 2] ?? NaN) === (b[i + 2] ?? NaN) ? (c[i + 2] ?? NaN) : (d[i + 2] ?? NaN);
      out[i + 3] = (a[i + 3] ?? NaN) === (b[i + 3] ?? NaN) ? (c[i + 3] ?? NaN) : (d[i + 3] ?? NaN);
    }
  },
};

const operations: Readonly<Record<Dtype, Readonly<Record<UnaryOp | BinaryOp, Kernel>>>> = {
  f32: { ...exact, ...inF32 },
  f64: { ...exact, ...inF64 },
};

/** The loop of an operation in a format. */
export const operation = (dtype: Dtype, op: UnaryOp | BinaryOp): Kernel => operations[dtype][op];

/** The loop of a choice: of a third and a fourth number by a comparison of the first two. */
export const choice = (relation: Relation): Kernel => choices[relation];
