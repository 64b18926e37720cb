/**
 * WebAssembly as a value. Code is an instruction or a list of code, so that pieces are put together by nesting; locals
 * and labels have names, which `encode` resolves and `text` prints.
 */
import {
  type LaneMemoryOp,
  type LaneOp,
  laneMemory,
  type MemoryOp,
  type PlainOp,
  type VectorOp,
} from './instructions.ts';

export type ValueType = 'i32' | 'f32' | 'f64' | 'v128';

/** A variable of a function. One name has one type in a function; those that are no parameters begin at 0. */
export interface Local {
  readonly name: string;
  readonly type: ValueType;
}

export type Instruction =
  | { readonly kind: 'plain'; readonly op: PlainOp | VectorOp }
  | { readonly kind: 'local'; readonly op: 'local.get' | 'local.set' | 'local.tee'; readonly local: Local }
  | { readonly kind: 'memory'; readonly op: MemoryOp; readonly offset: number }
  | { readonly kind: 'laneMemory'; readonly op: LaneMemoryOp; readonly offset: number; readonly lane: number }
  | { readonly kind: 'lane'; readonly op: LaneOp; readonly lane: number }
  | { readonly kind: 'number'; readonly type: 'i32' | 'f32' | 'f64'; readonly value: number }
  | { readonly kind: 'bytes'; readonly bytes: readonly number[] }
  | { readonly kind: 'shuffle'; readonly lanes: readonly number[] }
  | { readonly kind: 'call'; readonly name: string }
  | { readonly kind: 'copy' | 'fill' }
  | { readonly kind: 'block' | 'loop' | 'if'; readonly label: string; readonly body: Code }
  | { readonly kind: 'branch'; readonly op: 'br' | 'br_if'; readonly label: string };

export type Code = Instruction | readonly Code[];

export interface Func {
  readonly name: string;
  readonly parameters: readonly Local[];
  readonly results: readonly ValueType[];
  readonly body: Code;
  readonly exported?: boolean;
}

/** A function of the host, `env.name`, which is called as those of the module are. */
export interface Import {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** Functions over one imported memory, `env.memory`, of at least so many pages of 64 KiB. */
export interface Module {
  readonly pages: number;
  readonly imports?: readonly Import[];
  readonly functions: readonly Func[];
}

export const local = (type: ValueType, name: string): Local => ({ type, name });

export const get = (variable: Local): Code => ({ kind: 'local', op: 'local.get', local: variable });
export const set = (variable: Local, value: Code): Code => [value, { kind: 'local', op: 'local.set', local: variable }];
export const tee = (variable: Local, value: Code): Code => [value, { kind: 'local', op: 'local.tee', local: variable }];

/** An instruction after its operands. */
export const op = (name: PlainOp | VectorOp, ...operands: readonly Code[]): Code => [
  operands,
  { kind: 'plain', op: name },
];

/** A whole number at least `from` and below `to`; wrapped or cut it would be another one in silence. */
const whole = (what: string, value: number, from: number, to: number): number => {
  if (!Number.isInteger(value) || value < from || value >= to)
    throw new RangeError(`wasm: ${what} ${value} is not a whole number in [${from}, ${to})`);
  return value;
};
const offsetOf = (value: number): number => whole('offset', value, 0, 2 ** 32);

/** 32 bits: a whole number in [−2³¹, 2³²), since instructions read them with or without a sign. */
export const i32 = (value: number): Code => ({
  kind: 'number',
  type: 'i32',
  value: whole('constant', value, -(2 ** 31), 2 ** 32),
});
/** A number, rounded to its type; every NaN is the canonical one. */
export const float = (type: 'f32' | 'f64', value: number): Code => ({ kind: 'number', type, value });

/** A vector's 16 bytes, from numbers that a typed array holds. */
export const vectorConstant = (of: Float32Array | Float64Array | Int32Array | BigInt64Array): Code => {
  if (of.byteLength !== 16) throw new RangeError(`wasm: a vector of ${of.byteLength} bytes`);
  return { kind: 'bytes', bytes: [...new Uint8Array(of.buffer, of.byteOffset, 16)] };
};

/** What is at address + offset. */
export const load = (name: MemoryOp, address: Code, offset = 0): Code => [
  address,
  { kind: 'memory', op: name, offset: offsetOf(offset) },
];
export const store = (name: MemoryOp, address: Code, value: Code, offset = 0): Code => [
  address,
  value,
  { kind: 'memory', op: name, offset: offsetOf(offset) },
];
/** Loads into, or stores from, one lane of a vector. */
export const laneAt = (name: LaneMemoryOp, address: Code, vector: Code, lane: number, offset = 0): Code => [
  address,
  vector,
  { kind: 'laneMemory', op: name, offset: offsetOf(offset), lane: whole('lane', lane, 0, 16 >> laneMemory[name][1]) },
];
export const extract = (name: LaneOp, vector: Code, lane: number): Code => [
  vector,
  { kind: 'lane', op: name, lane: whole('lane', lane, 0, Number(/x(\d+)/.exec(name)?.[1])) },
];
/** The bytes of two vectors, numbered 0–31, in a new order. */
export const shuffle = (a: Code, b: Code, lanes: readonly number[]): Code => {
  if (lanes.length !== 16) throw new RangeError(`wasm: a shuffle to ${lanes.length} bytes`);
  return [a, b, { kind: 'shuffle', lanes: lanes.map((lane) => whole('byte', lane, 0, 32)) }];
};
export const call = (name: string, ...operands: readonly Code[]): Code => [operands, { kind: 'call', name }];
export const copy = (to: Code, from: Code, bytes: Code): Code => [to, from, bytes, { kind: 'copy' }];
export const fill = (to: Code, byte: Code, bytes: Code): Code => [to, byte, bytes, { kind: 'fill' }];

export const block = (label: string, ...body: readonly Code[]): Code => ({ kind: 'block', label, body });
export const loop = (label: string, ...body: readonly Code[]): Code => ({ kind: 'loop', label, body });
export const when = (condition: Code, label: string, ...body: readonly Code[]): Code => [
  condition,
  { kind: 'if', label, body },
];
export const branch = (label: string): Code => ({ kind: 'branch', op: 'br', label });
export const branchIf = (label: string, condition: Code): Code => [condition, { kind: 'branch', op: 'br_if', label }];

/** Does `body` with `variable` = from, from + step, … as long as it is below `to`; at least once. */
export const count = (variable: Local, from: Code, to: Code, step: number, ...body: readonly Code[]): Code => [
  set(variable, from),
  loop(
    variable.name,
    body,
    branchIf(variable.name, op('i32.lt_u', tee(variable, op('i32.add', get(variable), i32(step))), to)),
  ),
];

/** The instructions of a piece of code, in order, those inside blocks left in them. */
export const flatten = (code: Code): readonly Instruction[] => {
  const all: Instruction[] = [];
  const visit = (piece: Code): void => {
    if ('kind' in piece) all.push(piece);
    else for (const part of piece) visit(part);
  };
  visit(code);
  return all;
};
