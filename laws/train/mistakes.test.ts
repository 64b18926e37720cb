import { runLaws } from '../run.ts';
import { mistakeLaws } from './mistakes.ts';

runLaws(mistakeLaws);
