/** The laws of data. */
import { type LawSet, lawSet } from '../law.ts';
import { batchLaws } from './batches.ts';
import { csvLaws } from './csv.ts';
import { encodingLaws } from './encodings.ts';
import { fileLaws } from './files.ts';
import { generatorLaws } from './generators.ts';
import { isingLaws } from './ising.ts';
import { mixingLaws } from './mixing.ts';
import { dataByThePack } from './pack.ts';
import { scalerLaws } from './scalers.ts';
import { splitLaws } from './splits.ts';

/** The laws of data. */
export const dataLaws: LawSet = lawSet(
  'data',
  [],
  [
    csvLaws,
    fileLaws,
    encodingLaws,
    scalerLaws,
    splitLaws,
    batchLaws,
    generatorLaws,
    isingLaws,
    mixingLaws,
    ...dataByThePack,
  ],
);
