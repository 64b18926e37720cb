/** Whether the compiler takes a mutant: what it refuses is no program, and no test need refuse it again. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOM = 'out/mutation/compiled';

/** What one change does not touch is not looked at again. */
const PARTLY = { incremental: true, tsBuildInfoFile: './known' };

/** A copy of what is compiled, two folders deeper. */
const furnish = (): void => {
  rmSync(ROOM, { recursive: true, force: true });
  mkdirSync(ROOM, { recursive: true });
  cpSync('src', join(ROOM, 'src'), { recursive: true });
  const { compilerOptions } = JSON.parse(readFileSync('tsconfig.json', 'utf8'));
  const { paths: _, ...options } = compilerOptions;
  writeFileSync(
    join(ROOM, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...options, ...PARTLY }, files: ['src/index.ts'] }),
  );
};

const compile = (): boolean =>
  spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', join(ROOM, 'tsconfig.json')]).status === 0;

/** For each changed text of a file under `src`, whether it compiles among the others as they are. */
export const compiles = (
  changed: ReadonlyArray<{ readonly file: string; readonly text: string }>,
): readonly boolean[] => {
  if (changed.length === 0) return [];
  furnish();
  if (!compile()) throw new Error('the sources do not compile as they are');
  const answers = changed.map(({ file, text }) => {
    const path = join(ROOM, file);
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, text);
    const answer = compile();
    writeFileSync(path, before);
    return answer;
  });
  rmSync(ROOM, { recursive: true, force: true });
  return answers;
};
