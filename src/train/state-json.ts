/** The form of a training state in JSON, but for what only its layer knows: the paths and shapes of its tensors. */
import * as t from 'io-ts';
import { numberThat } from '../layer/config.ts';
import { countFromZero as count, oneOf } from '../optimizer/config.ts';
import { orNone } from '../scalar/alternatives.ts';
import { closed } from '../scalar/closed.ts';
import { numberText } from '../scalar/number-text.ts';

/** Names the form, so that a later one can be told from it. */
export const FORMAT = 'nabla-ts training state 1';

const word = numberThat('a whole number in [0, 2^32)', (x) => Number.isInteger(x) && x >= 0 && x < 2 ** 32);
const pair = t.tuple([word, word]);
/** Two words, where a tuple would drop a third. */
const words = new t.Type<t.TypeOf<typeof pair>>(
  'two whole numbers in [0, 2^32)',
  pair.is,
  (u, context) => (Array.isArray(u) && u.length > 2 ? t.failure(u, context) : pair.validate(u, context)),
  t.identity,
);

const numbers = t.record(t.string, numberText);
const leaves = t.record(t.string, t.unknown);

const optional = <A>(type: t.Type<A, unknown>): t.Type<A | undefined, unknown> => orNone(t.undefined, type);

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
  dtype: oneOf('f32', 'f64'),
  params: leaves,
  layerState: leaves,
  slots: closed('Slots', { numbers, vectors: t.record(t.string, leaves) }),
  key: words,
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
  best: orNone(t.null, closed('Best', { params: leaves, layerState: leaves, score: numberText, epoch: count })),
  patience: closed('Patience', { reference: numberText, waited: count }),
  status: oneOf('running', 'stopped early'),
});
