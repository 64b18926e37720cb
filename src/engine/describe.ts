/** A plan in words and numbers: its kernels in order, its buffers and where they lie, what it computes and moves. */
import * as E from 'fp-ts/lib/Either.js';
import type { Dtype } from '../scalar/dtype.ts';
import { expand } from '../scalar/elementary/index.ts';
import type { Expr } from '../scalar/expr.ts';
import { nodes } from '../scalar/nodes.ts';
import { type Shape, show, size } from '../tensor/shape.ts';
import { bytesOf } from './emit/lanes.ts';
import { type Stage, stagesOf } from './emit/stages.ts';
import type { Group } from './fuse/group.ts';
import { type Kernel, loopsOf, madeBy, readBy } from './fuse/schedule.ts';
import type { Value } from './graph/node.ts';
import type { Plan } from './plan.ts';
import type { Compiled } from './run/machine.ts';
import { graphText, kernelCode } from './text.ts';

/** A buffer: what it holds, and where. */
export interface BufferDescription {
  readonly name: string;
  readonly shape: Shape;
  /** In bytes from the beginning of memory. */
  readonly at: number;
  readonly bytes: number;
}

/** A kernel: what it does, its operations on numbers, and the bytes that it reads and writes. */
export interface KernelDescription {
  readonly name: string;
  readonly does: string;
  readonly flops: number;
  readonly bytes: number;
  /** Its WebAssembly, in text format. */
  readonly code: string;
}

export interface Description {
  /** `wasm`; `native` where a library of the system does some of its products; `reference` where no plan could be made. */
  readonly runs: 'wasm' | 'native' | 'reference';
  /** Why it runs on the reference. */
  readonly reason?: string;
  readonly dtype?: Dtype;
  /** What was recorded: a line for each value. */
  readonly graph: string;
  readonly kernels: readonly KernelDescription[];
  readonly buffers: readonly BufferDescription[];
  readonly flops: number;
  /** Bytes that all kernels read and write. */
  readonly bytes: number;
  /** Bytes of memory at its fullest, which is what the plan asks for. */
  readonly memory: number;
  /** Bytes of WebAssembly. */
  readonly code: number;
}

/** Operations of some formulas, what they share counted once. */
const operationsOf = (dtype: Dtype, exprs: readonly Expr[]): number => {
  const all = new Set(exprs.flatMap((expr) => nodes(expand(dtype)(expr))));
  return [...all].filter(({ kind }) => kind !== 'constant' && kind !== 'input').length;
};

const flopsOfStage = (dtype: Dtype, { rows, columns, direction }: Group, stage: Stage): number => {
  const { kept, reductions, watches, outer, outerWatches } = stage;
  const inner = operationsOf(
    dtype,
    [...kept, ...reductions, ...watches].map(({ expr }) => expr),
  );
  const line = operationsOf(
    dtype,
    [...outer, ...outerWatches].map(({ expr }) => expr),
  );
  return (
    rows * columns * (inner + reductions.length + 2 * watches.length) +
    (direction === 'rows' ? rows : columns) * (line + 2 * outerWatches.length)
  );
};

const flopsOfLoop = (dtype: Dtype, group: Group, stored: ReadonlySet<number>): number =>
  stagesOf(group, stored).reduce((sum, stage) => sum + flopsOfStage(dtype, group, stage), 0);

const sizesOf = ({ operation, shape: [batch = 1, m = 1, n = 1] }: Value) => ({
  batch,
  m,
  n,
  k: operation.kind === 'matmul' ? (operation.left.shape[2] ?? 1) : 1,
});

const loopText = (group: Group, stored: ReadonlySet<number>): string => {
  const of = (kind: string): number => group.members.filter(({ value }) => value.operation.kind === kind).length;
  const parts = [
    `${of('map')} formulas`,
    ...(['sum', 'max'] as const).map((kind) =>
      of(kind) === 0 ? '' : `${of(kind)} ${kind === 'sum' ? 'sums' : 'maxima'}`,
    ),
  ].filter((text) => text !== '' && text !== '0 formulas');
  const over = group.flat
    ? `${group.rows * group.columns} numbers`
    : `${group.rows} × ${group.columns}, by ${group.direction}`;
  const stages = stagesOf(group, stored).length;
  return `${parts.join(', ') || 'watches'} over ${over}${stages > 1 ? `, ${stages} stages` : ''}`;
};

const kernelText = (kernel: Kernel, stored: ReadonlySet<number>, outside: boolean): string => {
  const loops = loopsOf(kernel).map((group) => loopText(group, stored));
  switch (kernel.kind) {
    case 'loop':
      return loops.join('; ');
    case 'matmul': {
      const { batch, m, k, n } = sizesOf(kernel.value);
      const shapes = `${batch === 1 ? '' : `${batch} × `}[${m},${k}]·[${k},${n}]`;
      return [`product ${shapes}${outside ? ' by a library of the system' : ''}`, ...loops].join(', then ');
    }
    case 'assemble':
      return `moves numbers to ${show(kernel.value.shape)}`;
    default:
      return `draws ${show(kernel.value.shape)}`;
  }
};

