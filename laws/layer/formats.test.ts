import { runLaws } from '../run.ts';
import { formatLaws } from './formats.ts';

runLaws(formatLaws);
