/** The form of a training state in JSON, but for what only its layer knows: the paths and shapes of its tensors. */
import * as t from 'io-ts';
import { numberThat } from '../layer/config.ts';
import { closed } from '../scalar/closed.ts';
import { numberText } from '../scalar/number-text.ts';

/** Names the form, so that a later one can be told from it. */
export const FORMAT = 'nabla-ts training state 1';

const wholeBelow = (name: string, end: number): t.Type<number> =>
  numberThat(name, (x) => Number.isInteger(x) && x >= 0 && x < end);
const count = wholeBelow('a whole number of at least 0', Number.MAX_SAFE_INTEGER);
const word = wholeBelow('a whole number in [0, 2^32)', 2 ** 32);

const numbers = t.record(t.string, numberText);
const leaves = t.record(t.string, t.unknown);
const optional = <A, O>(type: t.Type<A, O>): t.Type<A | undefined, O | undefined> => t.union([t.undefined, type]);

export const rowJson = closed('Row', {
  epoch: count,
  step: count,
  loss: numberText,
  penalty: optional(numberText),
  validationLoss: optional(numberText),
  metrics: optional(numbers),
});

export const stateJson = closed('State', {
  format: t.literal(FORMAT),
  layer: t.unknown,
  dtype: t.union([t.literal('f32'), t.literal('f64')]),
  params: leaves,
  layerState: leaves,
  slots: closed('Slots', { numbers, vectors: t.record(t.string, leaves) }),
  key: t.tuple([word, word]),
  step: count,
  epoch: count,
  progress: closed('Progress', {
    batch: count,
    rows: count,
    size: count,
    loss: numberText,
    penalty: numberText,
    share: numberText,
  }),
  history: t.readonlyArray(rowJson),
  best: t.union([t.null, closed('Best', { params: leaves, layerState: leaves, score: numberText, epoch: count })]),
  patience: closed('Patience', { reference: numberText, waited: count }),
  status: t.union([t.literal('running'), t.literal('stopped early')]),
});
