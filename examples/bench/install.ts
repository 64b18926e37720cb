/** The peers from npm, in a folder of their own: none of them is a dependency of this project. */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipe } from 'fp-ts/lib/function.js';
import * as TE from 'fp-ts/lib/TaskEither.js';
import { Failure } from 'nabla-ts';

/** Of what was measured when this was written, or later. */
const libraries = [
  '@tensorflow/tfjs@^4.22.0',
  '@tensorflow/tfjs-backend-wasm@^4.22.0',
  '@jax-js/jax@^0.1.25',
  'brain.js@2.0.0-beta.24',
];

/** jax-js runs on no older one. Its binary comes in a package of its own, chosen by a script. */
const node = ['node@24'];

const npm =
  (folder: string, args: readonly string[]): TE.TaskEither<Failure.Failure, void> =>
  () =>
    new Promise((resolve) => {
      const child = spawn('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', ...args], {
        stdio: ['ignore', 2, 2],
        shell: process.platform === 'win32',
      });
      const failed = (why: string): void =>
        resolve(TE.left(Failure.failure('file', folder, `what npm install ${args.join(' ')} brings`, why))());
      child.on('error', (error) => failed(error.message));
      child.on('close', (status) => (status === 0 ? resolve(TE.right(undefined)()) : failed(`status ${status}`)));
    });

/** Installs into a folder; libraries without their scripts, none of which is needed here. */
export const install = (folder: string): TE.TaskEither<Failure.Failure, void> =>
  pipe(
    TE.tryCatch(
      async () => {
        await mkdir(folder, { recursive: true });
        await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
      },
      (error) => Failure.failure('file', folder, 'a folder that can be written', String(error)),
    ),
    TE.chain(() => npm(folder, ['--ignore-scripts', ...libraries])),
    TE.chain(() => npm(folder, node)),
  );
