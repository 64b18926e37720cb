/** What a thread runs: it loads the objective once, and does trials. In another thread than one of ours it does nothing. */
import { workerData } from 'node:worker_threads';
import * as E from 'fp-ts/lib/Either.js';
import { load } from './load.ts';
import type { Answer, Task } from './objective.ts';
import { OURS, type ThreadData } from './places.ts';

const isOurs = (u: unknown): u is { readonly [OURS]: ThreadData } => typeof u === 'object' && u !== null && OURS in u;

/** The same promise at every call. The objective is loaded at the first trial: a module that ends its thread then fails a trial. */
const once = <A>(make: () => Promise<A>): (() => Promise<A>) => {
  let made: Promise<A> | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

const loaded = once(async () =>
  isOurs(workerData) ? load(workerData[OURS].module, workerData[OURS].data) : undefined,
);

/** Does a trial. */
export default async (task: Task<unknown>): Promise<Answer> => {
  const work = await loaded();
  if (work === undefined) return { tag: 'failed', reason: 'this is no thread of a search' };
  return E.isLeft(work) ? { tag: 'unusable', failure: work.left } : work.right(task);
};
