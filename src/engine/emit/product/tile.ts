/**
 * A tile of the result, `rows` by `vectors`, kept in registers while k runs: every step takes the vectors of one row of
 * the right side, and of the left side one number a row, multiplies and adds.
 */
import { type Code, count, float, get, i32, type Local, load, local, op, set, when } from '../../wasm/code.ts';
import { type Format, storeFirst } from './format.ts';

/** Distances are in bytes. */
export interface Tile {
  readonly format: Format;
  readonly rows: number;
  readonly vectors: number;
  /** Numbers of the last vector that the result has. */
  readonly last: number;
  /** How many steps of k. */
  readonly depth: number;
  /** Where this is given and not 0, adds to what is there, else to +0. */
  readonly more?: Local;
  readonly a: { readonly row: number; readonly step: number };
  readonly b: { readonly step: number; readonly vector: (v: number, address: Code, offset: number) => Code };
  readonly c: { readonly row: number; readonly load: (v: number, address: Code, offset: number) => Code };
}

/** Addresses: a local each, and how far after it. */
export interface At {
  readonly a: Local;
  readonly b: Local;
  readonly c: Local;
}

const range = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);

const accumulator = (i: number, v: number): Local => local('v128', `c${i}.${v}`);

/** So few steps need no loop. */
const STRAIGHT = 4;

const step = (tile: Tile, a: Local, b: Local, p: number): Code => {
  const { format, rows, vectors } = tile;
  const right = range(vectors).map((v) => local('v128', `b${v}`));
  const left = local('v128', 'left');
  return [
    right.map((one, v) => set(one, tile.b.vector(v, get(b), p * tile.b.step))),
    range(rows).map((i) => [
      set(left, load(format.splat, get(a), i * tile.a.row + p * tile.a.step)),
      right.map((one, v) =>
        set(accumulator(i, v), op(format.add, get(accumulator(i, v)), op(format.multiply, get(left), get(one)))),
      ),
    ]),
  ];
};

const start = (tile: Tile, c: Local): Code => {
  const each = (value: (i: number, v: number) => Code): Code =>
    range(tile.rows).map((i) => range(tile.vectors).map((v) => set(accumulator(i, v), value(i, v))));
  return [
    each(() => op('f32x4.splat', float('f32', 0))),
    tile.more === undefined
      ? []
      : when(
          get(tile.more),
          'more',
          each((i, v) => tile.c.load(v, get(c), i * tile.c.row + v * 16)),
        ),
  ];
};

const finish = (tile: Tile, c: Local): Code =>
  range(tile.rows).map((i) =>
    range(tile.vectors).map((v) =>
      storeFirst(
        tile.format,
        v === tile.vectors - 1 ? tile.last : tile.format.lanes,
        get(c),
        get(accumulator(i, v)),
        i * tile.c.row + v * 16,
      ),
    ),
  );

/** The code of one tile. */
export const tileCode = (tile: Tile, at: At): Code => {
  const { depth, a, b } = tile;
  if (depth <= STRAIGHT)
    return [start(tile, at.c), range(depth).map((p) => step(tile, at.a, at.b, p)), finish(tile, at.c)];
  const [pa, pb, end] = [local('i32', 'pa'), local('i32', 'pb'), local('i32', 'pb.end')];
  const forward = set(pa, op('i32.add', get(pa), i32(a.step)));
  return [
    start(tile, at.c),
    set(pa, get(at.a)),
    // A right side that is the same in every row stands still, so that its address cannot count the steps.
    b.step === 0
      ? [set(pb, get(at.b)), count(local('i32', 'p'), i32(0), i32(depth), 1, step(tile, pa, pb, 0), forward)]
      : [
          set(end, op('i32.add', get(at.b), i32(depth * b.step))),
          count(pb, get(at.b), get(end), b.step, step(tile, pa, pb, 0), forward),
        ],
    finish(tile, at.c),
  ];
};
