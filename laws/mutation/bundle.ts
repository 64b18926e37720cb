/**
 * All tests of the folders that `MUTATION_TESTS` names, with the sources that they reach, as one script: what
 * `runner.ts` loads anew for every mutant. Runs in Stryker's copy of the project, where the mutants are.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { SCRIPT } from './script.ts';

const START = '\0start';

const folders = (process.env.MUTATION_TESTS ?? '').split(',').filter((name) => name !== '');
const files = folders.flatMap((folder) =>
  readdirSync(join('laws', folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => join(process.cwd(), 'laws', folder, name)),
);

const bundle = await rolldown({
  input: START,
  // The tests are there for what they do, whatever the package says of its modules.
  treeshake: false,
  platform: 'node',
  // Packages stay outside, and vitest is what the runner gives for it.
  external: (id) => /^[^./\0]/.test(id) && !/^nabla-ts/.test(id),
  plugins: [
    {
      name: 'start',
      resolveId: (id) => (id === START ? id : null),
      load: (id) => (id === START ? files.map((file) => `import ${JSON.stringify(file)};`).join('\n') : null),
      // A module's place is the file that it came from, not the script.
      transform: (code, id) =>
        code.includes('import.meta.url')
          ? code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
          : null,
    },
  ],
});
await bundle.write({ file: SCRIPT, format: 'cjs', codeSplitting: false });
await bundle.close();
