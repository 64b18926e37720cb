/** Instructions on the lanes of a format, as functions of values. */
import type { VectorOp } from '../../wasm/instructions.ts';
import { bitsOf, type Format } from './format.ts';
import type { Builder, Value } from './vector.ts';

/** What a lowering is written with. */
export interface Machine {
  readonly format: Format;
  readonly input: (name: string) => Value;
  /** A number in every lane. */
  readonly number: (x: number) => Value;
  /** A pattern of bits in every lane. */
  readonly pattern: (bits: bigint) => Value;
  /** An instruction on lanes as numbers: `add` is f32x4.add or f64x2.add. */
  readonly float: (name: FloatOp, ...operands: readonly Value[]) => Value;
  /** An instruction on lanes as whole numbers. */
  readonly whole: (name: 'add' | 'sub', a: Value, b: Value) => Value;
  readonly shift: (name: 'shl' | 'shr_u', a: Value, places: number) => Value;
  /** Bit by bit: a∧b, a∧¬b, a∨b, a⊕b, ¬a. */
  readonly bits: (name: 'and' | 'andnot' | 'or' | 'xor' | 'not', ...operands: readonly Value[]) => Value;
  /** `yes` where a mask has ones, `no` where it has zeros. */
  readonly choose: (mask: Value, yes: Value, no: Value) => Value;
  /** The bits of a constant. */
  readonly bitsIn: (value: Value) => bigint | undefined;
}

type FloatOp =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'sqrt'
  | 'abs'
  | 'neg'
  | 'floor'
  | 'min'
  | 'max'
  | 'pmin'
  | 'pmax'
  | 'lt'
  | 'le'
  | 'eq'
  | 'ne';

/** The machine of a format that adds to a graph. */
export const machine = (format: Format, { add, nodes }: Builder): Machine => {
  const { dtype, float, bits } = format;
  const operation = (op: VectorOp, operands: readonly Value[]): Value => add({ kind: 'operation', op, operands });
  const pattern = (value: bigint): Value => add({ kind: 'constant', type: dtype, bits: value });
  return {
    format,
    input: (name) => add({ kind: 'input', name }),
    number: (x) => pattern(bitsOf(format, x)),
    pattern,
    float: (name, ...operands) => operation(`${float}.${name}`, operands),
    whole: (name, a, b) => operation(`${bits}.${name}`, [a, b]),
    shift: (name, a, places) => add({ kind: 'shift', op: `${bits}.${name}`, operands: [a], places }),
    bits: (name, ...operands) => operation(`v128.${name}`, operands),
    choose: (mask, yes, no) => operation('v128.bitselect', [yes, no, mask]),
    bitsIn: (value) => {
      const node = nodes()[value];
      return node?.kind === 'constant' ? node.bits : undefined;
    },
  };
};
