/** What a trial that goes on from another owes to it, and to its rivals. */
import type { Known, Trial } from '../../../src/search/search/history.ts';
import { trials } from '../../../src/search/search/history.ts';
import { sameJson } from '../../../src/search/space/same.ts';
import { all, code, holds, type Verdict } from '../../law.ts';
import type { Trace } from './trace.ts';

/** What is known just before each trial is begun. */
export const beginnings = <A>({
  steps,
}: Trace<A>): ReadonlyArray<{ readonly trial: Trial<A>; readonly known: ReadonlyArray<Known<A>> }> =>
  steps.flatMap(({ before, suggestion }) =>
    typeof suggestion === 'object' ? [{ trial: suggestion, known: trials(before) }] : [],
  );

const finished = <A>(known: ReadonlyArray<Known<A>>, number: number): number | undefined => {
  const result = known[number]?.result;
  return result?.tag === 'finished' ? result.value : undefined;
};

/** Trials that may not go on from where they say. */
export const goesOn = <A>(known: ReadonlyArray<Known<A>>, trial: Trial<A>): Verdict => {
  const { from } = trial;
  if (from === undefined) return undefined;
  const before = known[from]?.trial;
  const where = `trial ${trial.number}`;
  return all(
    holds(finished(known, from) !== undefined, 'from a trial that ended with a value', `from ${from}`, where),
    holds(sameJson(before?.point, trial.point), `the point of trial ${from}`, code(trial.point), where),
    holds((before?.budget ?? 0) < trial.budget, `more than ${before?.budget}`, `${trial.budget}`, where),
    holds(!known.some((other) => other.trial.from === from), 'promoted once', `${from} again`, where),
  );
};

/** The budgets of a trial and of those that it goes on from: brackets that begin differently are no rivals. */
const path = <A>(known: ReadonlyArray<Known<A>>, number: number): string => {
  const trial = known[number]?.trial;
  if (trial === undefined) return '';
  return trial.from === undefined || trial.from >= number
    ? `${trial.budget}`
    : `${path(known, trial.from)} ${trial.budget}`;
};

/** Trials that go on though a better one of the same budgets does not. */
export const promotesBest = <A>(known: ReadonlyArray<Known<A>>, trial: Trial<A>): Verdict => {
  const { from } = trial;
  const value = from === undefined ? undefined : finished(known, from);
  if (from === undefined || value === undefined) return undefined;
  const promoted = new Set(known.map((other) => other.trial.from));
  const better = known.find(
    (other) =>
      path(known, other.trial.number) === path(known, from) &&
      !promoted.has(other.trial.number) &&
      (finished(known, other.trial.number) ?? Number.POSITIVE_INFINITY) < value,
  );
  return holds(
    better === undefined,
    `trial ${better?.trial.number}, of value ${better === undefined ? '' : finished(known, better.trial.number)}`,
    `trial ${from}, of value ${value}`,
    `trial ${trial.number}.from`,
  );
};
