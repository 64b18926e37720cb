/** The report of a training on a table. */
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type { Failure } from '../../index.ts';
import { confusion, lossCurve, predictedAgainstTrue } from '../report/charts.ts';
import { draw } from '../report/draw.ts';
import { page, type Section } from '../report/page.ts';
import { residualsAgainstPrediction } from '../report/residuals.ts';
import type { Prepared } from './prepare.ts';
import { number, percent } from './summary.ts';
import type { Trained } from './train.ts';

const facts = ({ outcome }: Trained): Section['facts'] =>
  outcome.task === 'classification'
    ? [
        { value: percent(outcome.accuracy), name: 'test accuracy' },
        { value: outcome.macroF1.toFixed(3), name: 'macro F1' },
        { value: number(outcome.logLoss), name: 'log loss (nats)' },
      ]
    : [
        { value: outcome.r2.toFixed(3), name: 'R² on test rows' },
        { value: number(outcome.rmse), name: 'root mean square error' },
        { value: number(outcome.mae), name: 'mean absolute error' },
      ];

const outcomePictures = ({ outcome, model }: Trained) =>
  outcome.task === 'classification'
    ? [
        {
          spec: confusion(outcome.confusion, outcome.classes),
          caption:
            'Test rows by what they are (down) and what the network says (across). Right answers lie on the diagonal; the darker a cell, the greater its share of the row.',
        },
      ]
    : [
        {
          spec: predictedAgainstTrue(outcome.pairs, model.encoding.schema.target.name),
          caption: 'Each test row once. On the dashed line the prediction would be exact.',
        },
        {
          spec: residualsAgainstPrediction(outcome.pairs, model.encoding.schema.target.name),
          caption:
            'What the prediction leaves of the true value. A good network leaves a cloud about 0 that is the same everywhere: a bend is something that it has not learned, a funnel a noise that grows.',
        },
      ];

const history = ({ history: rows }: Trained): Section['grid'] => {
  const shown = rows.filter((_, i) => i % Math.ceil(rows.length / 10) === 0 || i === rows.length - 1);
  return {
    head: ['epoch', 'steps', 'training loss', 'validation loss'],
    rows: shown.map(({ epoch, step, loss, validationLoss }) => [
      String(epoch),
      String(step),
      number(loss),
      validationLoss === undefined ? '' : number(validationLoss),
    ]),
  };
};

/** The report as HTML. */
export const tablePage = (
  source: string,
  seed: number,
  { rows, warnings }: Prepared,
  trained: Trained,
): TE.TaskEither<Failure.Failure, string> => {
  return pipe(
    TE.Do,
    TE.apS('curve', draw(lossCurve(trained.history))),
    TE.apS(
      'figures',
      pipe(
        outcomePictures(trained),
        RA.traverse(TE.ApplicativeSeq)(({ spec, caption }) =>
          pipe(
            draw(spec),
            TE.map((svg) => ({ svg, caption })),
          ),
        ),
      ),
    ),
    TE.map(({ curve, figures }) =>
      page({
        title: `A network for ${source}`,
        lead: `${rows} rows, ${trained.widths[0] ?? 0} features, predicting ${trained.model.encoding.schema.target.name} with a ${trained.widths.join('-')} network of ${trained.parameters.toLocaleString('en')} parameters. Seed ${seed}.`,
        sections: [
          {
            heading: 'The test',
            text: 'A fifth of the rows was put aside before anything else and is used here for the first time.',
            facts: facts(trained),
            figures,
          },
          {
            heading: 'The training',
            text: [
              'The network that is kept is the one with the least validation loss. While it is training, part of its units drop out and the rate changes, so the training loss may lie above the validation loss.',
              ...warnings.map((warning) => `Note: ${warning}.`),
            ].join(' '),
            facts: [],
            figures: [
              {
                svg: curve,
                caption: 'The loss after each epoch, on the rows that are learned from and on rows that are not.',
              },
            ],
            grid: history(trained) ?? { head: [], rows: [] },
          },
        ],
        footer: `Made by nabla. The same command with seed ${seed} gives the same page.`,
      }),
    ),
  );
};
