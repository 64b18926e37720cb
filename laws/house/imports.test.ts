/** The house rules that a machine can check: a folder imports only from folders above it, and `src` is pure. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** From the first to the last: a folder may import from itself and from those before it. */
const FOLDERS = [
  'src/scalar',
  'src/tensor',
  'src/ops',
  'src/layer',
  'src/loss',
  'src/optimizer',
  'src/engine',
  'src/native',
  'src/train',
  'src/data',
  'src/search',
  'src/index.ts',
  'src/io',
  'src/workers',
  'laws',
  'src/cli',
  'laws/cli',
  'laws/io',
  'examples',
  'docs',
] as const;

const rank = (file: string): number =>
  FOLDERS.findLastIndex((folder) => file === folder || file.startsWith(`${folder}/`));

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));

const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^\s*(?:import|export)\b[^'";]*?\bfrom\s+'([^']+)'|^\s*import\s+'([^']+)'/gms)].map(
    (match) => match[1] ?? match[2] ?? '',
  );

const sources = ['src', 'laws', 'examples'].flatMap(filesUnder).map((file) => ({
  file,
  text: readFileSync(join(root, file), 'utf8'),
}));

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');

describe('the house', () => {
  it('has every file in a room of the design', () => {
    expect(sources.map(({ file }) => file).filter((file) => rank(file) < 0)).toEqual([]);
  });

  it('imports only from folders above', () => {
    const upward = sources.flatMap(({ file, text }) =>
      importsOf(text)
        .filter((target) => target.startsWith('.'))
        .map((target) => relative(root, normalize(join(root, dirname(file), target))))
        .filter((target) => rank(target) > rank(file))
        .map((target) => `${file} imports ${target}`),
    );
    expect(upward).toEqual([]);
  });

  it('reads neither the clock nor Math.random in src, but for the command', () => {
    const impure = sources
      .filter(({ file }) => file.startsWith('src/') && !file.startsWith('src/cli/') && !file.startsWith('src/io/'))
      .filter(({ text }) => /Math\.random|Date\.now|performance\.now|new Date\(/.test(withoutComments(text)))
      .map(({ file }) => file);
    expect(impure).toEqual([]);
  });

  it('computes with no function of Math that differs between engines', () => {
    const inexact =
      /Math\.(exp|expm1|log|log1p|log2|log10|pow|sin|cos|tan|sinh|cosh|tanh|asinh|acosh|atanh|asin|acos|atan|atan2|cbrt|hypot)\b/;
    const found = sources
      .filter(({ file }) => file.startsWith('src/') && !file.startsWith('src/cli/'))
      .filter(({ text }) => inexact.test(withoutComments(text)))
      .map(({ file }) => file);
    expect(found).toEqual([]);
  });

  it('keeps files short', () => {
    const long = sources
      .map(({ file, text }) => ({ file, lines: text.split('\n').length }))
      .filter(({ file, lines }) => lines > 300 && !file.endsWith('.test.ts'))
      .map(({ file, lines }) => `${file}: ${lines}`);
    expect(long).toEqual([]);
  });
});
