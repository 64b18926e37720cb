/**
 * The zoo as a table in markdown: each fault, the law that names it, and after how many samples it was caught at three
 * seeds. `docs/zoo.md` is written from it.
 */
import type { Broken } from './broken.ts';
import { caught, SEEDS } from './caught.ts';
import type { Family } from './index.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');

const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

/** The line of a wrong value, from the samples until it was caught at each seed. */
export const lineOf = (
  family: string,
  { name, fault, law, teaching }: Broken,
  samples: ReadonlyArray<number | undefined>,
): string =>
  row([
    family,
    `${name}: ${fault}${teaching === true ? ' †' : ''}`,
    law,
    samples.map((each) => each ?? 'missed').join(', '),
  ]);

const rows = ({ name, broken }: Family): readonly string[] =>
  broken.map((entry) =>
    lineOf(
      name,
      entry,
      SEEDS.map((seed) => caught(entry, seed)),
    ),
  );

const count = (entries: Family['broken']): number => entries.length;

/** The table, with a line above it that counts. */
export const table = (of: readonly Family[]): string => {
  const all = of.flatMap(({ broken }) => broken);
  return [
    `${count(all)} wrong values in ${of.length} families, † ${count(all.filter(({ teaching }) => teaching === true))} of them faults of a published teaching implementation; ${of.reduce((sum, { correct }) => sum + correct.length, 0)} right values beside them pass.`,
    '',
    row(['family', 'fault', 'law that fails', `samples until caught, seeds ${SEEDS.join(', ')}`]),
    row(['---', '---', '---', '---']),
    ...of.flatMap(rows),
  ].join('\n');
};
