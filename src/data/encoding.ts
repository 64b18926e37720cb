/**
 * From a table to the tensors that a network takes, and back from its output: a schema with the scalers fitted on the
 * training rows. It is plain data and is saved with the network, so that later tables are encoded as the first was.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { orNone } from '../scalar/alternatives.ts';
import { closed } from '../scalar/closed.ts';
import { type Failure, fromErrors } from '../tensor/failure.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { refined } from './codec.ts';
import { encodeFeatures } from './encodeTable.ts';
import * as Scaler from './scaler.ts';
import * as Schema from './schema.ts';
import type { Table } from './table.ts';

export interface Encoding {
  readonly schema: Schema.Schema;
  /** Of the numbers that the features become. */
  readonly features: Scaler.Scaler;
  /** Of a target that is a number; null for classes. */
  readonly target: Scaler.Scaler | null;
}

/**
 * The features of a table as a network takes them: scaled, f64 [rows, features]. Fails as `encodeFeatures` does.
 *
 * @example
 * ```ts
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * import { Data, Tensor } from 'nabla-ts';
 * pipe(
 *   E.Do,
 *   E.bind('table', () => Data.parseCsv({ source: 'pets.csv' })('a,kind\n1,cat\n3,dog\n')),
 *   E.bind('schema', ({ table }) => Data.inferSchema({})(table)),
 *   E.bind('raw', ({ schema, table }) => Data.encodeFeatures(schema)(table)),
 *   E.bind('fitted', ({ schema, raw }) => Data.standardise(Data.Schema.featureNames(schema))(raw)),
 *   E.chain(({ table, schema, fitted }) => Data.Encoding.encode({ schema, features: fitted.scaler, target: null })(table)),
 *   E.map(Tensor.toArray),
 * ) // => E.right([-1, 1])
 * ```
 */
export const encode =
  (encoding: Encoding) =>
  (table: Table): E.Either<Failure, Tensor> =>
    pipe(encodeFeatures(encoding.schema)(table), E.chain(Scaler.apply(encoding.features)));

/**
 * The JSON codec of an encoding; unknown fields are refused.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 * Data.Encoding.codec.is({ schema: 1 }) // => false
 * ```
 */
export const codec: t.Type<Encoding> = refined(
  'an encoding',
  closed('an encoding', {
    schema: Schema.codec,
    features: Scaler.codec,
    target: orNone(t.null, Scaler.codec),
  }),
  ({ schema, features: scaler, target }) =>
    scaler.features.length !== Schema.featureNames(schema).length
      ? 'a scale for each feature'
      : (target?.features.length ?? 0) !== (schema.target.kind === 'value' ? 1 : 0)
        ? 'a scale for a target that is a number, and none for classes'
        : undefined,
);

/**
 * An encoding from JSON. Fails where it is not one, or holds a field that an encoding has not.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 * Data.Encoding.decode({})._tag // => 'Left'
 * ```
 */
export const decode = (json: unknown): E.Either<Failure, Encoding> =>
  pipe(codec.decode(json), E.mapLeft(fromErrors('encoding')));
