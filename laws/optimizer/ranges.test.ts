import { runLaws } from '../run.ts';
import { rangeLaws } from './ranges.ts';

runLaws(rangeLaws);
