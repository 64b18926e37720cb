/** The numbers of a chapter's tables, so that a picture shows what the table says. */

/** A number with its interval: `0.031 [0.028, 0.034]`. */
export interface Cell {
  readonly row: string;
  readonly column: string;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

const cells = (line: string): readonly string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));

const CELL = /^([−\d.,e-]+) \[([−\d.,e-]+), ([−\d.,e-]+)\]/;
const numberOf = (text: string | undefined): number => Number(text?.replace('−', '-').replaceAll(',', ''));

/** The cells with intervals of the table whose first heading is given. */
export const tableOf = (page: string, heading: string): readonly Cell[] => {
  const lines = page.split('\n');
  const start = lines.findIndex((line) => cells(line)[0] === heading);
  const columns = cells(lines[start] ?? '');
  const end = lines.findIndex((line, i) => i > start && !line.startsWith('|'));
  return lines.slice(start + 2, end).flatMap((line) => {
    const [row = '', ...values] = cells(line);
    return values.flatMap((value, i) => {
      const [, estimate, low, high] = CELL.exec(value) ?? [];
      return estimate === undefined
        ? []
        : [
            {
              row,
              column: columns[i + 1] ?? '',
              estimate: numberOf(estimate),
              low: numberOf(low),
              high: numberOf(high),
            },
          ];
    });
  });
};
