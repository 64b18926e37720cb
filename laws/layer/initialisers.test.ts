import { runLaws } from '../run.ts';
import { initialiserLaws } from './initialisers.ts';

runLaws(initialiserLaws);
