/** The laws of optimizers, schedules and transforms. */
import { lawSet } from '../law.ts';
import { reductionLaws } from './reductions.ts';
import { ruleLaws } from './rules.ts';
import { scheduleLaws } from './schedules.ts';

export const optimizerLaws = lawSet('optimizers', [], [ruleLaws, reductionLaws, scheduleLaws]);
