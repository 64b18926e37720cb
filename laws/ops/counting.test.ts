import { runLaws } from '../run.ts';
import { countingLaws } from './counting.ts';

runLaws(countingLaws);
