/** From a table to what a network trains on: the rows in three parts, encoded as the training rows suggest. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Targets } from '../../data/encodeTable.ts';
import type { Encoding } from '../../data/encoding.ts';
import {
  encodeFeatures,
  encodeTargets,
  inferSchema,
  Parts,
  Scaler,
  Schema,
  Split,
  standardise,
} from '../../data/index.ts';
import type { Table } from '../../data/table.ts';
import { type Failure, failure } from '../../tensor/failure.ts';
import type { Key } from '../../tensor/key.ts';
import { cast, generate, type Tensor } from '../../tensor/tensor.ts';
import type { Examples } from '../../train/index.ts';
import type { TrainCommand } from '../command.ts';

/** Shares of the rows to validate and to test on; classes are in equal proportions in every part. */
const PROPORTIONS = { validation: 0.1, test: 0.2 };

export interface Prepared {
  readonly encoding: Encoding;
  readonly rows: number;
  /** In f32; features and target values are scaled, classes are labels. */
  readonly parts: Parts.Parts<Examples>;
  /** What a person should know about the features. */
  readonly warnings: readonly string[];
}

const split = (targets: Targets, rows: number, key: Key): E.Either<Failure, Parts.Split> =>
  targets.kind === 'classes'
    ? Split.stratified(PROPORTIONS)(key)(targets.labels)
    : Split.random(PROPORTIONS)(key)(rows);

/** Labels as they are, or values scaled by the training part's scaler. */
const scaledTargets = (
  targets: Targets,
  rows: Parts.Split,
): E.Either<Failure, { readonly scaler: Scaler.Scaler | null; readonly all: Tensor }> =>
  targets.kind === 'classes'
    ? E.right({
        scaler: null,
        all: generate('f32', [targets.labels.length], (i) => targets.labels[i] ?? Number.NaN),
      })
    : pipe(
        standardise(['target'])(Parts.take(rows)(targets.values).train),
        E.chain(({ scaler }) =>
          pipe(
            Scaler.apply(scaler)(targets.values),
            E.map((all) => ({ scaler, all })),
          ),
        ),
      );

const constantTarget = (source: string, scaler: Scaler.Scaler | null): E.Either<Failure, null> =>
  scaler?.features[0]?.scale === 0
    ? E.left(failure('value', source, 'a target that varies over the training rows', 'the same value in all of them'))
    : E.right(null);

/** Encodes a table and divides its rows by a key. Fails as reading the schema does, where a part has no rows, and where
 * nothing varies among the training rows. */
export const prepare =
  ({ target, task }: Pick<TrainCommand, 'target' | 'task'>, key: Key) =>
  (table: Table): E.Either<Failure, Prepared> =>
    pipe(
      E.Do,
      E.apS(
        'schema',
        inferSchema({ ...(target === null ? {} : { target }), ...(task === null ? {} : { task }) })(table),
      ),
      E.bind('features', ({ schema }) => encodeFeatures(schema)(table)),
      E.bind('targets', ({ schema }) => encodeTargets(schema)(table)),
      E.bind('rows', ({ targets }) =>
        pipe(
          split(targets, table.rows.length, key),
          E.mapLeft((wrong) => ({ ...wrong, where: table.source })),
        ),
      ),
      E.bind('fitted', ({ schema, features, rows }) =>
        standardise(Schema.featureNames(schema))(Parts.take(rows)(features).train),
      ),
      E.bind('inputs', ({ features, fitted }) => Scaler.apply(fitted.scaler)(features)),
      E.bind('outputs', ({ targets, rows }) => scaledTargets(targets, rows)),
      E.chainFirst(({ outputs }) => constantTarget(table.source, outputs.scaler)),
      E.filterOrElse(
        ({ fitted }) => fitted.scaler.features.some(({ scale }) => scale > 0),
        () => failure('value', table.source, 'a feature that varies over the training rows', 'none'),
      ),
      E.map(({ schema, rows, fitted, inputs, outputs }) => {
        const x = Parts.take(rows)(cast('f32')(inputs));
        const y = Parts.take(rows)(cast('f32')(outputs.all));
        const part = (name: keyof Parts.Split): Examples => ({ inputs: x[name], targets: y[name] });
        return {
          encoding: { schema, features: fitted.scaler, target: outputs.scaler },
          rows: table.rows.length,
          parts: { train: part('train'), validation: part('validation'), test: part('test') },
          warnings: constants(fitted.warnings.map(({ feature }) => feature)),
        };
      }),
    );

const constants = (names: readonly string[]): readonly string[] =>
  names.length === 0
    ? []
    : [
        `${names.length === 1 ? 'one feature is' : `${names.length} features are`} the same in every training row, which tells nothing: ${names
          .slice(0, 8)
          .join(', ')}${names.length > 8 ? ', …' : ''}`,
      ];
