/** From a module to the bytes of its binary format (WebAssembly core specification 2.0, chapter 5). A pure function. */
import { append, type Bytes, float, name, signed, sized, unsigned } from './bytes.ts';
import type { Code, Func, Import, Instruction, Module, ValueType } from './code.ts';
import { lane, laneMemory, memory, plain, vector, vectorMemory } from './instructions.ts';
import { distinct, localsOf } from './locals.ts';

const valueTypes: Readonly<Record<ValueType, number>> = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b };
const VECTOR = 0xfd;
const NOTHING = 0x40;
const END = 0x0b;

const has = <K extends string>(table: Readonly<Record<K, unknown>>, key: string): key is K => Object.hasOwn(table, key);

interface Scope {
  readonly locals: ReadonlyMap<string, number>;
  readonly functions: ReadonlyMap<string, number>;
  /** From the outermost to the innermost. */
  readonly labels: readonly string[];
}

const indexOf = (names: ReadonlyMap<string, number>, what: string, key: string): number => {
  const index = names.get(key);
  if (index === undefined) throw new Error(`wasm: no ${what} "${key}"`);
  return index;
};

const place = (to: Bytes, align: number, offset: number): void => {
  unsigned(to, align);
  unsigned(to, offset);
};

const writeMemory = (to: Bytes, key: string, offset: number): void => {
  if (has(memory, key)) {
    const [code, align] = memory[key];
    to.push(code);
    place(to, align, offset);
  } else if (has(vectorMemory, key)) {
    const [code, align] = vectorMemory[key];
    to.push(VECTOR);
    unsigned(to, code);
    place(to, align, offset);
  }
};

const localCodes = { 'local.get': 0x20, 'local.set': 0x21, 'local.tee': 0x22 } as const;
const numberCodes = { i32: 0x41, f32: 0x43, f64: 0x44 } as const;
const blockCodes = { block: 0x02, loop: 0x03, if: 0x04 } as const;

const write = (to: Bytes, scope: Scope, one: Instruction): void => {
  switch (one.kind) {
    case 'plain':
      if (has(plain, one.op)) to.push(plain[one.op]);
      else {
        to.push(VECTOR);
        unsigned(to, vector[one.op]);
      }
      return;
    case 'local':
      to.push(localCodes[one.op]);
      unsigned(to, indexOf(scope.locals, 'local', one.local.name));
      return;
    case 'memory':
      writeMemory(to, one.op, one.offset);
      return;
    case 'laneMemory': {
      const [code, align] = laneMemory[one.op];
      to.push(VECTOR);
      unsigned(to, code);
      place(to, align, one.offset);
      to.push(one.lane);
      return;
    }
    case 'lane':
      to.push(VECTOR);
      unsigned(to, lane[one.op]);
      to.push(one.lane);
      return;
    case 'number':
      to.push(numberCodes[one.type]);
      if (one.type === 'i32') signed(to, one.value);
      else float(to, one.type, one.value);
      return;
    case 'bytes':
      to.push(VECTOR, 12);
      append(to, one.bytes);
      return;
    case 'shuffle':
      to.push(VECTOR, 13);
      append(to, one.lanes);
      return;
    case 'call':
      to.push(0x10);
      unsigned(to, indexOf(scope.functions, 'function', one.name));
      return;
    case 'copy':
      to.push(0xfc, 10, 0, 0);
      return;
    case 'fill':
      to.push(0xfc, 11, 0);
      return;
    case 'branch': {
      const depth = scope.labels.length - 1 - scope.labels.lastIndexOf(one.label);
      if (depth === scope.labels.length) throw new Error(`wasm: no block "${one.label}" around a branch to it`);
      to.push(one.op === 'br' ? 0x0c : 0x0d);
      unsigned(to, depth);
      return;
    }
    default:
      to.push(blockCodes[one.kind], NOTHING);
      writeAll(to, { ...scope, labels: [...scope.labels, one.label] }, one.body);
      to.push(END);
  }
};

const writeAll = (to: Bytes, scope: Scope, code: Code): void => {
  if ('kind' in code) write(to, scope, code);
  else for (const part of code) writeAll(to, scope, part);
};

const functionBody = (func: Func, functions: ReadonlyMap<string, number>): Bytes => {
  const own = localsOf(func);
  const runs = own.reduce<{ type: ValueType; length: number }[]>((all, { type }) => {
    const last = all.at(-1);
    if (last?.type === type) last.length += 1;
    else all.push({ type, length: 1 });
    return all;
  }, []);
  const bytes: Bytes = [];
  unsigned(bytes, runs.length);
  for (const { type, length } of runs) {
    unsigned(bytes, length);
    bytes.push(valueTypes[type]);
  }
  const locals = new Map([...func.parameters, ...own].map((one, i) => [one.name, i]));
  writeAll(bytes, { locals, functions, labels: [] }, func.body);
  bytes.push(END);
  return bytes;
};

/** A section, which is left out where its list is empty. */
const section = (to: Bytes, id: number, content: Bytes): void => {
  if (content[0] === 0) return;
  to.push(id);
  sized(to, content);
};

const list = <A>(items: readonly A[], each: (to: Bytes, item: A, i: number) => void): Bytes => {
  const bytes: Bytes = [];
  unsigned(bytes, items.length);
  for (const [i, item] of items.entries()) each(bytes, item, i);
  return bytes;
};

/**
 * The binary of a module: types, what is imported, functions, exports, code. Throws where a name is not there, or is there twice,
 * or has two types.
 */
export const encode = ({ pages, imports = [], functions }: Module): Uint8Array<ArrayBuffer> => {
  if (!Number.isInteger(pages) || pages < 0 || pages > 65536) throw new RangeError(`wasm: ${pages} pages`);
  distinct('function', [...imports, ...functions]);
  distinct('import', [{ name: 'memory' }, ...imports]);
  const names = new Map([...imports, ...functions].map((func, i) => [func.name, i]));
  const to: Bytes = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const typed = (func: Func): Import => ({ ...func, parameters: func.parameters.map(({ type }) => type) });
  const signature = ({ parameters, results }: Import): string => `${parameters.join(' ')}>${results.join(' ')}`;
  const types = [...new Map([...imports, ...functions.map(typed)].map((func) => [signature(func), func]))];
  const typeOf = (func: Import): number => types.findIndex(([key]) => key === signature(func));
  section(
    to,
    1,
    list(types, (bytes, [, { parameters, results }]) => {
      bytes.push(0x60);
      sized(
        bytes,
        parameters.map((type) => valueTypes[type]),
      );
      sized(
        bytes,
        results.map((type) => valueTypes[type]),
      );
    }),
  );
  section(
    to,
    2,
    list([undefined, ...imports], (bytes, func) => {
      name(bytes, 'env');
      name(bytes, func?.name ?? 'memory');
      bytes.push(...(func === undefined ? [2, 0] : [0]));
      unsigned(bytes, func === undefined ? pages : typeOf(func));
    }),
  );
  section(
    to,
    3,
    list(functions, (bytes, func) => unsigned(bytes, typeOf(typed(func)))),
  );
  section(
    to,
    7,
    list(
      functions.filter(({ exported }) => exported === true),
      (bytes, func) => {
        name(bytes, func.name);
        bytes.push(0);
        unsigned(bytes, indexOf(names, 'function', func.name));
      },
    ),
  );
  section(
    to,
    10,
    list(functions, (bytes, func) => sized(bytes, functionBody(func, names))),
  );
  return Uint8Array.from(to);
};
