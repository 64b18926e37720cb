import { runLaws } from '../run.ts';
import { latexLaws } from './latex.ts';

runLaws(latexLaws);
