/**
 * A plan: a recorded computation as the bytes of a WebAssembly module, with the places of all that the host writes and
 * reads. Compiling is a pure function of the graph.
 */
import type { Dtype } from '../scalar/dtype.ts';
import { type Shape, size } from '../tensor/shape.ts';
import { emitAssemble } from './emit/assemble.ts';
import { bernoulli } from './emit/bernoulli.ts';
import { columnsScratch, emitColumns } from './emit/columns.ts';
import { bytesOf, VECTOR } from './emit/lanes.ts';
import type { Layout } from './emit/layout.ts';
import { product } from './emit/product.ts';
import { emitRows, rowsScratch } from './emit/rows.ts';
import type { Group } from './fuse/group.ts';
import { type Kernel, lengthOf, loopsOf, madeBy, readBy, type Schedule, schedule } from './fuse/schedule.ts';
import { isWhole, type Node, type Value } from './graph/node.ts';
import { type Recorder, record } from './graph/record.ts';
import { ALIGNMENT, aligned, allocate, type Block } from './place/allocate.ts';
import { inPlace } from './place/inPlace.ts';
import { type Code, call, copy, type Func, i32, load, type Module, op } from './wasm/code.ts';
import { encode } from './wasm/encode.ts';

/** A result of a computation; `into` names the input whose place it takes for the next step. */
export interface Result {
  readonly name: string;
  readonly node: Node;
  readonly into?: string;
}

/** A buffer that the host writes or reads. */
export interface Place {
  readonly shape: Shape;
  /** In bytes. */
  readonly at: number;
}

export interface Plan {
  readonly dtype: Dtype;
  readonly module: Module;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly inputs: ReadonlyMap<string, Place>;
  readonly results: ReadonlyMap<string, Place>;
  readonly constants: ReadonlyArray<{ readonly at: number; readonly elements: readonly number[] }>;
  /** Bytes of memory in all. */
  readonly memory: number;
  readonly schedule: Schedule;
  readonly layout: Layout;
}

/** Bytes that the marks of `watch` take, at the beginning of memory. */
const SLOTS = 4 * VECTOR;
const PAGE = 65536;

const isInput = ({ operation: { kind } }: Value): boolean => kind === 'input';

/** Rows of a loop as a product hands them over: a flat loop takes whole vectors of bytes, the last of them when all are
 * done. */
const following =
  (dtype: Dtype, name: string, group: Group, [, m = 0, n = 0]: Shape) =>
  (from: Code, to: Code): Code => {
    if (!group.flat) return call(name, from, to);
    const all = m * n * bytesOf(dtype);
    const bytes = (row: Code): Code => op('i32.and', op('i32.mul', row, i32(n * bytesOf(dtype))), i32(-VECTOR));
    const last = Math.ceil(all / VECTOR) * VECTOR - Math.floor(all / VECTOR) * VECTOR;
    const end = last === 0 ? bytes(to) : op('i32.add', bytes(to), op('i32.mul', op('i32.eq', to, i32(m)), i32(last)));
    return call(name, bytes(from), end);
  };

/** All of a loop at once. */
const wholly = (dtype: Dtype, name: string, { flat, rows, columns }: Group): Code =>
  call(name, i32(0), i32(flat ? Math.ceil((rows * columns * bytesOf(dtype)) / VECTOR) * VECTOR : rows));

interface Emitted {
  readonly functions: readonly Func[];
  readonly run: Code;
}

const scratchOfLoop = (dtype: Dtype, group: Group, stored: ReadonlySet<number>): number =>
  group.direction === 'rows' ? rowsScratch(dtype, group, stored) : columnsScratch(group, stored);

const emitLoop = (dtype: Dtype, name: string, group: Group, layout: Layout, scratch: number): Func =>
  (group.direction === 'rows' ? emitRows : emitColumns)(dtype, name, group, layout, scratch);

const productOf = (dtype: Dtype, { operation, shape: [, m = 0, n = 0] }: Value) => {
  if (operation.kind !== 'matmul') throw new Error(`engine: ${operation.kind} is not a product`);
  const { left, right } = operation;
  return {
    left,
    right,
    product: {
      dtype,
      m,
      k: left.shape[2] ?? 0,
      n,
      a: { row: left.strides[1] ?? 0, column: left.strides[2] ?? 0 },
      b: { row: right.strides[1] ?? 0, column: right.strides[2] ?? 0 },
    },
  };
};

