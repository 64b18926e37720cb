import { runLaws } from '../run.ts';
import { differentiateLaws } from './differentiate.ts';

runLaws(differentiateLaws);
