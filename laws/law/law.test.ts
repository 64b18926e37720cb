import { runLaws } from '../run.ts';
import { lawLaws } from './laws.ts';

runLaws(lawLaws);