/** Scratch that a kernel needs while it runs: its product's, then that of each loop. */
const scratchParts = (dtype: Dtype, kernel: Kernel, stored: ReadonlySet<number>): readonly number[] => [
  kernel.kind === 'matmul' ? product('unused', productOf(dtype, kernel.value).product).scratch : 0,
  ...loopsOf(kernel).map((group) => scratchOfLoop(dtype, group, stored)),
];

const emitKernel = (dtype: Dtype, index: number, kernel: Kernel, layout: Layout, scratch: number): Emitted => {
  const parts = scratchParts(dtype, kernel, layout.stored);
  const scratchAt = (part: number): number =>
    scratch + parts.slice(0, part).reduce((sum, bytes) => sum + aligned(bytes), 0);
  switch (kernel.kind) {
    case 'loop': {
      const name = `loop${index}`;
      return {
        functions: [emitLoop(dtype, name, kernel.group, layout, scratchAt(1))],
        run: wholly(dtype, name, kernel.group),
      };
    }
    case 'assemble': {
      const { operation } = kernel.value;
      const pieces = operation.kind === 'assemble' ? operation.parts : [];
      const name = `assemble${index}`;
      return { functions: [emitAssemble(dtype, name, kernel.value, pieces, layout)], run: call(name, i32(0), i32(0)) };
    }
    case 'bernoulli': {
      const { operation } = kernel.value;
      if (operation.kind !== 'bernoulli') throw new Error('engine: a draw that is none');
      const name = `bernoulli${index}`;
      const word = (i: number): Code => load('i32.load', i32(0), layout.key(operation.key) + 4 * i);
      return {
        functions: [bernoulli(name, { length: lengthOf(kernel.value), p: operation.p, dtype })],
        run: call(name, word(0), word(1), i32(layout.at(kernel.value))),
      };
    }
    default: {
      const { left, right, product: shape } = productOf(dtype, kernel.value);
      const loops = kernel.loops.map((group, i) => ({ group, name: `loop${index}_${i}` }));
      const name = `product${index}`;
      const emitted = product(
        name,
        shape,
        loops.length === 0
          ? undefined
          : (from, to) =>
              loops.map(({ group, name: loop }) => following(dtype, loop, group, kernel.value.shape)(from, to)),
      );
      const e = bytesOf(dtype);
      const [batch = 1] = kernel.value.shape;
      const [, m = 0, n = 0] = kernel.value.shape;
      const start = (node: Node, i: number): Code =>
        i32(layout.at(node.value) + (node.offset + i * (node.strides[0] ?? 0)) * e);
      return {
        functions: [
          ...emitted.functions,
          ...loops.map(({ group, name: loop }, i) => emitLoop(dtype, loop, group, layout, scratchAt(1 + i))),
        ],
        run: Array.from({ length: batch }, (_, i) =>
          call(name, start(left, i), start(right, i), i32(layout.at(kernel.value) + i * m * n * e), i32(scratchAt(0))),
        ),
      };
    }
  }
};

/** The exported function that runs one kernel of a schedule. */
export const kernelName = (index: number): string => `kernel${index}`;

/** What a plan keeps from step to step, at the same places in every plan that keeps the same. */
export interface Kept {
  readonly name: string;
  readonly shape: Shape;
}

/** A sequence of places from an address on. */
const inOrder = (
  dtype: Dtype,
  start: number,
  items: readonly Kept[],
): { readonly places: Map<string, Place>; readonly end: number } => {
  const places = new Map<string, Place>();
  let at = start;
  for (const { name, shape } of items) {
    places.set(name, { shape, at });
    at += aligned(size(shape) * bytesOf(dtype));
  }
  return { places, end: at };
};

