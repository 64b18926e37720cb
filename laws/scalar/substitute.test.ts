import { runLaws } from '../run.ts';
import { substituteLaws } from './substitute.ts';

runLaws(substituteLaws);
