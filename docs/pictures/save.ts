/** Writes pictures beside the programs that draw them. */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Failure } from 'nabla-ts';
import { theme } from '../../src/cli/report/theme.ts';

/** A picture by itself: with the colours that it refers to, on a ground of its own. */
const alone = (svg: string): string =>
  svg.replace(/^<svg([^>]*)>/, `<svg$1><style>${theme}</style><rect width="100%" height="100%" fill="var(--page)"/>`);

const write = (name: string, svg: string): TE.TaskEither<Failure.Failure, void> =>
  TE.tryCatch(
    () => writeFile(fileURLToPath(new URL(`${name}.svg`, import.meta.url)), `${alone(svg)}\n`),
    (error) => Failure.failure('file', name, 'a file that can be written', String(error)),
  );

/** Draws and writes pictures, each by its name; what went wrong is printed. */
export const save = (pictures: Readonly<Record<string, TE.TaskEither<Failure.Failure, string>>>): Promise<void> =>
  pipe(
    Object.entries(pictures),
    RA.traverse(TE.ApplicativeSeq)(([name, drawn]) =>
      pipe(
        drawn,
        TE.chain((svg) => write(name, svg)),
      ),
    ),
    TE.match(
      (failure) => {
        process.exitCode = 1;
        process.stderr.write(`${Failure.show(failure)}\n`);
      },
      () => undefined,
    ),
  )();
