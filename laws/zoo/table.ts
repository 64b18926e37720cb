/**
 * The zoo as a table in markdown: each fault, the law that names it, and after how many samples it was caught at three
 * seeds. `npx tsx laws/zoo/table.ts` prints it.
 */
import { pathToFileURL } from 'node:url';
import { caught, SEEDS } from './caught.ts';
import { type Family, families } from './index.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');

const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

const rows = ({ name, broken }: Family): readonly string[] =>
  broken.map((entry) =>
    row([
      name,
      `${entry.name}: ${entry.fault}${entry.teaching === true ? ' †' : ''}`,
      entry.law,
      SEEDS.map((seed) => caught(entry, seed) ?? 'missed').join(', '),
    ]),
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

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.stdout.write(`${table(families)}\n`);