/** Compiles a computation: its results, and what it keeps between steps. */
export const compile = (
  dtype: Dtype,
  kept: readonly Kept[],
  computation: (recorder: Recorder) => readonly Result[],
): Plan => {
  const recorder = record(dtype);
  const results = computation(recorder).map((result) => ({
    ...result,
    node: isLasting(result) ? result.node : recorder.dense(result.node),
  }));
  const scheduled = schedule([...results.map(({ node }) => node), ...recorder.watched()]);
  const { kernels, stored, values } = scheduled;

  const inputs = values.filter(isInput);
  const nameOf = ({ operation }: Value): string => (operation.kind === 'input' ? operation.name : '');
  const front = inOrder(dtype, SLOTS, kept);
  const given = inOrder(
    dtype,
    front.end,
    inputs
      .filter((value) => !front.places.has(nameOf(value)))
      .map((value) => ({ name: nameOf(value), shape: value.shape })),
  );
  const keys = inOrder(
    dtype,
    given.end,
    [...new Set(values.flatMap(({ operation }) => (operation.kind === 'bernoulli' ? [operation.key] : [])))].map(
      (name) => ({ name, shape: [2] }),
    ),
  );
  const places = new Map([...front.places, ...given.places, ...keys.places]);
  const known = values.filter(({ operation }) => operation.kind === 'constant').filter(({ id }) => stored.has(id));
  const fixed = inOrder(
    dtype,
    keys.end,
    known.map((value) => ({ name: `${value.id}`, shape: value.shape })),
  );

  const into = results.flatMap(({ node, into: name }) => {
    const input = inputs.find((value) => nameOf(value) === name);
    return input === undefined || node.value === input ? [] : [{ made: node.value, input }];
  });
  const replaced = inPlace(scheduled, into);

  const last = kernels.length;
  const users = new Map<number, number>();
  for (const [i, kernel] of kernels.entries()) for (const { value } of readBy(kernel)) users.set(value.id, i);
  for (const { node } of results) users.set(node.value.id, last);
  const blocks = kernels.flatMap((kernel, i): readonly Block[] => [
    ...madeBy(kernel)
      .filter(({ id }) => stored.has(id) && !replaced.has(id))
      .map((value) => ({
        id: value.id,
        bytes: lengthOf(value) * bytesOf(dtype),
        from: i,
        to: users.get(value.id) ?? i,
      })),
    {
      id: -1 - i,
      bytes: scratchParts(dtype, kernel, stored).reduce((sum, bytes) => sum + aligned(bytes), 0),
      from: i,
      to: i,
    },
  ]);
  const allocated = allocate(blocks, fixed.end);
  const at = (value: Value): number => {
    const input = replaced.get(value.id) ?? (isInput(value) ? value : undefined);
    const place =
      input === undefined
        ? (allocated.at.get(value.id) ?? fixed.places.get(`${value.id}`)?.at)
        : places.get(nameOf(input))?.at;
    if (place === undefined) throw new Error(`engine: value ${value.id} (${value.operation.kind}) has no place`);
    return place;
  };
  const layout: Layout = {
    at,
    stored,
    slot: (slot) => slot * VECTOR,
    key: (name) => places.get(name)?.at ?? 0,
  };

  const emitted = kernels.map((kernel, i) => emitKernel(dtype, i, kernel, layout, allocated.at.get(-1 - i) ?? 0));
  const kernelCopies = results.flatMap(({ node, into: name }) => {
    const target = name === undefined ? undefined : places.get(name);
    return target === undefined || target.at === at(node.value)
      ? []
      : [copy(i32(target.at), i32(at(node.value)), i32(size(node.shape) * bytesOf(dtype)))];
  });
  // A function each, so that what a step's time goes into can be measured.
  const kernelFunctions = emitted.map(
    ({ run }, i): Func => ({ name: kernelName(i), parameters: [], results: [], exported: true, body: run }),
  );
  const step: Func = {
    name: 'step',
    parameters: [],
    results: [],
    exported: true,
    body: [kernelFunctions.map(({ name }) => call(name)), kernelCopies],
  };
  const memory = allocated.end + ALIGNMENT;
  const module: Module = {
    pages: Math.ceil(memory / PAGE),
    functions: [...emitted.flatMap(({ functions }) => functions), ...kernelFunctions, step],
  };
  return {
    dtype,
    module,
    bytes: encode(module),
    inputs: places,
    results: new Map(results.map(({ name, node }) => [name, { shape: node.shape, at: at(node.value) }])),
    constants: known.map((value) => ({
      at: at(value),
      elements: value.operation.kind === 'constant' ? value.operation.elements : [],
    })),
    memory,
    schedule: scheduled,
    layout,
  };
};

/** Whether a result can be read where it was made: other views are copied first. */
const isLasting = ({ node, into }: Result): boolean => {
  const { operation } = node.value;
  return isWhole(node) && operation.kind !== 'constant' && (operation.kind !== 'input' || operation.name === into);
};
