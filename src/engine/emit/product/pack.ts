/**
 * Copies a panel of the right side, `depth` rows by `columns`, so that its rows follow each other in whole vectors; what
 * fills up the last vector of a row is never used.
 */
import { type Code, count, get, i32, type Local, load, local, op, set, shuffle, store } from '../../wasm/code.ts';
import { type Format, gather, loadFirst } from './format.ts';

/** Distances are in bytes. */
export interface Panel {
  readonly format: Format;
  readonly depth: number;
  readonly columns: number;
  readonly from: { readonly row: number; readonly column: number };
}

const range = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);

/** Rows of a square of numbers in locals, columns out of it. */
const turned = ({ lanes, bytes }: Format, rows: readonly Local[]): { before: Code; columns: readonly Code[] } => {
  const [r0, r1, r2, r3] = rows;
  const mixed = (a: Local | undefined, b: Local | undefined, order: readonly number[]): Code =>
    a === undefined || b === undefined
      ? []
      : shuffle(
          get(a),
          get(b),
          order.flatMap((lane) => range(bytes).map((byte) => lane * bytes + byte)),
        );
  if (lanes === 2) return { before: [], columns: [mixed(r0, r1, [0, 2]), mixed(r0, r1, [1, 3])] };
  const [low01, low23, high01, high23] = ['low01', 'low23', 'high01', 'high23'].map((name) => local('v128', name));
  const keep = (variable: Local | undefined, value: Code): Code => (variable === undefined ? [] : set(variable, value));
  return {
    before: [
      keep(low01, mixed(r0, r1, [0, 4, 1, 5])),
      keep(low23, mixed(r2, r3, [0, 4, 1, 5])),
      keep(high01, mixed(r0, r1, [2, 6, 3, 7])),
      keep(high23, mixed(r2, r3, [2, 6, 3, 7])),
    ],
    columns: [
      mixed(low01, low23, [0, 1, 4, 5]),
      mixed(low01, low23, [2, 3, 6, 7]),
      mixed(high01, high23, [0, 1, 4, 5]),
      mixed(high01, high23, [2, 3, 6, 7]),
    ],
  };
};

/** From the address in one local to that in the other; both locals are changed. */
export const packPanel = ({ format, depth, columns, from }: Panel, source: Local, target: Local): Code => {
  const { bytes, lanes } = format;
  const vectors = range(Math.ceil(columns / lanes)).map((v) => ({ v, used: Math.min(lanes, columns - v * lanes) }));
  const width = vectors.length * 16;
  const row = (p: number): Code =>
    vectors.map(({ v, used }) =>
      store(
        'v128.store',
        get(target),
        from.column === bytes
          ? loadFirst(format, used, get(source), p * from.row + v * 16)
          : gather(format, used, get(source), p * from.row + v * lanes * from.column, from.column),
        p * width + v * 16,
      ),
    );
  const square = vectors.map(({ v, used }): Code => {
    const rows = range(lanes).map((j) => local('v128', `row${j}`));
    const turn = turned(format, rows);
    return [
      rows.map((one, j) => set(one, load('v128.load', get(source), (v * lanes + Math.min(j, used - 1)) * from.column))),
      turn.before,
      turn.columns.map((column, p) => store('v128.store', get(target), column, p * width + v * 16)),
    ];
  });
  const turning = from.row === bytes && from.column !== bytes;
  const [size, block] = turning ? [lanes, square] : [4, range(4).map(row)];
  const whole = Math.floor(depth / size);
  const end = local('i32', 'target.end');
  const forward = set(source, op('i32.add', get(source), i32(size * from.row)));
  return [
    whole === 0
      ? []
      : [
          set(end, op('i32.add', get(target), i32(whole * size * width))),
          count(target, get(target), get(end), size * width, block, forward),
        ],
    range(depth - whole * size).map(row),
  ];
};
