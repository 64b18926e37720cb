/** The comparison of searches, so small that it says nothing but that it runs. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { describe, expect, it } from 'vitest';
import { compare, lines, readDigits } from './search.ts';

const path = fileURLToPath(new URL('../../../shared/data/digits.csv.gz', import.meta.url));

describe.skipIf(!existsSync(path))('searching the digits', () => {
  it('counts the steps of halving, whose first points are those of the random search', () => {
    const found = pipe(readDigits(path, 120), E.chain(compare({ folds: 2, trials: 3, more: 4, epochs: 1 })(1)));
    expect(found).toSatisfy(E.isRight);
    if (E.isLeft(found)) return;
    // Two folds of 60 rows are two batches of up to 32, so 4 steps an epoch: 3 points of 9 epochs; 3·1 + 1·2; 4·1 + 1·2.
    expect(found.right.map(({ steps }) => steps)).toEqual([27 * 4, 5 * 4, 6 * 4]);
    expect(found.right[0]?.accuracy).toBeGreaterThan(0.3);
    expect(lines(1, found.right)).toHaveLength(3);
  });
});
