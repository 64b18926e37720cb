/** What came of a search: for programs, and in a few lines for a person. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Interval, Search, Space, type Trial } from '../../index.ts';
import { costOf, ranked } from '../../search/search/history.ts';
import { number, percent } from '../table/summary.ts';
import { text } from './axes.ts';
import type { Measured } from './curves.ts';
import type { Known, Subject } from './kept.ts';
import type { Prepared } from './table.ts';

export interface Searched extends Known {
  readonly source: string;
  readonly subject: Subject;
  readonly prepared: Prepared;
  /** Whether it was stopped before its end. */
  readonly stopped: boolean;
}

/** What a trial's value is called. */
const NAMES: Readonly<Record<Trial.Measure, string>> = {
  errorRate: 'error rate',
  logLoss: 'log loss',
  // Of targets scaled to variance 1, so that 1 is what the mean of the training targets gets.
  squaredError: 'squared error ÷ variance',
};

export const measured = ({ measure }: Pick<Subject, 'measure'>): string => NAMES[measure];

/** How values stand in pictures. */
export const shownAs = (subject: Pick<Subject, 'measure'>): Measured => ({
  name: measured(subject),
  format: subject.measure === 'errorRate' ? '~%' : '~g',
  show: (value) => valued(subject, value),
});

/** A value for a person. */
export const valued = ({ measure }: Pick<Subject, 'measure'>, value: number): string =>
  measure === 'errorRate' ? `${(100 * value).toFixed(2)} %` : number(value);

/** The interval of the mean over folds of the best trial's scores, where these are known and differ: those that happen to be
 * equal do not say how far others would be. It says nothing of the choice. */
export const intervalOf = ({
  prepared,
  scores,
  history,
}: Pick<Searched, 'scores' | 'history'> & {
  readonly prepared: Pick<Prepared, 'folds'>;
}): Interval.Interval | undefined => {
  const best = Search.best(history);
  return pipe(
    (best === undefined ? undefined : scores[String(best.trial.number)]) ?? [],
    Interval.foldMean(0.95)(prepared.folds),
    E.match(
      () => undefined,
      (interval) => (interval.low < interval.high ? interval : undefined),
    ),
  );
};

/** How much each hyperparameter matters by itself, the most important first; nothing of too few trials. */
export const importanceOf = ({ subject, history }: Searched): Readonly<Record<string, number>> | undefined =>
  pipe(
    Search.importance(subject.search.space)(history),
    E.match(
      () => undefined,
      (found) => Object.fromEntries(Object.entries(found).toSorted(([, a], [, b]) => b - a)),
    ),
  );

/** How much training trials had that ended. */
export const trained = (history: Search.History<Space.Point>): number => {
  const known = Search.trials(history);
  return known.reduce((sum, { trial, result }) => sum + (result === undefined ? 0 : costOf(known, trial)), 0);
};

/** The trials that ended, those that were trained longest first and of these the best; those without a value last. */
export const ordered = (history: Search.History<Space.Point>): ReadonlyArray<Search.Known<Space.Point>> => {
  const ended = Search.trials(history).flatMap(({ trial, result }) =>
    result === undefined ? [] : [{ trial, result }],
  );
  const measured = ranked(ended).toSorted((a, b) => b.trial.budget - a.trial.budget);
  return [
    ...measured.map(({ trial, value }) => ({ trial, result: Search.finished(trial.number, value) })),
    ...ended.filter(({ result }) => result.tag === 'failed'),
  ];
};

/** The ends of an interval for a person, where there is one: of what is no less than 0, nor an error rate above 1. */
export const ends = (searched: Searched): readonly [least: string, most: string] | undefined => {
  const interval = intervalOf(searched);
  const { subject } = searched;
  const top = subject.measure === 'errorRate' ? 1 : Number.POSITIVE_INFINITY;
  return interval === undefined
    ? undefined
    : [valued(subject, Math.max(0, interval.low)), valued(subject, Math.min(top, interval.high))];
};

/** The best value with its interval. */
const ranged = (searched: Searched, value: number): string => {
  const found = ends(searched);
  return `${valued(searched.subject, value)}${found === undefined ? '' : ` (${found.join(' to ')})`}`;
};

const plural = (count: number, word: string): string =>
  `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;

/** How long the best was trained, of how long it could have been: where no trial that was to be trained longest has a value. */
export const short = ({ subject, history }: Pick<Searched, 'subject' | 'history'>): string | undefined => {
  const best = Search.best(history);
  const { maximum } = subject.search.description;
  return best === undefined || typeof maximum !== 'number' || best.trial.budget >= maximum
    ? undefined
    : `${best.trial.budget} of ${plural(maximum, 'epoch')}`;
};

/** A point in words. */
export const pointText = (point: Space.Point): string =>
  Object.entries(point)
    .map(([name, value]) => `${name} ${text(value)}`)
    .join(', ');

/** One object for programs. */
export const results = (searched: Searched) => {
  const { subject, prepared, history, scores, stopped } = searched;
  const best = Search.best(history);
  return {
    task: prepared.classes === undefined ? 'regression' : 'classification',
    target: subject.target,
    measure: subject.measure,
    seed: subject.seed,
    folds: subject.folds,
    space: Space.encode(subject.search.space),
    search: subject.search.description,
    settings: subject.settings,
    stopped,
    best: best === undefined ? null : { ...best.trial, value: best.value, interval: intervalOf(searched) ?? null },
    trials: Search.trials(history).flatMap(({ trial, result }) =>
      result === undefined
        ? []
        : [
            {
              ...trial,
              ...(result.tag === 'finished' ? { value: result.value } : { failed: result.reason }),
              scores: scores[String(trial.number)] ?? null,
            },
          ],
    ),
    importance: importanceOf(searched) ?? null,
    epochs: trained(history),
  };
};

/** Of all trials, how many had no value. */
export const counted = (history: Search.History<Space.Point>): { readonly ended: number; readonly failed: number } => {
  const results = history.events.filter(({ tag }) => tag !== 'started');
  return { ended: results.length, failed: results.filter(({ tag }) => tag === 'failed').length };
};

export const summary = (searched: Searched): string => {
  const { source, subject, prepared, history, stopped } = searched;
  const { ended, failed } = counted(history);
  const best = Search.best(history);
  const importance = Object.entries(importanceOf(searched) ?? {}).filter(([, share]) => share > 0);
  const [rows = 0, features = 0] = prepared.features.shape;
  return [
    `${source}: ${plural(rows, 'row')}, ${plural(features, 'feature')}; predicted: ${subject.target} (${
      prepared.classes === undefined ? 'a number' : `${prepared.classes.length} classes`
    })`,
    `search    ${String(subject.search.description.kind)}, ${subject.folds} folds; seed ${subject.seed}`,
    `trials    ${ended} ended${stopped ? ' before it was stopped' : ''}${failed === 0 ? '' : `, ${failed} of them without a value`}; ${plural(
      trained(history),
      'epoch',
    )} in each fold`,
    ...(best === undefined
      ? []
      : [
          `best      ${measured(subject)} ${ranged(searched, best.value)} (trial ${best.trial.number}${
            short(searched) === undefined ? '' : `, after ${short(searched)}`
          }): ${pointText(best.trial.point)}`,
        ]),
    ...(importance.length === 0
      ? []
      : [`matters   ${importance.map(([name, share]) => `${name} ${percent(share)}`).join(', ')}`]),
    '',
  ].join('\n');
};
