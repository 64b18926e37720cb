/** The tests that a mutant has to get past: those that `MUTATION_TESTS` names. */
import { fileURLToPath } from 'node:url';
import base from '../../vitest.config.ts';

export default {
  ...base,
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: { ...base.test, include: ['laws/mutation/entry.ts'] },
};
