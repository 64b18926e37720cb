/** What came of a training, in a few lines of text. */
import type { Outcome } from './outcome.ts';
import type { Prepared } from './prepare.ts';
import type { Trained } from './train.ts';

export const percent = (x: number): string => `${(100 * x).toFixed(1)} %`;
export const number = (x: number): string => String(Number(x.toPrecision(4)));

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** The classes that were most often taken for another. */
const confusions = (outcome: Outcome): readonly string[] =>
  outcome.task === 'regression'
    ? []
    : outcome.confusion
        .flatMap((row, i) => row.map((count, j) => ({ i, j, count })))
        .filter(({ i, j, count }) => i !== j && count > 0)
        .sort((a, b) => b.count - a.count)
        .slice(0, 3)
        .map(({ i, j, count }) => `${outcome.classes[i]} taken for ${outcome.classes[j]} (${count})`);

/** The test, in words. */
export const testLine = (outcome: Outcome): string =>
  outcome.task === 'classification'
    ? `accuracy ${percent(outcome.accuracy)}, macro F1 ${outcome.macroF1.toFixed(3)}, log loss ${number(outcome.logLoss)}`
    : `R² ${outcome.r2.toFixed(3)}, root mean square error ${number(outcome.rmse)}, mean absolute error ${number(outcome.mae)}`;

export const summary = (source: string, seed: number, prepared: Prepared, trained: Trained): string => {
  const { parts, encoding, rows } = prepared;
  const count = (part: 'train' | 'validation' | 'test'): number => parts[part].inputs.shape[0] ?? 0;
  const { target } = encoding.schema;
  const best = trained.history.reduce<(typeof trained.history)[number] | undefined>(
    (least, row) => ((row.validationLoss ?? 0) < (least?.validationLoss ?? Number.POSITIVE_INFINITY) ? row : least),
    undefined,
  );
  const mistakes = confusions(trained.outcome);
  return [
    `${source}: ${plural(rows, 'row')}, ${plural(trained.widths[0] ?? 0, 'feature')}; predicted: ${target.name} (${
      target.kind === 'classes' ? `${target.classes.length} classes` : 'a number'
    })`,
    `rows      ${count('train')} to train, ${count('validation')} to validate, ${count('test')} to test; seed ${seed}`,
    `network   ${trained.widths.join('-')}, ${trained.parameters.toLocaleString('en')} parameters; ${plural(
      trained.history.length,
      'epoch',
    )}, the best after ${best?.epoch ?? 0}`,
    `test      ${testLine(trained.outcome)}`,
    ...(mistakes.length === 0 ? [] : [`mistakes  ${mistakes.join(', ')}`]),
    '',
  ].join('\n');
};
