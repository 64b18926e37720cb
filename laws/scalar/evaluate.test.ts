import { runLaws } from '../run.ts';
import { evaluateLaws } from './evaluate.ts';

runLaws(evaluateLaws);
