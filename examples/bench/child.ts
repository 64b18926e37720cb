/** A contestant's process, and one question at a time to it. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import type { Task } from 'fp-ts/lib/Task.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import type * as t from 'io-ts';
import { Failure } from 'nabla-ts';
import type { Request } from './protocol.ts';

export interface Child {
  /** Its reply to a request; fails where it ends instead, or says what is no reply. */
  readonly ask: <A>(reply: t.Type<A, unknown>) => (request: Request) => TE.TaskEither<Failure.Failure, A>;
  readonly end: Task<void>;
}

/** One thread for everybody. */
const alone = {
  OPENBLAS_NUM_THREADS: '1',
  OMP_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  VECLIB_MAXIMUM_THREADS: '1',
  BLIS_NUM_THREADS: '1',
};

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
};

/** Starts a contestant. That it could not be started is the answer to the first question. */
export const start = (name: string, [command = '', ...args]: readonly string[]): Child => {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...alone } });
  const errors: string[] = [];
  let ended: string | undefined;
  let answer: ((line: E.Either<string, string>) => void) | undefined;
  const tell = (line: E.Either<string, string>): void => {
    const to = answer;
    answer = undefined;
    to?.(line);
  };
  const gone = (why: string): void => {
    ended ??= why;
    tell(E.left(ended));
  };
  createInterface({ input: child.stdout }).on('line', (line) => tell(E.right(line)));
  createInterface({ input: child.stderr }).on('line', (line) => void errors.push(line.slice(0, 300)));
  child.stdin.on('error', () => undefined);
  child.on('error', (error) => gone(error.message));
  child.on('close', (status) =>
    gone(errors.findLast((line) => /^\S*(Error|Failure)\b/.test(line)) ?? errors.at(-1) ?? `it ended with ${status}`),
  );
  const send =
    (request: Request): Task<E.Either<string, string>> =>
    () =>
      new Promise((resolve) => {
        if (ended !== undefined) return resolve(E.left(ended));
        answer = resolve;
        child.stdin.write(`${JSON.stringify(request)}\n`);
      });
  return {
    ask: (reply) => (request) =>
      pipe(
        send(request),
        TE.mapLeft((why) => Failure.failure('value', name, 'an answer', why)),
        TE.chainEitherK((line) =>
          pipe(
            reply.decode(parse(line)),
            E.mapLeft(() => Failure.failure('codec', name, `a ${reply.name}`, line.slice(0, 200))),
          ),
        ),
      ),
    end: () =>
      new Promise((resolve) => {
        if (ended !== undefined) return resolve();
        child.on('close', () => resolve());
        child.stdin.end();
      }),
  };
};
