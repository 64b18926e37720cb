import { runLaws } from '../run.ts';
import { runLawSet } from './training/runs.ts';

runLaws(runLawSet);
