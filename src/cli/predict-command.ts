/** `nabla predict`: what a saved network says of each row of a table. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Data, type Failure, Layer, Metric, Network, Tensor } from '../index.ts';
import { load, type Model } from '../io/model.ts';
import type { PredictCommand } from './command.ts';
import { judged, type Outcome, unscaled } from './table/outcome.ts';
import { probabilities } from './table/probabilities.ts';
import { testLine } from './table/summary.ts';
import { readTable } from './train-command.ts';
import type { World } from './world.ts';

/** A prediction for each row: a class with the probability of each, or a number. */
type Predictions =
  | {
      readonly kind: 'classes';
      readonly predictions: readonly string[];
      readonly classes: readonly string[];
      readonly probabilities: ReadonlyArray<readonly number[]>;
    }
  | { readonly kind: 'value'; readonly predictions: readonly number[] };

const predictions =
  ({ schema: { target }, target: scaler }: Data.Encoding.Encoding) =>
  (output: Tensor.Tensor): E.Either<Failure.Failure, Predictions> =>
    target.kind === 'classes'
      ? pipe(
          Metric.predictedClasses(output),
          E.chain(Data.classNames(target.classes)),
          E.map((names) => ({
            kind: 'classes',
            predictions: names,
            classes: target.classes,
            probabilities: Tensor.toRows(probabilities(output)),
          })),
        )
      : pipe(
          scaler === null ? E.right(output) : unscaled(scaler)(output),
          E.map((values) => ({ kind: 'value', predictions: Tensor.toArray(values) })),
        );

/** The targets as training saw them, where the table has any. */
const targets = ({ encoding }: Model, table: Data.Table.Table): E.Either<Failure.Failure, Tensor.Tensor | null> =>
  Data.hasTarget(encoding.schema)(table)
    ? pipe(
        Data.encodeTargets(encoding.schema)(table),
        E.chain((found) =>
          found.kind === 'classes'
            ? E.right(Tensor.generate('f32', [found.labels.length], (i) => found.labels[i] ?? Number.NaN))
            : encoding.target === null
              ? E.right(found.values)
              : Data.Scaler.apply(encoding.target)(found.values),
        ),
      )
    : E.right(null);

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const csv = (found: Predictions): string =>
  (found.kind === 'classes'
    ? [
        ['prediction', ...found.classes.map((name) => `probability ${name}`)],
        ...found.predictions.map((name, row) => [name, ...(found.probabilities[row] ?? []).map((p) => p.toFixed(4))]),
      ]
    : [['prediction'], ...found.predictions.map((value) => [String(value)])]
  )
    .map((cells) => `${cells.map(quoted).join(',')}\n`)
    .join('');

const judgement = (
  { encoding }: Model,
  output: Tensor.Tensor,
  actual: Tensor.Tensor | null,
): E.Either<Failure.Failure, Outcome | null> =>
  actual === null
    ? E.right(null)
    : pipe(
        judged(encoding, actual)(output),
        // Of a target that does not vary there is no R²; the predictions stand all the same.
        E.orElse((): E.Either<Failure.Failure, Outcome | null> => E.right(null)),
      );

export const predictCommand =
  (world: World) =>
  (command: PredictCommand): TE.TaskEither<Failure.Failure, void> =>
    pipe(
      TE.Do,
      TE.apS('model', load(Layer.registry)(command.model)),
      TE.bind('table', () => readTable(command)),
      TE.chainEitherK(({ model, table }) =>
        pipe(
          E.Do,
          E.apS('x', Data.Encoding.encode(model.encoding)(table)),
          E.apS('actual', targets(model, table)),
          E.let('output', ({ x }) =>
            model.network.use((network) => Network.predict(network)(Tensor.cast(network.dtype)(x))),
          ),
          E.bind('found', ({ output }) => predictions(model.encoding)(output)),
          E.bind('outcome', ({ output, actual }) => judgement(model, output, actual)),
        ),
      ),
      TE.chainIOK(({ found, outcome }) => () => {
        if (outcome !== null) world.log(`nabla: of ${found.predictions.length} rows: ${testLine(outcome)}\n`);
        const { kind: _, ...rest } = found;
        world.print(command.json ? `${JSON.stringify(rest)}\n` : csv(found));
      }),
    );
