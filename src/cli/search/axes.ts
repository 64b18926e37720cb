/** Trials as a picture shows them: every hyperparameter an axis from 0 to 1, every trial a place on each, and a group. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type Failure, Search, Space } from '../../index.ts';
import { simple } from '../../search/space/dimension.ts';
import { dimensionOf } from '../../search/space/space.ts';
import { valueAt } from '../../search/space/unit.ts';
import { number } from '../table/summary.ts';

export interface Tick {
  readonly place: number;
  readonly label: string;
}

export interface Axis {
  readonly name: string;
  readonly dimension: Space.Simple;
  readonly ticks: readonly Tick[];
  /** Whether it is missing from some points. */
  readonly conditional: boolean;
}

/** What a trial is told apart by in a picture. */
export const GROUPS = ['the best', 'best quarter', 'others', 'no value'] as const;
export type Group = (typeof GROUPS)[number];

/** A point that was tried, with its value at the greatest budget that it had. */
export interface Shown {
  readonly trial: Search.Trial<Space.Point>;
  /** Missing where the trial failed. */
  readonly value?: number;
  readonly group: Group;
  /** Along the axes, null where a hyperparameter is not there. */
  readonly places: ReadonlyArray<number | null>;
}

/** A value of any hyperparameter, for a person. */
export const text = (value: unknown): string =>
  typeof value === 'number'
    ? number(value)
    : typeof value === 'string'
      ? value
      : Array.isArray(value)
        ? value.length === 0
          ? 'none'
          : value.map(text).join('-')
        : (JSON.stringify(value) ?? '');

const LONGEST = 14;
const brief = (label: string): string => (label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label);

/** The marks of an axis: every option, or the ends and the middle of a number. */
const ticksOf = (dimension: Space.Simple): readonly Tick[] =>
  dimension.kind === 'choice'
    ? dimension.options.map((option, i) => ({
        place: (i + 0.5) / dimension.options.length,
        label: brief(text(option)),
      }))
    : [0, 0.5, 1].map((place) => ({ place, label: text(valueAt(dimension, place)) }));

/** The axes of a space, in the order of its coordinates. */
export const axesOf = (space: Space.Space<Space.Point>): readonly Axis[] =>
  Space.coordinates(space).map((name) => {
    const full = dimensionOf(space.dimensions, name);
    const dimension = simple(full);
    return { name, dimension, ticks: ticksOf(dimension), conditional: full.kind === 'conditional' };
  });

/** Every trial that ended and from which none that ended goes on: the last of each point. */
const lasts = (history: Search.History<Space.Point>): ReadonlyArray<Search.Known<Space.Point>> => {
  const ended = Search.trials(history).filter(({ result }) => result !== undefined);
  const before = new Set(ended.map(({ trial }) => trial.from));
  return ended.filter(({ trial }) => !before.has(trial.number));
};

/** The points that were tried, those without a value first and the best last, so that the best is drawn over the others. */
export const shownOf = (
  space: Space.Space<Space.Point>,
  history: Search.History<Space.Point>,
): E.Either<Failure.Failure, readonly Shown[]> => {
  const best = Search.best(history)?.trial.number;
  const all = lasts(history);
  const values = all
    .flatMap(({ result }) => (result?.tag === 'finished' ? [result.value] : []))
    .toSorted((a, b) => a - b);
  const quarter = values[Math.ceil(values.length / 4) - 1] ?? Number.NEGATIVE_INFINITY;
  const groupOf = (number: number, value: number | undefined): Group =>
    value === undefined ? 'no value' : number === best ? 'the best' : value <= quarter ? 'best quarter' : 'others';
  return pipe(
    all,
    E.traverseArray(({ trial, result }) =>
      pipe(
        Space.toUnit(space)(trial.point),
        E.map((places): Shown => {
          const value = result?.tag === 'finished' ? result.value : undefined;
          const group = groupOf(trial.number, value);
          return { trial, places, group, ...(value === undefined ? {} : { value }) };
        }),
      ),
    ),
    E.map((shown) => shown.toSorted((a, b) => GROUPS.indexOf(b.group) - GROUPS.indexOf(a.group))),
  );
};
