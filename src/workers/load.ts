/** Objectives from modules. What a module gives is not known to the compiler: all of it is checked as it comes. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { type Failure, failure, quote } from '../tensor/failure.ts';
import type { Answer, Ended, Task } from './objective.ts';

/** Does trials; never rejects. */
export type Work = (task: Task<unknown>) => Promise<Answer>;

type Call = (...operands: readonly unknown[]) => unknown;
const isCall = (u: unknown): u is Call => typeof u === 'function';

/** Of an error, what it says. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const isRecord = (u: unknown): u is Readonly<Record<string, unknown>> => typeof u === 'object' && u !== null;

const isEnded = (u: unknown): u is Ended =>
  isRecord(u) && typeof u.value === 'number' && (u.state === undefined || typeof u.state === 'string');

const isFailure = (u: unknown): u is Failure =>
  isRecord(u) && ['tag', 'where', 'expected', 'received'].every((field) => typeof u[field] === 'string');

const isEither = (u: unknown): u is E.Either<unknown, unknown> =>
  isRecord(u) && (u._tag === 'Left' ? 'left' in u : u._tag === 'Right' && 'right' in u);

/** What a task gives, when it is run. */
const outcome = async (task: unknown): Promise<unknown> => (isCall(task) ? task() : task);

const answered = (result: unknown): Answer => {
  if (!isEither(result)) return { tag: 'failed', reason: `the objective gave ${quote(result)}, and no Either` };
  if (E.isLeft(result)) return { tag: 'failed', reason: String(result.left) };
  const { right } = result;
  return isEnded(right)
    ? { tag: 'ended', ended: right }
    : { tag: 'failed', reason: `the objective gave ${quote(right)}, and no value` };
};

const working =
  (objective: Call, signal: AbortSignal | undefined): Work =>
  async ({ trial, state }) => {
    try {
      return answered(await outcome(objective(trial.point, trial, state, signal)));
    } catch (error) {
      return { tag: 'failed', reason: messageOf(error) };
    }
  };

const isUnknownExtension = (error: unknown): boolean => isRecord(error) && error.code === 'ERR_UNKNOWN_FILE_EXTENSION';

/** A module; TypeScript, too, where a loader makes only `require` read it, as tsx does in the threads of Node 20. */
const imported = async (module: string): Promise<E.Either<string, unknown>> => {
  const loaded = async (): Promise<unknown> => {
    try {
      return await import(module);
    } catch (error) {
      if (isUnknownExtension(error)) return createRequire(import.meta.url)(fileURLToPath(module));
      throw error;
    }
  };
  try {
    const exported = await loaded();
    return E.right(isRecord(exported) ? exported.default : undefined);
  } catch (error) {
    return E.left(messageOf(error));
  }
};

/** What does trials, made of a function and data. Fails as the function does, and where it gives no objective. */
export const makeWork = async (
  where: string,
  make: unknown,
  data: unknown,
  signal?: AbortSignal,
): Promise<E.Either<Failure, Work>> => {
  const fail = (expected: string, received: string): E.Either<Failure, never> =>
    E.left(failure('config', where, expected, received));
  if (!isCall(make)) return fail('a function as the default export', typeof make);
  try {
    const made = await outcome(make(data));
    if (isEither(made) && E.isLeft(made) && isFailure(made.left)) return E.left(made.left);
    return isEither(made) && E.isRight(made) && isCall(made.right)
      ? E.right(working(made.right, signal))
      : fail('an objective', quote(made));
  } catch (error) {
    return fail('an objective', messageOf(error));
  }
};

/** What does the trials of a module. Fails where it cannot be loaded, and as `makeWork` does. */
export const load = async (module: string, data: unknown, signal?: AbortSignal): Promise<E.Either<Failure, Work>> => {
  const where = `objective ${module}`;
  const loaded = await imported(module);
  return E.isLeft(loaded)
    ? E.left(failure('file', where, 'a module that can be loaded', loaded.left))
    : makeWork(where, loaded.right, data, signal);
};
