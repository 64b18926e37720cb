/** From a kernel of the schedule to its functions, and the code that runs all of it. */
import * as O from 'fp-ts/lib/Option.js';
import type { Dtype } from '../../scalar/dtype.ts';
import type { Shape } from '../../tensor/shape.ts';
import type { Group } from '../fuse/group.ts';
import { type Kernel, lengthOf, loopsOf } from '../fuse/schedule.ts';
import type { Node, Value } from '../graph/node.ts';
import { aligned } from '../place/allocate.ts';
import { type Code, call, type Func, i32, load, op } from '../wasm/code.ts';
import { emitAssemble } from './assemble.ts';
import { bernoulli } from './bernoulli.ts';
import { columnsScratch, emitColumns } from './columns.ts';
import { bytesOf, VECTOR } from './lanes.ts';
import type { Layout } from './layout.ts';
import type { Bound, Imported, Outside } from './outside.ts';
import { product } from './product.ts';
import { emitRows, rowsScratch } from './rows.ts';

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

/** A kernel's functions, and the code that runs all of it. */
export interface Emitted {
  readonly functions: readonly Func[];
  /** What it imports. */
  readonly imported?: Imported;
  readonly run: Code;
}

const scratchOfLoop = (dtype: Dtype, group: Group, stored: ReadonlySet<number>): number =>
  group.direction === 'rows' ? rowsScratch(dtype, group, stored) : columnsScratch(group, stored);

const emitLoop = (dtype: Dtype, name: string, group: Group, layout: Layout, scratch: number): Func =>
  (group.direction === 'rows' ? emitRows : emitColumns)(dtype, name, group, layout, scratch);

/** Every product is emitted. */
const emitted: Outside = () => O.none;

/** One after the other. */
const inTurn =
  (all: readonly Bound[]): Bound =>
  (memory) => {
    const bound = all.map((bind) => bind(memory));
    return () => {
      for (const run of bound) run();
    };
  };

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

const productScratch = (dtype: Dtype, value: Value, outside: Outside): number => {
  const { product: shape } = productOf(dtype, value);
  return O.isSome(outside(shape)) ? 0 : product('unused', shape).scratch;
};

/** Scratch that a kernel needs while it runs: its product's, then that of each loop. */
const scratchParts = (
  dtype: Dtype,
  kernel: Kernel,
  stored: ReadonlySet<number>,
  outside: Outside,
): readonly number[] => [
  kernel.kind === 'matmul' ? productScratch(dtype, kernel.value, outside) : 0,
  ...loopsOf(kernel).map((group) => scratchOfLoop(dtype, group, stored)),
];

/** Bytes of scratch that a kernel needs while it runs. */
export const scratchOf = (
  dtype: Dtype,
  kernel: Kernel,
  stored: ReadonlySet<number>,
  outside: Outside = emitted,
): number => scratchParts(dtype, kernel, stored, outside).reduce((sum, bytes) => sum + aligned(bytes), 0);

/** Emits a kernel, the `index`-th of its plan, with scratch at an address. */
export const emitKernel = (
  dtype: Dtype,
  index: number,
  kernel: Kernel,
  layout: Layout,
  scratch: number,
  outside: Outside = emitted,
): Emitted => {
  const parts = scratchParts(dtype, kernel, layout.stored, outside);
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
      const e = bytesOf(dtype);
      const [batch = 1, m = 0, n = 0] = kernel.value.shape;
      const start = (node: Node, i: number): number =>
        layout.at(node.value) + (node.offset + i * (node.strides[0] ?? 0)) * e;
      const addresses = Array.from({ length: batch }, (_, i) => ({
        a: start(left, i),
        b: start(right, i),
        c: layout.at(kernel.value) + i * m * n * e,
      }));
      const functions = loops.map(({ group, name: loop }, i) => emitLoop(dtype, loop, group, layout, scratchAt(1 + i)));
      const other = outside(shape);
      if (O.isSome(other))
        return {
          functions,
          imported: { kernel: index, name, bind: inTurn(addresses.map(other.value)) },
          run: [call(name), loops.map(({ group, name: loop }) => wholly(dtype, loop, group))],
        };
      const { functions: own } = product(
        name,
        shape,
        loops.length === 0
          ? undefined
          : (from, to) =>
              loops.map(({ group, name: loop }) => following(dtype, loop, group, kernel.value.shape)(from, to)),
      );
      return {
        functions: [...own, ...functions],
        run: addresses.map(({ a, b, c }) => call(name, i32(a), i32(b), i32(c), i32(scratchAt(0)))),
      };
    }
  }
};
