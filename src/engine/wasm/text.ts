/** A module in WebAssembly's text format, to be read and to be held against its bytes. */
import { type Code, type Func, flatten, type Import, type Instruction, type Module } from './code.ts';
import { localsOf } from './locals.ts';

/** A number as the text format writes it, exactly. */
const number = (value: number): string =>
  Number.isNaN(value)
    ? 'nan'
    : value === Number.POSITIVE_INFINITY
      ? 'inf'
      : value === Number.NEGATIVE_INFINITY
        ? '-inf'
        : Object.is(value, -0)
          ? '-0'
          : `${value}`;

const line = (one: Instruction): string => {
  switch (one.kind) {
    case 'plain':
      return one.op;
    case 'local':
      return `${one.op} $${one.local.name}`;
    case 'memory':
      return one.offset === 0 ? one.op : `${one.op} offset=${one.offset}`;
    case 'laneMemory':
      return `${one.op}${one.offset === 0 ? '' : ` offset=${one.offset}`} ${one.lane}`;
    case 'lane':
      return `${one.op} ${one.lane}`;
    case 'number':
      // The nearest f32 of a number and of its shortest decimals may differ, so the number is rounded first.
      return `${one.type}.const ${number(one.type === 'f32' ? Math.fround(one.value) : one.value)}`;
    case 'bytes': {
      const words = new Uint32Array(Uint8Array.from(one.bytes).buffer);
      return `v128.const i32x4 ${[...words].map((word) => `0x${word.toString(16)}`).join(' ')}`;
    }
    case 'shuffle':
      return `i8x16.shuffle ${one.lanes.join(' ')}`;
    case 'call':
      return `call $${one.name}`;
    case 'copy':
      return 'memory.copy';
    case 'fill':
      return 'memory.fill';
    case 'branch':
      return `${one.op} $${one.label}`;
    default:
      return `${one.kind} $${one.label}`;
  }
};

const lines = (code: Code, indent: string): readonly string[] =>
  flatten(code).flatMap((one) =>
    'body' in one
      ? [`${indent}${line(one)}`, ...lines(one.body, `${indent}  `), `${indent}end`]
      : [`${indent}${line(one)}`],
  );

/** A function in text format. */
export const functionText = (func: Func): string => {
  const { name, parameters, results, body, exported } = func;
  const head = [
    `(func $${name}`,
    ...(exported === true ? [`(export "${name}")`] : []),
    ...parameters.map((parameter) => `(param $${parameter.name} ${parameter.type})`),
    ...(results.length === 0 ? [] : [`(result ${results.join(' ')})`]),
  ].join(' ');
  const locals = localsOf(func).map((one) => `  (local $${one.name} ${one.type})`);
  return [head, ...locals, ...lines(body, '  '), ')'].join('\n');
};

const importText = ({ name, parameters, results }: Import): string => {
  const of = (what: string, types: readonly string[]): string =>
    types.length === 0 ? '' : ` (${what} ${types.join(' ')})`;
  return `(import "env" "${name}" (func $${name}${of('param', parameters)}${of('result', results)}))`;
};

/** A module in text format. */
export const text = ({ pages, imports = [], functions }: Module): string =>
  [
    '(module',
    `(import "env" "memory" (memory ${pages}))`,
    ...imports.map(importText),
    ...functions.map(functionText),
    ')',
  ].join('\n');
