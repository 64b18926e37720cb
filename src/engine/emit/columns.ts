/**
 * A fused loop over columns, four (or two) at a time: for each such vector of columns, stage after stage down the rows.
 * Partial sums lie in scratch, row r in that numbered r mod 16.
 */
import type { Dtype } from '../../scalar/dtype.ts';
import type { Access } from '../fuse/domain.ts';
import type { Group } from '../fuse/group.ts';
import {
  branchIf,
  type Code,
  type Func,
  get,
  i32,
  type Local,
  load,
  local,
  loop,
  op,
  set,
  store,
  tee,
} from '../wasm/code.ts';
import { straightLine } from './expression.ts';
import {
  add,
  bytesOf,
  joinColumns,
  lanesOf,
  loadSplat,
  mask,
  max,
  splat,
  storeLanes,
  subtract,
  VECTOR,
} from './lanes.ts';
import type { Layout } from './layout.ts';
import { type Read, type Result, type Stage, scratchOf, stagesOf } from './stages.ts';

const PARTIALS = 16;
const PARTIAL_BYTES = PARTIALS * VECTOR;

const v128 = (name: string): Local => local('v128', name);
const column = local('i32', 'column');
const row = local('i32', 'row');
const outerName = (id: number): string => `outer${id}`;

const sumsOf = (stages: readonly Stage[]): readonly Result[] =>
  stages.flatMap(({ reductions }) => reductions.filter(({ value }) => value.operation.kind === 'sum'));

/** Bytes of scratch that a loop over columns needs: partial sums, and a vector a row for each value that it keeps. */
export const columnsScratch = (group: Group, stored: ReadonlySet<number>): number => {
  const stages = stagesOf(group, stored);
  return sumsOf(stages).length * PARTIAL_BYTES + scratchOf(stages, stored).length * group.rows * VECTOR;
};

