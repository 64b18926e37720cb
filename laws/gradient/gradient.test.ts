import { readFileSync } from 'node:fs';
import { dirname, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runLaws } from '../run.ts';
import { gradientLaws } from './laws.ts';

runLaws(gradientLaws);

/** A module and all that it imports values from, directly or not. */
const reach = (file: string, known: ReadonlySet<string> = new Set()): ReadonlySet<string> =>
  known.has(file)
    ? known
    : [...readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )[^;]*? from '(\.[^']+)';/gm)].reduce<
        ReadonlySet<string>
      >((found, [, target = '']) => reach(normalize(`${dirname(file)}/${target}`), found), new Set([...known, file]));

it('dual numbers share nothing with differentiate', () => {
  const reached = [...reach(fileURLToPath(new URL('dual.ts', import.meta.url)))];
  expect(reached.some((file) => file.endsWith('laws/gradient/tangent.ts'))).toBe(true);
  expect(reached.filter((file) => /\/(?:differentiate|term|simplify)\.ts$/.test(file))).toEqual([]);
});
