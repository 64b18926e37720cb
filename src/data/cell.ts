/** What the text of one cell says. */

/** A finite decimal number; nothing where a number is asked for (an empty cell, NaN, an infinity); or another text. */
export type Cell =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'missing' }
  | { readonly kind: 'text' };

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const NOT_A_QUANTITY = /^([+-]?(nan|inf|infinity))?$/i;

const missing: Cell = { kind: 'missing' };
const text: Cell = { kind: 'text' };

/** Reads a cell, ignoring spaces around it. A decimal number beyond the range of f64 counts as an infinity. */
export const readCell = (cell: string): Cell => {
  const trimmed = cell.trim();
  if (DECIMAL.test(trimmed)) {
    const value = Number(trimmed);
    return Number.isFinite(value) ? { kind: 'number', value } : missing;
  }
  return NOT_A_QUANTITY.test(trimmed) ? missing : text;
};
