/** What every instruction takes and gives, said once more from its name: a wrong rule makes modules that are not valid. */
import type { ValueType } from '../../../src/engine/wasm/code.ts';
import {
  type LaneMemoryOp,
  type LaneOp,
  lane,
  laneMemory,
  type MemoryOp,
  memory,
  type PlainOp,
  plain,
  type VectorOp,
  vector,
  vectorMemory,
} from '../../../src/engine/wasm/instructions.ts';

export interface Signature {
  readonly operands: readonly ValueType[];
  readonly results: readonly ValueType[];
}

const keys = <K extends string>(table: Readonly<Record<K, unknown>>): readonly K[] =>
  // The keys of a table are what its type says: no table has others.
  Object.keys(table) as K[];

/** Instructions whose operands depend on where they stand. */
export type Loose = 'drop' | 'return';
const isLoose = (name: PlainOp | VectorOp): name is Loose => name === 'drop' || name === 'return';

export const plainOps = [...keys(plain), ...keys(vector)].filter(
  (name): name is Exclude<PlainOp | VectorOp, Loose> => !isLoose(name),
);
export const memoryOps: readonly MemoryOp[] = [...keys(memory), ...keys(vectorMemory)];
export const laneMemoryOps: readonly LaneMemoryOp[] = keys(laneMemory);
export const laneOps: readonly LaneOp[] = keys(lane);

/** The type that one number of a shape, or a name's own prefix, has. */
const scalarOf = (name: string): ValueType => {
  const [, type] = /^(i32|f32|f64|v128)/.exec(name) ?? [];
  if (type === 'i32' || type === 'f32' || type === 'f64' || type === 'v128') return type;
  throw new Error(`no type of values in "${name}"`);
};

const vectorSignature = (name: string, verb: string): Signature => {
  const of = (...operands: readonly ValueType[]): Signature => ({ operands, results: ['v128'] });
  if (verb === 'splat') return of(scalarOf(name));
  if (/^(shl|shr)/.test(verb)) return of('v128', 'i32');
  if (/^(any_true|all_true|bitmask)$/.test(verb)) return { operands: ['v128'], results: ['i32'] };
  if (verb === 'bitselect') return of('v128', 'v128', 'v128');
  if (/^(not|abs|neg|popcnt|sqrt|ceil|floor|trunc|nearest|demote|promote|extend|convert)(_|$)|^trunc_sat/.test(verb))
    return of('v128');
  return of('v128', 'v128');
};

const numberSignature = (type: ValueType, verb: string): Signature => {
  const of = (...operands: readonly ValueType[]): Signature => ({ operands, results: [type] });
  const [, from] = /^(?:convert|reinterpret|promote|demote|trunc|trunc_sat)_(i32|f32|f64)/.exec(verb) ?? [];
  if (from !== undefined) return of(scalarOf(from));
  if (verb === 'eqz') return { operands: [type], results: ['i32'] };
  if (/^(eq|ne|lt|gt|le|ge)(_|$)/.test(verb)) return { operands: [type, type], results: ['i32'] };
  if (/^(abs|neg|sqrt|ceil|floor|trunc|nearest|clz|ctz|popcnt)$/.test(verb)) return of(type);
  return of(type, type);
};

export const plainSignature = (name: Exclude<PlainOp | VectorOp, Loose>): Signature => {
  const [type = '', verb = ''] = name.split('.');
  return /x|v128/.test(type) ? vectorSignature(name, verb) : numberSignature(scalarOf(type), verb);
};

export const memorySignature = (name: MemoryOp): Signature =>
  name.includes('store')
    ? { operands: ['i32', scalarOf(name)], results: [] }
    : { operands: ['i32'], results: [scalarOf(name)] };

/** How many lanes an instruction chooses from. */
export const lanesOf = (name: LaneOp | LaneMemoryOp): number => {
  const [, bits] = /(\d+)_lane$/.exec(name) ?? [];
  return bits === undefined ? Number(/x(\d+)/.exec(name)?.[1]) : 128 / Number(bits);
};
export const laneResult = (name: LaneOp): ValueType => scalarOf(name);
