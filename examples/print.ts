/** How an example becomes a program: what it found is printed where its file is the one that was started. */
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { Failure } from 'nabla-ts';

/** The lines of an example, or what went wrong. */
export type Report = E.Either<Failure.Failure, readonly string[]>;

/** Runs and prints a report if the module at `url` was started by itself. */
export const main = (url: string, report: () => Report): void => {
  if (process.argv[1] !== fileURLToPath(url)) return;
  pipe(
    report(),
    E.match(
      (failure) => {
        process.exitCode = 1;
        process.stderr.write(`${Failure.show(failure)}\n`);
      },
      (lines) => void process.stdout.write(`${lines.join('\n')}\n`),
    ),
  );
};
