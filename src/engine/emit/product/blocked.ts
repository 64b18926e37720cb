/** A product in blocks: bands of rows, blocks of k, panels of columns, each copied and then met by the tiles of the band. */
import {
  type Code,
  call,
  count,
  type Func,
  get,
  i32,
  type Local,
  load,
  local,
  op,
  set,
  when,
} from '../../wasm/code.ts';
import { packPanel } from './pack.ts';
import { addresses, type Emission, leftOf, type Panel, panelsOf, tileOf } from './part.ts';
import type { Plan } from './plan.ts';
import { type Tile, tileCode } from './tile.ts';

const plus = (address: Code, bytes: number): Code => (bytes === 0 ? address : op('i32.add', address, i32(bytes)));

const { a, b, c, more } = addresses;

/** The next tile's part of c is read ahead, as it comes from far away and every sum waits for it. */
const touched = (tile: Tile, next: Code, tiles: Local): Code =>
  when(
    op('i32.and', get(more), op('i32.lt_u', op('i32.add', get(local('i32', 'tile')), i32(1)), get(tiles))),
    'ahead',
    Array.from({ length: tile.rows }, (_, i) => [load('i32.load', next, i * tile.c.row), op('drop')]),
  );

/** `tiles` tiles below each other. */
const strip = (name: string, plan: Plan, panel: Panel, rows: number, depth: number): Func => {
  const tiles = local('i32', 'tiles');
  const tile = tileOf(plan, panel, rows, depth);
  return {
    name,
    parameters: [a, b, c, tiles, more],
    results: [],
    body: count(
      local('i32', 'tile'),
      i32(0),
      get(tiles),
      1,
      plan.depths.length > 1 ? touched(tile, plus(get(c), rows * tile.c.row), tiles) : [],
      tileCode(tile, { a, b, c }),
      set(a, plus(get(a), leftOf(plan, rows, depth).tile)),
      set(c, plus(get(c), rows * tile.c.row)),
    ),
  };
};

const packer = (name: string, plan: Plan, { vectors, last }: Panel, depth: number): Func => {
  const [source, target] = [local('i32', 'source'), local('i32', 'target')];
  const columns = (vectors - 1) * plan.format.lanes + last;
  return {
    name,
    parameters: [source, target],
    results: [],
    body: packPanel({ format: plan.format, depth, columns, from: plan.b }, source, target),
  };
};

/** Copies `tiles` tiles of the left side. */
const leftPacker = (name: string, plan: Plan, rows: number, depth: number): Func => {
  const [tiles, source, target] = [local('i32', 'tiles'), local('i32', 'source'), local('i32', 'target')];
  const from = { row: plan.a.step, column: plan.a.row };
  return {
    name,
    parameters: [a, b, tiles],
    results: [],
    body: count(
      local('i32', 'tile'),
      i32(0),
      get(tiles),
      1,
      set(source, get(a)),
      set(target, get(b)),
      packPanel({ format: plan.format, depth, columns: rows, from }, source, target),
      set(a, plus(get(a), rows * plan.a.row)),
      set(b, plus(get(b), leftOf(plan, rows, depth).tile)),
    ),
  };
};

