/** The comparison of searches, so small that it says nothing but that it runs. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { describe, expect, it } from 'vitest';
import { Tensor } from '../../src/index.ts';
import { readDigits } from '../digits.ts';
import { compare, lines, summary } from './search.ts';

const path = fileURLToPath(new URL('../../../shared/data/digits.csv.gz', import.meta.url));

describe.skipIf(!existsSync(path))('searching the digits', () => {
  it('counts the steps of halving, whose first points are those of the random search', () => {
    const found = pipe(
      readDigits(path),
      E.map(({ pixels, labels }) => ({
        pixels: Tensor.takeRows(Array.from({ length: 120 }, (_, row) => row))(pixels),
        labels: labels.slice(0, 120),
      })),
      E.chain(
        compare({
          folds: 2,
          trials: 3,
          minimum: 1,
          epochs: 9,
          halvings: [
            { trials: 3, reduction: 3 },
            { trials: 4, reduction: 2 },
          ],
          again: 2,
        })(1),
      ),
    );
    expect(found).toSatisfy(E.isRight);
    if (E.isLeft(found)) return;
    // Two folds of 60 rows are two batches of up to 32, so 4 steps an epoch: 3 points of 9 epochs; 3·1 + 1·2;
    // 4·1 + 2·2 + 1·6.
    expect(found.right.map(({ steps }) => steps)).toEqual([27 * 4, 5 * 4, 14 * 4]);
    for (const { accuracy, again } of found.right) expect(Math.min(accuracy, again)).toBeGreaterThan(0.3);
    expect(found.right.some(({ accuracy, again }) => accuracy !== again)).toBe(true);
    expect(lines(1, found.right)).toHaveLength(3);
  });

  it('says how often a search reaches the best of the random one, to the image', () => {
    const of = (...accuracies: readonly number[]) =>
      accuracies.map((accuracy, i) => ({
        name: `search ${i}`,
        accuracy,
        again: 0.5 + accuracy / 10,
        steps: 1,
        point: null,
      }));
    const said = summary([of(0.9, 0.9 - 1e-5, 0.8), of(0.9, 0.91, 0.9), of(0.9, 0.89, 0.7)]);
    expect(said).toEqual(
      E.right([
        'search 0: accuracy 0.9000 [0.9000, 0.9000], above random 0.00000 [0.00000, 0.00000]; reaches it at 3 of 3 seeds; again 0.5900 [0.5900, 0.5900], above random 0.00000 [0.00000, 0.00000]',
        expect.stringMatching(/above random -?0\.00000 \[-0\.02484, 0\.02484\]; reaches it at 2 of 3 seeds; again/),
        expect.stringMatching(
          /, above random -0\.10000 \[-0\.34841, 0\.14841\]; reaches it at 1 of 3 seeds; again .*, above random -0\.01000 \[-0\.03484, 0\.01484\]$/,
        ),
      ]),
    );
  });
});
