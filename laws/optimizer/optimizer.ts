/** The laws of optimizers, schedules and transforms. */
import { lawSet } from '../law.ts';
import { codecLaws } from './codecs.ts';
import { lbfgsLaws } from './lbfgs.ts';
import { packedLaws } from './packed.ts';
import { powerLaw } from './powers.ts';
import { reductionLaws } from './reductions.ts';
import { ruleLaws } from './rules.ts';
import { scheduleLaws } from './schedules.ts';
import { transformLaws } from './transforms.ts';

export const optimizerLaws = lawSet(
  'optimizers',
  [powerLaw],
  [packedLaws, ruleLaws, reductionLaws, scheduleLaws, transformLaws, lbfgsLaws, codecLaws],
);
