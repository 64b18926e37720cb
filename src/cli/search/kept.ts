/**
 * The history of a search as a file: what was searched, how, on which rows, and all that happened. It is read strictly, and
 * refused where anything differs from what is searched now: a result of other rows or another space means nothing here.
 */
import { createHash } from 'node:crypto';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as t from 'io-ts';
import { Failure, Search, Space, type Trial } from '../../index.ts';
import { parseJson } from '../../io/json.ts';
import { closed } from '../../scalar/closed.ts';
import { sameJson } from '../../search/space/same.ts';
import { inFile } from './file.ts';

const FORMAT = 'nabla-ts/search';
const VERSION = 1;
const EXPECTED = 'a history as nabla search --history writes it';

/** What a history is of. */
export interface Subject {
  readonly search: Search.Search<Space.Point>;
  /** What is the same in every trial, and what is measured. */
  readonly settings: Trial.Settings;
  readonly measure: Trial.Measure;
  readonly scaling: NonNullable<Trial.Setup['scaling']>;
  readonly folds: number;
  readonly seed: number;
  readonly target: string;
  /** Of the bytes of the table. */
  readonly table: string;
}

/** What tells one table from another: the SHA-256 of its bytes. */
export const fingerprint = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const heading = t.type({ format: t.literal(FORMAT), version: t.number });
const codec = closed('history', {
  format: t.literal(FORMAT),
  version: t.literal(VERSION),
  space: t.unknown,
  search: t.unknown,
  settings: t.unknown,
  measure: t.unknown,
  scaling: t.unknown,
  folds: t.unknown,
  seed: t.unknown,
  target: t.unknown,
  table: t.unknown,
  history: t.unknown,
  scores: t.readonly(t.record(t.string, t.readonlyArray(t.number))),
});

const plain = ({ search, ...rest }: Subject) => ({
  space: Space.encode(search.space),
  search: search.description,
  ...rest,
});

/** What is known of a search at some time. */
export interface Known {
  readonly history: Search.History<Space.Point>;
  /** What each trial was measured at in each fold, by its number. */
  readonly scores: Readonly<Record<string, readonly number[]>>;
}

/** What is known as the text of its file. */
export const toText = (subject: Subject, known: Known): string =>
  `${JSON.stringify({ format: FORMAT, version: VERSION, ...plain(subject), ...known })}\n`;

/** What each field is called where it differs. */
const NAMES = {
  space: 'space',
  search: 'search',
  settings: 'settings',
  measure: 'measure',
  scaling: 'scaling',
  folds: 'number of folds',
  seed: 'seed',
  target: 'target',
  table: 'table',
} as const;

const isNested = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Where two values of JSON differ, by names of fields and positions in lists, and what each has there. */
const difference = (
  own: unknown,
  other: unknown,
  at: readonly string[] = [],
): { readonly at: string; readonly own: string; readonly other: string } => {
  const name =
    isNested(own) && isNested(other)
      ? [...Object.keys(own), ...Object.keys(other)].find((field) => !sameJson(own[field], other[field]))
      : undefined;
  if (isNested(own) && isNested(other) && name !== undefined) return difference(own[name], other[name], [...at, name]);
  const shown = (value: unknown): string => (value === undefined ? 'none' : Failure.quote(value));
  return { at: at.join('.'), own: shown(own), other: shown(other) };
};

/** What is wrong with a history in which a field says something else. */
const another = (path: string, field: keyof typeof NAMES, own: unknown, read: unknown): Failure.Failure => {
  const wanted = `a history of this ${NAMES[field]}`;
  // Two fingerprints tell a person nothing.
  if (field === 'table') return Failure.failure('value', path, wanted, 'one of another');
  const found = difference(own, read);
  const where = found.at === '' ? '' : `its ${found.at} being `;
  return Failure.failure('value', path, `${wanted}, ${where}${found.own}`, `one of another, ${found.other}`);
};

/** A history from the text of its file. Fails on another file, on a history of another space, search, table, or
 * whatever else is in the subject, and on one that cannot have happened. */
export const fromText =
  (path: string, subject: Subject) =>
  (text: string): E.Either<Failure.Failure, Known> => {
    const own: Readonly<Record<keyof typeof NAMES, unknown>> = plain(subject);
    // The seed before the search, whose key is made of it.
    const fields = ['seed', 'space', 'table', 'target', 'search', 'settings', 'measure', 'scaling', 'folds'] as const;
    return pipe(
      text,
      parseJson(path, EXPECTED),
      E.filterOrElse(heading.is, () => Failure.failure('codec', path, EXPECTED, 'another JSON file')),
      E.filterOrElse(
        ({ version }) => version === VERSION,
        ({ version }) => Failure.failure('codec', path, `a history of version ${VERSION}`, `version ${version}`),
      ),
      E.chain((json) => pipe(codec.decode(json), E.mapLeft(Failure.fromErrors(path)))),
      E.chain((read) => {
        const other = fields.find((field) => !sameJson(own[field], read[field]));
        return other === undefined ? E.right(read) : E.left(another(path, other, own[other], read[other]));
      }),
      E.chain(({ history, scores }) =>
        pipe(
          Search.historyCodec(subject.search.space).decode(history),
          E.mapLeft(Failure.fromErrors(path)),
          E.chain((read) => pipe(Search.replay(subject.search)(read), E.mapLeft(inFile(path)))),
          E.map((replayed): Known => ({ history: replayed, scores })),
        ),
      ),
    );
  };
