/** What a run of mutants says: figures for each file, and every mutant that was not killed. */
import { compiles } from './compiles.ts';
import { partsOf, type Survivor } from './survivors/survivor.ts';
import { survivors } from './survivors.ts';

interface Place {
  readonly line: number;
  readonly column: number;
}

interface Mutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly statusReason?: string;
  readonly location: { readonly start: Place; readonly end: Place };
}

/** As much of the report's format as is read here; lines and columns count from 1. */
export interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

/** Where a place is in a text. */
const offsetOf = (source: string, { line, column }: Place): number =>
  source
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, each) => sum + each.length + 1, column - 1);

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A mutant that was not killed, and why that is right, if it is known. */
interface Open {
  readonly status: string;
  readonly file: string;
  readonly line: number;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly reason?: string;
}

const FALLBACK = 'a fallback that the compiler asks for where a position is read, and that no position reaches';
/** Stryker's name for what the compiler refuses. */
const REFUSED = 'CompileError';

/** Whether a number stands where it is read only when there is nothing at a position: `a[i] ?? 0`, `const [a = 0] = b`. */
const isFallback = (source: string, { start, end }: Mutant['location']): boolean =>
  /(\]|\)|data) \?\? -?$|\[[^\][;]*\w = -?$/.test(source.slice(0, offsetOf(source, start))) &&
  /^[),\];:}\s]/.test(source.slice(offsetOf(source, end)));

/** A text without its white space. */
const bare = (text: string): string => text.replace(/\s+/g, '');

/** Whether what a survivor changes is this, with what stands before and behind it. */
const isAt = (one: Survivor, [ahead = '', from = '', rest = '']: readonly string[]): boolean => {
  const [before = '', changed = '', behind = ''] = partsOf(one).map(bare);
  return changed === from && ahead.endsWith(before) && rest.startsWith(behind);
};

const openOf = (file: string, source: string, mutant: Mutant): Open => {
  const [start, end] = [offsetOf(source, mutant.location.start), offsetOf(source, mutant.location.end)];
  const [from, to] = [source.slice(start, end), mutant.replacement ?? ''];
  const around = [source.slice(0, start), from, source.slice(end)].map(bare);
  const known = survivors.find((one) => one.file === file && one.to === oneLine(to) && isAt(one, around))?.reason;
  const fallback = mutant.status === 'NoCoverage' && isFallback(source, mutant.location) ? FALLBACK : undefined;
  const reason = known ?? fallback;
  return {
    status: mutant.status,
    file,
    line: mutant.location.start.line,
    from: oneLine(from),
    to: oneLine(to),
    text: `${source.slice(0, start)}${to}${source.slice(end)}`,
    ...(reason === undefined ? {} : { reason }),
  };
};

/** Whether a mutant was stopped for passing its place a hundred times as often as the tests do: a loop without end. */
const isEndless = ({ status, statusReason }: Mutant): boolean =>
  status === 'Timeout' && statusReason?.startsWith('Hit limit') === true;

/** Whether a mutant was noticed. */
export const isKilled = (mutant: Mutant): boolean => mutant.status === 'Killed' || isEndless(mutant);

const placeOf = ({ mutatorName, replacement, location }: Mutant): string =>
  JSON.stringify([mutatorName, replacement, location]);

/** A report with what a later run said of some of its mutants, of files that have changed since, and of others. */
export const renewed = (before: Report, after: Report): Report => ({
  ...before,
  files: {
    ...after.files,
    ...Object.fromEntries(
      Object.entries(before.files).map(([file, one]) => {
        const again = after.files[file];
        if (again !== undefined && again.source !== one.source) return [file, again];
        const later = new Map(again?.mutants.map((mutant) => [placeOf(mutant), mutant]));
        return [file, { ...one, mutants: one.mutants.map((mutant) => later.get(placeOf(mutant)) ?? mutant) }];
      }),
    ),
  },
});

/** A report in which what survived is marked where the compiler refuses it. */
export const compiled = (report: Report): Report => {
  const asked = Object.entries(report.files).flatMap(([file, { source, mutants }]) =>
    mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map((mutant) => ({ mutant, ...openOf(file, source, mutant) }))
      .filter(({ reason }) => reason === undefined),
  );
  const answers = compiles(asked);
  const refused = new Set(asked.filter((_, i) => answers[i] === false).map(({ mutant }) => mutant));
  return {
    ...report,
    files: Object.fromEntries(
      Object.entries(report.files).map(([file, one]) => [
        file,
        { ...one, mutants: one.mutants.map((each) => (refused.has(each) ? { ...each, status: REFUSED } : each)) },
      ]),
    ),
  };
};

/** Whether a mutant is to be tried again. */
export const isOpen = (mutant: Mutant): boolean =>
  !isKilled(mutant) && mutant.status !== 'Ignored' && mutant.status !== REFUSED;

const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;

const show = ({ status, file, line, from, to }: Open): string =>
  `  ${status} ${file}:${line}\n    - ${from}\n    + ${to}`;

export const reportOf = (report: Report): { readonly text: string; readonly unknown: number } => {
  const files = Object.entries(report.files).map(([file, { source, mutants }]) => ({
    file,
    source,
    mutants: mutants.filter(({ status }) => status !== 'Ignored'),
  }));
  const open = files.flatMap(({ file, source, mutants }) =>
    mutants.filter((mutant) => !isKilled(mutant)).map((mutant) => openOf(file, source, mutant)),
  );
  const refused = open.filter(({ status }) => status === REFUSED).length;
  const fallbacks = open.filter(({ reason }) => reason === FALLBACK).length;
  const endless = files.reduce((sum, { mutants }) => sum + mutants.filter(isEndless).length, 0);
  const unknown = open.filter(({ reason, status }) => reason === undefined && status !== REFUSED);
  const whole = files.reduce((sum, { mutants }) => sum + mutants.length, 0) - refused - fallbacks;
  const killed = whole + refused + fallbacks - open.length;
  return {
    unknown: unknown.length,
    text: [
      ...unknown.map(show),
      `  killed ${killed} of ${whole} (${percent(killed, whole)}), ${endless} of them loops without end; ${open.length - refused - fallbacks - unknown.length} equivalent, ` +
        `${unknown.length} unexplained (${unknown.filter(({ status }) => status === 'Timeout').length} timed out). ` +
        `Left out: ${refused} refused by the compiler, ${fallbacks} fallbacks that no position reaches`,
    ].join('\n'),
  };
};
