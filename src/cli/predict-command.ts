/** `nabla predict`: what a saved network says of each row of a table. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Data, Failure, Layer, Metric, Network, Tensor } from '../index.ts';
import { load, type Model } from '../io/model.ts';
import type { PredictCommand } from './command.ts';
import { judged, unscaled } from './table/outcome.ts';
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

/** The tensors, row by row as the table has them, where all their numbers are finite; else the line of the first that is not. */
const finite =
  ({ source, lines }: Data.Table.Table) =>
  <A extends readonly Tensor.Tensor[]>(...tensors: A): E.Either<Failure.Failure, A> => {
    const rows = tensors.map(({ shape: [count = 0], data }) => {
      const index = Array.from(data).findIndex((value) => !Number.isFinite(value));
      return index < 0 ? Number.POSITIVE_INFINITY : Math.floor((index * count) / data.length);
    });
    const first = Math.min(...rows);
    return first === Number.POSITIVE_INFINITY
      ? E.right(tensors)
      : E.left(
          Failure.failure(
            'value',
            `${source}, line ${lines[first]}`,
            'numbers that stay finite in f32 all the way to the prediction',
            'ones too large',
          ),
        );
  };

/** How good predictions are; where that cannot be said (of a target that does not vary there is no R²), they stand all the same. */
const judgement = ({ encoding }: Model, output: Tensor.Tensor, actual: Tensor.Tensor | null, rows: number): string =>
  actual === null
    ? ''
    : pipe(
        judged(encoding, actual)(output),
        E.match(
          (wrong) => `nabla: note: how good these are is not known: ${Failure.show(wrong)}\n`,
          (outcome) => `nabla: of ${rows} row${rows === 1 ? '' : 's'}: ${testLine(outcome)}\n`,
        ),
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
          E.apS('encoded', Data.Encoding.encode(model.encoding)(table)),
          E.apS('actual', targets(model, table)),
          E.let('x', ({ encoded }) => model.network.use(({ dtype }) => Tensor.cast(dtype)(encoded))),
          E.let('output', ({ x }) => model.network.use((network) => Network.predict(network)(x))),
          E.chainFirst(({ x, output }) => finite(table)(x, output)),
          E.bind('found', ({ output }) => predictions(model.encoding)(output)),
          E.let('verdict', ({ output, actual }) => judgement(model, output, actual, table.rows.length)),
        ),
      ),
      TE.chainIOK(({ found, verdict }) => () => {
        if (verdict !== '') world.log(verdict);
        const { kind: _, ...rest } = found;
        world.print(command.json ? `${JSON.stringify(rest)}\n` : csv(found));
      }),
    );
