/** `nabla train`: reads a table, trains, tests, and says what came of it. */
import { basename } from 'node:path';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Data, type Failure, Key } from '../index.ts';
import { creatable, readBytes } from '../io/files.ts';
import { save } from '../io/model.ts';
import type { TrainCommand } from './command.ts';
import { distinct } from './distinct.ts';
import { reportIn, writeReport } from './report/write.ts';
import { tablePage } from './table/page.ts';
import { type Prepared, prepare } from './table/prepare.ts';
import { summary } from './table/summary.ts';
import { type Trained, train } from './table/train.ts';
import type { World } from './world.ts';

/** Reads a table. */
export const readTable = ({
  data,
  skipLines,
}: Pick<TrainCommand, 'data' | 'skipLines'>): TE.TaskEither<Failure.Failure, Data.Table.Table> =>
  pipe(readBytes(data), TE.chainEitherK(Data.parseCsv({ source: data, skipLines })));

const nothing: TE.TaskEither<Failure.Failure, void> = TE.right(undefined);

/** Seconds since a time of the world's clock. */
const since = (world: World, begin: number): number => Math.round(world.now() - begin) / 1000;

const results = (seed: number, prepared: Prepared, trained: Trained) => {
  const { parts, encoding, rows } = prepared;
  const { outcome, widths, parameters, history } = trained;
  const { task, ...test } =
    outcome.task === 'classification'
      ? outcome
      : { task: outcome.task, r2: outcome.r2, rmse: outcome.rmse, mae: outcome.mae };
  const count = (part: keyof typeof parts): number => parts[part].inputs.shape[0] ?? 0;
  return {
    task,
    target: encoding.schema.target.name,
    sizes: {
      rows,
      train: count('train'),
      validation: count('validation'),
      test: count('test'),
      features: widths[0] ?? 0,
      layers: widths,
      parameters,
    },
    seed,
    history,
    test,
  };
};

/** Asks before the work whether its results can be written, and not over the table or one another. */
const canWrite = ({ data, save: model, json, out }: TrainCommand): TE.TaskEither<Failure.Failure, void> => {
  const results = [
    ...(model === null ? [] : [{ name: '--save', path: model }]),
    ...(json ? [] : [{ name: 'the report', path: reportIn(out) }]),
  ];
  return pipe(
    results,
    TE.traverseSeqArray(({ path }) => creatable(path)),
    TE.chain(() => distinct(results, [{ name: '--data', path: data }])),
  );
};

const told = (world: World, command: TrainCommand, prepared: Prepared, trained: Trained) =>
  pipe(
    tablePage(basename(command.data), command.seed, prepared, trained),
    TE.chain(writeReport(command.out)),
    TE.chainIOK((path) => () => {
      world.print(summary(command.data, command.seed, prepared, trained));
      world.print(`report    ${path}\n`);
    }),
  );

export const trainCommand =
  (world: World) =>
  (command: TrainCommand): TE.TaskEither<Failure.Failure, void> => {
    const begun = world.now();
    const [splitting, training] = Key.split(2)(Key.fromSeed(command.seed));
    const root = Key.fromSeed(command.seed);
    return pipe(
      TE.Do,
      TE.bind('table', () => readTable(command)),
      TE.bind('prepared', ({ table }) => TE.fromEither(prepare(command, splitting ?? root)(table))),
      TE.bind('read', () => TE.fromIO(() => since(world, begun))),
      TE.chainFirst(({ prepared }) => {
        for (const warning of prepared.warnings) world.log(`nabla: note: ${warning}\n`);
        return canWrite(command);
      }),
      TE.bind('trained', ({ prepared }) => train(world, command, training ?? root)(prepared)),
      TE.chainFirst(({ trained }) => (command.save === null ? nothing : save(command.save)(trained.model))),
      TE.chain(({ prepared, trained, read }) => {
        if (!command.json) return told(world, command, prepared, trained);
        const total = since(world, begun);
        const timings = { read, train: Math.round(1000 * (total - read)) / 1000, total };
        world.print(`${JSON.stringify({ ...results(command.seed, prepared, trained), timings })}\n`);
        return nothing;
      }),
      TE.chainFirst(() => {
        if (command.save !== null) world.log(`nabla: the model is in ${command.save}\n`);
        return nothing;
      }),
    );
  };
