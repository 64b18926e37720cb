/** Every example of the documentation compiles under the project's own strictness, and does what it says. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { asserting, ofPage, ofSource } from './extract.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.doc-examples');

const filesUnder = (place: string, ending: string): readonly string[] =>
  existsSync(join(root, place))
    ? readdirSync(join(root, place), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith(ending))
        .map((name) => join(place, name))
        .sort()
    : [];

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const examples = [
  ...['README.md', ...filesUnder('docs', '.md')]
    .filter((file) => existsSync(join(root, file)))
    .flatMap((file) => ofPage(file, read(file))),
  ...[...filesUnder('src', '.ts'), ...filesUnder('laws', '.ts')]
    .filter((file) => !file.startsWith('src/cli/') && !file.startsWith('laws/docs/'))
    .flatMap((file) => ofSource(file, read(file))),
].map((example) => ({ ...example, file: join(folder, `${example.name.replace(/[^a-z0-9]+/gi, '-')}.ts`) }));

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const { file, code } of examples) writeFileSync(file, asserting(code));
writeFileSync(
  join(folder, 'tsconfig.json'),
  JSON.stringify({
    extends: '../tsconfig.json',
    compilerOptions: {
      noUnusedLocals: false,
      paths: {
        'nabla-ts': ['../src/index.ts'],
        'nabla-ts/laws': ['../laws/index.ts'],
        'nabla-ts/native': ['../src/native/index.ts'],
        'nabla-ts/workers': ['../src/workers/index.ts'],
      },
    },
    include: ['*.ts'],
  }),
);

describe('documentation', () => {
  it('has examples that compile', () => {
    expect(examples.length).toBeGreaterThan(0);
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const output = (() => {
      try {
        return execFileSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
      } catch (error) {
        return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
      }
    })();
    expect(output).toBe('');
  });

  for (const { name, file } of examples)
    it(`${name} does what it says`, async () => {
      await import(/* @vite-ignore */ file);
    });
});
