/** What a run of mutants says: figures a file, and every mutant that was not killed. */
import { survivors } from './survivors.ts';

interface Place {
  readonly line: number;
  readonly column: number;
}

interface Mutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: { readonly start: Place; readonly end: Place };
}

/** As much of the report's format as is read here. */
export interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

/** The text of a piece of a source. */
const textAt = (source: string, { start, end }: Mutant['location']): string => {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  return lines
    .map((line, i) => line.slice(i === 0 ? start.column - 1 : 0, i === lines.length - 1 ? end.column - 1 : undefined))
    .join('\n');
};

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;

export const reportOf = (report: Report): { readonly text: string; readonly unknown: number } => {
  const files = Object.entries(report.files).map(([path, { source, mutants }]) => ({
    path,
    source,
    mutants: mutants.filter(({ status }) => status !== 'Ignored' && status !== 'CompileError'),
  }));
  const open = files.flatMap(({ path, source, mutants }) =>
    mutants
      .filter(({ status }) => status !== 'Killed')
      .map((mutant) => ({
        status: mutant.status,
        line: mutant.location.start.line,
        file: path,
        from: oneLine(textAt(source, mutant.location)),
        to: oneLine(mutant.replacement ?? ''),
      })),
  );
  const told = open.map((one) => ({
    ...one,
    reason: survivors.find(({ file, from, to }) => file === one.file && from === one.from && to === one.to)?.reason,
  }));
  const all = files.flatMap(({ mutants }) => mutants);
  const count = (status: string): number => all.filter((mutant) => mutant.status === status).length;
  const unknown = told.filter(({ reason }) => reason === undefined);
  return {
    unknown: unknown.length,
    text: [
      ...files.map(({ path, mutants }) => {
        const killed = mutants.filter(({ status }) => status === 'Killed').length;
        return `  ${path}: ${killed} of ${mutants.length}`;
      }),
      ...unknown.map(({ status, file, line, from, to }) => `  ${status} ${file}:${line}\n    - ${from}\n    + ${to}`),
      `  killed ${count('Killed')} of ${all.length} (${percent(count('Killed'), all.length)}), ` +
        `survived ${count('Survived')}, not covered ${count('NoCoverage')}, timed out ${count('Timeout')}, ` +
        `errors ${count('RuntimeError')}; of these told to be equivalent ${told.length - unknown.length}`,
    ].join('\n'),
  };
};
