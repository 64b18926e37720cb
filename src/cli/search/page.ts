/** The report of a search. */
import { basename } from 'node:path';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { TopLevelSpec } from 'vega-lite';
import { type Failure, Search, Space } from '../../index.ts';
import { draw } from '../report/draw.ts';
import { type Figure, type Grid, page, type Section } from '../report/page.ts';
import { percent } from '../table/summary.ts';
import { axesOf, shownOf, text } from './axes.ts';
import { arrivals, bestCurve, importanceBars, slices } from './curves.ts';
import {
  counted,
  ends,
  importanceOf,
  measured,
  ordered,
  type Searched,
  short,
  shownAs,
  trained,
  valued,
} from './outcome.ts';
import { parallelCoordinates } from './parallel.ts';

type Effect<A> = TE.TaskEither<Failure.Failure, A>;

const figure = (spec: TopLevelSpec, caption: string): Effect<Figure> =>
  pipe(
    draw(spec),
    TE.map((svg) => ({ svg, caption })),
  );

const withFigures = (section: Omit<Section, 'figures'>, figures: ReadonlyArray<Effect<Figure>>): Effect<Section> =>
  pipe(
    figures,
    TE.sequenceSeqArray,
    TE.map((drawn) => ({ ...section, figures: drawn })),
  );

/** Every trial that ended. */
const trialGrid = ({ subject, history }: Searched): Grid => {
  const { names } = subject.search.space;
  const rungs = new Set(Search.trials(history).map(({ trial }) => trial.from)).size > 1;
  return {
    sortable: true,
    head: ['trial', measured(subject), 'epochs', ...(rungs ? ['goes on from'] : []), ...names],
    rows: ordered(history).map(({ trial, result }) => [
      String(trial.number),
      result?.tag === 'finished' ? valued(subject, result.value) : `– (${result?.reason ?? ''})`,
      String(trial.budget),
      ...(rungs ? [trial.from === undefined ? '–' : String(trial.from)] : []),
      ...names.map((name) => (Object.hasOwn(trial.point, name) ? text(trial.point[name]) : '–')),
    ]),
  };
};

const bestSection = (searched: Searched): Effect<Section> => {
  const { subject, history } = searched;
  const interval = ends(searched);
  const best = Search.best(history);
  const { ended, failed } = counted(history);
  const all = arrivals(history);
  const y = measured(subject);
  const as = shownAs(subject);
  const rest = Object.entries(subject.settings);
  const lacking = short(searched);
  return withFigures(
    {
      heading: 'The best',
      text:
        best === undefined
          ? 'No trial ended with a value.'
          : `The trial with the least ${y}, the mean of ${subject.folds} folds, of those that were trained longest. It was chosen because it looked best on these rows, so that on new ones it will do a little worse: what it is worth is to be measured on rows that no trial has seen.`,
      facts: [
        ...(best === undefined
          ? []
          : [
              { value: valued(subject, best.value), name: y },
              ...(interval === undefined
                ? []
                : [
                    {
                      value: interval.join(' to '),
                      name: '95 % interval of the mean over folds',
                    },
                  ]),
              ...(lacking === undefined ? [] : [{ value: lacking, name: 'its training: no trial was trained longer' }]),
              ...(subject.measure !== 'errorRate' ? [] : [{ value: percent(1 - best.value), name: 'accuracy' }]),
            ]),
        { value: failed === 0 ? String(ended) : `${ended}, ${failed} without a value`, name: 'trials' },
        { value: trained(history).toLocaleString('en'), name: 'epochs of training in each fold' },
      ],
      grid: {
        head: ['hyperparameter', 'value'],
        rows: [
          ...Object.entries(best?.trial.point ?? {}).map(([name, value]) => [name, text(value)]),
          ...rest.map(([name, value]) => [name, `${text(value)} (in every trial)`]),
        ],
      },
    },
    best === undefined
      ? []
      : [
          figure(
            bestCurve(all, 'ended', 'trials that ended', as),
            'Every trial in the order in which it ended, and the best so far of those that were trained longest by then.',
          ),
          figure(
            bestCurve(all, 'spent', 'epochs of training spent', as),
            'The same against the training that it took. A trial that goes on from another costs only what it adds.',
          ),
        ],
  );
};

/** What was tried, as pictures. */
const lookSections = (searched: Searched): Effect<readonly Section[]> => {
  const { subject, history } = searched;
  const { space } = subject.search;
  const axes = axesOf(space);
  const importance = importanceOf(searched);
  const as = shownAs(subject);
  return pipe(
    TE.fromEither(shownOf(space, history)),
    TE.chain((shown) =>
      axes.length === 0 || shown.every(({ value }) => value === undefined)
        ? TE.right([])
        : TE.sequenceSeqArray([
            withFigures(
              {
                heading: 'What was tried',
                text: 'Each line is one point of the space, as good as it was when it had been trained longest. Where the lines of the best quarter run together, the hyperparameter matters; where they are spread, any value will do.',
                facts: [],
              },
              [
                figure(
                  parallelCoordinates(axes, shown, as),
                  'Every hyperparameter on an axis of its own, and at the right what it came to; less is better.',
                ),
              ],
            ),
            withFigures(
              {
                heading: 'One hyperparameter at a time',
                text: 'What each point came to, against each of its hyperparameters; the best is orange.',
                facts: [],
              },
              [
                figure(
                  slices(axes, shown, as),
                  'Where points lie in a band, this hyperparameter decides; where they are scattered, others do.',
                ),
              ],
            ),
            ...(importance === undefined
              ? []
              : [
                  withFigures(
                    {
                      heading: 'Importance',
                      text: 'The part of the variance of the values that the means over the values of this hyperparameter alone explain, corrected for chance (ε²). The parts need not add up to one: of few trials two hyperparameters may explain the same, and what two do only together is not seen.',
                      facts: [],
                    },
                    [figure(importanceBars(importance), `From ${counted(history).ended} trials.`)],
                  ),
                ]),
          ]),
    ),
  );
};

/** The report as HTML. */
export const searchPage = (searched: Searched): Effect<string> => {
  const { source, subject, prepared, history, stopped } = searched;
  const [rows = 0, features = 0] = prepared.features.shape;
  const { ended } = counted(history);
  return pipe(
    TE.Do,
    TE.apS('best', bestSection(searched)),
    TE.apS('looks', lookSections(searched)),
    TE.map(({ best, looks }) =>
      page({
        title: `Hyperparameters for ${basename(source)}`,
        lead: `${rows.toLocaleString('en')} rows, ${features} features, predicting ${subject.target}: ${ended} trials, each trained and validated on ${subject.folds} folds. Seed ${subject.seed}.${stopped ? ' The search was stopped before its end.' : ''}`,
        sections: [
          best,
          ...looks,
          {
            heading: 'The trials',
            text: 'Those that ended: those that were trained longest first, and of these the best. A click on a heading orders them by it.',
            facts: [],
            figures: [],
            grid: trialGrid(searched),
          },
        ],
        footer: `Made by nabla search. Search: ${JSON.stringify(subject.search.description)}. Space: ${JSON.stringify(Space.encode(subject.search.space))}.`,
      }),
    ),
  );
};
