/** Every value that the entries for programs export says what it is and shows an example (which the tests run). */
import { readFileSync } from 'node:fs';
import { dirname, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Value {
  readonly file: string;
  readonly name: string;
  readonly doc: string;
}

const EXPORT = /((?:\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?)export (?:const|function) (\w+)/g;

/** The values that a module exports, followed to where they are defined; a namespace gives all of its own. */
const exportsOf = (file: string): readonly Value[] => {
  const text = readFileSync(file, 'utf8');
  const from = (target: string): readonly Value[] => exportsOf(normalize(`${dirname(file)}/${target}`));
  const own = [...text.matchAll(EXPORT)].map(([, doc = '', name = '']) => ({ file: relative(root, file), name, doc }));
  const all = [...text.matchAll(/^export \*(?: as \w+)? from '([^']+)'/gm)].flatMap(([, target = '']) => from(target));
  const some = [...text.matchAll(/^export \{([^}]*)\} from '([^']+)'/gm)].flatMap(([, names = '', target = '']) => {
    const wanted = names.split(',').map((name) => name.trim().split(' as ')[0]);
    return from(target).filter(({ name }) => wanted.includes(name));
  });
  return [...own, ...all, ...some];
};

it('every public value has an example', () => {
  const values = ['src/index.ts', 'src/native/index.ts', 'src/workers/index.ts', 'laws/index.ts'].flatMap((entry) =>
    exportsOf(`${root}/${entry}`),
  );
  expect(values.length).toBeGreaterThan(300);
  const shown = new Set(
    values.filter(({ doc }) => doc.includes('@example')).map(({ file, name }) => `${file} ${name}`),
  );
  // The implementation of an overloaded function carries no comment of its own.
  const bare = values.map(({ file, name }) => `${file} ${name}`).filter((value) => !shown.has(value));
  expect([...new Set(bare)]).toEqual([]);
});
