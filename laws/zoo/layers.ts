/** Wrong layers, each with one fault, and the right ones that they were made from. */
import type { LawSet } from '../law.ts';
import type { Broken } from './broken.ts';
import * as compositions from './layer/compositions.ts';
import * as dense from './layer/dense.ts';
import * as disturbing from './layer/disturbing.ts';
import * as dropout from './layer/dropout.ts';
import * as effects from './layer/effects.ts';
import * as embeddings from './layer/embeddings.ts';
import * as normalisation from './layer/normalisation.ts';

const families = [dense, normalisation, dropout, disturbing, compositions, effects, embeddings];

export const broken: readonly Broken[] = families.flatMap((family) => family.broken);
export const correct: readonly LawSet[] = families.flatMap((family) => family.correct);
