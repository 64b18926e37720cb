/** The search that a file and the command line ask for together. */
import type * as E from 'fp-ts/lib/Either.js';
import { type Failure, type Key, Search, type Space } from '../../index.ts';
import type { SearchCommand } from '../command.ts';
import type { SearchFile } from './file.ts';

/** What is left out: as many trials, and epochs a trial, as a small table needs minutes for. */
const TRIALS = 27;
const EPOCHS = 30;
/** 1, 3, 9, 27: the least that lets three rungs drop what does not learn. */
const MOST_EPOCHS = 27;

const listed = { trials: TRIALS, budget: EPOCHS };
const halved = { trials: TRIALS, maximum: MOST_EPOCHS };

/** What each kind of search is unless told. */
const DEFAULTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  grid: { levels: 3, budget: EPOCHS },
  random: listed,
  quasiRandom: listed,
  treeParzen: listed,
  successiveHalving: halved,
  asynchronousHalving: halved,
  hyperband: { maximum: MOST_EPOCHS },
};

/** Whether trials of a kind go on from one another, so that their states are kept. */
export const isHalving = (kind: string): boolean => 'maximum' in (DEFAULTS[kind] ?? {});

type Asked = Pick<SearchCommand, 'method' | 'trials' | 'epochs'>;

/** The description of the search: the command line before the file, the file before what is usual. */
export const described = (
  { search = {} }: Pick<SearchFile, 'search'>,
  { method, trials, epochs }: Asked,
  key: Key.Key,
): Readonly<Record<string, unknown>> => {
  const kind = method ?? search.kind ?? (Object.keys(search).length === 0 ? 'random' : undefined);
  const given = method === null || method === search.kind ? search : {};
  const defaults = (typeof kind === 'string' && Object.hasOwn(DEFAULTS, kind) ? DEFAULTS[kind] : undefined) ?? {};
  return {
    ...defaults,
    ...(kind === 'grid' || kind === undefined ? {} : { key: { words: [...key.words] } }),
    ...given,
    ...(kind === undefined ? {} : { kind }),
    ...(trials === null ? {} : { trials }),
    ...(epochs === null ? {} : { ['maximum' in defaults ? 'maximum' : 'budget']: epochs }),
  };
};

/** The search itself. Fails on settings that its kind does not have or that are out of their range. */
export const searchOf = (
  file: SearchFile,
  asked: Asked,
  key: Key.Key,
): E.Either<Failure.Failure, Search.Search<Space.Point>> => Search.decode()(described(file, asked, key))(file.space);
