/** A table as a search needs it: encoded examples, and the folds in which each trial is trained and validated. */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Data, Failure, Fold, type Key, Tensor } from '../../index.ts';
import type { SearchCommand } from '../command.ts';

export interface Prepared {
  readonly schema: Data.Schema.Schema;
  /** In f64 [rows, features], not scaled: each fold scales by the rows that it trains on. */
  readonly features: Tensor.Tensor;
  /** Labels [rows] counted from 0, or values [rows, 1]. */
  readonly targets: Tensor.Tensor;
  /** The names of the classes, where these are predicted. */
  readonly classes: readonly string[] | undefined;
  readonly folds: readonly Fold.Fold[];
}

/** The failure of a folding, in the words of who asked for it. */
const ofFolds =
  (source: string, classes: readonly string[]) =>
  ({ tag, expected, received }: Failure.Failure): Failure.Failure =>
    Failure.failure(
      tag === 'config' ? 'value' : tag,
      `the folds of ${source}`,
      expected.replace(/label (\d+)$/, (_, label) => `class ${Failure.quote(classes[Number(label)])}`),
      received,
    );

const varies = (numbers: ArrayLike<number>): boolean => {
  for (let i = 1; i < numbers.length; i++) if (numbers[i] !== numbers[0]) return true;
  return false;
};

const someFeatureVaries = (features: Tensor.Tensor): boolean => {
  const [rows = 0, columns = 0] = features.shape;
  return Array.from({ length: columns }, (_, j) =>
    varies(Array.from({ length: rows }, (__, i) => features.data[i * columns + j] ?? Number.NaN)),
  ).some((does) => does);
};

/** Encodes a table and deals its rows to folds, classes in equal proportions. Fails as reading the schema does, where
 * nothing varies, on fewer than two folds, and on more folds than there are rows (of a class). */
export const prepare =
  ({ target, task }: Pick<SearchCommand, 'target' | 'task'>, folds: number, key: Key.Key) =>
  (table: Data.Table.Table): E.Either<Failure.Failure, Prepared> => {
    const fail = (expected: string, received: string) => Failure.failure('value', table.source, expected, received);
    return pipe(
      E.Do,
      E.apS(
        'schema',
        Data.inferSchema({ ...(target === null ? {} : { target }), ...(task === null ? {} : { task }) })(table),
      ),
      E.bind('features', ({ schema }) => Data.encodeFeatures(schema)(table)),
      E.bind('encoded', ({ schema }) => Data.encodeTargets(schema)(table)),
      E.filterOrElse(
        ({ features }) => someFeatureVaries(features),
        () => fail('a feature that varies', 'none'),
      ),
      E.let('targets', ({ encoded }) =>
        encoded.kind === 'classes'
          ? Tensor.generate('f64', [encoded.labels.length], (i) => encoded.labels[i] ?? Number.NaN)
          : encoded.values,
      ),
      E.filterOrElse(
        ({ targets }) => varies(targets.data),
        () => fail('a target that varies', 'the same value in all rows'),
      ),
      E.bind('folds', ({ encoded }) =>
        pipe(
          encoded.kind === 'classes'
            ? Fold.stratifiedKFold(folds)(key)(encoded.labels)
            : Fold.kFold(folds)(key)(table.rows.length),
          E.mapLeft(ofFolds(table.source, encoded.kind === 'classes' ? encoded.classes : [])),
        ),
      ),
      E.map(({ encoded, ...rest }) => ({
        schema: rest.schema,
        features: rest.features,
        targets: rest.targets,
        folds: rest.folds,
        classes: encoded.kind === 'classes' ? encoded.classes : undefined,
      })),
    );
  };
