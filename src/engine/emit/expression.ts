/**
 * Scalar expressions as SIMD: four lanes of f32 or two of f64, each equal, but for the bits of a NaN, to what
 * `evaluate(dtype)` gives for its inputs. Calls of elementary functions are expanded, equal parts of all outputs computed once.
 * A pure function: the same expressions give the same code.
 */
import type { Dtype } from '../../scalar/dtype.ts';
import type { Expr } from '../../scalar/expr.ts';
import type { Code } from '../wasm/code.ts';
import { lower } from './expression/lower.ts';
import { code, type StraightLine } from './expression/schedule.ts';

export type { StraightLine };

/**
 * Code of expressions in a format. `before` is done once, ahead of a loop; `body` for every vector; then each of `outputs` pushes a
 * v128. `input` pushes the vector of an input, cheaply (a local.get): it may stand in many places. The names of all locals
 * begin with `prefix`; code that is made again with another prefix may share the constants of the first.
 */
export const straightLine = (
  dtype: Dtype,
  prefix: string,
  outputs: readonly Expr[],
  input: (name: string) => Code,
  constants = `${prefix}c`,
): StraightLine => code(lower(dtype, outputs), { prefix, constants }, input);
