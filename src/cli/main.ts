#!/usr/bin/env node
/** The `nabla` command: it hands the world to `run` and ends with its status. */
import { run } from './run.ts';
import { world } from './world.ts';

// A reader that went away (`nabla … | head`) ends the work in words, and not with a stack trace.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  world.log(
    `nabla: standard output: expected a reader, received ${error.code === 'EPIPE' ? 'a closed pipe' : error.code}\n`,
  );
  process.exit(1);
});
// Without a reader of messages there is nobody to tell, and the work goes on.
process.stderr.on('error', () => undefined);

run(world)(process.argv.slice(2))().then((status) => {
  process.exitCode = status;
});
