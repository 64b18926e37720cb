/** Numbers and tables as text. */

/** Three digits, with commas between thousands and no exponent; a dash for what is not a number. */
export const short = (x: number): string => {
  if (!Number.isFinite(x)) return '–';
  if (Math.abs(x) >= 100) return Math.round(x).toLocaleString('en');
  return x > 0 && x < 0.001 ? '< 0.001' : String(Number(x.toPrecision(3)));
};

export const percent = (x: number): string => (Number.isFinite(x) ? `${Math.round(100 * x)} %` : '–');

/** Bytes in the largest unit of which there is one. */
export const bytes = (n: number): string =>
  n >= 2 ** 30 ? `${short(n / 2 ** 30)} GiB` : n >= 2 ** 20 ? `${short(n / 2 ** 20)} MiB` : `${short(n / 2 ** 10)} KiB`;

/** Rows of words under a head: the first column to the left, the others to the right. */
export const table = (head: readonly string[], rows: ReadonlyArray<readonly string[]>): string => {
  const widths = head.map((word, i) => Math.max(word.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (words: readonly string[]): string =>
    widths
      .map((width, i) => (i === 0 ? (words[i] ?? '').padEnd(width) : (words[i] ?? '').padStart(width)))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
};
