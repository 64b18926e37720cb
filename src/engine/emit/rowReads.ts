/** How a loop over rows reads: addresses of the line it is in, and loads of what its formulas take. */
import type { Dtype } from '../../scalar/dtype.ts';
import type { Access } from '../fuse/domain.ts';
import type { Group } from '../fuse/group.ts';
import { type Code, get, i32, type Local, load, local, op, set } from '../wasm/code.ts';
import { bytesOf, loadSplat, VECTOR } from './lanes.ts';
import type { Layout } from './layout.ts';
import { type Read, type Stage, scratchOf } from './stages.ts';

/** The bytes of a line in scratch. */
export const lineBytes = (dtype: Dtype, columns: number): number =>
  Math.ceil((columns * bytesOf(dtype)) / VECTOR) * VECTOR;

/** Where a vector that was read stands: each of those that a turn takes has its own place, what a line has in common one. */
export const homeOf = (read: Read, copy: number): Local =>
  local(
    'v128',
    copy === 0 || (read.kind === 'access' && read.access.column === 0) ? read.name : `${read.name}_${copy}`,
  );

export interface RowReads {
  /** The distances between rows, in elements, that the loop keeps an address for. */
  readonly steps: readonly number[];
  /** That of what the loop itself makes. */
  readonly ownStep: number;
  /** The bytes from the first row to this one, for rows so many elements apart. */
  readonly line: (step: number) => Local;
  readonly lineOf: (step: number) => Code;
  /** The address of a column in the line of a step, where `at` is undefined of its beginning. */
  readonly place: (step: number, at: Local | undefined) => Code;
  /** Loads a vector of what changes along the line. */
  readonly loadRead: (read: Read, at: Local | undefined, extra: number, copy: number) => Code;
  /** Loads what is the same all along the line, or in all lines. */
  readonly loadLine: (reads: readonly Read[], once: boolean) => Code;
}

export const rowReads = (
  dtype: Dtype,
  { rows, columns }: Group,
  stages: readonly Stage[],
  layout: Layout,
  scratch: number,
): RowReads => {
  const e = bytesOf(dtype);
  const kept = scratchOf(stages, layout.stored);
  const lines = lineBytes(dtype, columns);
  const v128 = (name: string): Local => local('v128', name);
  const bufferOf = ({ node }: Access): number => layout.at(node.value) + node.offset * e;
  const line = (step: number): Local => local('i32', `line${step}`);
  const isOnce = ({ row: r, column: c }: Access): boolean => c === 0 && (r === 0 || rows === 1);
  const accesses = stages.flatMap(({ reads, outerReads }) =>
    [...reads, ...outerReads].flatMap((read) => (read.kind === 'access' ? [read.access] : [])),
  );
  const ownStep = rows === 1 ? 0 : columns;
  const steps = [...new Set([...accesses.map((access) => (rows === 1 ? 0 : access.row)), ownStep, 1])].filter(
    (step) => step !== 0 && rows > 1,
  );
  const lineOf = (step: number): Code => (step === 0 || rows === 1 ? i32(0) : get(line(step)));

  const place = (step: number, at: Local | undefined): Code =>
    at === undefined ? lineOf(step) : step === 0 || rows === 1 ? get(at) : op('i32.add', get(line(step)), get(at));

  const loadRead = (read: Read, at: Local | undefined, extra: number, copy: number): Code => {
    switch (read.kind) {
      case 'outer':
        return [];
      case 'kept': {
        const slot = kept.findIndex(({ id }) => id === read.value.id);
        const value =
          slot < 0
            ? load('v128.load', place(ownStep, at), layout.at(read.value) + extra)
            : load('v128.load', at === undefined ? i32(0) : get(at), scratch + slot * lines + extra);
        return set(homeOf(read, copy), value);
      }
      default:
        return read.access.column === 0
          ? []
          : set(homeOf(read, copy), load('v128.load', place(read.access.row, at), bufferOf(read.access) + extra));
    }
  };
  const loadLine = (reads: readonly Read[], once: boolean): Code =>
    reads.flatMap((read) =>
      read.kind === 'access' && read.access.column === 0 && isOnce(read.access) === once
        ? [set(v128(read.name), loadSplat(dtype, lineOf(once ? 0 : read.access.row), bufferOf(read.access)))]
        : [],
    );

  return { steps, ownStep, line, lineOf, place, loadRead, loadLine };
};
