import { runLaws } from '../run.ts';
import { alternativeLaws } from './alternatives.ts';

runLaws(alternativeLaws);
