/**
 * What the columns of a table mean: which are numbers, which are categories and which, what is to be predicted. It is
 * inferred once, from the table a network is trained on, and every later table is read by it.
 */
import * as t from 'io-ts';
import { byKind } from '../scalar/alternatives.ts';
import { closed } from '../scalar/closed.ts';
import { count, refined } from './codec.ts';

/** A feature column: one number, or one of some categories (which becomes a 1 among 0s). */
export type Feature =
  | { readonly kind: 'numeric'; readonly name: string; readonly column: number }
  | {
      readonly kind: 'categorical';
      readonly name: string;
      readonly column: number;
      readonly categories: readonly string[];
    };

/** What is to be predicted: one of some classes, or a number. Numeric classes are compared as numbers: 1.0 is 1. */
export type Target =
  | {
      readonly kind: 'classes';
      readonly name: string;
      readonly column: number;
      readonly numeric: boolean;
      readonly classes: readonly string[];
    }
  | { readonly kind: 'value'; readonly name: string; readonly column: number };

export interface Schema {
  /** Whether columns are found by name; else by position. */
  readonly header: boolean;
  /** How many columns the table had, those ignored and the target included. */
  readonly columns: number;
  readonly features: readonly Feature[];
  readonly target: Target;
}

/** What kind of question the target asks. */
export type Task = 'classification' | 'regression';

/**
 * The task that a schema's target asks for.
 *
 * @example
 * ```ts
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 * import { Data } from 'nabla-ts';
 * pipe(
 *   Data.parseCsv({ source: 'pets.csv' })('a,kind\n1,cat\n3,dog\n'),
 *   E.chain(Data.inferSchema({})),
 *   E.map(Data.Schema.task),
 * ) // => E.right('classification')
 * ```
 */
export const task = ({ target }: Schema): Task => (target.kind === 'classes' ? 'classification' : 'regression');

/**
 * The names of the numbers that the features become, in order: a category is "column=category".
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 * import * as E from 'fp-ts/lib/Either.js';
 * import { pipe } from 'fp-ts/lib/function.js';
 *
 * pipe(
 *   Data.parseCsv({})('size,colour,price\n1,red,10.5\n2,blue,20.5\n'),
 *   E.chain(Data.inferSchema({})),
 *   E.map(Data.Schema.featureNames),
 * ) // => E.right(['size', 'colour=blue', 'colour=red'])
 * ```
 */
export const featureNames = ({ features }: Schema): readonly string[] =>
  features.flatMap((feature) =>
    feature.kind === 'numeric' ? [feature.name] : feature.categories.map((category) => `${feature.name}=${category}`),
  );

const distinct = (least: number) =>
  refined('distinct texts', t.readonlyArray(t.string), (texts) =>
    texts.length >= least && new Set(texts).size === texts.length ? undefined : `at least ${least} texts that differ`,
  );

/**
 * The JSON codec of a schema; unknown fields are refused.
 *
 * @example
 * ```ts
 * import { Data } from 'nabla-ts';
 * Data.Schema.codec.is({ header: true }) // => false
 * ```
 */
export const codec: t.Type<Schema> = refined(
  'a schema',
  closed('a schema', {
    header: t.boolean,
    columns: count,
    features: t.readonlyArray(
      byKind<Feature>('a feature', {
        numeric: closed('a numeric feature', { kind: t.literal('numeric'), name: t.string, column: count }),
        categorical: closed('a categorical feature', {
          kind: t.literal('categorical'),
          name: t.string,
          column: count,
          categories: distinct(1),
        }),
      }),
      'a list of features',
    ),
    target: byKind<Target>('a target', {
      classes: closed('a target of classes', {
        kind: t.literal('classes'),
        name: t.string,
        column: count,
        numeric: t.boolean,
        classes: distinct(2),
      }),
      value: closed('a target value', { kind: t.literal('value'), name: t.string, column: count }),
    }),
  }),
  ({ columns, features, target }) =>
    features.length > 0 && [...features, target].every(({ column }) => column < columns)
      ? undefined
      : 'at least one feature, and columns that are there',
);
