/**
 * A plan: a recorded computation as the bytes of a WebAssembly module, with the places of all that the host writes and
 * reads. Compiling is a pure function of the graph.
 */
import type { Dtype } from '../scalar/dtype.ts';
import { type Shape, size } from '../tensor/shape.ts';
import { emitKernel, scratchOf } from './emit/kernel.ts';
import { bytesOf, VECTOR } from './emit/lanes.ts';
import type { Layout } from './emit/layout.ts';
import type { Imported, Outside } from './emit/outside.ts';
import { lengthOf, madeBy, readBy, type Schedule, schedule } from './fuse/schedule.ts';
import { isWhole, type Node, reachable, type Value } from './graph/node.ts';
import { type Recorder, record } from './graph/record.ts';
import { ALIGNMENT, aligned, allocate, type Block } from './place/allocate.ts';
import { inPlace } from './place/inPlace.ts';
import { call, copy, type Func, i32, type Module } from './wasm/code.ts';
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
  /** What the module imports beside its memory: the products that are not emitted. */
  readonly imported: readonly Imported[];
  /** Bytes of memory in all. */
  readonly memory: number;
  readonly schedule: Schedule;
  readonly layout: Layout;
}

/** Bytes that the marks of `watch` take, at the beginning of memory. */
const SLOTS = 4 * VECTOR;
const PAGE = 65536;

const isInput = ({ operation: { kind } }: Value): boolean => kind === 'input';

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

/** Compiles a computation: its results, and what it keeps between steps. Products are emitted unless `outside` does them. */
export const compile = (
  dtype: Dtype,
  kept: readonly Kept[],
  computation: (recorder: Recorder) => readonly Result[],
  outside?: Outside,
): Plan => {
  const recorder = record(dtype);
  const results = computation(recorder).map((result) => ({
    ...result,
    node: isLasting(result) ? result.node : recorder.dense(result.node),
  }));
  const nodes = [...results.map(({ node }) => node), ...recorder.watched()];
  const inputs = reachable(nodes).filter(isInput);
  const nameOf = ({ operation }: Value): string => (operation.kind === 'input' ? operation.name : '');
  const into = results.flatMap(({ node, into: name }) => {
    const input = inputs.find((value) => nameOf(value) === name);
    return input === undefined || node.value === input ? [] : [{ made: node.value, input }];
  });
  const scheduled = schedule(nodes, into);
  const { kernels, stored, values } = scheduled;

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
      bytes: scratchOf(dtype, kernel, stored, outside),
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

  const emitted = kernels.map((kernel, i) =>
    emitKernel(dtype, i, kernel, layout, allocated.at.get(-1 - i) ?? 0, outside),
  );
  const imported = emitted.flatMap((kernel) => (kernel.imported === undefined ? [] : [kernel.imported]));
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
    ...(imported.length === 0 ? {} : { imports: imported.map(({ name }) => ({ name, parameters: [], results: [] })) }),
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
    imported,
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
