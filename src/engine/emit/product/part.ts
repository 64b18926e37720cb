/** A panel of the result and what its tiles need to know. */
import { type Code, type Func, load, local } from '../../wasm/code.ts';
import { gather, loadFirst } from './format.ts';
import type { Plan } from './plan.ts';
import type { Tile } from './tile.ts';

/** The parameters of a product's function. */
export const addresses = {
  a: local('i32', 'a'),
  b: local('i32', 'b'),
  c: local('i32', 'c'),
  scratch: local('i32', 'scratch'),
  more: local('i32', 'more'),
} as const;

export interface Emission {
  readonly functions: readonly Func[];
  readonly body: Code;
  readonly scratch: number;
}

/** Columns of the result side by side: `vectors` vectors, the last with `last` numbers. */
export interface Panel {
  readonly vectors: number;
  readonly last: number;
}

/** Whole panels that a product has, and the one over its edge. */
export const panelsOf = ({ n, vectors, format: { lanes } }: Plan): { whole: number; edge: Panel | undefined } => {
  const whole = Math.floor(n / (vectors * lanes));
  const left = n - whole * vectors * lanes;
  const used = Math.ceil(left / lanes);
  return { whole, edge: left === 0 ? undefined : { vectors: used, last: left - (used - 1) * lanes } };
};

/** Where a tile finds its left side: in place, or copied tile by tile. */
export const leftOf = (
  { leftPacked, a, format: { bytes, lanes } }: Plan,
  rows: number,
  depth: number,
): { readonly row: number; readonly step: number; readonly tile: number } => {
  const width = Math.ceil(rows / lanes) * 16;
  return leftPacked ? { row: bytes, step: width, tile: depth * width } : { ...a, tile: rows * a.row };
};

/** A tile of `rows` rows in a panel. */
export const tileOf = (plan: Plan, panel: Panel, rows: number, depth: number): Tile => {
  const { format, b, n, packed, depths } = plan;
  const count = (v: number): number => (v === panel.vectors - 1 ? panel.last : format.lanes);
  return {
    format,
    rows,
    vectors: panel.vectors,
    last: panel.last,
    depth,
    ...(depths.length > 1 ? { more: addresses.more } : {}),
    a: leftOf(plan, rows, depth),
    b: {
      step: packed ? panel.vectors * 16 : b.row,
      vector: (v, address, offset) =>
        packed
          ? load('v128.load', address, offset + v * 16)
          : b.column === format.bytes
            ? loadFirst(format, count(v), address, offset + v * 16)
            : gather(format, count(v), address, offset + v * format.lanes * b.column, b.column),
    },
    c: {
      row: n * format.bytes,
      load: (v, address, offset) => loadFirst(format, count(v), address, offset),
    },
  };
};
