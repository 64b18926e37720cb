/** A problem as files that any language reads: `workload.json`, and the numbers as they lie in memory, in f32. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Failure } from 'nabla-ts';
import type { Problem } from './problem.ts';
import type { Workload } from './workloads.ts';

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Writes a problem into a new folder. */
export const writeProblem =
  (folder: string) =>
  ({ workload, ...numbers }: Problem): TE.TaskEither<Failure.Failure, string> =>
    pipe(
      TE.tryCatch(
        async () => {
          await mkdir(folder, { recursive: true });
          await writeFile(join(folder, 'workload.json'), JSON.stringify(workload));
          for (const [name, values] of Object.entries(numbers))
            await writeFile(join(folder, `${name}.f32`), new Uint8Array(values.buffer));
          return folder;
        },
        (error) => Failure.failure('file', folder, 'a folder that can be written', said(error)),
      ),
    );

const readNumbers = async (folder: string, name: string): Promise<Float32Array> => {
  const bytes = await readFile(join(folder, `${name}.f32`));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
};

/** Reads what `writeProblem` wrote; rejects where it cannot, which ends the contestant. */
export const readProblem = async (folder: string): Promise<Problem> => {
  // The bench wrote this file itself a moment ago, from a value of this very type.
  const workload = JSON.parse(await readFile(join(folder, 'workload.json'), 'utf8')) as Workload;
  return {
    workload,
    inputs: await readNumbers(folder, 'inputs'),
    targets: await readNumbers(folder, 'targets'),
    parameters: await readNumbers(folder, 'parameters'),
  };
};
