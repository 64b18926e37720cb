/** How a product is cut: tiles of the result that registers hold, panels of the right side, blocks of k, bands of rows. */
import type { Operand, Product } from '../product.ts';
import { type Format, formats } from './format.ts';

/** Distances are in bytes. */
export interface Plan {
  readonly format: Format;
  readonly m: number;
  readonly n: number;
  readonly a: { readonly row: number; readonly step: number };
  readonly b: { readonly row: number; readonly column: number };
  /** Rows and vectors of a tile; `tall` tiles have so many rows, after them `short` ones have one less. */
  readonly rows: number;
  readonly vectors: number;
  readonly tall: number;
  readonly short: number;
  /** Tall tiles in a band: its part of the left side stays in the cache while the panels go by. */
  readonly band: number;
  /** Lengths of the blocks of k; their sum is k. */
  readonly depths: readonly number[];
  /** Every panel is copied before it is used. */
  readonly packed: boolean;
  /** The left side is copied tile by tile, where it lies in few sets of the cache: its columns in order, or very large. */
  readonly leftPacked: boolean;
  /** So small that the tiles stand one after the other, without loops or calls. */
  readonly straight: boolean;
}

/** Bytes of a panel and of the rows of a band that meet it: half of a first-level cache of 32 KiB, half of a second of 1 MiB. */
const PANEL = 16_384;
const BAND = 524_288;
/** Multiplications of vectors that are written out. */
const STRAIGHT = 96;
/** So many tiles must share a panel before it pays to copy it. */
const SHARED = 3;
/** So many panels must meet a left side before it pays to copy it. */
const SPREAD = 12;

/** What 15 registers hold: sums, one row of vectors, one number a row and a product. */
const tileFor = (m: number, vectors: number): { rows: number; vectors: number } => {
  if (vectors === 1) return { rows: 6, vectors: 1 };
  if (m === 1) return { rows: 1, vectors: 6 };
  return m === 2 ? { rows: 2, vectors: 4 } : { rows: 4, vectors: 2 };
};

const equalParts = (whole: number, most: number): readonly number[] => {
  const parts = Math.ceil(whole / most);
  const size = Math.ceil(whole / parts);
  return Array.from({ length: parts }, (_, i) => Math.min(size, whole - i * size));
};

/** A column is the row of its transpose, so one column on the right is one row on the left of the transposed product. */
const oriented = ({ m, k, n, a, b }: Product): { m: number; k: number; n: number; a: Operand; b: Operand } =>
  n === 1 && m > 1
    ? { m: 1, k, n: m, a: { row: b.column, column: b.row }, b: { row: a.column, column: a.row } }
    : { m, k, n, a, b };

export const planOf = (product: Product): Plan => {
  const format = formats[product.dtype];
  const { bytes, lanes } = format;
  const { m, k, n, a, b } = oriented(product);
  const width = Math.ceil(n / lanes);
  const wanted =
    product.tile === undefined
      ? tileFor(m, width)
      : { rows: product.tile.rows, vectors: Math.max(1, Math.floor(product.tile.columns / lanes)) };
  const vectors = Math.min(wanted.vectors, width);
  const tiles = Math.ceil(m / wanted.rows);
  const rows = Math.ceil(m / tiles);
  const short = tiles * rows - m;
  const depths = equalParts(k, Math.max(1, Math.floor(PANEL / (vectors * 16))));
  const turned = b.column !== 1;
  return {
    format,
    m,
    n,
    a: { row: a.row * bytes, step: a.column * bytes },
    b: { row: b.row * bytes, column: b.column * bytes },
    rows,
    vectors,
    tall: tiles - short,
    short,
    band: Math.max(1, Math.floor(BAND / (rows * bytes * (depths[0] ?? k)))),
    depths,
    packed: turned || (k * n * bytes > PANEL && tiles >= SHARED),
    leftPacked: m * k * bytes > (a.column === 1 ? BAND : PANEL) && n >= SPREAD * vectors * lanes,
    straight: m * k * width <= STRAIGHT,
  };
};
