/**
 * A fused loop over rows: for each row, stage after stage along its columns, four (or two) at a time. A flat loop is one row
 * without stages.
 *
 * The function takes a range: of rows, or where the loop is flat of bytes, whole vectors of them. Numbers beyond the end of
 * a row may be read, are never stored, and never reach a sum.
 */
import type { Dtype } from '../../scalar/dtype.ts';
import type { Group } from '../fuse/group.ts';
import {
  branchIf,
  type Code,
  count,
  type Func,
  get,
  i32,
  type Local,
  load,
  local,
  loop,
  op,
  set,
  tee,
  when,
} from '../wasm/code.ts';
import { straightLine } from './expression.ts';
import {
  add,
  bytesOf,
  joinMax,
  joinSums,
  lanesOf,
  mask,
  max,
  partialsOf,
  splat,
  storeLanes,
  subtract,
  VECTOR,
} from './lanes.ts';
import type { Layout } from './layout.ts';
import { homeOf, lineBytes, rowReads } from './rowReads.ts';
import { type Read, type Result, type Stage, scratchOf, stagesOf } from './stages.ts';

const v128 = (name: string): Local => local('v128', name);
const row = local('i32', 'row');
const column = local('i32', 'column');
const [from, to] = [local('i32', 'from'), local('i32', 'to')];
/** Vectors that a loop takes in a turn. */
const COPIES = 2;

/** A vector that a turn takes: where it is, to which partial sums it goes, and how many of its lanes count. */
interface Turn {
  readonly extra: number;
  readonly turn: number;
  readonly used: number;
}

/** Bytes of scratch that a loop over rows needs: a line for each value that it keeps. */
export const rowsScratch = (dtype: Dtype, group: Group, stored: ReadonlySet<number>): number =>
  scratchOf(stagesOf(group, stored), stored).length * lineBytes(dtype, group.columns);

