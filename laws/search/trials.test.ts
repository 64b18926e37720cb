import { lawSet } from '../law.ts';
import { runLaws } from '../run.ts';
import { refittingLaws } from './refitting.ts';
import { trialLaws } from './trials.ts';

runLaws(lawSet('trials', [], [trialLaws, refittingLaws]));