const describeKernel = (plan: Plan, kernel: Kernel, index: number): KernelDescription => {
  const {
    dtype,
    schedule: { stored },
  } = plan;
  const width = bytesOf(dtype);
  const products =
    kernel.kind === 'matmul' ? (({ batch, m, k, n }) => 2 * batch * m * k * n)(sizesOf(kernel.value)) : 0;
  const read = new Set(readBy(kernel).map(({ value }) => value));
  const written = madeBy(kernel).filter(({ id }) => stored.has(id));
  return {
    name: `kernel${index}`,
    does: kernelText(
      kernel,
      stored,
      plan.imported.some((one) => one.kernel === index),
    ),
    flops: products + loopsOf(kernel).reduce((sum, group) => sum + flopsOfLoop(dtype, group, stored), 0),
    bytes: width * [...read, ...written].reduce((sum, { shape }) => sum + size(shape), 0),
    code: kernelCode(plan, index),
  };
};

const buffersOf = ({ dtype, inputs, schedule: { kernels, stored }, layout }: Plan): readonly BufferDescription[] => {
  const width = bytesOf(dtype);
  const made = kernels.flatMap((kernel, i) =>
    madeBy(kernel)
      .filter(({ id }) => stored.has(id))
      .map((value) => ({ name: `${value.operation.kind} of kernel${i}`, shape: value.shape, at: layout.at(value) })),
  );
  const given = [...inputs].map(([name, { shape, at }]) => ({ name, shape, at }));
  const own = made.filter(({ at }) => !given.some((input) => input.at === at));
  return [...given, ...own]
    .map((buffer) => ({ ...buffer, bytes: size(buffer.shape) * width }))
    .sort((a, b) => a.at - b.at);
};

/**
 * What a plan does and where its numbers lie; of a computation that the engine could not record, that the reference
 * does it, and why. `Train.describe` gives that of a run.
 *
 * @example
 * ```ts
 * import { Engine, Ops } from 'nabla-ts';
 * const prepared = Engine.create().prepare({
 *   dtype: 'f32',
 *   of: [],
 *   name: 'product',
 *   kept: [],
 *   record: ({ ops, input }) => [{ name: 'y', node: ops.matmul(input('a', [4, 2]), input('b', [2, 3])) }],
 * });
 * Engine.describe(prepared).flops // => 48
 * Engine.describe(prepared).kernels.map(({ does }) => does) // => ['product [4,2]·[2,3]']
 * ```
 */
export const describe = (prepared: E.Either<string, Compiled>): Description => {
  if (E.isLeft(prepared))
    return {
      runs: 'reference',
      reason: prepared.left,
      graph: '',
      kernels: [],
      buffers: [],
      flops: 0,
      bytes: 0,
      memory: 0,
      code: 0,
    };
  const { plan } = prepared.right;
  const runs = plan.imported.length > 0 ? 'native' : 'wasm';
  const kernels = plan.schedule.kernels.map((kernel, i) => describeKernel(plan, kernel, i));
  return {
    runs,
    dtype: plan.dtype,
    graph: graphText(plan),
    kernels,
    buffers: buffersOf(plan),
    flops: kernels.reduce((sum, { flops }) => sum + flops, 0),
    bytes: kernels.reduce((sum, { bytes }) => sum + bytes, 0),
    memory: plan.memory,
    code: plan.bytes.length,
  };
};

const table = (rows: ReadonlyArray<readonly string[]>): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 || i === row.length - 1 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
};

/**
 * A description as text: a line for each kernel and each buffer.
 *
 * @example
 * ```ts
 * import { Engine, Initialiser, Layer, Loss, Optimizer, Tensor, Train } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * const data = { inputs: Tensor.full('f64', [1, 1], 1), targets: Tensor.full('f64', [1, 1], 2) };
 * const config = {
 *   layer: Layer.dense(1, 1),
 *   loss: Loss.squaredError(),
 *   optimizer: Optimizer.gradientDescent({ learningRate: 0.125 }),
 *   data,
 *   epochs: 2,
 *   engine: Engine.reference,
 * };
 * pipe(Train.describe(config), E.map(Engine.print)) // => E.right('runs on the reference: the reference was asked for')
 * ```
 */
export const print = (description: Description): string => {
  const { runs, reason, dtype, kernels, buffers, flops, bytes, memory, code } = description;
  if (runs === 'reference') return `runs on the reference: ${reason}`;
  const how = runs === 'native' ? 'with products by a library of the system ' : '';
  return [
    `runs as WebAssembly ${how}in ${dtype}: ${kernels.length} kernels, ${flops} operations, ${bytes} bytes read and written, ${memory} bytes of memory, ${code} bytes of code`,
    '',
    ...table([
      ['kernel', 'operations', 'bytes', 'does'],
      ...kernels.map((kernel) => [kernel.name, `${kernel.flops}`, `${kernel.bytes}`, kernel.does]),
    ]),
    '',
    ...table([
      ['buffer', 'at', 'bytes', 'shape'],
      ...buffers.map((buffer) => [buffer.name, `${buffer.at}`, `${buffer.bytes}`, show(buffer.shape)]),
    ]),
  ].join('\n');
};
