import { runLaws } from '../run.ts';
import { elementaryLaws } from './elementary.ts';

runLaws(elementaryLaws);
