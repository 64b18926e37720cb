import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { gaps } from './laws/reach/gaps.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A run of many times the samples takes many times as long. */
const multiplier = Math.max(1, Number(process.env.LAWS_RUNS ?? 1) || 1);

export default defineConfig({
  resolve: {
    alias: [
      { find: /^nabla-ts$/, replacement: here('./src/index.ts') },
      { find: /^nabla-ts\/laws$/, replacement: here('./laws/index.ts') },
      { find: /^nabla-ts\/native$/, replacement: here('./src/native/index.ts') },
      { find: /^nabla-ts\/workers$/, replacement: here('./src/workers/index.ts') },
    ],
  },
  test: {
    include: ['laws/**/*.test.ts', 'examples/**/*.test.ts'],
    testTimeout: 300_000 * multiplier,
    hookTimeout: 120_000,
    maxWorkers: 2,
    allowOnly: false,
    reporters: ['default', gaps],
    // With `--coverage`: what the laws are to reach wholly. `gaps` tells what they do not, and fails.
    coverage: {
      provider: 'v8',
      include: ['tensor', 'scalar', 'ops', 'layer', 'loss', 'optimizer', 'train', 'data'].map(
        (f) => `src/${f}/**/*.ts`,
      ),
      reporter: [],
      reportOnFailure: true,
    },
  },
});
