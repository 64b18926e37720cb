import { runLaws } from '../run.ts';
import { trialLaws } from './trials.ts';

runLaws(trialLaws);
