/** Where the peers from the package registry are: in a folder of their own, that they may never become dependencies. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/** The folder that `--install` fills; the bench names it to its contestants. */
export const folder = (): string => process.env.NABLA_BENCH_PEERS ?? join('out', 'bench-peers');

/** A peer's module. It has no types here: nothing of it is installed where this project is compiled. */
export const load = createRequire(resolve(folder(), 'package.json'));

/** The version of a peer that is in the folder. */
export const versionOf = (name: string): string =>
  String(JSON.parse(readFileSync(resolve(folder(), 'node_modules', name, 'package.json'), 'utf8')).version);
