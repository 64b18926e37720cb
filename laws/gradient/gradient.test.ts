import { runLaws } from '../run.ts';
import { gradientLaws } from './laws.ts';

runLaws(gradientLaws);
