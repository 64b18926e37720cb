/** A product so small that its tiles stand one after the other. */
import { type Code, get, i32, local, op, set } from '../../wasm/code.ts';
import { addresses, type Emission, type Panel, panelsOf, tileOf } from './part.ts';
import type { Plan } from './plan.ts';
import { tileCode } from './tile.ts';

const range = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);

export const straight = (unpacked: Plan, done: (from: Code, to: Code) => Code): Emission => {
  const plan: Plan = {
    ...unpacked,
    packed: false,
    leftPacked: false,
    depths: [unpacked.depths.reduce((sum, depth) => sum + depth, 0)],
  };
  const { format, n, m, a, b, rows, vectors, tall, short } = plan;
  const { whole, edge } = panelsOf(plan);
  const panel: Panel = { vectors, last: format.lanes };
  const at = { a: local('i32', 'a.tile'), b: local('i32', 'b.tile'), c: local('i32', 'c.tile') };
  const width = vectors * format.lanes;
  const tiles = range(tall + short).map((t) => ({
    row: t * rows - Math.max(0, t - tall),
    height: t < tall ? rows : rows - 1,
  }));
  const columns = [
    ...range(whole).map((j) => ({ j: j * width, panel })),
    ...(edge === undefined ? [] : [{ j: whole * width, panel: edge }]),
  ];
  return {
    functions: [],
    scratch: 0,
    body: [
      columns.map(({ j, panel: one }) => [
        set(at.b, op('i32.add', get(addresses.b), i32(j * b.column))),
        tiles.map(({ row, height }) => [
          set(at.a, op('i32.add', get(addresses.a), i32(row * a.row))),
          set(at.c, op('i32.add', get(addresses.c), i32((row * n + j) * format.bytes))),
          tileCode(tileOf(plan, one, height, plan.depths[0] ?? 0), at),
        ]),
      ]),
      done(i32(0), i32(m)),
    ],
  };
};