/** The function of a loop over columns. */
export const emitColumns = (dtype: Dtype, name: string, group: Group, layout: Layout, scratch: number): Func => {
  const e = bytesOf(dtype);
  const lanes = lanesOf(dtype);
  const { rows, columns } = group;
  const stages = stagesOf(group, layout.stored);
  const sums = sumsOf(stages);
  const kept = scratchOf(stages, layout.stored);
  const keptAt = (id: number): number =>
    scratch + sums.length * PARTIAL_BYTES + kept.findIndex((value) => value.id === id) * rows * VECTOR;
  const partialsAt = ({ value }: Result): number =>
    scratch + sums.findIndex((sum) => sum.value.id === value.id) * PARTIAL_BYTES;
  const isKept = (id: number): boolean => kept.some((value) => value.id === id);

  const bufferOf = ({ node }: Access): number => layout.at(node.value) + node.offset * e;
  const line = (step: number): Local => local('i32', `line${step}`);
  const rowVector = local('i32', 'rowVector');

  const loadRead = (read: Read): Code => {
    switch (read.kind) {
      case 'outer':
        return [];
      case 'kept':
        return set(
          v128(read.name),
          isKept(read.value.id)
            ? load('v128.load', get(rowVector), keptAt(read.value.id))
            : load('v128.load', op('i32.add', get(line(columns)), get(column)), layout.at(read.value)),
        );
      default: {
        const { row: step, column: across } = read.access;
        if (step === 0) return [];
        return set(
          v128(read.name),
          across === 0
            ? loadSplat(dtype, get(line(step)), bufferOf(read.access))
            : load('v128.load', op('i32.add', get(line(step)), get(column)), bufferOf(read.access)),
        );
      }
    }
  };
  /** What is the same down a column; `once` for what is the same everywhere. */
  const loadColumn = (reads: readonly Read[], once: boolean): Code =>
    reads.map((read) => {
      if (read.kind !== 'access' || read.access.row !== 0 || (read.access.column === 0) !== once) return [];
      return set(
        v128(read.name),
        once ? loadSplat(dtype, i32(0), bufferOf(read.access)) : load('v128.load', get(column), bufferOf(read.access)),
      );
    });
  const valueOf =
    (reads: readonly Read[]) =>
    (key: string): Code => {
      const read = reads.find((one) => one.name === key);
      return get(v128(read?.kind === 'outer' ? outerName(read.value.id) : key));
    };
  const straightened = stages.map((stage, at) => {
    const results = [...stage.kept, ...stage.reductions, ...stage.watches];
    const outerResults = [...stage.outer, ...stage.outerWatches];
    return {
      stage,
      results,
      outerResults,
      straight: straightLine(
        dtype,
        `s${at}_`,
        results.map(({ expr }) => expr),
        valueOf(stage.reads),
      ),
      outer: straightLine(
        dtype,
        `o${at}_`,
        outerResults.map(({ expr }) => expr),
        valueOf(stage.outerReads),
      ),
    };
  });
  const stored = v128('stored');

  const watched = (slot: number, value: Code, used: number): Code => {
    const seen = v128(`watch${slot}`);
    const difference = subtract(dtype, get(stored), get(stored));
    return [
      set(stored, value),
      set(seen, add(dtype, get(seen), used === lanes ? difference : op('v128.and', difference, mask(dtype, used)))),
    ];
  };

  const emitStage = (
    { stage, results, outerResults, straight, outer }: (typeof straightened)[number],
    used: number,
  ): Code => {
    const stepsHere = [
      ...new Set([
        columns,
        ...stage.reads.flatMap((read) => (read.kind === 'access' && read.access.row !== 0 ? [read.access.row] : [])),
      ]),
    ];
    const sumsHere = stage.reductions.filter(({ value }) => value.operation.kind === 'sum');
    const most = ({ value }: Result): Local => v128(`max${value.id}`);
    const partial = local('i32', 'partial');
    const initial = stage.reductions.map((result) =>
      result.value.operation.kind === 'max'
        ? set(most(result), splat(dtype, Number.NEGATIVE_INFINITY))
        : Array.from({ length: PARTIALS }, (_, i) =>
            store('v128.store', i32(0), splat(dtype, 0), partialsAt(result) + i * VECTOR),
          ),
    );
    const each = results.map((result, i): Code => {
      const value = straight.outputs[i] ?? [];
      const { operation, id } = result.value;
      if (operation.kind === 'sum')
        return store(
          'v128.store',
          get(partial),
          add(dtype, load('v128.load', get(partial), partialsAt(result)), value),
          partialsAt(result),
        );
      if (operation.kind === 'max') return set(most(result), max(dtype, get(most(result)), value));
      if (operation.kind === 'watch') return watched(operation.slot, value, used);
      return isKept(id)
        ? store('v128.store', get(rowVector), value, keptAt(id))
        : [
            set(stored, value),
            storeLanes(dtype, op('i32.add', get(line(columns)), get(column)), stored, used, layout.at(result.value)),
          ];
    });
    const rowsLoop: Code =
      results.length === 0
        ? []
        : [
            set(row, i32(0)),
            set(rowVector, i32(0)),
            stepsHere.map((step) => set(line(step), i32(0))),
            loop(
              'rows',
              sumsHere.length === 0
                ? []
                : set(partial, op('i32.shl', op('i32.and', get(row), i32(PARTIALS - 1)), i32(4))),
              stage.reads.map(loadRead),
              straight.body,
              each,
              set(rowVector, op('i32.add', get(rowVector), i32(VECTOR))),
              stepsHere.map((step) => set(line(step), op('i32.add', get(line(step)), i32(step * e)))),
              branchIf('rows', op('i32.lt_u', tee(row, op('i32.add', get(row), i32(1))), i32(rows))),
            ),
          ];
    const joins = stage.reductions.map((result) => {
      const to = v128(outerName(result.value.id));
      if (result.value.operation.kind === 'max') return set(to, get(most(result)));
      const partials = Array.from({ length: PARTIALS }, (_, i) => v128(`partial${i}`));
      return [
        partials.map((one, i) => set(one, load('v128.load', i32(0), partialsAt(result) + i * VECTOR))),
        joinColumns(dtype, partials, to),
      ];
    });
    const storeOuter = ({ value }: Result): Code =>
      layout.stored.has(value.id)
        ? storeLanes(dtype, get(column), v128(outerName(value.id)), used, layout.at(value))
        : [];
    return [
      initial,
      rowsLoop,
      joins,
      outer.body,
      outerResults.map((result, i) => {
        const value = outer.outputs[i] ?? [];
        const { operation, id } = result.value;
        return operation.kind === 'watch' ? watched(operation.slot, value, used) : set(v128(outerName(id)), value);
      }),
      stage.reductions.map(storeOuter),
      stage.outer.map(storeOuter),
    ];
  };

  const all = stages.flatMap(({ reads, outerReads }) => [...reads, ...outerReads]);
  const slots = [
    ...new Set(
      group.members.flatMap(({ value: { operation } }) => (operation.kind === 'watch' ? [operation.slot] : [])),
    ),
  ];
  const full = Math.floor(columns / lanes);
  const rest = columns - full * lanes;
  const vector = (used: number): Code => [loadColumn(all, false), straightened.map((one) => emitStage(one, used))];
  return {
    name,
    parameters: [local('i32', 'from'), local('i32', 'to')],
    results: [],
    body: [
      slots.map((slot) => set(v128(`watch${slot}`), load('v128.load', i32(0), layout.slot(slot)))),
      loadColumn(all, true),
      straightened.map(({ straight, outer }) => [straight.before, outer.before]),
      full === 0
        ? []
        : [
            set(column, i32(0)),
            loop(
              'columns',
              vector(lanes),
              branchIf(
                'columns',
                op('i32.lt_u', tee(column, op('i32.add', get(column), i32(VECTOR))), i32(full * VECTOR)),
              ),
            ),
          ],
      rest === 0 ? [] : [set(column, i32(full * VECTOR)), vector(rest)],
      slots.map((slot) => storeLanes(dtype, i32(0), v128(`watch${slot}`), lanes, layout.slot(slot))),
    ],
  };
};