/** The function of a loop over rows. */
export const emitRows = (dtype: Dtype, name: string, group: Group, layout: Layout, scratch: number): Func => {
  const e = bytesOf(dtype);
  const lanes = lanesOf(dtype);
  const { rows, columns, flat } = group;
  const stages = stagesOf(group, layout.stored);
  const kept = scratchOf(stages, layout.stored);
  const lines = lineBytes(dtype, columns);

  const { steps, ownStep, line, lineOf, place, loadRead, loadLine } = rowReads(dtype, group, stages, layout, scratch);
  const valueOf =
    (reads: readonly Read[], copy: number) =>
    (name: string): Code => {
      const read = reads.find((one) => one.name === name);
      if (read === undefined) throw new Error(`engine: a loop reads no "${name}"`);
      return get(read.kind === 'outer' ? v128(outerName(read.value.id)) : homeOf(read, copy));
    };
  const outerName = (id: number): string => `outer${id}`;

  const emitStage = (stage: Stage, number: number): { readonly before: Code; readonly code: Code } => {
    const { reads, kept: keptHere, reductions, watches } = stage;
    const results = [...keptHere, ...reductions, ...watches];
    // Each of the vectors that a turn takes has locals of its own: what they load and compute comes before what they store,
    // so that their chains of operations run beside each other.
    const lineAt = (copy: number) =>
      straightLine(
        dtype,
        `s${number}_${copy}_`,
        results.map(({ expr }) => expr),
        valueOf(reads, copy),
        `s${number}_c`,
      );
    const before = lineAt(0).before;
    const sums = reductions.some(({ value }) => value.operation.kind === 'sum');
    const turns = sums ? partialsOf(dtype) : 1;
    const partial = ({ value }: Result, turn: number): Local =>
      v128(`${value.operation.kind}${value.id}_${value.operation.kind === 'sum' ? turn % partialsOf(dtype) : 0}`);
    const stored = v128('stored');

    /** What becomes of a result: it joins a reduction or a mark, or is stored. */
    const settle = (result: Result, value: Code, at: Local | undefined, { extra, turn, used }: Turn): Code => {
      const whole = used === lanes;
      const only = (x: Code): Code => (whole ? x : op('v128.and', x, mask(dtype, used)));
      const { operation, id } = result.value;
      if (operation.kind === 'sum') {
        const sum = partial(result, turn);
        return set(sum, add(dtype, get(sum), only(value)));
      }
      if (operation.kind === 'max') {
        const most = partial(result, 0);
        const lowest = splat(dtype, Number.NEGATIVE_INFINITY);
        return set(most, max(dtype, get(most), whole ? value : op('v128.bitselect', value, lowest, mask(dtype, used))));
      }
      if (operation.kind === 'watch') {
        const seen = v128(`watch${operation.slot}`);
        return [set(stored, value), set(seen, add(dtype, get(seen), only(subtract(dtype, get(stored), get(stored)))))];
      }
      const slot = kept.findIndex((one) => one.id === id);
      return slot < 0
        ? [
            set(stored, value),
            // A flat loop may write beyond its end: into its own padding.
            storeLanes(dtype, place(ownStep, at), stored, flat ? lanes : used, layout.at(result.value) + extra),
          ]
        : [
            set(stored, value),
            storeLanes(dtype, at === undefined ? i32(0) : get(at), stored, lanes, scratch + slot * lines + extra),
          ];
    };
    /** Some vectors of columns. */
    const vectors = (at: Local | undefined, taken: readonly Turn[]): Code => {
      const each = taken.map((turn, copy) => ({ turn, copy, straight: lineAt(copy) }));
      return [
        each.map(({ turn, copy, straight }) => [
          reads.map((read) => loadRead(read, at, turn.extra, copy)),
          straight.body,
        ]),
        each.map(({ turn, straight }) =>
          results.map((result, i) => settle(result, straight.outputs[i] ?? [], at, turn)),
        ),
      ];
    };
    const vector = (at: Local | undefined, extra: number, turn: number, used: number): Code =>
      vectors(at, [{ extra, turn, used }]);
    /** So many whole vectors, the first of them at `first`. */
    const together = (at: Local | undefined, first: number, length: number): Code =>
      Array.from({ length: Math.ceil(length / COPIES) }, (_, group) =>
        vectors(
          at,
          Array.from({ length: Math.min(COPIES, length - group * COPIES) }, (_each, copy) => {
            const index = first + group * COPIES + copy;
            return { extra: index * VECTOR, turn: index % turns, used: lanes };
          }),
        ),
      );

    const full = Math.floor(columns / lanes);
    const rest = columns - full * lanes;
    const stride = Math.max(turns, COPIES);
    const looped = full > 4 * turns ? Math.floor(full / stride) * stride : 0;
    const initial = reductions.map((result) => {
      const zero = splat(dtype, result.value.operation.kind === 'sum' ? 0 : Number.NEGATIVE_INFINITY);
      const length = result.value.operation.kind === 'sum' ? partialsOf(dtype) : 1;
      return Array.from({ length }, (_, turn) => set(partial(result, turn), zero));
    });
    const along: Code = flat
      ? flatLoop(vector, (at) => together(at, 0, COPIES), full, rest)
      : [
          looped === 0 ? [] : count(column, i32(0), i32(looped * VECTOR), stride * VECTOR, together(column, 0, stride)),
          together(undefined, looped, full - looped),
          rest === 0 ? [] : vector(undefined, full * VECTOR, full % turns, rest),
        ];
    const joins = reductions.map((result) => {
      const outer = v128(outerName(result.value.id));
      return result.value.operation.kind === 'sum'
        ? joinSums(
            dtype,
            Array.from({ length: partialsOf(dtype) }, (_, turn) => partial(result, turn)),
            outer,
          )
        : joinMax(dtype, partial(result, 0), outer);
    });
    const outer = emitOuter(stage, number);
    return {
      before: [before, outer.before],
      code: [initial, along, joins, outer.code],
    };
  };

  /** The vectors from `from` to `to`: as long as there are enough some at a time, then one by one. */
  const flatLoop = (
    vector: (at: Local | undefined, extra: number, turn: number, used: number) => Code,
    several: (at: Local) => Code,
    full: number,
    rest: number,
  ): Code => {
    const end = local('i32', 'end');
    const turn = (label: string, size: number, code: Code): Code =>
      when(
        op('i32.le_u', op('i32.add', get(column), i32(size)), get(end)),
        `${label} at all`,
        loop(
          label,
          code,
          set(column, op('i32.add', get(column), i32(size))),
          branchIf(label, op('i32.le_u', op('i32.add', get(column), i32(size)), get(end))),
        ),
      );
    const whole: Code = [
      set(column, get(from)),
      full < COPIES ? [] : turn('several', COPIES * VECTOR, several(column)),
      turn('vectors', VECTOR, vector(column, 0, 0, lanes)),
    ];
    // The numbers past the end must be kept from what is watched: the last vector has its own turn.
    if (rest === 0) return [set(end, get(to)), whole];
    return [
      set(end, get(to)),
      when(op('i32.gt_u', get(end), i32(full * VECTOR)), 'clip', set(end, i32(full * VECTOR))),
      full === 0 ? [] : whole,
      when(
        op('i32.gt_u', get(to), i32(full * VECTOR)),
        'rest',
        set(column, i32(full * VECTOR)),
        vector(column, 0, 0, rest),
      ),
    ];
  };

  const emitOuter = (stage: Stage, number: number): { readonly before: Code; readonly code: Code } => {
    const { outer, outerWatches, outerReads, reductions } = stage;
    const results = [...outer, ...outerWatches];
    const straight = straightLine(
      dtype,
      `o${number}_`,
      results.map(({ expr }) => expr),
      valueOf(outerReads, 0),
    );
    const storeOuter = ({ value }: Result): Code =>
      layout.stored.has(value.id)
        ? storeLanes(dtype, lineOf(rows === 1 ? 0 : 1), v128(outerName(value.id)), 1, layout.at(value))
        : [];
    return {
      before: straight.before,
      code: [
        straight.body,
        results.map((result, i) => {
          const value = straight.outputs[i] ?? [];
          const { operation, id } = result.value;
          if (operation.kind !== 'watch') return set(v128(outerName(id)), value);
          const seen = v128(`watch${operation.slot}`);
          const held = v128('stored');
          return [set(held, value), set(seen, add(dtype, get(seen), subtract(dtype, get(held), get(held))))];
        }),
        reductions.map(storeOuter),
        outer.map(storeOuter),
      ],
    };
  };

  const emitted = stages.map(emitStage);
  const all = stages.flatMap(({ reads, outerReads }) => [...reads, ...outerReads]);
  const slots = [
    ...new Set(
      group.members.flatMap(({ value: { operation } }) => (operation.kind === 'watch' ? [operation.slot] : [])),
    ),
  ];
  const eachRow: Code = [loadLine(all, false), emitted.map(({ code }) => code)];
  const body: Code =
    rows === 1
      ? eachRow
      : [
          steps.map((step) => set(line(step), op('i32.mul', get(from), i32(step * e)))),
          set(row, get(from)),
          loop(
            'rows',
            eachRow,
            steps.map((step) => set(line(step), op('i32.add', get(line(step)), i32(step * e)))),
            branchIf('rows', op('i32.lt_u', tee(row, op('i32.add', get(row), i32(1))), get(to))),
          ),
        ];
  return {
    name,
    parameters: [from, to],
    results: [],
    body: [
      slots.map((slot) => set(v128(`watch${slot}`), load('v128.load', i32(0), layout.slot(slot)))),
      loadLine(all, true),
      emitted.map(({ before }) => before),
      body,
      slots.map((slot) => storeLanes(dtype, i32(0), v128(`watch${slot}`), lanes, layout.slot(slot))),
    ],
  };
};
