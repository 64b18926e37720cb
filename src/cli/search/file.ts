/**
 * What `nabla search` is asked by a file, in JSON:
 *
 *     { "space": { "learningRate": { "kind": "logUniform", "low": 1e-4, "high": 1e-1 }, … },
 *       "search": { "kind": "random", "trials": 27, "budget": 30 },
 *       "settings": { "batchSize": 32 },
 *       "folds": 5 }
 *
 * `space` says what is tried (`Space.decode`; its names are those of `Trial.settings`), `search` how (`Search.decode`; its
 * budgets are epochs), `settings` what is the same in every trial, `folds` how often each trial is trained and validated,
 * `measure` what of the validation rows is to be small, `scaling` how features are scaled. All but the space may be left
 * out.
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { Failure, type Json, Space, type Trial } from '../../index.ts';
import { parseJson } from '../../io/json.ts';
import { oneOf } from '../../optimizer/config.ts';
import { orNone } from '../../scalar/alternatives.ts';
import { closed } from '../../scalar/closed.ts';

export interface SearchFile {
  readonly space: Space.Space<Space.Point>;
  /** As the file says it: what is left out is filled in by `settings`. */
  readonly search: Readonly<Record<string, unknown>> | undefined;
  readonly settings: Trial.Settings;
  readonly folds: number | undefined;
  readonly measure: Trial.Measure | undefined;
  readonly scaling: Trial.Setup['scaling'];
}

const isRecord = (u: unknown): u is Readonly<Record<string, unknown>> =>
  typeof u === 'object' && u !== null && !Array.isArray(u);

const record = new t.Type<Readonly<Record<string, unknown>>, unknown>(
  'an object',
  isRecord,
  (u, context) => (isRecord(u) ? t.success(u) : t.failure(u, context)),
  t.identity,
);
// What was parsed as JSON and is a record is one of JSON.
const jsonRecord = new t.Type<Readonly<Record<string, Json>>, unknown>(
  'an object',
  (u): u is Readonly<Record<string, Json>> => isRecord(u),
  (u, context) => record.validate(u, context) as t.Validation<Readonly<Record<string, Json>>>,
  t.identity,
);

const codec = closed('a search', {
  space: t.unknown,
  search: orNone(t.undefined, record),
  settings: jsonRecord,
  folds: orNone(t.undefined, t.number),
  measure: orNone(t.undefined, oneOf('errorRate', 'logLoss', 'squaredError')),
  scaling: orNone(t.undefined, oneOf('standardise', 'minMax', 'none')),
});

/** What a file that says nothing says. */
const nothing = {
  space: undefined,
  search: undefined,
  settings: {},
  folds: undefined,
  measure: undefined,
  scaling: undefined,
};

/** A failure of something that a file says: the file is at fault, and named. */
export const inFile =
  (path: string) =>
  (wrong: Failure.Failure): Failure.Failure =>
    Failure.failure(
      wrong.tag === 'config' ? 'codec' : wrong.tag,
      `${path}, ${wrong.where}`,
      wrong.expected,
      wrong.received,
    );

/** Reads the text of such a file. Fails on what is not JSON, on unknown fields, and where there is no such space. */
export const readSearchFile =
  (path: string) =>
  (text: string): E.Either<Failure.Failure, SearchFile> =>
    pipe(
      text,
      parseJson(path, 'JSON with a space to search'),
      E.filterOrElse(isRecord, (json) =>
        Failure.failure('codec', path, 'an object with a space to search', Failure.quote(json)),
      ),
      E.chain((json) => pipe(codec.decode({ ...nothing, ...json }), E.mapLeft(Failure.fromErrors(path)))),
      E.filterOrElse(
        ({ space }) => space !== undefined,
        () => Failure.failure('codec', path, 'a space to search', 'no field "space"'),
      ),
      E.chain(({ space, ...rest }) =>
        pipe(
          Space.decode(space),
          E.bimap(inFile(path), (decoded): SearchFile => ({ ...rest, space: decoded })),
        ),
      ),
    );
