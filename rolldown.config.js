/** The command as one program that needs no installed package: `dist/nabla.js`, beside it what it loads when asked, and
 * the licences of what went into it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'rolldown';

/** The folder of the package that a module is from. */
const packageOf = (id) => /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll('\\', '/'))?.[1];

const licenceOf = (folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text =
    file !== undefined && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : '';
  return `${name} ${version} (${license})\n\n${text}\n`;
};

/** The terms of the packages that are bundled ask for their notices to come along. */
const licences = {
  name: 'licences',
  generateBundle(_options, bundle) {
    const modules = Object.values(bundle).flatMap((chunk) =>
      chunk.type === 'chunk' ? Object.keys(chunk.modules) : [],
    );
    const folders = [...new Set(modules.map(packageOf).filter((folder) => folder !== undefined))].sort();
    this.emitFile({
      type: 'asset',
      fileName: 'nabla-licences.txt',
      source: folders.map(licenceOf).join(`\n${'-'.repeat(80)}\n\n`),
    });
  },
};

export default defineConfig({
  // The last two are programs of threads, found by these names beside what is bundled.
  input: { nabla: 'src/cli/main.ts', thread: 'src/workers/thread.ts', trials: 'src/workers/trials.ts' },
  platform: 'node',
  // Optional peers, whose own programs lie beside them.
  external: ['koffi', 'piscina'],
  plugins: [licences],
  output: {
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'nabla-[name].js',
    minify: true,
  },
});