export const blocked = (name: string, plan: Plan, done: (from: Code, to: Code) => Code): Emission => {
  const { format, m, n, rows, vectors, tall, short, band, depths, packed, leftPacked } = plan;
  const { whole, edge } = panelsOf(plan);
  const full: Panel = { vectors, last: format.lanes };
  const panels = [...(whole === 0 ? [] : [full]), ...(edge === undefined ? [] : [edge])];
  const different = [...new Set(depths)];
  const named = (what: string, panel: Panel, depth: number): string =>
    `${name}.${what}.${panel === full ? 'panel' : 'edge'}.${depth}`;
  const functions = different.flatMap((depth) => [
    ...(leftPacked && tall > 0 ? [leftPacker(`${name}.left.tall.${depth}`, plan, rows, depth)] : []),
    ...(leftPacked && short > 0 ? [leftPacker(`${name}.left.short.${depth}`, plan, rows - 1, depth)] : []),
    ...panels.flatMap((panel) => [
      ...(packed ? [packer(named('pack', panel, depth), plan, panel, depth)] : []),
      ...(tall === 0 ? [] : [strip(named('tall', panel, depth), plan, panel, rows, depth)]),
      ...(short === 0 ? [] : [strip(named('short', panel, depth), plan, panel, rows - 1, depth)]),
    ]),
  ]);
  const panelBytes = packed ? Math.max(...depths) * vectors * 16 : 0;
  const [aBand, cBand, aBlock] = [local('i32', 'a.band'), local('i32', 'c.band'), local('i32', 'a.block')];
  const [from, to, j, row] = [local('i32', 'from'), local('i32', 'to'), local('i32', 'j'), local('i32', 'row')];
  const meet = (panel: Panel, depth: number, more: boolean, tallTiles: number, shortTiles: number): Code => {
    const right = get(packed ? addresses.scratch : from);
    const skipped = tallTiles * rows;
    return [
      packed ? call(named('pack', panel, depth), get(from), right) : [],
      tallTiles === 0
        ? []
        : call(named('tall', panel, depth), get(aBlock), right, get(to), i32(tallTiles), i32(more ? 1 : 0)),
      shortTiles === 0
        ? []
        : call(
            named('short', panel, depth),
            plus(get(aBlock), tallTiles * leftOf(plan, rows, depth).tile),
            right,
            plus(get(to), skipped * n * format.bytes),
            i32(shortTiles),
            i32(more ? 1 : 0),
          ),
    ];
  };
  const starts = depths.map((_, q) => depths.slice(0, q).reduce((sum, depth) => sum + depth, 0));
  const bandCode = (tallTiles: number, shortTiles: number): Code =>
    depths.map((depth, q) => [
      set(aBlock, plus(get(aBand), (starts[q] ?? 0) * plan.a.step)),
      leftPacked
        ? [
            set(to, plus(get(addresses.scratch), panelBytes)),
            tallTiles === 0 ? [] : call(`${name}.left.tall.${depth}`, get(aBlock), get(to), i32(tallTiles)),
            shortTiles === 0
              ? []
              : call(
                  `${name}.left.short.${depth}`,
                  plus(get(aBlock), tallTiles * rows * plan.a.row),
                  plus(get(to), tallTiles * leftOf(plan, rows, depth).tile),
                  i32(shortTiles),
                ),
            set(aBlock, get(to)),
          ]
        : [],
      set(from, plus(get(addresses.b), (starts[q] ?? 0) * plan.b.row)),
      set(to, get(cBand)),
      whole === 0
        ? []
        : count(
            j,
            i32(0),
            i32(whole),
            1,
            meet(full, depth, q > 0, tallTiles, shortTiles),
            set(from, plus(get(from), vectors * format.lanes * plan.b.column)),
            set(to, plus(get(to), vectors * 16)),
          ),
      edge === undefined ? [] : meet(edge, depth, q > 0, tallTiles, shortTiles),
    ]);
  const before = Math.max(0, Math.ceil(tall / band) - 1);
  const height = band * rows;
  const leftBytes = Math.max(
    ...depths.flatMap((depth) => [
      before === 0 ? 0 : band * leftOf(plan, rows, depth).tile,
      (tall - before * band) * leftOf(plan, rows, depth).tile + short * leftOf(plan, rows - 1, depth).tile,
    ]),
  );
  return {
    functions,
    scratch: panelBytes + (leftPacked ? leftBytes : 0),
    body: [
      set(aBand, get(a)),
      set(cBand, get(c)),
      before === 0
        ? []
        : count(
            row,
            i32(0),
            i32(before * height),
            height,
            bandCode(band, 0),
            done(get(row), plus(get(row), height)),
            set(aBand, plus(get(aBand), height * plan.a.row)),
            set(cBand, plus(get(cBand), height * n * format.bytes)),
          ),
      bandCode(tall - before * band, short),
      done(i32(before * height), i32(m)),
    ],
  };
};
