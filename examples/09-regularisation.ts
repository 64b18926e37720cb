/**
 * What keeps a network from learning its examples by heart: each way against none, over seeds, with the interval of the
 * difference. All of them, or those whose names begin as told:
 *
 *     npx tsx examples/09-regularisation.ts 12
 *     npx tsx examples/09-regularisation.ts 12 dropout
 */
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import * as RA from 'fp-ts/lib/ReadonlyArray.js';
import { readDigits } from './digits.ts';
import { main, type Report } from './print.ts';
import { compare, type Study, show } from './regularisation/compare.ts';
import { ofDepth } from './regularisation/depth.ts';
import { ofMaxNorm } from './regularisation/max-norm.ts';
import { ofDrawn } from './regularisation/plain.ts';
import { ofDigits } from './regularisation/studies.ts';

const told = (studies: readonly Study[], seeds: number, only: string): Report =>
  pipe(
    studies.filter(({ name }) => name.startsWith(only)),
    RA.traverse(E.Applicative)(compare(seeds)),
    E.map(RA.chain((found) => [...show(found), ''])),
  );

/** A table for each study of data that are drawn. `length` below 1 shortens all runs. */
export const drawn = (seeds = 12, only = '', length = 1): Report => told(ofDrawn(length), seeds, only);

/** A table for each study, those of digits from a file. */
export const regularisation = (path: string, seeds = 12, only = '', length = 1): Report =>
  pipe(
    readDigits(path),
    E.chain((digits) =>
      told(
        [...ofDrawn(length), ...ofDigits(digits, length), ...ofMaxNorm(digits, length), ...ofDepth(digits, length)],
        seeds,
        only,
      ),
    ),
  );

main(import.meta.url, () =>
  regularisation('../shared/data/digits.csv.gz', Number(process.argv[2] ?? 12), process.argv[3] ?? ''),
);
